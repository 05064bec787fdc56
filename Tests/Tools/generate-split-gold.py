"""Splits texts with Hugging Face's tokenizers, for PreTokenizerGoldTests.

usage: generate-split-gold.py FILE [--scalars all|some] [--random COUNT] [--texts FILE.jsonl]... [--pattern NAME]...

Writes JSON lines: pattern, text, ends of the pieces in bytes. By default every scalar of Unicode at
ranges' ends stands in 46 contexts, and 20,000 random texts of an alphabet chosen to be hard.
Needs tokenizers (checked with 0.23.3, whose expressions have the tables of Unicode 16).
"""

import argparse
import json
import random
import unicodedata

from tokenizers import Regex, pre_tokenizers

FOLDED = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
BLANKS = r"\s*[\r\n]+|\s+(?!\S)|\s+"
LOWERED = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
CAPITALS = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
PATTERNS = {
    "gpt2": [GPT2],
    # tiktoken's present cl100k in Oniguruma's words: \z for $, and {1,3} without the +.
    "gpt4": [
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*+"
        r"|\s++\z|\s*[\r\n]|\s+(?!\S)|\s"
    ],
    "gpt4o": [
        f"{LOWERED}{FOLDED}?|{CAPITALS}{FOLDED}?|" + r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + BLANKS
    ],
    "llama3": [FOLDED + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + BLANKS],
    "qwen2": [FOLDED + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + BLANKS],
    "qwen3.5": [
        FOLDED + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + BLANKS
    ],
    "deepseek-v3": [
        r"\p{N}{1,3}",
        "[一-龥\u3040-ゟ゠-ヿ]+",
        r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
        r"| ?[\p{P}\p{S}]+[\r\n]*|" + BLANKS,
    ],
    "tekken": [f"{LOWERED}|{CAPITALS}|" + r"\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + BLANKS],
    "starcoder": [r"\p{N}", GPT2],
    "whitespace": [r" ?\S+|\s+(?!\S)|\s+"],
    "digits": [r"\p{N}"],
    "digits3": [r"\p{N}{1,3}"],
    "metaspace": ["[ \u2581][^ \u2581]*|[^ \u2581]+"],
}
CONTEXTS = [
    "{}", "a{}", "{}a", "A{}", "{}A", "A{}b", "b{}A", "aA{}A", "1{}", "{}1", " {}", "{} ", "  {}a", "\n{}",
    "{}\n", "\r{}\r\n", "!{}", "{}!", "!!{}a", " !{}", "\u0301{}", "{}\u0301", "{}\u0301A", "'{}", "{}'s",
    "a'{}", "a{}'ll x", "{}/", "!\n/{}", "{}{}", "{}{}{}a", "中{}", "{}中", "ア{}・", "\u200d{}",
    "{}\u200da", "\t{}", "{}\t", "\u00a0{}", "{}\u00a0a", "\u2028{}", "#{}a", "#a{}", "12{}34", "ʰ{}A",
    "{}ʰAB ",
]
ALPHABET = list("aAbBsStTmMdDlLvVrReEzZ'''’ \t\n\r/!.,-_()[]\"#{}0123456789") + (
    "\r\n|\u0085|\u2028|\u00a0|\u3000|ſ|\u212a|\u0301|\u0308|\u093e|\u0e33|\u01c5|ʰ|ʼ|中|文|日|ア|゛|ー|・|ก|ั|٣|४|Ⅷ"
    "|½|²|𝟗|👩\u200d👩\u200d👧|❤\ufe0f|\u200d|\u200c|\u200b|\u00ad|\ufeff|é|É|ß|ẞ|Δ|σ|ς|я|Я|א|ب|한|𝒳|𐐀|𐐨"
    "|\U000e0001|\U0001d165|\u0378|\ue000|\0|\x7f|\x1b|\u2581|〇|々|「|」|、|。|！|１|ａ|Ａ|'s|'S|'ſ|'ll|'LL|'Re"
    "|'vE|'\u212a|  |   |\n\n| \n"
).split("|")


def scalars(which):
    before, run = None, 0
    for value in range(0x110000):
        if 0xD800 <= value < 0xE000:
            continue
        category = unicodedata.category(chr(value))
        run = run + 1 if category == before else 0
        after = unicodedata.category(chr(min(value + 1, 0x10FFFF)))
        is_bulk = category in ("Cn", "Co") or (category == "Lo" and run > 60)
        before = category
        if which == "all" or not is_bulk or run < 2 or after != category:
            yield chr(value)


def random_texts(count):
    generator = random.Random(1)
    for index in range(count):
        alphabet = ALPHABET if index % 3 else generator.sample(ALPHABET, 6)
        text = ""
        for _ in range(generator.randint(0, 60)):
            times = generator.choice([2, 3, 4, 63, 64, 65, 130]) if generator.random() < 0.03 else 1
            text += generator.choice(alphabet) * times
        yield text


def texts(options):
    for scalar in scalars(options.scalars):
        yield "\n\nq ".join(context.replace("{}", scalar) for context in CONTEXTS)
    yield from random_texts(options.random)
    for path in options.texts:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--scalars", choices=["all", "some"], default="some")
    parser.add_argument("--random", type=int, default=20000)
    parser.add_argument("--texts", action="append", default=[])
    parser.add_argument("--pattern", action="append", choices=list(PATTERNS))
    options = parser.parse_args()
    with open(options.file, "w", encoding="utf-8") as output:
        for name in options.pattern or PATTERNS:
            splitter = pre_tokenizers.Sequence(
                [pre_tokenizers.Split(Regex(one), "isolated") for one in PATTERNS[name]]
            )
            for text in texts(options):
                ends = [0]
                for piece, _ in splitter.pre_tokenize_str(text):
                    ends.append(ends[-1] + len(piece.encode()))
                line = {"pattern": name, "text": text, "ends": ends[1:]}
                output.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
