"""MosaicML's streaming shards."""

from __future__ import annotations

import json
import os
from typing import Dict, List, Optional, Tuple

import numpy as np

from ..errors import ShardError
from ..files import map_bytes, token_type
from ..span import Span
from .rows import tokens_column, span_of_columns
from .shard import RowShard

_CODES = {8: "u1", 9: "i1", 16: "u2", 17: "i2", 32: "u4", 33: "i4", 64: "u8", 65: "i8"}
_NAMES = {"uint8": "u1", "int8": "i1", "uint16": "u2", "int16": "i2", "uint32": "u4", "int32": "i4",
          "uint64": "u8", "int64": "i8"}
_SHAPE_TYPES = ("u1", "<u2", "<u4", "<u8")


class MDSShard(RowShard):
    """One ``shard.NNNNN.mds``, opened by its path; compressed ones need ``zstandard``.

    The tokens are the column ``tokens`` or ``input_ids``: an ndarray, or bytes that are numbers of 64
    bits unless ``dtype`` says otherwise.
    """

    format = "mds"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        super().__init__()
        self.path = path
        self._data = _data(path)
        if len(self._data) < 8:
            raise ShardError(path, "the header was cut short", len(self._data))
        self._count = int(self._data[:4].view("<u4")[0])
        begin = 4 + 4 * (self._count + 1)
        if begin > len(self._data):
            raise ShardError(path, f"{self._count} samples do not fit into the file", 0)
        self._offsets = self._data[4:begin].view("<u4")
        first, last = int(self._offsets[0]), int(self._offsets[-1])
        if not begin <= first <= last or last != len(self._data):
            raise ShardError(
                path, f"samples stand from byte {first} to {last}, but the file has "
                f"{len(self._data)} bytes; it was cut short or is damaged", 4)
        try:
            config = json.loads(self._data[begin:first].tobytes())
            self._names: List[str] = config["column_names"]
            self._encodings: List[str] = config["column_encodings"]
            self._sizes: List[Optional[int]] = config["column_sizes"]
        except (ValueError, KeyError, TypeError) as error:
            raise ShardError(path, f"the description of columns is damaged: {error}", begin) from error
        self._bytes_type = dtype or token_type("i8")
        self._column = tokens_column(path, self._names)
        self.dtype = self._type_of(self._encodings[self._names.index(self._column)])

    def row_count(self) -> int:
        return self._count

    def row(self, number: int) -> Span:
        cells, start = self._cells(number)
        columns: Dict[str, np.ndarray] = {}
        for name, (encoding, cell) in cells.items():
            if encoding.startswith("ndarray") or name == self._column:
                columns[name] = self._array(encoding, cell, start)
        return span_of_columns(columns, self._column, self)

    def _cells(self, number: int) -> Tuple[Dict[str, Tuple[str, np.ndarray]], int]:
        start, stop = int(self._offsets[number]), int(self._offsets[number + 1])
        if not start <= stop <= len(self._data):
            raise ShardError(
                self.path, f"sample {number} is said to be bytes {start} to {stop}", 4 + 4 * number)
        variable = sum(size is None for size in self._sizes)
        place = start + 4 * variable
        if place > stop:
            raise ShardError(self.path, f"sample {number} was cut short", start)
        sizes = iter(self._data[start:place].view("<u4"))
        cells = {}
        for name, encoding, size in zip(self._names, self._encodings, self._sizes):
            end = place + (int(next(sizes)) if size is None else size)
            if end > stop:
                raise ShardError(
                    self.path, f"column {name} of sample {number} reaches beyond the sample", place)
            cells[name] = (encoding, self._data[place:end])
            place = end
        return cells, start

    def _type_of(self, encoding: str) -> np.dtype:
        parts = encoding.split(":")
        if parts[0] == "bytes":
            return self._bytes_type
        if parts[0] != "ndarray" or (len(parts) > 1 and parts[1] not in _NAMES):
            raise ShardError(self.path, f"column {self._column} of type {encoding} holds no tokens")
        return token_type(_NAMES[parts[1]]) if len(parts) > 1 else self._bytes_type

    def _array(self, encoding: str, cell: np.ndarray, start: int) -> np.ndarray:
        """An array as streaming stores it: type and shape stand in front unless the encoding has them."""
        parts = encoding.split(":")
        place = 0
        try:
            if parts[0] == "bytes":
                return cell.view(self._bytes_type)
            if len(parts) > 1:
                name = _NAMES.get(parts[1], parts[1])
            else:
                name, place = _CODES[int(cell[0])], 1
            if len(parts) < 3:
                shape = int(cell[place])
                place += 1 + (shape >> 2) * np.dtype(_SHAPE_TYPES[shape & 3]).itemsize
            return cell[place:].view(np.dtype(name).newbyteorder("<"))
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise ShardError(
                self.path, f"an array of type {encoding} is damaged: {error}", start) from error


def _data(path: str) -> np.ndarray:
    if os.path.exists(path) or not os.path.exists(path + ".zstd"):
        return map_bytes(path)
    try:
        import zstandard
    except ImportError:
        raise ShardError(
            path + ".zstd", "compressed; run `zstd -d --rm`, or pip install zstandard") from None
    with open(path + ".zstd", "rb") as file, zstandard.ZstdDecompressor().stream_reader(
            file, read_across_frames=True) as reader:
        try:
            return np.frombuffer(reader.read(), np.uint8)
        except zstandard.ZstdError as error:
            raise ShardError(path + ".zstd", f"damaged: {error}") from error


def mds_shards(folder: str) -> List[str]:
    """The paths of a folder's shards in the order of its ``index.json``."""
    path = os.path.join(folder, "index.json")
    try:
        with open(path, encoding="utf-8") as file:
            index = json.load(file)
        return [os.path.join(folder, shard["raw_data"]["basename"]) for shard in index["shards"]]
    except OSError as error:
        raise ShardError(path, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ShardError(path, f"not an index of MDS shards: {error}") from error
