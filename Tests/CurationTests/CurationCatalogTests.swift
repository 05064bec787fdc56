import Curation
