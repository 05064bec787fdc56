#!/usr/bin/env python3
"""Writes the language models of charset detection.

    Tests/Tools/train-charset-models.py CORPUS > Sources/TextAnalysis/Charset/Generated/LanguageModels.swift

CORPUS is a folder with one UTF-8 file LANGUAGE.txt for each language below. The tables there now come from
Debian 12: the msgstr of libreoffice-l10n-*, and the pages of manpages-*; a tenth was held out. English is
any English prose with typographic quotes and dashes.

Characters become symbols, and each cell of a table is the logarithm of the probability of a symbol after
another, for the pairs that are not both ASCII, in steps of a quarter from `0` (0) to `o` (-15.75):
    0 space and control, 1 digit, 2 ASCII punctuation, 3 typographic mark, 4 a byte no text holds,
    5 a letter foreign to the language, 6 an ASCII letter (of other scripts) or 6-31 a-z (Latin),
    then the language's letters in order of frequency, in lower case.
"""
import collections, math, sys, unicodedata
from pathlib import Path

LATIN = {
    "en": 12, "de": 12, "fr": 18, "es": 16, "pt": 18, "it": 14, "ca": 16, "gl": 14, "oc": 14, "nl": 10, "sv": 8,
    "da": 8, "nb": 8, "fi": 8, "is": 14, "ga": 8, "br": 10, "pl": 20, "cs": 20, "sk": 22, "hu": 14, "ro": 10,
    "hr": 8, "sl": 8, "tr": 12, "et": 10, "lv": 16, "lt": 14, "eo": 8, "cy": 10, "western": 30, "vi": 32,
}
OTHER = ["ru", "bg", "uk", "be", "sr", "mk", "mn", "kk", "el", "he", "ar", "fa", "th"]
WESTERN = ["de", "fr", "es", "pt", "it", "ca", "gl", "oc", "sv", "da", "nb", "fi", "is", "ga", "br", "nl"]
MARKS = "’‘“”„‚«»‹›–—…•·©®™°§€£№´¿¡ªº"
SLOTS = 64
# How much of each corpus is read, in characters.
LIMIT = 1_500_000


def text_of(folder, language):
    if language == "western":
        return "\n".join(text_of(folder, name)[:60_000] for name in WESTERN)
    text = (folder / f"{language}.txt").read_text()[:LIMIT]
    # Charsets hold the old letters with cedilla.
    if language == "ro":
        text = text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    if language == "vi":
        text = vietnamese(text)
    if language == "fa":
        text = text.translate(str.maketrans("یک", "يك")) + text.replace("ی", "ي")
    return text


def vietnamese(text):
    """Tone marks apart, as windows-1258 has them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    table = {}
    for letter in set(text):
        parts = unicodedata.normalize("NFD", letter)
        marks = "".join(mark for mark in parts if mark in tones)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        table[ord(letter)] = base + marks
    return text.translate(table)


def is_letter(character):
    return unicodedata.category(character)[0] in "LM"


def symbol(character, letters, latin):
    if character < "\x80":
        if character <= " " or character == "\x7f":
            return 0
        if character.isdigit():
            return 1
        if not character.isalpha():
            return 2
        return 6 + ord(character.lower()) - 97 if latin else 6
    if character == "\xa0":
        return 0
    lower = character.lower()
    if lower in letters:
        return letters[lower]
    if character in MARKS:
        return 3
    return 5 if is_letter(character) else 4


def train(folder, language):
    latin = language in LATIN
    text = text_of(folder, language)
    first = 32 if latin else 7
    room = LATIN.get(language, SLOTS - first)
    counts = collections.Counter()
    for c, n in collections.Counter(text).items():
        if c >= "\x80" and is_letter(c):
            counts[c.lower()] += n
    scripts = {"he": "HEBREW", "ar": "ARABIC", "fa": "ARABIC", "th": "THAI", "el": "GREEK"}
    script = scripts.get(language, "LATIN" if latin else "CYRILLIC")
    least = sum(counts.values()) / 4000
    own = [
        c for c, n in counts.most_common() if n >= least and len(c) == 1 and unicodedata.name(c, "").startswith(("COMBINING", script))
    ][:room]
    letters = {c: first + i for i, c in enumerate(own)}
    symbols = {c: symbol(c, letters, latin) for c in set(text)}
    coded = [symbols[c] for c in text if c <= "\uffff"]
    singles = collections.Counter(coded)
    pairs = collections.Counter(zip([0] + coded, coded))
    used = range(first + len(own))
    total = sum(singles.values())
    beyond = sum(singles[s] for s in used if not is_ascii(s, latin)) / total
    # What a text may hold though the corpus does not.
    chance = {s: max(singles[s], 1) / total for s in used}
    chance[3] = max(chance[3], 0.05 * beyond)
    chance[4] = 1e-3 * beyond
    chance[5] = min(max(chance[5], 0.01 * beyond), 0.05 * beyond)
    if language == "western":
        for s in range(first, first + len(own)):
            chance[s] = 0.7 * chance[s] + 0.3 * beyond / len(own)
    spread = {3: 6, 4: 30, 5: 20}
    strength = 300 if language == "western" else 30
    rows = []
    for one in used:
        # After ASCII, the byte itself says that what follows is beyond: how often it is does not count.
        follow = [t for t in used if not (is_ascii(one, latin) and is_ascii(t, latin))]
        seen = sum(pairs[one, two] for two in follow)
        weight = sum(chance[two] for two in follow)
        row = []
        for two in follow:
            parts = spread.get(two, 1)
            p = (pairs[one, two] + strength * chance[two] / weight) / (seen + strength) / parts
            cost = -4 * math.log(p)
            # Words do not mix scripts, though the pages of a manual look so.
            if not latin and 6 in (one, two):
                cost += 24
            row.append(chr(48 + min(63, max(0, round(cost)))))
        rows.append("".join(row))
    return "".join(own), "".join(rows)


def is_ascii(s, latin):
    return s < 3 or (6 <= s < 32 if latin else s == 6)


def ranked(folder, language, accepts, count):
    text = (folder / f"{language}.txt").read_text()[:LIMIT]
    counts = collections.Counter(filter(accepts, text))
    total = sum(counts.values())
    bands = collections.defaultdict(list)
    for c, n in counts.most_common(count):
        bands[round(-math.log(n / total) * 2) / 2].append(c)
    return sorted(bands.items())


def lines(string, width=92):
    return "\n".join("      " + string[i : i + width] for i in range(0, len(string), width))


def main():
    folder = Path(sys.argv[1])
    print("// Written by Tests/Tools/train-charset-models.py; do not edit.\n// swift-format-ignore-file\n")
    print("/// What `LanguageModel` and `DoubleByteModel` are made from.")
    print("enum LanguageTables {")
    print("  static let languages: [(name: String, isLatin: Bool, letters: String, cells: String)] = [")
    for language in list(LATIN) + OTHER:
        letters, cells = train(folder, language)
        own = "".join(f"\\u{{{ord(c):X}}}" if unicodedata.category(c)[0] == "M" else c for c in letters)
        print(f'    (\n      "{language}", {"true" if language in LATIN else "false"},\n      "{own}",')
        print('      #"""\n' + lines(cells) + '\n      """#\n    ),')
    print("  ]\n")
    print("  /// Characters by the negative logarithm of their probability, the commonest first.")
    print("  static let characters: [String: [(cost: Float, characters: String)]] = [")
    han = lambda c: "\u3400" <= c <= "\u9fff" or "\u3001" <= c <= "\u30ff" or "\uff01" <= c <= "\uffe6"
    hangul = lambda c: "\uac00" <= c <= "\ud7a3" or "\u3001" <= c <= "\u3020"
    for language, accepts, count in [("ja", han, 1400), ("zh-cn", han, 1600), ("zh-tw", han, 1600), ("ko", hangul, 1000)]:
        print(f'    "{language}": [')
        for cost, characters in ranked(folder, language, accepts, count):
            joined = "".join(characters)
            print(f'      ({cost}, """\n' + "\n".join("        " + joined[i:i+46] for i in range(0, len(joined), 46)) + '\n        """),')
        print("    ],")
    print("  ]\n}")


main()
