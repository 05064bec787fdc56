"""A folder of shards, or one shard, as the list of shards it is."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence, Union

import numpy as np

from .errors import ShardError
from .files import token_type
from .formats import (
    ENDINGS, TokenShard, is_continuation, mds_shards, open_shard, recognise)

PARTS = ("train", "val", "test")
DESCRIPTION = "shards.json"


@dataclass
class ShardSet:
    """Shards in their order, and what the set says of them all."""

    shards: List[TokenShard] = field(default_factory=list)
    sequence_length: int = 0
    """Tokens of a stored sequence; 0 when sequences are documents or of several lengths."""
    holds_samples: bool = False
    """Whether the set says that its sequences are training samples."""
    pad_token_id: Optional[int] = None
    vocabulary_size: Optional[int] = None
    """None when the set does not say."""

    @property
    def token_count(self) -> int:
        return sum(shard.token_count for shard in self.shards)

    def largest_id(self) -> int:
        """The largest id of all tokens, which are all read; -1 when there are none."""
        largest = -1
        step = 1 << 20
        for shard in self.shards:
            for start in range(0, shard.token_count, step):
                tokens = shard.read(start, min(start + step, shard.token_count))
                largest = max(largest, int(tokens.max()))
        return largest


def open_set(
    paths: Union[str, os.PathLike, Sequence[Union[str, os.PathLike]]], *, split: str = "train",
    format: Optional[str] = None, dtype: Union[str, np.dtype, None] = None,
    eos_token_id: Optional[int] = None, bos_token_id: Optional[int] = None,
) -> ShardSet:
    """Opens folders written by ``gristmill``, any other folders of shards, or single shards.

    ``split`` chooses ``train``, ``val`` or ``test``: in a folder by the names of the files, where one
    is named so; ``all`` takes everything. What is given here goes before what ``shards.json`` says.
    """
    hints: Dict[str, Any] = {
        "dtype": None if dtype is None else token_type(str(np.dtype(dtype))),
        "eos_token_id": eos_token_id, "bos_token_id": bos_token_id,
    }
    found = ShardSet()
    several = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    lengths = set()
    sizes: List[Optional[int]] = []
    for path in [os.fspath(one) for one in several]:
        one = _open_folder(path, split, format, hints) if os.path.isdir(path) else ShardSet(
            [open_shard(path, format, **hints)])
        found.shards += one.shards
        lengths.add(one.sequence_length)
        if found.pad_token_id is None:
            found.pad_token_id = one.pad_token_id
        sizes.append(one.vocabulary_size)
        found.holds_samples = found.holds_samples or one.holds_samples
    if len(lengths) == 1:
        found.sequence_length = lengths.pop()
    if sizes and None not in sizes:
        found.vocabulary_size = max(size for size in sizes if size is not None)
    return found


def _open_folder(folder: str, split: str, format: Optional[str], hints: Dict[str, Any]) -> ShardSet:
    if not os.path.exists(os.path.join(folder, DESCRIPTION)):
        inner = os.path.join(folder, "shards")
        if os.path.isdir(inner) and not _shard_paths(folder, "all", format):
            folder = inner
    hints = dict(hints)
    described = _description(folder)
    if described:
        format = format or described.format
        hints["vocabulary_size"] = described.vocabulary_size
        for name in ("dtype", "eos_token_id", "bos_token_id"):
            if hints[name] is None:
                hints[name] = getattr(described, name)
    paths = described.paths(folder, split) if described else _shard_paths(folder, split, format)
    if not paths:
        raise ShardError(folder, f"no shards of the part '{split}' that could be read")
    found = ShardSet([open_shard(path, format, **hints) for path in paths])
    if described:
        found.holds_samples = described.sequence_length > 0
        # Buckets have that length at most.
        if described.members.get("strategy") != "buckets":
            found.sequence_length = described.sequence_length
        found.pad_token_id = described.pad_token_id
        found.vocabulary_size = described.vocabulary_size
    return found


def _shard_paths(folder: str, split: str, format: Optional[str]) -> List[str]:
    """First files of the shards of a folder, by name."""
    inner = [part for part in PARTS if os.path.isdir(os.path.join(folder, part))]
    if inner:
        parts = inner if split == "all" else [split] if split in inner else []
        found = [path for part in parts
                 for path in _shard_paths(os.path.join(folder, part), "all", format)]
        if found:
            return found
    if os.path.exists(os.path.join(folder, "index.json")):
        return [path for path in mds_shards(folder) if not is_continuation(path)]
    names = sorted(os.listdir(folder))
    shards = [name for name in names if recognise(os.path.join(folder, name)) is not None
              and not (name.endswith(".bin") and name[:-4] + ".idx" in names)
              and not (name.endswith(".mds.zstd") and name[:-5] in names)
              and not is_continuation(os.path.join(folder, name))]
    named = [name for name in shards if _part(name)]
    if split != "all" and named:
        shards = [name for name in named if _part(name) == split]
    if format in ("nanogpt", "llmc"):
        shards = [name for name in shards if name.endswith(".bin")]
    return [os.path.join(folder, name) for name in shards]


def _part(name: str) -> Optional[str]:
    """The part that a word of the name says: ``train-00000.bin``, ``tokens_val_000000.bin``."""
    words = re.split("[^A-Za-z]+", name)
    for part in PARTS:
        if part in words:
            return part
    return "val" if "validation" in words else None


@dataclass
class _Description:
    """What ``shards.json`` says."""

    path: str
    members: Dict[str, Any]

    @property
    def format(self) -> Optional[str]:
        return self.members.get("format")

    @property
    def vocabulary_size(self) -> Optional[int]:
        return self.members.get("vocabulary_size")

    @property
    def sequence_length(self) -> int:
        return int(self.members.get("sequence_length") or 0)

    @property
    def dtype(self) -> Optional[np.dtype]:
        try:
            return token_type(self.members["token_type"])
        except (KeyError, TypeError, ValueError):
            # Formats whose tokens are text have no type of NumPy's.
            return None

    @property
    def eos_token_id(self) -> Optional[int]:
        return self.members.get("end_of_document")

    @property
    def bos_token_id(self) -> Optional[int]:
        return self.members.get("beginning_of_document")

    @property
    def pad_token_id(self) -> Optional[int]:
        return self.members.get("padding")

    def paths(self, folder: str, split: str) -> List[str]:
        """The first file of each shard of a part, in order."""
        try:
            shards = [shard for shard in self.members["shards"]
                      if split in ("all", shard["part"])]
            shards.sort(key=lambda shard: (PARTS.index(shard["part"]), shard["number"]))
            paths = []
            for shard in shards:
                files = {file["path"] for file in shard["files"]}
                firsts = [shard["name"] + ending for ending in ENDINGS
                          if shard["name"] + ending in files]
                paths.append(os.path.join(folder, firsts[0]))
            return paths
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise ShardError(self.path, f"not a description of shards: {error!r}") from error


def _description(folder: str) -> Optional[_Description]:
    path = os.path.join(folder, DESCRIPTION)
    if not os.path.exists(path):
        return None
    try:
        with open(path, encoding="utf-8") as file:
            members = json.load(file)
    except (OSError, ValueError) as error:
        raise ShardError(path, f"not a description of shards: {error}") from error
    if not isinstance(members, dict):
        raise ShardError(path, "not a description of shards: no object", 0)
    return _Description(path, members)
