#!/usr/bin/env python3
"""Writes the Unicode property table of CKernels and the word-break cases of TextAnalysisTests.

    Tests/Tools/generate-unicode-properties.py [UCD-FOLDER]

The folder is laid out as Debian's package unicode-data installs it (/usr/share/unicode, the default).
Debian 12 has Unicode 15.0, the version of its ICU 72. Both outputs are functions of the folder alone.

A scalar's value has sixteen bits:
    0-4   Word_Break, in the order of WORD_BREAK below
    5     Extended_Pictographic
    6     letter: general category L*, what Python's str.isalpha asks for
    7     white space: Python's str.isspace, i.e. White_Space and U+001C..001F
    8     punctuation: datatrove's PUNCTUATION and TERMINAL_PUNCTUATION together
    9     sentence end: datatrove's TERMINAL_PUNCTUATION
    10    a letter or mark of a script written without spaces (UNSPACED)
    11    line end: where Python's str.splitlines splits
"""
import re, sys
from pathlib import Path

WORD_BREAK = [
    "Other", "CR", "LF", "Newline", "Extend", "Format", "ZWJ", "Regional_Indicator", "Katakana",
    "Hebrew_Letter", "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum",
    "Numeric", "ExtendNumLet", "WSegSpace",
]
UNSPACED = {"Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"}
LINE_ENDS = [0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029]

# datatrove, src/datatrove/utils/text.py: 129 and 159 scalars, 281 together. FF11, the fullwidth digit
# one, stands in the original too.
PUNCTUATION = """0-8 B-1F 21-2F 3A-40 5B-60 7B-9F AB B4 BB 2013-2014 2019 201C-201E 2026 2236 2501 25BA
3001-3002 3008-300D 3010-3011 FF01 FF05 FF08-FF09 FF0C FF0E FF11 FF1A-FF1B FF1F FF5E"""
TERMINAL = """21 2E 3F 589 61D-61F 6D4 700-702 7F9 837 839 83D-83E 964-965 104A-104B 1362 1367-1368 166E
1735-1736 17D4-17D6 17D9-17DA 1803 1809 1944-1945 1AA8-1AAB 1B5A-1B5B 1B5E-1B5F 1B7D-1B7E 1C3B-1C3C
1C7E-1C7F 203C-203D 2047-2049 2E2E 2E3C 2E53-2E54 3002 A4FF A60E-A60F A6F3 A6F7 A876-A877 A8CE-A8CF
A92F A9C8-A9C9 AA5D-AA5F AAF0-AAF1 ABEB FE52 FE56-FE57 FF01 FF0E FF1F FF61 10A56-10A57 10F55-10F59
10F86-10F89 11047-11048 110BE-110C1 11141-11143 111C5-111C6 111CD 111DE-111DF 11238-11239 1123B-1123C
112A9 1144B-1144C 115C2-115C3 115C9-115D7 11641-11642 1173C-1173E 11944 11946 11A42-11A43 11A9B-11A9C
11C41-11C42 11EF7-11EF8 11F43-11F44 16A6E-16A6F 16AF5 16B37-16B38 16B44 16E98 1BC9F 1DA88"""

END = 0x110000
BLOCK = 64
ROOT = Path(__file__).resolve().parents[2]


def hex_set(text):
    scalars = set()
    for item in text.split():
        first, _, last = item.partition("-")
        scalars.update(range(int(first, 16), int(last or first, 16) + 1))
    return scalars


def property_rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#", 1)[0].split(";")]
        if len(fields) < 2:
            continue
        first, _, last = fields[0].partition("..")
        yield range(int(first, 16), int(last or first, 16) + 1), fields[1]


def scalar_values(folder):
    values = [0] * END

    def mark(scalars, bits):
        for scalar in scalars:
            values[scalar] |= bits

    for scalars, name in property_rows(folder / "auxiliary/WordBreakProperty.txt"):
        mark(scalars, WORD_BREAK.index(name))
    for scalars, name in property_rows(folder / "emoji/emoji-data.txt"):
        if name == "Extended_Pictographic":
            mark(scalars, 1 << 5)
    for scalars, name in property_rows(folder / "extracted/DerivedGeneralCategory.txt"):
        if name.startswith("L"):
            mark(scalars, 1 << 6)
    for scalars, name in property_rows(folder / "PropList.txt"):
        if name == "White_Space":
            mark(scalars, 1 << 7)
    mark(range(0x1C, 0x20), 1 << 7)
    punctuation, terminal = hex_set(PUNCTUATION), hex_set(TERMINAL)
    assert len(punctuation) == 129 and len(terminal) == 159 and len(punctuation | terminal) == 281
    mark(punctuation | terminal, 1 << 8)
    mark(terminal, 1 << 9)
    for scalars, name in property_rows(folder / "Scripts.txt"):
        if name in UNSPACED:
            mark(scalars, 1 << 10)
    mark(LINE_ENDS, 1 << 11)
    return values


def c_array(kind, name, numbers):
    lines, line = [], " "
    for number in numbers:
        item = f" {number},"
        if len(line) + len(item) > 100:
            lines.append(line)
            line = " "
        line += item
    return f"const {kind} {name}[{len(numbers)}] = {{\n" + "\n".join(lines + [line]) + "\n};\n"


def write_table(folder, version):
    values = scalar_values(folder)
    distinct = sorted(set(values))
    assert len(distinct) <= 256
    index = {value: number for number, value in enumerate(distinct)}
    blocks, block_numbers, stage1 = [], {}, []
    for start in range(0, END, BLOCK):
        block = tuple(index[value] for value in values[start : start + BLOCK])
        if block not in block_numbers:
            block_numbers[block] = len(blocks)
            blocks.append(block)
        stage1.append(block_numbers[block])
    text = "// Written by Tests/Tools/generate-unicode-properties.py from Unicode " + version + "; do not edit.\n"
    text += "// Unicode data: https://www.unicode.org/license.txt\n"
    text += '#include "ck_properties.h"\n\n'
    text += c_array("uint16_t", "ck_scalar_blocks", stage1) + "\n"
    text += c_array("uint8_t", "ck_scalar_kinds", [kind for block in blocks for kind in block]) + "\n"
    text += c_array("uint16_t", "ck_kind_properties", distinct)
    (ROOT / "Sources/CKernels/ck_properties.c").write_text(text, encoding="utf-8")
    print(f"{len(distinct)} kinds, {len(blocks)} blocks of {BLOCK}")


def write_cases(folder, version):
    rows = []
    for line in (folder / "auxiliary/WordBreakTest.txt").read_text(encoding="utf-8").splitlines():
        case = line.split("#", 1)[0].split()
        if case:
            rows.append("".join({"÷": "|", "×": "+"}.get(item, item) for item in case))
    text = "// Written by Tests/Tools/generate-unicode-properties.py from Unicode " + version + "; do not edit.\n"
    text += "// Unicode data: https://www.unicode.org/license.txt\n\n"
    text += "/// The cases of WordBreakTest.txt: scalars in hex, `|` a boundary, `+` none.\n"
    text += "enum WordBreakCases {\n  static let text = \"\"\"\n"
    text += "".join(f"    {row}\n" for row in rows)
    text += "    \"\"\"\n}\n"
    path = ROOT / "Tests/TextAnalysisTests/Generated/WordBreakCases.swift"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{len(rows)} word-break cases")


folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
first_line = (folder / "auxiliary/WordBreakProperty.txt").read_text(encoding="utf-8").splitlines()[0]
version = re.fullmatch(r"# WordBreakProperty-(\d+\.\d+)\.\d+\.txt", first_line).group(1)
write_table(folder, version)
write_cases(folder, version)
