"""The formats that are read; a new one is a class and a line in ``FORMATS``."""

from __future__ import annotations

import os
from typing import Dict, List, Optional, Protocol

import numpy as np

from ..errors import ShardError
from ..provenance import Provenance
from .flat import DatatroveShard, LLMCShard, NanoGPTShard, NumPyShard, OLMoShard
from .mds import MDSShard, mds_shards
from .megatron import MegatronShard
from .rows import ParquetShard, WebDatasetShard
from .shard import ContinuedShard, RowShard, TokenShard

__all__ = ["ENDINGS", "FORMATS", "TokenShard", "is_continuation", "mds_shards", "open_shard",
           "provenance_path", "recognise"]


class _Opener(Protocol):
    def __call__(self, path: str, dtype: Optional[np.dtype] = None) -> TokenShard: ...


FORMATS: Dict[str, _Opener] = {
    "megatron": MegatronShard,
    "mds": MDSShard,
    "nanogpt": NanoGPTShard,
    "llmc": LLMCShard,
    "olmo": OLMoShard,
    "datatrove": DatatroveShard,
    "npy": NumPyShard,
    "webdataset": WebDatasetShard,
    "parquet": ParquetShard,
}

ENDINGS = (".idx", ".bin", ".ds", ".npy", ".mds", ".mds.zstd", ".tar", ".parquet")
"""The endings of the files that shards are opened by; an index goes before what it indexes."""

_CONTINUED = (".mds", ".mds.zstd", ".tar", ".parquet")


def recognise(path: str) -> Optional[str]:
    """The format of a shard by its name and first bytes; None when the file is no shard.

    ``.bin`` without a Megatron index and without llm.c's magic number is taken for nanoGPT's.
    """
    if path.endswith(".idx") or os.path.exists(path + ".idx"):
        return "megatron"
    if path.endswith(".bin"):
        if os.path.exists(path[:-4] + ".idx"):
            return "megatron"
        magic = int.from_bytes(_first_bytes(path, 4), "little")
        return "llmc" if magic in LLMCShard.kinds else "nanogpt"
    if path.endswith(".npy"):
        return "npy" if _first_bytes(path, 6) == b"\x93NUMPY" else "olmo"
    by_ending = {".ds": "datatrove", ".mds": "mds", ".mds.zstd": "mds", ".tar": "webdataset",
                 ".parquet": "parquet"}
    for ending, name in by_ending.items():
        if path.endswith(ending):
            return name
    return None


def provenance_path(path: str) -> str:
    """Where the provenance file of a shard stands."""
    for ending in ENDINGS:
        if path.endswith(ending):
            return path[:-len(ending)] + ".provenance"
    return path + ".provenance"


def open_shard(
    path: str, format: Optional[str] = None, *, dtype: Optional[np.dtype] = None,
    eos_token_id: Optional[int] = None, bos_token_id: Optional[int] = None,
    vocabulary_size: Optional[int] = None,
) -> TokenShard:
    """Opens one shard by the path of its first file, with the provenance file beside it.

    Without one, documents end where the format says, and behind ``eos_token_id`` or before
    ``bos_token_id`` where those are given.
    """
    name = format or recognise(path)
    if name is None:
        raise ShardError(path, f"none of the formats {', '.join(FORMATS)}")
    if name not in FORMATS:
        raise ValueError(f"format {name} is none of {', '.join(FORMATS)}")
    shards = []
    for part in [path] + _continuations(path):
        shard = FORMATS[name](part[:-5] if part.endswith(".mds.zstd") else part, dtype)
        shard.eos_token_id = eos_token_id
        shard.bos_token_id = bos_token_id
        shard.vocabulary_size = vocabulary_size
        shards.append(shard)
    if len(shards) > 1:
        shard = ContinuedShard([part for part in shards if isinstance(part, RowShard)])
        shard.vocabulary_size = vocabulary_size
    beside = provenance_path(path)
    if os.path.exists(beside):
        shard.attach(Provenance(beside))
    return shard


def is_continuation(path: str) -> bool:
    """Whether a file continues the shard whose first file stands beside it: ``NAME-00001.mds``."""
    for ending in _CONTINUED:
        if path.endswith(ending):
            stem, dash, number = path[:-len(ending)].rpartition("-")
            return bool(dash) and len(number) >= 5 and number.isdigit() and int(number) > 0 \
                and os.path.exists(stem + ending)
    return False


def _continuations(path: str) -> List[str]:
    """The files that continue a shard whose files have a largest size."""
    found: List[str] = []
    for ending in _CONTINUED:
        if path.endswith(ending) and not is_continuation(path):
            while True:
                part = f"{path[:-len(ending)]}-{len(found) + 1:05d}{ending}"
                if not os.path.exists(part):
                    break
                found.append(part)
            break
    return found


def _first_bytes(path: str, count: int) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(count)
    except OSError as error:
        raise ShardError(path, error.strerror or str(error)) from error
