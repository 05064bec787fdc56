"""Megatron's indexed data set."""

from __future__ import annotations

import struct
from typing import Any, Optional

import numpy as np

from ..errors import ShardError
from ..files import map_bytes, token_type, tokens_of
from ..span import Ends
from .shard import FlatShard

_HEADER_BYTES = 34
_TYPES = {1: "u1", 2: "i1", 3: "i2", 4: "i4", 5: "i8", 8: "u2"}


class MegatronShard(FlatShard):
    """``NAME.idx`` with ``NAME.bin``, version 1, from any writer; opened by either path."""

    format = "megatron"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        prefix = path[:-4] if path.endswith((".idx", ".bin")) else path
        self.index_path = prefix + ".idx"
        index = map_bytes(self.index_path)
        if bytes(index[:9]) != b"MMIDIDX\0\0":
            raise ShardError(self.index_path, "not a Megatron index, which begins with MMIDIDX", 0)
        if len(index) < _HEADER_BYTES:
            raise ShardError(
                self.index_path, f"the header of {_HEADER_BYTES} bytes was cut short", len(index))
        version, code, sequences, documents = struct.unpack_from("<QBQQ", index[:_HEADER_BYTES].tobytes(), 9)
        if version != 1:
            raise ShardError(self.index_path, f"version {version} is unknown; version 1 is read", 9)
        if code not in _TYPES:
            raise ShardError(self.index_path, f"token type {code} is no whole number", 17)
        size = _HEADER_BYTES + 12 * sequences + 8 * documents
        if len(index) not in (size, size + sequences):
            raise ShardError(
                self.index_path, f"{sequences} sequences and {documents} document indices make {size} "
                f"bytes, but the file has {len(index)}", min(size, len(index)))
        stored = token_type(_TYPES[code])
        tokens_path = prefix + ".bin"
        super().__init__(tokens_path, tokens_of(tokens_path, map_bytes(tokens_path), stored))

        lengths_end = _HEADER_BYTES + 4 * sequences
        lengths = index[_HEADER_BYTES:lengths_end].view("<i4")
        offsets = index[lengths_end:lengths_end + 8 * sequences].view("<i8")
        first_document = lengths_end + 8 * sequences
        indices = index[first_document:first_document + 8 * documents].view("<i8")
        ends = _SequenceEnds(lengths, offsets, stored.itemsize)
        last = int(ends[sequences - 1]) if sequences else 0
        if last != self.tokens.size:
            raise ShardError(
                tokens_path, f"has {self.tokens.size} tokens, but its index speaks of {last}",
                min(last, self.tokens.size) * stored.itemsize)
        if documents == 0 or int(indices[0]) != 0 or int(indices[-1]) != sequences:
            raise ShardError(
                self.index_path, f"the document indices do not go from 0 to {sequences}",
                first_document)
        self.sequence_ends = ends
        self.document_ends = _DocumentEnds(indices[1:], ends)


class _SequenceEnds:
    """Ends in tokens, computed: the index holds lengths in tokens and starts in bytes."""

    def __init__(self, lengths: np.ndarray, offsets: np.ndarray, width: int) -> None:
        self._lengths = lengths
        self._offsets = offsets
        self._width = width

    def __len__(self) -> int:
        return len(self._lengths)

    def __getitem__(self, place: Any) -> Any:
        return self._offsets[place] // self._width + self._lengths[place]


class _DocumentEnds:
    """Where the last sequence of each document ends; an empty document ends where it begins."""

    def __init__(self, indices: np.ndarray, ends: Ends) -> None:
        self._indices = indices
        self._ends = ends

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, place: Any) -> Any:
        after = np.asarray(self._indices[place])
        if len(self._ends) == 0:
            return np.zeros_like(after)
        return np.where(after > 0, self._ends[np.maximum(after - 1, 0)], 0)
