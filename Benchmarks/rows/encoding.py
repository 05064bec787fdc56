import hashlib

from harness.row import Peer, Row


def tokens(data, out) -> str:
    """How many ids, and a digest by which one sees whether two programs agree."""
    path = out / "ids.bin"
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:6]
    return f"{path.stat().st_size // 4} tokens ({digest})"


def peer(name: str, vocabulary, megabytes=None) -> Peer:
    def arguments(data, out):
        return ["encode.py", name, data.zst, vocabulary(data), out]

    return Peer(name, arguments, megabytes=megabytes)


ROW = Row(
    name="encoding",
    title="BPE encoding (32,768 entries, GPT-4 split)",
    megabytes=40,
    measure="text",
    gristmill=lambda data, out: [
        *("tokenizer", "encode", "--tokenizer", data.tokenizer, data.zst),
        *("--output", out / "ids.bin", "--workers", "1"),
    ],
    peers=[
        peer("tiktoken", lambda data: data.ranks),
        peer("tokenizers", lambda data: data.tokenizer, megabytes=10),
        peer("gigatoken", lambda data: data.tokenizer.with_name("published-pattern.json")),
    ],
    result=tokens,
    note="The peers are timed in memory, without reading documents or writing ids; Gristmill from"
    " start to exit. The six digits are a digest of the ids. gigatoken has the split as first"
    " published, which differs where a text ends in white space.",
)
