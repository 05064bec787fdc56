"""Formats that store each sample on its own and are read through other libraries."""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from bisect import bisect_right
from collections import OrderedDict
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..errors import ShardError
from ..span import Span
from .shard import RowShard


def tokens_column(path: str, names: Sequence[str]) -> str:
    """The column that holds tokens."""
    for name in ("input_ids", "tokens"):
        if name in names:
            return name
    raise ShardError(path, f"no column input_ids or tokens among {', '.join(names)}")


def span_of_columns(columns: Dict[str, np.ndarray], name: str, shard: RowShard) -> Span:
    """A sample from its columns: tokens, and where stored document or position ids, and masks."""
    tokens = columns[name].reshape(-1)
    for other, column in columns.items():
        if column.size != tokens.size and other in _ALONGSIDE:
            raise ShardError(
                shard.path, f"a sample has {tokens.size} {name} but {column.size} {other}")
    if "document_ids" in columns:
        ids = columns["document_ids"].reshape(-1)
        ends = np.append(np.flatnonzero(ids[1:] != ids[:-1]) + 1, len(tokens))
    elif "position_ids" in columns:
        starts = np.flatnonzero(columns["position_ids"].reshape(-1) == 0)
        ends = np.append(starts[starts > 0], len(tokens))
    else:
        ends = shard.with_marked_ends(tokens)
    counted: Optional[np.ndarray] = None
    for other in ("loss_mask", "attention_mask"):
        if other in columns:
            mask = columns[other].reshape(-1) != 0
            counted = mask if counted is None else counted & mask
    if "labels" in columns:
        mask = columns["labels"].reshape(-1) != -100
        counted = mask if counted is None else counted & mask
    return Span(tokens, ends.astype(np.int64), counted)


_ALONGSIDE = ("document_ids", "position_ids", "loss_mask", "attention_mask", "labels")


class ParquetShard(RowShard):
    """A Parquet file with a list of tokens in each row; needs ``pyarrow``.

    A row group is decoded at a time and two are kept, so shuffled reading of large groups is slow.
    """

    format = "parquet"

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise ShardError(path, "Parquet is read through pyarrow; pip install pyarrow") from None
        super().__init__()
        self.path = path
        try:
            self._file = pyarrow.parquet.ParquetFile(path, memory_map=True)
        except (OSError, pyarrow.ArrowException) as error:
            raise ShardError(path, str(error)) from error
        schema = self._file.schema_arrow
        self._column = tokens_column(path, schema.names)
        self._names = [name for name in schema.names if name == self._column or name in _ALONGSIDE]
        for name in self._names:
            self._check(name, schema.field(name).type)
        self.dtype = np.dtype(schema.field(self._column).type.value_type.to_pandas_dtype())
        metadata = self._file.metadata
        rows = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        self._group_ends = np.cumsum(np.array(rows, np.int64))
        self._groups: "OrderedDict[int, Dict[str, Tuple[np.ndarray, np.ndarray]]]" = OrderedDict()

    def row_count(self) -> int:
        return int(self._file.metadata.num_rows)

    def row(self, number: int) -> Span:
        columns, row = self._place(number)
        cells = {name: values[offsets[row]:offsets[row + 1]]
                 for name, (offsets, values) in columns.items()}
        return span_of_columns(cells, self._column, self)

    def row_length(self, number: int) -> int:
        columns, row = self._place(number)
        offsets, _ = columns[self._column]
        return int(offsets[row + 1] - offsets[row])

    def _check(self, name: str, stored: Any) -> None:
        """Refuses a column that is no list of whole numbers, or of truth values beside the tokens."""
        from pyarrow import types

        is_list = types.is_list(stored) or types.is_large_list(stored) \
            or types.is_fixed_size_list(stored)
        if is_list and (types.is_integer(stored.value_type) or (
                types.is_boolean(stored.value_type) and name != self._column)):
            return
        raise ShardError(
            self.path, f"the column {name} holds {stored}, not a list of whole numbers for each row")

    def _place(self, number: int) -> Tuple[Dict[str, Tuple[np.ndarray, np.ndarray]], int]:
        group = bisect_right(self._group_ends, number)
        first = int(self._group_ends[group - 1]) if group else 0
        if group not in self._groups:
            self._groups[group] = self._decoded(group)
            if len(self._groups) > 2:
                self._groups.popitem(last=False)
        return self._groups[group], number - first

    def _decoded(self, group: int) -> Dict[str, Tuple[np.ndarray, np.ndarray]]:
        import pyarrow

        try:
            table = self._file.read_row_group(group, columns=self._names).combine_chunks()
        except (OSError, pyarrow.ArrowException) as error:
            raise ShardError(self.path, f"row group {group}: {error}") from error
        columns = {}
        for name in self._names:
            lists = table.column(name).chunk(0)
            if lists.null_count:
                raise ShardError(self.path, f"row group {group}: {name} has rows without a list")
            if isinstance(lists, pyarrow.FixedSizeListArray):
                offsets = np.arange(len(lists) + 1) * lists.type.list_size
                values = lists.flatten()
            else:
                offsets = np.asarray(lists.offsets)
                offsets = offsets - offsets[0]
                values = lists.flatten()
            if values.null_count:
                raise ShardError(self.path, f"row group {group}: {name} has lists with nulls")
            columns[name] = (offsets, values.to_numpy(zero_copy_only=False))
        return columns


class WebDatasetShard(RowShard):
    """A tar file whose members ``*.json`` or ``*.json.gz`` are arrays of tokens, as open_lm reads."""

    format = "webdataset"
    dtype = np.dtype("<i8")

    def __init__(self, path: str, dtype: Optional[np.dtype] = None) -> None:
        super().__init__()
        self.path = path
        self._members: List[Tuple[int, int, bool]] = []
        try:
            with tarfile.open(path, "r:") as archive:
                for member in archive:
                    if member.isfile() and member.name.endswith((".json", ".json.gz")):
                        self._members.append(
                            (member.offset_data, member.size, member.name.endswith(".gz")))
        except tarfile.TarError as error:
            raise ShardError(path, str(error)) from error
        except OSError as error:
            raise ShardError(path, error.strerror or str(error)) from error

    def row_count(self) -> int:
        return len(self._members)

    def row(self, number: int) -> Span:
        offset, size, is_compressed = self._members[number]
        with open(self.path, "rb") as file:
            file.seek(offset)
            data = file.read(size)
        try:
            tokens = np.array(json.loads(gzip.decompress(data) if is_compressed else data))
            if tokens.ndim != 1 or (tokens.size and tokens.dtype.kind not in "iu"):
                raise ValueError("not an array of whole numbers")
        except (ValueError, EOFError, OSError, zlib.error) as error:
            raise ShardError(self.path, f"sample {number}: {error}", offset) from error
        return Span(tokens.astype(np.int64), self.with_marked_ends(tokens))
