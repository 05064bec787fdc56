"""Byte-level BPE of 32,768 entries with the GPT-4 split, from JSON lines in zstd.

train_bpe.py tokenizers|rustbpe|gigatoken INPUT.jsonl.zst FOLDER
"""

import os
import sys

from patterns import END_OF_DOCUMENT, PUBLISHED
from reporting import Timed, documents, report

peer, path, out = sys.argv[1:4]
size = 32_768


def texts():
    return (document["text"] for document in documents(path))


if peer == "tokenizers":
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PUBLISHED), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[END_OF_DOCUMENT],
        show_progress=False,
    )
    with Timed() as timed:
        tokenizer.train_from_iterator(texts(), trainer)
        tokenizer.save(os.path.join(out, "tokenizer.json"))
    entries = tokenizer.get_vocab_size()
elif peer == "rustbpe":
    import rustbpe

    tokenizer = rustbpe.Tokenizer()
    with Timed() as timed:
        tokenizer.train_from_iterator(texts(), size - 1, pattern=PUBLISHED)
        entries = len(tokenizer.get_mergeable_ranks()) + 1
else:
    import gigatoken

    # It reads plain text with a separator; making that file is not counted.
    plain = os.path.join(out, "input.txt")
    with open(plain, "w") as file:
        for text in texts():
            file.write(text + END_OF_DOCUMENT)
    with Timed() as timed:
        vocabulary = gigatoken.train_bpe(plain, size, [END_OF_DOCUMENT])[0]
    entries = len(vocabulary)
report(timed, f"{entries} entries")
