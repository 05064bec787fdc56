"""Text of many scripts, made of English by putting a letter of another script for each letter."""

# The first of 26 letters in a row, of two and three bytes of UTF-8.
FIRST_LETTERS = {
    "Cyrillic": 0x430,
    "Greek": 0x3B1 - 8,
    "Arabic": 0x627,
    "Devanagari": 0x915,
    "Thai": 0xE01,
    "Hiragana": 0x3042,
    "Han": 0x4E00,
    "Hangul": 0xAC00,
}
TABLES = [None] + [
    {ord("a") + index: first + index for index in range(26)} for first in FIRST_LETTERS.values()
]


def moved(text: str, number: int) -> str:
    """The text in the script whose turn it is; each script has as many turns, Latin among them."""
    table = TABLES[number % len(TABLES)]
    return text if table is None else text.lower().translate(table)
