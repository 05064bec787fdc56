import json

from harness.row import Peer, Row


def entries(data, out) -> str:
    with open(out / "tokenizer.json") as file:
        tokenizer = json.load(file)
    special = {token["content"] for token in tokenizer["added_tokens"]}
    return f"{len(special | set(tokenizer['model']['vocab']))} entries"


def peer(name: str) -> Peer:
    return Peer(name, lambda data, out: ["train_bpe.py", name, data.zst, out])


ROW = Row(
    name="training",
    title="BPE training (32,768 entries, GPT-4 split)",
    megabytes=200,
    measure="text",
    gristmill=lambda data, out: [
        *("tokenizer", "train", data.zst, "--output", out),
        *("--vocabulary-size", "32768", "--workers", "1"),
    ],
    peers=[peer("tokenizers"), peer("gigatoken"), peer("rustbpe")],
    result=entries,
    note="gigatoken reads a plain text file made beforehand, splits by a pattern of its own and"
    " writes no file; rustbpe writes none either.",
)
