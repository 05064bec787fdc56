#!/usr/bin/env python3
"""Writes Tests/Fixtures/Tokenization/tokenizer-json.json: small tokenizer.json files with what tokenizers 0.23.3 makes of texts.

For every file: its JSON, and for every text the ids with special tokens found and as ordinary text, the ranges of
the ids' bytes in the text, and the text that the ids decode to, with special tokens and without.
"""
import json, os
import tokenizers
from tokenizers import Tokenizer

SPACE = "\u2581"
TEXTS = [
    "", " ", "  ", "Hello world", " Hello  world ", "hello\n\nworld\r\n", "ÀÉ e\u0301 ﬁ ㍿", "a<s>b", "a <s>  b<s>",
    "<s><s>", "x</s>y", "ab[MASK] c", "ab [MASK]  c", "abc abc", "a-b", "the cat", "thecat the", "<0x41>", "日本 é😀",
    "I'm 12345 ok", "aaaa aaaa", "  lead", "trail  ", "tab\there", "\u00a0nbsp\u3000wide", "UPPER lower", "xyzzy", "x" * 40,
    SPACE + "a", "a" + SPACE + " b", "don't stop", "1 22 333 4444", "a.b,c!d", "ab<t>cd", "<t><tt>", "<tt", "q",
]


def token(id, content, special=True, normalized=False, lstrip=False, rstrip=False, single_word=False):
    return {"id": id, "content": content, "single_word": single_word, "lstrip": lstrip, "rstrip": rstrip,
            "normalized": normalized, "special": special}


def spelled():
    from tokenizers.pre_tokenizers import ByteLevel
    bs = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    cs, n = bs[:], 0
    for b in range(256):
        if b not in bs:
            bs.append(b); cs.append(256 + n); n += 1
    return {b: chr(c) for b, c in zip(bs, cs)}


ALPHABET = spelled()


def byte_level(merges, specials=(), missing=b"", extra=()):
    names = list(specials) + [ALPHABET[b] for b in range(256) if b not in missing]
    for a, b in merges:
        if a + b not in names: names.append(a + b)
    names += [name for name in extra if name not in names]
    return {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
            "vocab": {name: i for i, name in enumerate(names)}, "merges": [list(m) for m in merges]}


def characters(words, merges, unk="<unk>", fuse=True, fallback=False, bytes_=False, ignore=False):
    names = ["<unk>", "<s>", "</s>"]
    if bytes_: names += [f"<0x{b:02X}>" for b in range(256)]
    for word in words:
        for c in word:
            if c not in names: names.append(c)
    for a, b in merges:
        if a + b not in names: names.append(a + b)
    names += [w for w in words if w not in names]
    return {"type": "BPE", "dropout": None, "unk_token": unk, "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": fuse, "byte_fallback": fallback, "ignore_merges": ignore,
            "vocab": {name: i for i, name in enumerate(names)}, "merges": [list(m) for m in merges]}


def unigram(pieces, fallback=False):
    vocab = [["<unk>", 0.0], ["<s>", 0.0], ["</s>", 0.0]]
    if fallback: vocab += [[f"<0x{b:02X}>", -9.0] for b in range(256)]
    return {"type": "Unigram", "unk_id": 0, "vocab": vocab + pieces, "byte_fallback": fallback}


def file(model, added=(), normalizer=None, pre=None, decoder=None, post=None):
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": list(added), "normalizer": normalizer,
            "pre_tokenizer": pre, "post_processor": post, "decoder": decoder, "model": model}


LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
PLAIN = dict(LEVEL, use_regex=False)
PREFIXED = dict(LEVEL, add_prefix_space=True)
G = ALPHABET[32]
MERGES = [("h", "e"), ("l", "l"), ("a", "b"), (G, "c"), ("he", "ll"), ("hell", "o"), ("a", "a"), ("aa", "aa"), ("t", "he"),
          (G, "a"), (G + "a", "a"), ("x", "x"), ("xx", "xx"), ("c", "a"), ("Ã", "©"), ("1", "2")]
LLAMA = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": SPACE},
         {"type": "Replace", "pattern": {"String": " "}, "content": SPACE}]}
UNLLAMA = {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": SPACE}, "content": " "},
           {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
META = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True}
CHARS = [SPACE, "abcdefghijklmnopqrstuvwxyz", "HW.,'é12"]
CMERGES = [("h", "e"), ("l", "l"), (SPACE, "a"), ("a", "b"), ("he", "ll"), ("hell", "o"), (SPACE, SPACE), ("a", "a"),
           (SPACE + "a", "b"), ("t", "he"), (SPACE, "the")]
PIECES = [[SPACE, -2.0]] + [[c, -4.0 - i / 8] for i, c in enumerate("abcdefghijklmnopqrstuvwxyzHW.,'12")] + [
    ["he", -5.0], ["llo", -6.5], [SPACE + "hello", -9.25], ["world", -8.0], [SPACE + "a", -3.5], ["ab", -5.5], ["aa", -5.0],
    ["the", -4.5], [SPACE + "the", -4.75], ["cat", -6.0], ["xx", -9.0], ["é", -7.0]]
S = [token(1, "<s>"), token(2, "</s>")]


def files():
    yield "byte-level", file(byte_level(MERGES), pre=LEVEL, decoder=LEVEL)
    yield "specials in and behind the vocab", file(
        byte_level(MERGES, specials=["<s>"]), [token(0, "<s>"), token(300, "</s>"), token(301, "<t>", special=False),
        token(302, "<tt>", special=False)], pre=LEVEL, decoder=LEVEL)
    yield "flags of added tokens", file(
        byte_level(MERGES), [token(300, "[MASK]", lstrip=True), token(301, "<s>", rstrip=True),
        token(302, "the", special=False, single_word=True), token(303, "\n", special=False), token(304, "b", special=False,
        lstrip=True, rstrip=True)], pre=LEVEL, decoder=LEVEL)
    yield "longest of those that begin first", file(
        byte_level(MERGES), [token(300, "ab", special=False), token(301, "abc", special=False), token(302, "bc ab",
        special=False), token(303, "c a", special=True), token(304, "  ", special=False)], pre=LEVEL, decoder=LEVEL)
    yield "prefix space", file(byte_level(MERGES), S, pre=PREFIXED, decoder=LEVEL)
    yield "normalized added tokens", file(
        byte_level(MERGES), [token(300, "Hello", special=False, normalized=True), token(301, "UPPER", special=False),
        token(302, "É", special=False, normalized=True)], normalizer={"type": "Sequence", "normalizers": [{"type": "NFC"},
        {"type": "Lowercase"}]}, pre=LEVEL, decoder=LEVEL)
    for name in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"]:
        yield name, file(byte_level(MERGES), normalizer={"type": name}, pre=LEVEL, decoder=LEVEL)
    yield "NFD and StripAccents", file(byte_level(MERGES), normalizer={"type": "Sequence", "normalizers": [{"type": "NFD"},
        {"type": "StripAccents"}]}, pre=LEVEL, decoder=LEVEL)
    yield "Strip", file(byte_level(MERGES), S, normalizer={"type": "Strip", "strip_left": True, "strip_right": True}, pre=LEVEL,
        decoder=LEVEL)
    yield "Replace by Regex", file(byte_level(MERGES), normalizer={"type": "Replace", "pattern": {"Regex": "\\s+"},
        "content": " "}, pre=LEVEL, decoder=LEVEL)
    yield "BertNormalizer", file(byte_level(MERGES), normalizer={"type": "BertNormalizer", "clean_text": True,
        "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}, pre=LEVEL, decoder=LEVEL)
    yield "ByteLevel normalizer", file(byte_level(MERGES), normalizer={"type": "ByteLevel"}, pre={"type": "Split",
        "pattern": {"Regex": "\\p{L}+|\\p{N}+"}, "behavior": "Isolated", "invert": False}, decoder=LEVEL)
    yield "ignore_merges", file(dict(byte_level(MERGES, extra=["cat", G + "cat", "world"]), ignore_merges=True), pre=LEVEL,
        decoder=LEVEL)
    yield "missing bytes", file(byte_level([m for m in MERGES if not set("l" + G) & set(m[0] + m[1])], missing=b"lo\xe6 "), pre=LEVEL,
        decoder=LEVEL)
    yield "merges in strings", file(dict(byte_level(MERGES), merges=["#version: 0.2"] + [f"{a} {b}" for a, b in MERGES]),
        pre=LEVEL, decoder=LEVEL)
    yield "merges before those of their parts", file(byte_level([("he", "ll"), ("h", "e"), ("l", "l"), ("hell", "o"),
        ("a", "b"), ("aa", "aa"), ("a", "a")]), pre=LEVEL, decoder=LEVEL)
    yield "a merge twice", file(byte_level(MERGES + [("h", "e"), ("a", "b")]), pre=LEVEL, decoder=LEVEL)
    gaps = byte_level(MERGES)
    gaps["vocab"] = {name: id * 2 for name, id in gaps["vocab"].items()}
    yield "gaps between ids", file(gaps, pre=LEVEL, decoder=LEVEL)
    odd = byte_level(MERGES, specials=["日本", "a b"])
    yield "names outside the alphabet", file(odd, [token(0, "日本")], pre=LEVEL, decoder=LEVEL)
    yield "digits after ByteLevel", file(byte_level(MERGES), pre={"type": "Sequence", "pretokenizers": [{"type": "Punctuation",
        "behavior": "Contiguous"}, LEVEL, {"type": "Digits", "individual_digits": True}]}, decoder=LEVEL)
    yield "template kept", file(byte_level(MERGES, specials=["<s>"]), [token(0, "<s>")], pre=LEVEL, decoder=LEVEL,
        post={"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A",
        "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}})
    yield "llama 2", file(characters(CHARS, CMERGES, bytes_=True, fallback=True), [token(0, "<unk>")] + S, LLAMA, None, UNLLAMA)
    yield "llama 2, normalized specials", file(characters(CHARS, CMERGES, bytes_=True, fallback=True),
        [token(0, "<unk>", normalized=True), token(1, "<s>", normalized=True)], LLAMA, None, UNLLAMA)
    yield "unknown fused", file(characters(CHARS, CMERGES), S, None, META, META)
    yield "unknown one by one", file(characters(CHARS, CMERGES, fuse=False), S, None, META, META)
    yield "unknown left out", file(characters(CHARS, CMERGES, unk=None), S, None, META, META)
    yield "metaspace first", file(characters(CHARS, CMERGES, bytes_=True, fallback=True), S, None,
        dict(META, prepend_scheme="first", split=False), dict(META, prepend_scheme="first"))
    yield "whole pieces of characters", file(characters(CHARS + ["cat", SPACE + "cat"], CMERGES, ignore=True), S, None, META, META)
    yield "unigram", file(unigram(PIECES), S, None, META, META)
    yield "unigram with byte fallback", file(unigram(PIECES, True), S, None, META, UNLLAMA)
    yield "unigram of words", file(unigram(PIECES), [token(3000, "<t>", special=False)], {"type": "NFKC"}, {"type": "Sequence",
        "pretokenizers": [{"type": "WhitespaceSplit"}, META]}, META)


def byte_ranges(text, offsets):
    starts = [0]
    for c in text: starts.append(starts[-1] + len(c.encode()))
    return [[starts[a], starts[b]] for a, b in offsets]


def gold(name, data):
    tokenizer = Tokenizer.from_str(json.dumps(data))
    bare = Tokenizer.from_str(json.dumps(dict(data, post_processor=None)))
    rows = []
    for text in TEXTS:
        tokenizer.encode_special_tokens = False
        found = tokenizer.encode(text, add_special_tokens=False)
        tokenizer.encode_special_tokens = True
        ordinary = tokenizer.encode(text, add_special_tokens=False)
        rows.append({"text": text, "ids": found.ids, "ordinary": ordinary.ids,
                     "ranges": byte_ranges(text, bare.encode(text, add_special_tokens=False).offsets),
                     "decoded": tokenizer.decode(found.ids, skip_special_tokens=False),
                     "skipped": tokenizer.decode(found.ids, skip_special_tokens=True)})
    return {"name": name, "file": json.dumps(data, ensure_ascii=False), "texts": rows}


assert tokenizers.__version__ == "0.23.3", tokenizers.__version__
path = os.path.join(os.path.dirname(__file__), "../Fixtures/Tokenization/tokenizer-json.json")
with open(path, "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(gold(*f), ensure_ascii=False) for f in files()) + "\n]\n")
