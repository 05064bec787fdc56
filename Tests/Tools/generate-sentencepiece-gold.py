#!/usr/bin/env python3
"""Small models and what SentencePiece and Hugging Face's tokenizers make of texts, in Tests/Fixtures/Tokenization.

    python3 Tests/Tools/generate-sentencepiece-gold.py      with sentencepiece 0.2.3, tokenizers 0.23.3, protobuf

`NAME.model` are models trained on sentences made here; `sentencepiece.json` holds for each its texts with
their ids, and lists of ids with the text they stand for. `tokenizers.json` holds models of tokenizers' own
with their texts and ids. Models with `unused` or `ties` in their names have been changed after training.
"""
import json
import pathlib
import random
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer, models, normalizers

FOLDER = pathlib.Path(__file__).parents[1] / "Fixtures/Tokenization"
RULES = {
    "\ufb01": "fi", "\u304b\u3099": "\u304c", "e\u0301": "\u00e9", "\u00a0": " ", "\u3000": " ", "\t": " ",
    "\u200b": "", "\uff21": "A", "\u00bd": "1/2", "ab\u0308c": "x", "\r": " ", "\u00a9": "(c)",
}
SYLLABLES = ["ba", "be", "bi", "ka", "ke", "la", "lo", "mi", "mo", "na", "sa", "tu", "zé", "中", "文", "か", "が"]
PARTS = [
    " ", "  ", "▁", "\u3000", "\u00a0", "\t", "\n", "\r\n", "a", "ab", "abc", "ba", "kalo", "naba", " milo", "é",
    "e\u0301", "\ufb01", "か\u3099", "中", "文", "\u0301", "\u0308", "ab\u0308c", "\u200b", "👩‍👧", "\U00020000", "\uff21",
    "½", "1", "23", ".", ",", "-", "<unk>", "<s>", "<0x41>", "<sep>", "http://", "\u0000", "\ufffd", "©\u200d", "aaaa",
]


def sentences(generator):
    words = ["".join(generator.choices(SYLLABLES, k=generator.randint(1, 4))) for _ in range(300)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    for _ in range(1500):
        line = generator.choices(words, weights, k=generator.randint(2, 9))
        if generator.random() < 0.3:
            line.append(str(generator.randint(0, 2000)))
        if generator.random() < 0.2:
            line[0] = generator.choice(["http://", "  ", "New", "-", "<sep>"]) + line[0]
        yield " ".join(line) + generator.choice([".", ",", "", "!"])


def train(folder, corpus, rules, name, **options):
    prefix = f"{folder}/{name}"
    settings = dict(
        input=corpus, model_prefix=prefix, vocab_size=160, num_threads=1, minloglevel=2, normalization_rule_tsv=rules,
        hard_vocab_limit=False, shuffle_input_sentence=False)
    settings.update(options)
    sentencepiece.SentencePieceTrainer.train(**settings)
    model = sentencepiece_model_pb2.ModelProto.FromString(pathlib.Path(f"{prefix}.model").read_bytes())
    # The names of temporary files have no place in a fixture.
    model.trainer_spec.ClearField("input")
    model.trainer_spec.ClearField("model_prefix")
    model.normalizer_spec.ClearField("normalization_rule_tsv")
    return model.SerializeToString(deterministic=True)


def trained(folder, corpus, rules):
    keep = dict(remove_extra_whitespaces=False, byte_fallback=True, allow_whitespace_only_pieces=True, vocab_size=420)
    user = ["<sep>", "http://", "▁▁", "ab", "abc", " New"]
    for kind in ["bpe", "unigram"]:
        yield f"{kind}", dict(model_type=kind)
        yield f"{kind}-bytes", dict(model_type=kind, split_digits=True, character_coverage=0.98, **keep)
        yield f"{kind}-user", dict(
            model_type=kind, user_defined_symbols=user, control_symbols=["<c>"], add_dummy_prefix=False, **keep)
        yield f"{kind}-suffix", dict(
            model_type=kind, treat_whitespace_as_suffix=True, character_coverage=0.98, unk_surface="?", unk_id=3, bos_id=0,
            eos_id=1, pad_id=2)
        yield f"{kind}-across", dict(
            model_type=kind, split_by_whitespace=False, max_sentencepiece_length=24, user_defined_symbols=user)
    yield "word", dict(model_type="word")
    yield "char", dict(model_type="char", user_defined_symbols=user, character_coverage=0.98)


def changed(data, generator, has_ties):
    model = sentencepiece_model_pb2.ModelProto.FromString(data)
    for piece in model.pieces:
        if piece.type == 1 and generator.random() < 0.2:
            piece.type = 5
        if has_ties and piece.type == 1:
            piece.score = generator.choice([0.0, -0.0, 1.5, -1.0, -1.0, -2.0])
    if has_ties:
        model.denormalizer_spec.CopyFrom(model.normalizer_spec)
        model.denormalizer_spec.add_dummy_prefix = False
        model.denormalizer_spec.escape_whitespaces = False
    return model.SerializeToString()


def texts(generator, count):
    yield from ["", " ", "a", "▁", " ▁ ", "aaaaaaaaaaaaaaaaa" * 9, "\u2581" * 70, "naba kalo 1234  milo."]
    for _ in range(count):
        yield "".join(generator.choices(PARTS + SYLLABLES, k=generator.choice([1, 2, 4, 8, 30])))


def cases(data, generator):
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    encoded = [[text, processor.encode(text)] for text in texts(generator, 40)]
    low = min(12, len(processor))
    decoded = []
    for _ in range(40):
        ids = [
            generator.choice([generator.randrange(len(processor)), generator.randrange(low)])
            for _ in range(generator.choice([1, 2, 4, 9]))]
        decoded.append([ids, processor.decode(ids)])
    return {"encoded": encoded, "decoded": decoded}


def peers(generator, charsmap):
    alphabet = ["a", "b", "c", "▁", "é", "中", "<", "0", ">", "x"]
    inputs = ["".join(generator.choices(alphabet + [" ", "ü", "𝔘"], k=generator.choice([1, 3, 8, 90]))) for _ in range(16)]
    inputs += list(texts(generator, 20))
    for number in range(16):
        tokens = ["<unk>"] + generator.sample(alphabet, 7)
        bytes_count = [0, 256, 200][number % 3]
        tokens += [f"<0x{byte:02X}>" for byte in generator.sample(range(256), bytes_count)]
        if number % 2:
            scored = [(token, 0.0 if token == "<unk>" else -generator.choice([1.0, 2.0, 3.5])) for token in tokens]
            for _ in range(30):
                token = "".join(generator.choices(alphabet, k=generator.randint(2, 4)))
                if token not in dict(scored):
                    scored.append((token, -generator.choice([2.0, 3.0, 5.0, generator.random() * 9])))
            model = models.Unigram(scored, 0, bytes_count > 0)
        else:
            vocabulary = {token: index for index, token in enumerate(tokens)}
            parts, merges = tokens[1:8], []
            for _ in range(40):
                left, right = generator.choice(parts), generator.choice(parts)
                if len(left + right) < 9:
                    merges.append((left, right))
                    if vocabulary.setdefault(left + right, len(vocabulary)) == len(vocabulary) - 1:
                        parts.append(left + right)
            model = models.BPE(
                vocab=vocabulary, merges=merges, unk_token=None if number == 8 else "<unk>", fuse_unk=number % 4 == 0,
                byte_fallback=bytes_count > 0, ignore_merges=number % 8 == 2)
        tokenizer = Tokenizer(model)
        spaces = [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
        mapped = [normalizers.Precompiled(charsmap)]
        tokenizer.normalizer = normalizers.Sequence([[], spaces, mapped + spaces, mapped][number // 2 % 4])
        ids = [[text, tokenizer.encode(text, add_special_tokens=False).ids] for text in inputs]
        yield {"tokenizer": tokenizer.to_str(), "encoded": ids}


def main():
    generator = random.Random(20261121)
    FOLDER.mkdir(parents=True, exist_ok=True)
    gold, charsmap = {}, b""
    with tempfile.TemporaryDirectory() as folder:
        corpus, rules = f"{folder}/corpus.txt", f"{folder}/rules.tsv"
        pathlib.Path(corpus).write_text("\n".join(sentences(generator)) + "\n")
        hexed = lambda text: " ".join(f"{ord(scalar):04X}" for scalar in text)
        pathlib.Path(rules).write_text("".join(f"{hexed(a)}\t{hexed(b)}\n" for a, b in RULES.items()))
        found = {name: train(folder, corpus, rules, name, **options) for name, options in trained(folder, corpus, rules)}
    for name in ["bpe", "bpe-user", "bpe-across", "unigram-user"]:
        found[f"{name}-unused"] = changed(found[name], generator, False)
        found[f"{name}-ties"] = changed(found[name], generator, True)
    for name, data in found.items():
        (FOLDER / f"{name}.model").write_bytes(data)
        gold[name] = cases(data, generator)
    charsmap = sentencepiece_model_pb2.ModelProto.FromString(found["bpe"]).normalizer_spec.precompiled_charsmap
    (FOLDER / "sentencepiece.json").write_text(json.dumps(gold, ensure_ascii=True, separators=(",", ":")) + "\n")
    rows = list(peers(generator, charsmap))
    (FOLDER / "tokenizers.json").write_text(json.dumps(rows, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
