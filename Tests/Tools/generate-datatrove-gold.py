#!/usr/bin/env python3
"""Writes what datatrove makes of texts, for the tests of Deduplication.

    pip install "datatrove==0.10.1" "spacy>=3.8,<3.9" "xxhash<4" regex zstandard
    Tests/Tools/generate-datatrove-gold.py fixture > Tests/Fixtures/Deduplication/datatrove.tsv
    Tests/Tools/generate-datatrove-gold.py scalars > FILE
    Tests/Tools/generate-datatrove-gold.py random COUNT SEED > FILE
    Tests/Tools/generate-datatrove-gold.py shards SHARD.jsonl.zst... > FILE
    GRISTMILL_DATATROVE_GOLD=FILE,FILE swift test --filter DatatroveGoldTests

A line is a text with its backslashes, tabs and control characters escaped; a tab; its words, each
followed by a space; and for each of CONFIGURATIONS a tab and the XXH64 of the signature's numbers as
little-endian bytes, in hexadecimal, empty without a signature.
"""
import io, json, random, sys

import numpy, xxhash
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
from datatrove.utils.hashing import HashConfig
from datatrove.utils.text import ngrams, simplify_text

CONFIGURATIONS = [
    MinhashConfig(),
    MinhashConfig(n_grams=3, num_buckets=9, hashes_per_bucket=13, seed=42, hash_config=HashConfig(64, "sha1")),
    MinhashConfig(n_grams=1, num_buckets=5, hashes_per_bucket=1, seed=7, hash_config=HashConfig(32, "xxhash")),
    MinhashConfig(n_grams=8, num_buckets=20, hashes_per_bucket=5, seed=4294967295, hash_config=HashConfig(32, "sha1")),
]
# Words that rules and exceptions of spaCy are about, and pieces that may meet them.
PIECES = """a b x y I s m d t g ll ve re nt im ive id hes shes its were well cant cannot gonna thats dont didnt
somethin ol em nuff theyre whos CAN'T I'm rock'n'roll o'clock e.g. i.e. a.m. 5pm Mr. Ph.D. U.S. U.K. 's 're space
<space> ≮space≯ ‘s ‘ ’ s‘ ≠ ≮ ≯ = < > => <3 ;) :-) :D ^_^ ಠ_ಠ ಠ︵ಠ ¯\\(ツ)/¯ (╯°□°)╯ 0 1 12 3.14 1,000,000 1.2.3.4 ٣٫١٤ ٣،١
１２ 𝟘𝟙 ² ³ ½ Ⅷ ① 0km 10km 5km² 3m 3m³ 7g 8kg 9µg 9μm 20kmh 3mph 5gb 7км 8м² 9م 3م² 4тб 4تб 4тбكم 5€ £5 5£ US$ $ 5$ ₿ 5₿
% 5% ° 5°C 5°c. § № ™ © ® ♥ ❤️ 😀 👍🏽 🇩🇪 🏳️‍🌈 ─ ━ ► ● • … ... -- – — - _ ~ / \\ | & # * + ++ +1 @ a@b.c http://a.b/c?d=1
www.example.com mailto:x@y.z 192.168.0.1 ( ) [ ] { } " “ ” „ « » ‹ › ‚ ´ ` ΄ ΅ ; ; · ¿ ¡ ؟ ، ؛ ۔ । 。 、 「 」 『 』 【 】 〔 〕 〈 〉
⟨ ⟩ 〈 〉 ⟦ ⟧ Σ ΑΣ ΟΔΥΣΣΕΥΣ ΑΣ. Σ. ΑΣ'Α ΑΣ́ İ I ı ß ẞ ﬁ Ǆ ǅ K Å Ω é é ñ ö ̈ ̧́ ̧ ́ ͏ ͅ ᾳ ᾼ ά Ά кий й Й ё Ґ ї ქ Ა Ꭰ ꭰ Ა ა
한국어 한 가 각 힣 ᄀ ᆨ 日本語 テキスト ｶﾞ ひらがな が が ー 中文 豈 﨑 你好 世界 ไทย ภาษา ລາວ ខ្មែរ မြန်မာ हिन्दी क़ क़ ড় বাংলা தமிழ் తెలుగు ಕನ್ನಡ
മലയാളം සිංහල עברית שָׁלוֹם العربية فارسى ﷺ ﷼ አማርኛ ᠮᠣᠩᠭᠣᠯ བོད་ 𝔸 𝐚 𐐀 𐐨 𝅗𝅥 𝅘𝅥𝅮 ᭄ ꦀ꧀ 〮 〯 〯〮 ᮪ ゙ ゚ ⃝ ‍ ‌ \u200b \u00ad \ufeff \u00a0 \u2003 \u2028 \u3000 \u0085
\ufffd \ue000 \U000f0000 \u0378 \U0001fae9 \u1c89 \U00010d40""".split()
PIECES += [" ", "  ", "\n", "\t", "\r\n", "\x00", "\x1f", "\x7f", "\xa0", "\u2003"]


def scalars():
    for block in range(0, 0x110000, 64):
        characters = [chr(c) for c in range(block, block + 64) if not 0xD800 <= c < 0xE000]
        contexts = "{0} {0}{0} x{0}y {0}z z{0} 0{0} 0{0}k {0}0 1{0}2 1{0}3{0}4 s{0}s \u2018s{0} {0}\u2018s cant{0} {0}im {0}km 5k{0} m{0}5 " \
            "a\u2260{0} {0}\u2260a 0\u2260{0} \u226e{0}\u226f \u4e2d{0}\u4e2d A\u03a3{0} A\u03a3{0}a {0}\u03a3 A{0}\u03a3 \u302f{0}\u1bf2 a\u302f\u0301{0}\u302e."
        for start in range(0, len(characters), 8):
            yield " aa ".join(contexts.format(c) for c in characters[start:start + 8])


def random_texts(count, seed):
    choose = random.Random(seed)
    for _ in range(count):
        kind = choose.random()
        if kind < 0.3:
            text = "".join(choose.choice("0a km²<>=≠;°😀‘sé́ 中한9.,") for _ in range(choose.randrange(60)))
        else:
            pieces = [choose.choice(PIECES) for _ in range(choose.randrange(1, 40))]
            text = "".join(p + (" " if choose.random() < kind - 0.3 else "") for p in pieces)
        yield text


def shard_texts(paths):
    import zstandard
    for path in paths:
        with open(path, "rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            for line in io.TextIOWrapper(stream, encoding="utf-8", newline="\n"):
                yield json.loads(line)["text"]


def fixture():
    yield from ("", " ", "one two three four", "one two three four five", "The cat cannot sit; it's 3.5 km² from I'm-here.")
    yield " ".join(PIECES)
    yield "".join(PIECES)
    yield from random_texts(150, 11)


def escaped(text):
    return "".join(f"\\x{ord(c):02x}" if ord(c) < 32 or c == "\\" else c for c in text)


def main():
    mode, arguments = sys.argv[1], sys.argv[2:]
    texts = {
        "fixture": fixture, "scalars": scalars,
        "random": lambda: random_texts(int(arguments[0]), int(arguments[1])),
        "shards": lambda: shard_texts(arguments),
    }[mode]()
    steps = [MinhashDedupSignature("/tmp", config) for config in CONFIGURATIONS[:1 if mode == "shards" else None]]
    output = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    for text in texts:
        words = steps[0].word_tokenizer.word_tokenize(simplify_text(text))
        line = escaped(text) + "\t" + "".join(word + " " for word in words)
        for step in steps:
            # What `get_shingles` does, with the words at hand.
            hashes = [step._hash_func(" ".join(x)) for x in ngrams(words, step.config.n_grams)]
            digest = ""
            if hashes:
                signature = step.get_signature(numpy.fromiter(hashes, dtype=numpy.uint64).reshape((-1, 1)))
                numbers = numpy.array(signature, dtype=step.config.hash_config.np_dtype)
                digest = f"{xxhash.xxh64_intdigest(numbers.tobytes()):016x}"
            line += "\t" + digest
        output.write(line + "\n")
    output.flush()


main()
