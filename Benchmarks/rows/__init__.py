"""The rows, in the order of the table. A new one is a file here and its name in this list."""

from . import (
    detecting_charsets,
    encoding,
    end_to_end,
    json_fields,
    naming_charsets,
    near_duplicates,
    normal_ascii,
    normal_multilingual,
    reading_lines,
    reading_lines_alone,
    reading_payloads,
    reading_warc,
    reading_wet,
    training,
    utf8_ascii,
    utf8_multilingual,
)

ROWS = [
    reading_lines.ROW,
    reading_lines_alone.ROW,
    json_fields.ROW,
    reading_wet.ROW,
    reading_warc.ROW,
    reading_payloads.ROW,
    utf8_ascii.ROW,
    utf8_multilingual.ROW,
    normal_ascii.ROW,
    detecting_charsets.ROW,
    naming_charsets.ROW,
    normal_multilingual.ROW,
    near_duplicates.ROW,
    training.ROW,
    encoding.ROW,
    end_to_end.ROW,
]
