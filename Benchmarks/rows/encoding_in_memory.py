"""A row for each published vocabulary, each kind of text and each state of the caches."""

from functools import partial

from harness.row import Peer, Row

KINDS = {"english": "web-en", "multilingual": "multi"}


def arguments(state, name, prefix, program, data, out):
    return [*program, data.shard(prefix), data.published_ranks(name), state]


def row(name: str, kind: str, state: str) -> Row:
    command = partial(arguments, state, name, KINDS[kind])
    return Row(
        name=f"encoding-{name}-{kind}-{state}",
        title=f"BPE encoding from memory, {name}, {kind} text, "
        + ("the first pass" if state == "cold" else "passes after the first"),
        megabytes=70 if kind == "english" else 35,
        measure=f"shard_{KINDS[kind]}",
        program="kernel-benchmarks",
        gristmill=partial(command, ["encode"]),
        peers=[
            Peer("gigatoken", partial(command, ["encode_in_memory.py", "gigatoken"])),
            Peer("tiktoken", partial(command, ["encode_in_memory.py", "tiktoken"])),
        ],
        note="Texts and ids are in memory on both sides; making the tokenizer is not counted.",
        is_optional=True,
    )


ROWS = [
    row(name, kind, state)
    for name in ("cl100k", "o200k", "r50k")
    for kind in KINDS
    for state in ("cold", "warm")
]
