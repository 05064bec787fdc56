"""Documents through datatrove's readers.

read_datatrove.py lines|warc INPUT
"""

import os
import sys

from datatrove.pipeline.readers import JsonlReader, WarcReader
from reporting import Timed, report

kind, path = sys.argv[1], os.path.abspath(sys.argv[2])
folder, name = os.path.split(path)
if kind == "lines":
    reader = JsonlReader(folder, glob_pattern=name, compression="zstd")
else:
    reader = WarcReader(folder, glob_pattern=name, compression="gzip")
count = 0
with Timed() as timed:
    for document in reader():
        count += bool(document.text)
report(timed, f"{count} documents")
