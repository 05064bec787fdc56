"""The corpus of one size on disk, in the forms that rows ask for, each made when asked for."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from . import corpus, crawl, judged, labelled, scripts
from .environments import Environment

VERSION = 1  # of what this file writes; another number makes the data anew
SEED = 7
TIDY = re.compile(r"[^\n\t -~\u00a0-\U0010ffff]+|[ \t]*\n\s*")


class DataError(Exception):
    """A form of the data cannot be made; says what is missing."""


class Data:
    def __init__(self, megabytes: float, work: Path, tools: Environment):
        self.megabytes = megabytes
        self.tools = tools
        self.real = corpus.real_text()
        kind = "real" if self.real else "synthetic"
        self.folder = work / "data" / f"{kind}-{megabytes:g}MB-{VERSION}"
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def origin(self) -> str:
        if self.real is None:
            return "synthetic English web pages with a tenth of edited copies"
        return "real web text, recombined beyond its size, with a tenth of edited copies"

    @cached_property
    def lines(self) -> Path:
        """JSON lines, uncompressed."""
        path = self.folder / "documents.jsonl"
        if not path.exists():
            if shutil.which("zstd") is None:
                raise DataError("the zstd command is needed: apt-get install zstd")
            made = corpus.Corpus(corpus.pool(self.real, SEED), SEED)
            text_bytes = 0
            with open(self.folder / "documents.part", "w") as file:
                for document in made.documents(int(self.megabytes * 1e6)):
                    text_bytes += len(document["text"].encode())
                    file.write(json.dumps(document, ensure_ascii=False) + "\n")
            self._write("truth.json", made.truth)
            self._write("text.json", text_bytes)
            (self.folder / "documents.part").rename(path)
        return path

    @cached_property
    def zst(self) -> Path:
        """JSON lines in zstd, in a folder of its own, since some peers read folders."""
        path = self.folder / "zst" / "documents.jsonl.zst"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            subprocess.run(["zstd", "-q", "-f", "-3", self.lines, "-o", path], check=True)
        return path

    def shard(self, prefix: str) -> Path:
        """Documents of real text from the files whose names begin with the prefix, up to the size."""
        path = self.folder / prefix / "documents.jsonl.zst"
        if not path.exists():
            if self.real is None or not list(self.real.glob(f"{prefix}-*")):
                raise DataError(f"there is no real text named {prefix}-*.jsonl.zst")
            path.parent.mkdir(exist_ok=True)
            lines, size = [], 0
            for document in corpus.lines(sorted(self.real.glob(f"{prefix}-*"))):
                text = document["text"].encode("utf-8", "replace").decode()
                lines.append(json.dumps({"text": text}, ensure_ascii=False))
                size += len(text.encode())
                if size >= self.megabytes * 1e6:
                    break
            self._write(f"shard_{prefix}.json", size)
            packed = subprocess.run(
                ["zstd", "-q", "-3", "-c"], input="\n".join(lines).encode(), capture_output=True, check=True
            )
            path.write_bytes(packed.stdout)
        return path

    def published_ranks(self, name: str) -> Path:
        """A .tiktoken file that OpenAI publishes, as it lies beside the real text."""
        path = (self.real or Path()).parent / "tokenizer" / "tiktoken" / f"{name}_base.tiktoken"
        if not path.exists():
            raise DataError(f"there is no {name}_base.tiktoken in tokenizer/tiktoken/ beside real text")
        return path

    @cached_property
    def wet(self) -> Path:
        """The texts as WET conversion records, a gzip member each."""
        return self._crawl("documents.warc.wet.gz", crawl.conversion)

    @cached_property
    def warc(self) -> Path:
        """The texts as HTML pages in WARC response records, a gzip member each."""
        return self._crawl("documents.warc.gz", crawl.response)

    @cached_property
    def labelled(self) -> Path:
        """Files in known charsets as WARC responses that name none, over again up to the size."""
        path = self.folder / "labelled.warc"
        if not path.exists():
            root = labelled.folder()
            if root is None:
                raise DataError("the labelled files are in the unicode/ folder beside real text")
            files = labelled.files(root)
            sizes = sum(len(data) for _, data in files)
            rounds = max(1, round(self.megabytes * 1e6 / sizes))
            with open(path.with_suffix(".part"), "wb") as file, open(self.labelled_list, "w") as listing:
                file.write(crawl.warcinfo())
                for number in range(rounds):
                    for truth, data in files:
                        identity = f"{number}/{truth['path']}"
                        file.write(labelled.record(identity, data))
                        prefix = "0a" if data.startswith(b"\n<?xml") else ""
                        listing.write(f"{labelled.name(identity)}\t{root / truth['path']}\t{prefix}\n")
            self._write("labelled.json", rounds * sizes)
            path.with_suffix(".part").rename(path)
        return path

    @cached_property
    def judged(self) -> Path:
        """A folder of good and bad documents: positive, negative and held-out JSON lines."""
        path = self.folder / "judged"
        if not path.exists():
            root = judged.folder(self.real)
            if root is None:
                raise DataError("the judged texts are in the quality/ folder beside real text")
            part = self.folder / "judged.part"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            self._write("judged.json", judged.Writer(root, SEED).write(part, int(self.megabytes * 1e6)))
            part.rename(path)
        return path

    @property
    def labelled_list(self) -> Path:
        return self.folder / "labelled.tsv"

    @cached_property
    def tokenizer(self) -> Path:
        """A byte-level BPE of 32,768 entries; tokenizer.tiktoken lies beside it."""
        path = self.folder / "tokenizer.json"
        if not path.exists():
            if reason := self.tools.reason_missing("tokenizers"):
                raise DataError(f"the vocabulary is made with tokenizers, which is {reason}")
            script = Path(__file__).resolve().parents[1] / "peers" / "make_vocabulary.py"
            subprocess.run([self.tools.python, script, self.lines, self.folder], check=True)
        return path

    @property
    def ranks(self) -> Path:
        return self.tokenizer.with_suffix(".tiktoken")

    @cached_property
    def ascii(self) -> Path:
        """The texts one after the other, without what is not ASCII."""
        return self._text("ascii", lambda text: text.encode("ascii", "ignore").decode())

    @cached_property
    def multilingual(self) -> Path:
        """Text whose letters are of many scripts: a part of each document is moved to one."""
        number = iter(range(1 << 62))
        return self._text("multilingual", lambda text: scripts.moved(text, next(number)))

    @cached_property
    def truth(self) -> dict[str, str]:
        """The original's id of each injected copy."""
        _ = self.lines
        return {x["id"]: x["copy-of"] for x in json.loads((self.folder / "truth.json").read_text())}

    def byte_count(self, measure: str) -> int:
        """Bytes of `text` (UTF-8 of all documents), of payloads in the `warc`, of a text, or of `labelled`."""
        if measure.startswith("shard_"):
            _ = self.shard(measure.removeprefix("shard_"))
        else:
            _ = self.lines if measure == "text" else getattr(self, measure)
        return json.loads((self.folder / f"{measure}.json").read_text())

    @cached_property
    def digest(self) -> str:
        with open(self.lines, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]

    def _crawl(self, name: str, record) -> Path:
        path = self.folder / name
        if not path.exists():
            payload_bytes = 0
            with open(self.lines) as lines, open(path.with_suffix(".part"), "wb") as file:
                file.write(gzip.compress(crawl.warcinfo(), 6, mtime=0))
                for line in lines:
                    data, size = record(json.loads(line))
                    payload_bytes += size
                    file.write(gzip.compress(data, 6, mtime=0))
            self._write("wet.json" if ".wet" in name else "warc.json", payload_bytes)
            path.with_suffix(".part").rename(path)
        return path

    def _text(self, name: str, change) -> Path:
        path = self.folder / f"{name}.txt"
        if not path.exists():
            with open(self.lines) as lines, open(path.with_suffix(".part"), "wb") as file:
                for line in lines:
                    text = TIDY.sub("\n", change(json.loads(line)["text"])).strip()
                    file.write(text.encode("utf-8", "ignore") + b"\n")
                self._write(f"{name}.json", file.tell())
            path.with_suffix(".part").rename(path)
        return path

    def _write(self, name: str, value):
        (self.folder / name).write_text(json.dumps(value))
