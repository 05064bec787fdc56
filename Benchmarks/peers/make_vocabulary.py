"""The vocabulary of the encoding rows: byte-level BPE by Hugging Face's trainer, 32,768 entries.

    make_vocabulary.py DOCUMENTS.jsonl FOLDER

Writes FOLDER/tokenizer.json, the same as published-pattern.json, and as tokenizer.tiktoken.
"""

import base64
import json
import os
import sys

from patterns import END_OF_DOCUMENT, ONIGURUMA, PUBLISHED, byte_of_character
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

LIMIT = 20_000_000  # bytes of text; more changes little in a vocabulary of this size


def texts(path):
    size = 0
    with open(path) as lines:
        for line in lines:
            text = json.loads(line)["text"]
            size += len(text)
            yield text
            if size > LIMIT:
                return


def splitter(pattern):
    split = pre_tokenizers.Split(Regex(pattern), behavior="isolated")
    return pre_tokenizers.Sequence(
        [split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )


def save(tokenizer, name):
    tokenizer.save(os.path.join(sys.argv[2], name + ".part"))
    os.rename(os.path.join(sys.argv[2], name + ".part"), os.path.join(sys.argv[2], name))


tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = splitter(ONIGURUMA)
tokenizer.decoder = decoders.ByteLevel()
trainer = trainers.BpeTrainer(
    vocab_size=32_768,
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    special_tokens=[],
    show_progress=False,
)
tokenizer.train_from_iterator(texts(sys.argv[1]), trainer)
bytes_of = byte_of_character()
with open(os.path.join(sys.argv[2], "tokenizer.tiktoken"), "wb") as file:
    for token, rank in sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1]):
        text = bytes(bytes_of[character] for character in token)
        file.write(base64.b64encode(text) + b" %d\n" % rank)
tokenizer.add_special_tokens([END_OF_DOCUMENT])
tokenizer.pre_tokenizer = splitter(PUBLISHED)
save(tokenizer, "published-pattern.json")
tokenizer.pre_tokenizer = splitter(ONIGURUMA)
save(tokenizer, "tokenizer.json")
