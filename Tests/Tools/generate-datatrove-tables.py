#!/usr/bin/env python3
"""Writes the tables behind datatrove's words: Sources/Deduplication/Kernels/Generated/DatatroveTables.swift.

    pip install "datatrove==0.10.1" "spacy>=3.8,<3.9" "xxhash<4" regex
    Tests/Tools/generate-datatrove-tables.py

Everything is asked of datatrove.utils.text, of spacy.blank("en") and of the Python that runs this: its
unicodedata gives lower case, decomposition and category, the package `regex` what is a digit. Only
characters that datatrove's simplified text can hold are looked at on the side of spaCy; that what is
left out cannot matter is asserted below.
"""
import re, sys, unicodedata
from importlib.metadata import version
from pathlib import Path

import spacy
from datatrove.utils.text import NUMBERS_PATTERN, PUNCTUATION_TRANS, simplify_text
from spacy.lang.char_classes import ALPHA, CURRENCY, LIST_UNITS
from spacy.symbols import ORTH

OUTPUT = Path(__file__).resolve().parents[2] / "Sources/Deduplication/Kernels/Generated/DatatroveTables.swift"
CHARACTERS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)
DROP, BARRIER, SPACE, DIGIT, SIGMA, SHIFT, SEQUENCE, REORDERED = range(1, 9)
PREFIX, SUFFIX, AFTER_ZERO, INFIX, LETTER = 1, 2, 4, 8, 16


def is_dropped(c):
    return unicodedata.category(c) == "Mn"


def simplified(c):
    """What simplify_text makes of a character between others, before runs of spaces are shortened."""
    text = c.lower().translate(PUNCTUATION_TRANS)
    text = re.sub(r"\s", " ", text)
    return [d for d in unicodedata.normalize("NFD", text) if not is_dropped(d)]


def action(c):
    """How the simplifier treats a character: a kind and its value, or nothing if it stays."""
    if NUMBERS_PATTERN.fullmatch(c):
        return DIGIT, 0
    if c == "Σ":
        return SIGMA, 0
    if ord(c) in HANGUL:
        return None
    output = simplified(c)
    if not output:
        starts = any(unicodedata.combining(d) == 0 for d in unicodedata.normalize("NFD", c.lower()))
        assert is_dropped(c)
        return (BARRIER if starts else DROP), 0
    if output == [" "]:
        return SPACE, 0
    if output == [c]:
        return (REORDERED, unicodedata.combining(c)) if unicodedata.combining(c) else None
    if len(output) == 1:
        assert unicodedata.combining(output[0]) == 0
        return SHIFT, ord(output[0]) - ord(c)
    if tuple(output) not in sequences:
        sequences[tuple(output)] = len(pool)
        pool.extend([len(output)] + [ord(d) for d in output])
    return SEQUENCE, sequences[tuple(output)]


def ranges(rows, skip=frozenset()):
    """Joins neighbours with the same values; characters in `skip` may fall to either side."""
    joined = []
    for code, values in rows:
        if joined and joined[-1][2] == values:
            between = range(joined[-1][1] + 1, code)
            if len(between) < 40000 and all(b in skip for b in between):
                joined[-1][1] = code
                continue
        joined.append([code, code, values])
    return [[first, last, *values] for first, last, values in joined]


def casing(c):
    """1 for cased, 2 for case-ignorable, as str.lower sees it around a final sigma."""
    if (c + "Σ").lower()[-1] == "ς":
        return 1
    return 2 if ("a" + c + "Σ").lower()[-1] == "ς" else 0


def rows_of(name, comment, rows):
    lines, line = [], "   "
    for item in (f"{value:#x}" if value >= 0 else f"-{-value:#x}" for row in rows for value in row):
        if len(line) + len(item) > 97:
            lines.append(line)
            line = "   "
        line += f" {item},"
    lines.append(line)
    return f"  /// {comment}\n  static let {name}: [Int32] = [\n" + "\n".join(lines) + "\n  ]\n"


def token_classes(possible, tokenizer):
    rows = []
    letter = re.compile(f"[{ALPHA}]")
    for c in sorted(possible):
        value = PREFIX if tokenizer.find_prefix(c) else 0
        value |= SUFFIX if tokenizer.find_suffix("a" + c) else 0
        value |= AFTER_ZERO if tokenizer.find_suffix("0" + c) and not value & SUFFIX else 0
        if c not in "<=>":
            assert bool(tokenizer.find_infix("a" + c + "a")) == bool(tokenizer.find_infix("٭" + c + "٭"))
            value |= INFIX if tokenizer.find_infix("a" + c + "a") else 0
        value |= LETTER if letter.match(c) else 0
        assert value & LETTER or c in "0<=>" or value or not tokenizer.find_infix("a" + c + "a")
        assert tokenizer.find_prefix(c + "a") == tokenizer.find_prefix(c) <= 1
        rows.append((ord(c), (value,)))
    return [row for row in ranges(rows, skip={c for c in range(0x110000) if chr(c) not in possible}) if row[2]]


sequences, pool = {}, []
nlp = spacy.blank("en")
tokenizer = nlp.tokenizer
possible = set("0σς").union(*(simplified(c) for c in CHARACTERS if not NUMBERS_PATTERN.fullmatch(c))) - {" "}
assert possible >= {c for d in CHARACTERS for c in simplify_text("x" + d + "x")} - {" "}

# A URL holds a full stop, and so do all patterns of two dots; patterns of several characters are units
# and currencies behind a digit, and those with a dollar sign or a hyphen cannot occur.
assert not possible & set(".,:;-~$'’\"!/+*^#%&()[]{}_\\|?@") - {";"} and tokenizer.token_match is None
assert [c for c in possible if c.isdigit() and c.isascii()] == ["0"]
# Only these come to a white-space token, and datatrove throws those away.
assert not any(c.isspace() for c in possible)
assert not any(len(c) > 1 for c in CURRENCY.split("|") if set(c) <= possible)

units = sorted(u for u in LIST_UNITS if len(u) > 1 and set(u) <= possible)
specials = {
    key: " ".join(token[ORTH] for token in tokens)
    for key, tokens in tokenizer.rules.items() if set(key) <= possible
}
matched = sorted(k for k in specials if tokenizer.find_prefix(k) or tokenizer.find_infix(k) or tokenizer.find_suffix(k))
assert matched == ["<space>", "‘s"], "SpacyWords.joinSpecials knows these two"

actions = [(ord(c), a) for c in CHARACTERS if (a := action(c))]
casings = [(ord(c), (v,)) for c in CHARACTERS if (v := casing(c))]
classes = token_classes(possible, tokenizer)
for c in range(0x80):
    kind = dict(actions).get(c, (0, 0))[0]
    assert (kind == 0) == (0x61 <= c <= 0x7A) and (kind == SHIFT) == (0x41 <= c <= 0x5A)
    assert (kind == DIGIT) == (0x30 <= c <= 0x39), "CKernels' ck_simplify_letters knows ASCII so"


def strings(items):
    quoted = [f'"{item}"' for item in items]
    lines, line = [], "   "
    for item in quoted:
        if len(line) + len(item) > 96:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return "\n".join(lines + [line])


source = f"""// Generated by Tests/Tools/{Path(__file__).name}; do not edit.

// swift-format-ignore-file

/// What datatrove {version("datatrove")} makes of characters: by spaCy {spacy.__version__}, by Unicode {unicodedata.unidata_version} of
/// Python {sys.version_info.major}.{sys.version_info.minor}, and digits as the package regex {version("regex")} knows them.
enum DatatroveTables {{
{rows_of("actions", "First, last, kind (`DatatroveScalars.Kind`), value.", ranges(actions))}
{rows_of("sequences", "Count and scalars of each text of several scalars that one becomes.", [pool])}
{rows_of("casings", "First, last; 1 for cased, 2 for case-ignorable.", ranges(casings))}
{rows_of("tokenClasses", "First, last, flags (`DatatroveScalars.TokenClass`).", classes)}
  /// Units of measurement of more than one scalar that are parted from a digit before them.
  static let units: [String] = [
{strings(units)}
  ]

  /// Words with tokens of their own: what to cut, and its tokens joined by spaces.
  static let specials: [(word: String, tokens: String)] = [
{chr(10).join(f'    ("{key}", "{value}"),' for key, value in sorted(specials.items()))}
  ]
}}
"""
OUTPUT.write_text(source, encoding="utf-8")
print(f"{len(ranges(actions))} actions, {len(ranges(casings))} casings, {len(classes)} classes, {len(units)} units, {len(specials)} specials")
