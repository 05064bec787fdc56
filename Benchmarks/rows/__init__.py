"""The rows, in the order of the table. A new one is a file here and its name in this list."""

from . import (
    encoding,
    end_to_end,
    near_duplicates,
    reading_lines,
    reading_warc,
    reading_wet,
    training,
)

ROWS = [
    reading_lines.ROW,
    reading_wet.ROW,
    reading_warc.ROW,
    near_duplicates.ROW,
    training.ROW,
    encoding.ROW,
    end_to_end.ROW,
]
