#!/usr/bin/env python3
"""Compares the ids of `gristmill tokenizer encode` with those of whoever defined the vocabulary.

  check-tokenizers.py [--gristmill PROGRAM] [--allow-special] [--pattern NAME] TEXTS... -- VOCABULARY...

TEXTS are JSON lines with a "text", or plain text files (one text each). The judge is tokenizers for
tokenizer.json, tiktoken for .tiktoken files of known name, sentencepiece for .model files. One line a
vocabulary: how many texts and ids are equal, or the first text that differs, with both sides around the place.
"""
import argparse, json, os, struct, subprocess, sys, tempfile


def texts_of(paths):
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        if path.endswith((".jsonl", ".json")):
            for line in data.split(b"\n"):
                if line.strip():
                    yield json.loads(line)["text"]
        else:
            yield data.decode("utf-8", "replace")


def judge(path, allow_special):
    name = os.path.basename(path)
    if name.endswith(".json"):
        import tokenizers

        tokenizer = tokenizers.Tokenizer.from_file(path)
        tokenizer.encode_special_tokens = not allow_special
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return (
            lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
            lambda ids: tokenizer.decode(ids, skip_special_tokens=False),
        )
    if name.endswith(".tiktoken"):
        import tiktoken, tiktoken.load
        import tiktoken_ext.openai_public as public

        # The ranks are those of the file, not of one that is fetched.
        public.load_tiktoken_bpe = lambda *_, **__: tiktoken.load.load_tiktoken_bpe(path)
        encoding = tiktoken.Encoding(**getattr(public, name[: -len(".tiktoken")])())
        allowed = "all" if allow_special else set()
        return lambda text: encoding.encode(text, allowed_special=allowed, disallowed_special=()), encoding.decode
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=path)
    return processor.encode, processor.decode


def ours(program, path, lines, options):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "ids.bin")
        command = [*program.split(), "tokenizer", "encode", "--tokenizer", path, "--output", output, *options]
        command.append(lines)
        run = subprocess.run(command, capture_output=True, text=True)
        if not os.path.exists(output):
            return None, (run.stdout + run.stderr).strip()
        with open(output, "rb") as file:
            ids = memoryview(file.read()).cast("I")
        with open(output + ".lengths", "rb") as file:
            lengths = memoryview(file.read()).cast("I")
        split, start = [], 0
        for length in lengths:
            split.append(list(ids[start : start + length]))
            start += length
        return split, run.stdout.strip()


def difference(expected, found):
    place = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b), min(len(expected), len(found)))
    return place, expected[max(0, place - 3) : place + 6], found[max(0, place - 3) : place + 6]


def main():
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit(__doc__)
    vocabularies = arguments[arguments.index("--") + 1 :]
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--gristmill", default=".build/release/gristmill")
    parser.add_argument("--allow-special", action="store_true")
    parser.add_argument("--pattern")
    parser.add_argument("texts", nargs="+")
    options = parser.parse_args(arguments[: arguments.index("--")])
    texts = list(texts_of(options.texts))
    extra = (["--allow-special"] if options.allow_special else []) + (
        ["--pattern", options.pattern] if options.pattern else []
    )
    worst = 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as lines:
        for text in texts:
            lines.write(json.dumps({"text": text}) + "\n")
    for path in vocabularies:
        try:
            encode, decode = judge(path, options.allow_special)
        except BaseException as error:
            print(f"{path}: the judge cannot read it: {str(error)[:200]}")
            continue
        found, said = ours(options.gristmill, path, lines.name, extra)
        if found is None:
            print(f"{path}: refused: {said[:300]}")
            continue
        unequal, count = 0, 0
        for number, text in enumerate(texts):
            expected = encode(text)
            count += len(expected)
            if number >= len(found) or expected != found[number]:
                unequal += 1
                if unequal == 1:
                    place, left, right = difference(expected, found[number] if number < len(found) else [])
                    print(f"{path}: text {number} differs at id {place}: expected {left}, found {right}")
                    print(f"  {decode(expected[max(0, place - 8):place + 8])!r}")
        if unequal:
            worst = 1
            print(f"{path}: {unequal} of {len(texts)} texts differ; {said}")
        else:
            print(f"{path}: {len(texts)} texts, {count} ids, all equal; {said}")
    os.unlink(lines.name)
    sys.exit(worst)


main()
