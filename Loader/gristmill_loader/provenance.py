"""The file beside a shard that says which tokens are of which document."""

from __future__ import annotations

import struct
from typing import Dict, Optional

import numpy as np

from .errors import ShardError
from .files import map_bytes
from .span import PADDING_DOCUMENT

_HEADER_BYTES = 128


class Provenance:
    """A ``.provenance`` file, mapped: sequences, pieces of documents, loss mask, origins."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._bytes = map_bytes(path)
        if bytes(self._bytes[:8]) != b"GRISTPRV":
            raise ShardError(path, "not a provenance file, which begins with GRISTPRV", 0)
        if len(self._bytes) < _HEADER_BYTES:
            raise ShardError(path, f"the header of {_HEADER_BYTES} bytes was cut short",
                             len(self._bytes))
        header = self._bytes[:_HEADER_BYTES].tobytes()
        version, _ = struct.unpack_from("<II", header, 8)
        if version != 1:
            raise ShardError(path, f"version {version} is unknown; version 1 is read", 8)
        counts = struct.unpack_from("<4Q", header, 16)
        self.token_count, self.sequence_count, self.piece_count, self.document_count = counts
        places = struct.unpack_from("<7Q", header, 48)
        self.sequence_ends = self._column(48, places[0], self.sequence_count, "<u8")
        self.piece_ends = self._column(56, places[1], self.piece_count, "<u8")
        self.piece_documents = self._column(64, places[2], self.piece_count, "<u4")
        self.piece_starts = self._column(72, places[3], self.piece_count, "<u4")
        self.loss_mask: Optional[np.ndarray] = None
        if places[4] != 0:
            self.loss_mask = self._column(80, places[4], self.token_count, "u1")
        self._block_table = self._column(88, places[5], places[6], "<u8")
        (self._documents_per_block,) = struct.unpack_from("<I", header, 104)
        for name, ends in (("sequence", self.sequence_ends), ("piece", self.piece_ends)):
            last = int(ends[-1]) if len(ends) else 0
            if last != self.token_count:
                raise ShardError(
                    path, f"the last {name} ends at token {last}, but the shard has "
                    f"{self.token_count}", 16)

    def document_ends(self, start: int, stop: int, pieces: slice) -> np.ndarray:
        """Where documents and padding end in ``[start, stop)``, from ``start``; the last is the span's.

        A piece that goes on in the next one, as where a stored sequence was cut, has no end there.
        ``pieces`` are those that have a token in the span.
        """
        if stop <= start:
            return np.zeros(0, np.int64)
        ends = np.asarray(self.piece_ends[pieces]).astype(np.int64)
        begins = np.append(int(self.piece_ends[pieces.start - 1]) if pieces.start else 0, ends[:-1])
        filled = ends > begins
        begins, ends = begins[filled], ends[filled]
        documents = np.asarray(self.piece_documents[pieces])[filled]
        places = np.asarray(self.piece_starts[pieces]).astype(np.int64)[filled]
        goes_on = (
            (documents[1:] == documents[:-1])
            & ((places[1:] == places[:-1] + (ends - begins)[:-1])
               | (documents[1:] == PADDING_DOCUMENT)))
        return np.append(ends[:-1][~goes_on] - start, stop - start)

    def counted(self, start: int, stop: int, pieces: slice) -> Optional[np.ndarray]:
        """Which tokens of ``[start, stop)`` the loss counts; None when all. ``pieces`` are those that
        have a token there."""
        documents = np.asarray(self.piece_documents[pieces])
        padding = documents == PADDING_DOCUMENT
        if self.loss_mask is None and not padding.any():
            return None
        if self.loss_mask is None:
            counted = np.ones(stop - start, bool)
        else:
            counted = np.asarray(self.loss_mask[start:stop]) != 0
        for number in np.flatnonzero(padding) + pieces.start:
            first = int(self.piece_ends[number - 1]) if number else 0
            counted[max(first - start, 0):int(self.piece_ends[number]) - start] = False
        return counted

    def origin(self, document: int) -> Dict[str, str]:
        """The id, source, record and URL of a document by its number; needs ``zstandard``."""
        if not 0 <= document < self.document_count:
            raise IndexError(f"{self.path} has {self.document_count} documents, no {document}")
        import zstandard

        block, row = divmod(document, self._documents_per_block)
        start = int(self._block_table[block])
        reader = zstandard.ZstdDecompressor().decompressobj()
        data = reader.decompress(self._bytes[start:].tobytes()
                                 if block + 1 == len(self._block_table)
                                 else self._bytes[start:int(self._block_table[block + 1])].tobytes())
        place = 0
        fields = []
        for _ in range(4 * (row + 1)):
            (length,) = struct.unpack_from("<I", data, place)
            fields.append((place + 4, length))
            place += 4 + length
        names = ("id", "source", "record", "url")
        return {
            name: data[begin:begin + length].decode("utf-8")
            for name, (begin, length) in zip(names, fields[-4:])
        }

    def _column(self, field: int, offset: int, count: int, dtype: str) -> np.ndarray:
        width = np.dtype(dtype).itemsize
        if offset > len(self._bytes) or count * width > len(self._bytes) - offset:
            raise ShardError(
                self.path, f"a column of {count} entries at byte {offset} does not fit into the file "
                f"of {len(self._bytes)} bytes; it was cut short", field)
        return self._bytes[offset:offset + count * width].view(dtype)
