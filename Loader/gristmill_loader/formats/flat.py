"""Formats that are an array of tokens in a file: nanoGPT, llm.c, OLMo, datatrove and NumPy."""

from __future__ import annotations

import gzip
import os
from typing import Optional

import numpy as np

from ..errors import ShardError
from ..files import map_bytes, token_type, tokens_of
from ..span import UniformEnds
from .shard import FlatShard


class NanoGPTShard(FlatShard):
    """``NAME.bin``: tokens and nothing else, of 16 bits unless ``dtype`` says otherwise."""

    format = "nanogpt"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        super().__init__(path, tokens_of(path, map_bytes(path), dtype or token_type("u2")))


class LLMCShard(FlatShard):
    """``NAME.bin`` of llm.c and modded-nanogpt: 256 numbers of 32 bits, then tokens."""

    format = "llmc"
    header_bytes = 1024
    kinds = {20240520: (1, "u2"), 20240801: (7, "u4")}

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        data = map_bytes(path)
        if len(data) < self.header_bytes:
            raise ShardError(path, f"the header of {self.header_bytes} bytes was cut short", len(data))
        magic, version, count = (int(number) for number in data[:12].view("<i4"))
        if magic not in self.kinds:
            raise ShardError(path, f"the magic number {magic} is none of llm.c's", 0)
        expected, name = self.kinds[magic]
        if version != expected:
            raise ShardError(path, f"version {version} is unknown; {expected} is read", 4)
        stored = token_type(name)
        size = self.header_bytes + count * stored.itemsize
        if count < 0 or len(data) != size:
            raise ShardError(
                path, f"the header counts {count} tokens, which makes {size} bytes, but the file has "
                f"{len(data)}", 8)
        super().__init__(path, data[self.header_bytes:].view(stored), self.header_bytes)


class OLMoShard(FlatShard):
    """``NAME.npy`` of OLMo and dolma, which is tokens alone, and ``NAME.csv.gz`` with documents.

    Without a ``dtype`` the table of documents tells the width of tokens; without a table it is 16 bits.
    """

    format = "olmo"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        table = os.path.splitext(path)[0] + ".csv.gz"
        ends = _olmo_ends(table) if os.path.exists(table) else None
        data = map_bytes(path)
        if dtype is None and ends is not None and len(ends) and len(data) == 4 * int(ends[-1]):
            dtype = token_type("u4")
        super().__init__(path, tokens_of(path, data, dtype or token_type("u2")))
        if ends is not None and len(ends) and int(ends[-1]) > self.tokens.size:
            raise ShardError(
                table, f"the last document ends at token {int(ends[-1])}, but {path} has "
                f"{self.tokens.size} tokens of {self.dtype.itemsize} bytes")
        self.document_ends = ends


def _olmo_ends(path: str) -> np.ndarray:
    ends = []
    try:
        with gzip.open(path, "rb") as table:
            for line in table:
                ends.append(int(line.split(b",", 2)[1]))
    except (ValueError, IndexError, EOFError, OSError) as error:
        raise ShardError(path, f"row {len(ends)}: {error}; rows are start,end,id,src,loc") from error
    return np.array(ends, np.uint64)


class DatatroveShard(FlatShard):
    """``NAME.ds`` of datatrove with its ``.index``, ``.metadata`` and ``.loss``."""

    format = "datatrove"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        data = map_bytes(path)
        stored = dtype or self._stored(path + ".metadata") or token_type("u2")
        super().__init__(path, tokens_of(path, data, stored))
        if os.path.exists(path + ".index"):
            index = map_bytes(path + ".index")
            ends = tokens_of(path + ".index", index, token_type("u8"))
            if len(ends) and int(ends[-1]) != self.tokens.size:
                raise ShardError(
                    path + ".index", f"the last document ends at token {int(ends[-1])}, but {path} has "
                    f"{self.tokens.size}", len(index) - 8)
            self.document_ends = ends
        if os.path.exists(path + ".loss"):
            mask = map_bytes(path + ".loss")
            if len(mask) != self.tokens.size:
                raise ShardError(
                    path + ".loss", f"the loss mask has {len(mask)} bytes for {self.tokens.size} tokens",
                    len(mask))
            self.loss_mask = mask

    @staticmethod
    def _stored(path: str) -> Optional[np.dtype]:
        """The type of tokens by the first line, ``tokenizer|token_size``."""
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8", errors="replace") as lines:
            first = lines.readline().strip()
        width = first.rsplit("|", 1)[-1]
        if width not in ("2", "4"):
            raise ShardError(path, f"the first line '{first[:80]}' does not end in |2 or |4", 0)
        return token_type("u" + width)


class NumPyShard(FlatShard):
    """``NAME.npy`` of NumPy: tokens, or rows of one length, which are samples."""

    format = "npy"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        try:
            array = np.load(path, mmap_mode="r", allow_pickle=False)
        except (ValueError, EOFError, OSError) as error:
            raise ShardError(path, f"not a NumPy array that can be mapped: {error}") from error
        if array.dtype.kind not in "iu" or array.ndim not in (1, 2):
            raise ShardError(
                path, f"an array of {array.ndim} dimensions of {array.dtype} holds no tokens")
        if not array.flags["C_CONTIGUOUS"]:
            raise ShardError(path, "the array stands column by column; rows are read")
        super().__init__(path, array.view(np.ndarray).reshape(-1), getattr(array, "offset", 0))
        if array.ndim == 2:
            self.holds_samples = True
            self.sequence_ends = UniformEnds(*array.shape)
