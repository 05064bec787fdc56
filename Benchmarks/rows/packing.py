from pathlib import Path

from harness.row import Peer, Row

PROGRAM = Path(__file__).resolve().parents[2] / ".build/release/gristmill"
ENCODE = ("tokenizer", "encode", "--workers", "1", "--tokenizer")


def shards(data, out) -> str:
    """How many tokens stand in the shards, or in the file of ids."""
    ids = out / "ids.bin"
    if ids.exists():
        return f"{ids.stat().st_size // 4} tokens"
    size = sum(path.stat().st_size for path in out.rglob("*") if path.suffix in (".bin", ".ds"))
    return f"{size // 2} tokens"


def row(name: str, title: str, options: list[str], peers: list[Peer]) -> Row:
    return Row(
        name=name,
        title=title,
        megabytes=160,
        measure="text",
        gristmill=lambda data, out: [
            *("pack", data.zst, "--tokenizer", data.tokenizer, "--output", out / "packed"),
            *("--workers", "1", *options),
        ],
        peers=[
            Peer(
                "tokenizer encode",
                lambda data, out: [
                    *(PROGRAM, *ENCODE, data.tokenizer, data.zst, "--output", out / "ids.bin")
                ],
                environment=None,
                program=str(PROGRAM),
            ),
            *peers,
        ],
        result=shards,
        note="`tokenizer encode` is Gristmill's own, without packing, and is the bound. Shards have"
        " one token more a document, its end.",
    )


def datatrove(*options: str) -> Peer:
    return Peer(
        "datatrove",
        lambda data, out: ["pack_datatrove.py", data.zst, data.tokenizer, out, *options],
        environment="datatrove",
        distribution="datatrove",
        megabytes=10,
    )


ROWS = [
    row("packing", "Packing into datatrove's shards", ["--format", "datatrove"], [datatrove()]),
    row(
        "packing-best-fit",
        "Best-fit packing into Megatron's shards, 2,048 tokens a sequence",
        ["--format", "megatron", "--strategy", "best-fit", "--sequence-length", "2048"],
        [],
    ),
    row(
        "packing-shuffled",
        "Packing with the documents shuffled",
        ["--format", "datatrove", "--shuffle"],
        [datatrove("--shuffle")],
    ),
]
