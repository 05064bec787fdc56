"""Shards written in the plainest way, from the descriptions of the formats."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import tarfile
from typing import List, Optional, Sequence

import numpy as np

EOS = 0


def documents(seed: int, count: int, longest: int = 30) -> List[np.ndarray]:
    """Random documents of ids 1..999, each with the id 0 behind it."""
    random = np.random.default_rng(seed)
    return [np.append(random.integers(1, 1000, random.integers(0, longest)), EOS)
            for _ in range(count)]


def megatron(prefix: str, docs: Sequence[np.ndarray], code: int = 8, dtype: str = "<u2") -> str:
    np.concatenate(docs).astype(dtype).tofile(prefix + ".bin")
    lengths = np.array([len(doc) for doc in docs])
    starts = (np.cumsum(lengths) - lengths) * np.dtype(dtype).itemsize
    with open(prefix + ".idx", "wb") as index:
        index.write(b"MMIDIDX\0\0" + struct.pack("<QBQQ", 1, code, len(docs), len(docs) + 1))
        index.write(lengths.astype("<i4").tobytes() + starts.astype("<i8").tobytes())
        index.write(np.arange(len(docs) + 1, dtype="<i8").tobytes())
    return prefix + ".idx"


def nanogpt(prefix: str, docs: Sequence[np.ndarray]) -> str:
    np.concatenate(docs).astype("<u2").tofile(prefix + ".bin")
    return prefix + ".bin"


def llmc(prefix: str, docs: Sequence[np.ndarray], magic: int = 20240520) -> str:
    tokens = np.concatenate(docs)
    header = np.zeros(256, "<i4")
    header[:3] = magic, 1 if magic == 20240520 else 7, len(tokens)
    with open(prefix + ".bin", "wb") as file:
        file.write(header.tobytes())
        file.write(tokens.astype("<u2" if magic == 20240520 else "<u4").tobytes())
    return prefix + ".bin"


def olmo(prefix: str, docs: Sequence[np.ndarray], dtype: str = "<u4") -> str:
    np.concatenate(docs).astype(dtype).tofile(prefix + ".npy")
    ends = np.cumsum([len(doc) for doc in docs])
    with gzip.open(prefix + ".csv.gz", "wt") as table:
        for number, (end, doc) in enumerate(zip(ends, docs)):
            table.write(f"{end - len(doc)},{end},id-{number},source,{number + 1}\n")
    return prefix + ".npy"


def datatrove(prefix: str, docs: Sequence[np.ndarray], mask: Optional[np.ndarray] = None) -> str:
    path = prefix + ".ds"
    tokens = np.concatenate(docs)
    tokens.astype("<u2").tofile(path)
    np.cumsum([len(doc) for doc in docs]).astype("<u8").tofile(path + ".index")
    with open(path + ".metadata", "w") as lines:
        lines.write(f"tokenizer|2\n{len(tokens)}\n{len(tokens)} T")
    if mask is not None:
        mask.astype("u1").tofile(path + ".loss")
    return path


def npy(prefix: str, rows: np.ndarray) -> str:
    np.save(prefix + ".npy", rows)
    return prefix + ".npy"


def mds(folder: str, rows: np.ndarray, encoding: str) -> str:
    """A folder with one shard; ``encoding`` is one of streaming's for arrays."""
    os.makedirs(folder, exist_ok=True)
    parts = encoding.split(":")
    size = rows[0].nbytes if len(parts) == 3 else None
    samples = []
    for row in rows:
        cell = row.tobytes()
        if parts[0] == "ndarray" and len(parts) < 3:
            cell = bytes([1 << 2 | 1]) + struct.pack("<H", len(row)) + cell
        if encoding == "ndarray":
            cell = bytes([{"uint16": 16, "uint32": 32}[str(row.dtype)]]) + cell
        samples.append((b"" if size is not None else struct.pack("<I", len(cell))) + cell)
    config = json.dumps({"column_encodings": [encoding], "column_names": ["tokens"],
                         "column_sizes": [size]}, sort_keys=True).encode()
    offsets = 4 + 4 * (len(rows) + 1) + len(config) + np.cumsum(
        [0] + [len(sample) for sample in samples])
    with open(os.path.join(folder, "shard.00000.mds"), "wb") as file:
        file.write(struct.pack("<I", len(rows)) + offsets.astype("<u4").tobytes() + config)
        file.write(b"".join(samples))
    with open(os.path.join(folder, "index.json"), "w") as file:
        json.dump({"version": 2, "shards": [
            {"raw_data": {"basename": "shard.00000.mds"}, "samples": len(rows)}]}, file)
    return folder


def webdataset(prefix: str, rows: Sequence[np.ndarray]) -> str:
    with tarfile.open(prefix + ".tar", "w") as archive:
        for number, row in enumerate(rows):
            data = gzip.compress(json.dumps(row.tolist()).encode())
            member = tarfile.TarInfo(f"{number:08d}.json.gz")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return prefix + ".tar"


def provenance(
    path: str, sequences: Sequence[int], pieces: Sequence[tuple], mask: Optional[np.ndarray] = None,
) -> str:
    """``sequences`` are lengths, ``pieces`` are (document, tokens before, length)."""
    columns = [
        np.cumsum(sequences).astype("<u8"), np.cumsum([p[2] for p in pieces]).astype("<u8"),
        np.array([p[0] for p in pieces], "<u4"), np.array([p[1] for p in pieces], "<u4"),
    ]
    if mask is not None:
        columns.append(mask.astype("u1"))
    body, places = b"", []
    for column in columns:
        body += b"\0" * (-len(body) % 8)
        places.append(128 + len(body))
        body += column.tobytes()
    if mask is None:
        places.append(0)
    header = b"GRISTPRV" + struct.pack(
        "<II4Q", 1, 0, sum(sequences), len(sequences), len(pieces), 1 + max(p[0] for p in pieces))
    header += struct.pack("<5QQQI", *places, 128 + len(body), 0, 1)
    with open(path, "wb") as file:
        file.write(header.ljust(128, b"\0") + body)
    return path
