#!/usr/bin/env python3
"""What Python's csv module reads from hostile CSV and TSV, as Tests/DocumentsTests/Generated/DelimitedGold.swift.

    python3 Tests/Tools/generate-delimited-gold.py

Each case is a JSON line: the delimiter, the input, and the rows. When a quote is open where the input
ends (the strict reader says so), the last row is left out and `unclosed` is true.
"""
import csv
import io
import json
import pathlib
import random

OUTPUT = pathlib.Path(__file__).parents[1] / "DocumentsTests/Generated/DelimitedGold.swift"
PIECES = ["a", "b c", '"', '"', '""', "DELIMITER", "DELIMITER", "\n", "\r", "\r\n", "é", "\t", ";", ",", " ", "\\", "'", "\0"]


def is_unclosed(text, delimiter):
    """True when the input ends inside quotes; found by feeding one more quote and delimiter."""
    # Inside quotes a mark that follows is part of the last cell together with the line end before it.
    rows = list(csv.reader(io.StringIO(text + "\nMARK", newline=""), delimiter=delimiter))
    return rows[-1] != ["MARK"]


def case(generator):
    delimiter = generator.choice([",", "\t"])
    pieces = [generator.choice(PIECES) for _ in range(generator.randrange(1, 24))]
    text = "".join(delimiter if piece == "DELIMITER" else piece for piece in pieces)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    unclosed = is_unclosed(text, delimiter)
    if unclosed:
        rows.pop()
    return {"delimiter": delimiter, "input": text, "rows": rows, "unclosed": unclosed}


def main():
    generator = random.Random(20261121)
    lines = [json.dumps(case(generator), ensure_ascii=True) for _ in range(400)]
    OUTPUT.write_text(
        "/// Written by Tests/Tools/generate-delimited-gold.py from what Python's csv module reads.\n"
        "enum DelimitedGold {\n"
        '  static let lines = ##"""\n' + "".join(f"    {line}\n" for line in lines) + '    """##\n}\n')


if __name__ == "__main__":
    main()
