"""What every format gives."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Optional, Sequence, Tuple

import numpy as np

from ..errors import ShardError
from ..provenance import Provenance
from ..span import Ends, Span, ends_in


class TokenShard:
    """One shard: tokens back to back, and what the format knows of sequences and documents.

    A format sets ``path``, ``token_count`` and ``dtype``, and gives ``read``; where it knows them also
    the cumulative ends of sequences and documents and a loss mask. ``attach`` puts the provenance file
    in their place.
    """

    format = ""
    path = ""
    dtype: np.dtype = np.dtype("<u2")
    holds_samples = False
    """Whether the format's sequences are training samples, not documents."""

    def __init__(self) -> None:
        self.sequence_ends: Optional[Ends] = None
        self.document_ends: Optional[Ends] = None
        self.loss_mask: Optional[np.ndarray] = None
        self.provenance: Optional[Provenance] = None
        self.eos_token_id: Optional[int] = None
        self.bos_token_id: Optional[int] = None
        self.vocabulary_size: Optional[int] = None

    @property
    def token_count(self) -> int:
        """Tokens with padding."""
        raise NotImplementedError

    def read(self, start: int, stop: int) -> np.ndarray:
        """The tokens of ``[start, stop)`` as they are stored."""
        raise NotImplementedError

    @property
    def sequence_count(self) -> Optional[int]:
        """None when the format has no sequences."""
        return None if self.sequence_ends is None else len(self.sequence_ends)

    def goes_on(self, last: int, following: int) -> bool:
        """Whether the last document goes on in the next shard, going by the tokens where the two meet:
        writers who cut shards at a number of tokens cut documents too."""
        if self.provenance is not None or self.document_ends is not None or self.holds_samples:
            return False
        return int(last) != self.eos_token_id and int(following) != self.bos_token_id

    def attach(self, provenance: Provenance) -> None:
        """Takes sequences, documents and loss mask from the provenance file."""
        if provenance.token_count != self.token_count:
            raise ShardError(
                provenance.path, f"speaks of {provenance.token_count} tokens, but {self.path} has "
                f"{self.token_count}; one of them is not of this set", 16)
        self.provenance = provenance
        self.sequence_ends = provenance.sequence_ends

    def sequence_bounds(self, number: int) -> Tuple[int, int]:
        """Where a sequence begins and ends, in tokens of the shard."""
        ends = self.sequence_ends
        if ends is None or not 0 <= number < len(ends):
            raise IndexError(f"{self.path} has no sequence {number}")
        start = int(ends[number - 1]) if number else 0
        stop = int(ends[number])
        if not start <= stop <= self.token_count:
            raise ShardError(
                self.path, f"sequence {number} is said to be tokens {start} to {stop} of "
                f"{self.token_count}; the index is damaged")
        return start, stop

    def sequence(self, number: int) -> Span:
        """A stored sequence."""
        return self.span(*self.sequence_bounds(number))

    def span(self, start: int, stop: int) -> Span:
        """Any run of tokens."""
        tokens = self.read(start, stop)
        self.check(tokens, start)
        if self.provenance is not None:
            piece_ends = self.provenance.piece_ends
            pieces = slice(bisect_right(piece_ends, start), bisect_left(piece_ends, stop) + 1)
            return Span(tokens, self.provenance.document_ends(start, stop, pieces),
                        self.provenance.counted(start, stop, pieces))
        ends = [ends_in(known, start, stop)
                for known in (self.document_ends, self._own_ends()) if known is not None]
        counted = None
        if self.loss_mask is not None:
            counted = np.asarray(self.loss_mask[start:stop]) != 0
        return Span(tokens, self.with_marked_ends(tokens, *ends), counted)

    def check(self, tokens: np.ndarray, start: int) -> None:
        """Refuses tokens that are no ids; ``start`` is the first one's place in the shard."""
        if tokens.size == 0:
            return
        below = self.dtype.kind == "i" and int(tokens.min()) < 0
        above = self.vocabulary_size is not None and int(tokens.max()) >= self.vocabulary_size
        if not below and not above:
            return
        wrong = tokens < 0 if below else tokens >= self.vocabulary_size
        place = int(np.flatnonzero(wrong)[0])
        limit = "" if self.vocabulary_size is None else f" of {self.vocabulary_size}"
        raise ShardError(
            self.path, f"token {start + place} is {tokens[place]}, which is no id of the "
            f"vocabulary{limit}", self.byte_offset(start + place))

    def byte_offset(self, token: int) -> Optional[int]:
        """Where in the file a token stands; None where that takes more than arithmetic."""
        return None

    def _own_ends(self) -> Optional[Ends]:
        return self.sequence_ends if self.holds_samples else None

    def with_marked_ends(self, tokens: np.ndarray, *ends: np.ndarray) -> np.ndarray:
        """The given ends and those that stand behind an end-of-document or before a
        beginning-of-document token."""
        found = list(ends) + [np.array([len(tokens)], np.int64)]
        if self.eos_token_id is not None:
            found.append(np.flatnonzero(tokens == self.eos_token_id) + 1)
        if self.bos_token_id is not None:
            found.append(np.flatnonzero(tokens == self.bos_token_id))
        all_ends = np.unique(np.concatenate(found)).astype(np.int64)
        return all_ends[(all_ends > 0) & (all_ends <= len(tokens))]


class FlatShard(TokenShard):
    """Tokens in one mapped array."""

    def __init__(self, path: str, tokens: np.ndarray, first_byte: int = 0) -> None:
        super().__init__()
        self.path = path
        self.tokens = tokens
        self._first_byte = first_byte
        self.dtype = tokens.dtype

    @property
    def token_count(self) -> int:
        return int(self.tokens.size)

    def read(self, start: int, stop: int) -> np.ndarray:
        return self.tokens[start:stop]

    def byte_offset(self, token: int) -> Optional[int]:
        return self._first_byte + token * self.dtype.itemsize


class RowShard(TokenShard):
    """Training samples, each stored on its own."""

    holds_samples = True

    def row(self, number: int) -> Span:
        """A sample with the pieces and the mask that are stored with it."""
        raise NotImplementedError

    def row_count(self) -> int:
        raise NotImplementedError

    def row_length(self, number: int) -> int:
        """The tokens of a sample; formats override it where they can tell without reading it."""
        return len(self.row(number))

    @property
    def sequence_count(self) -> Optional[int]:
        return self.row_count()

    @property
    def token_count(self) -> int:
        ends = self._all_ends()
        return int(ends[-1]) if len(ends) else 0

    def attach(self, provenance: Provenance) -> None:
        if provenance.sequence_count != self.row_count():
            raise ShardError(
                provenance.path, f"speaks of {provenance.sequence_count} sequences, but {self.path} "
                f"has {self.row_count()}; one of them is not of this set", 24)
        self.provenance = provenance
        self.sequence_ends = provenance.sequence_ends

    def sequence(self, number: int) -> Span:
        if self.provenance is not None:
            return super().sequence(number)
        if not 0 <= number < self.row_count():
            raise IndexError(f"{self.path} has no sequence {number}")
        span = self.row(number)
        self.check(span.tokens, 0)
        return span

    def read(self, start: int, stop: int) -> np.ndarray:
        return self._rows(start, stop).tokens

    def span(self, start: int, stop: int) -> Span:
        if self.provenance is not None:
            return super().span(start, stop)
        span = self._rows(start, stop)
        self.check(span.tokens, start)
        return span

    def _rows(self, start: int, stop: int) -> Span:
        ends = self._all_ends()
        first = bisect_right(ends, start)
        last = min(bisect_left(ends, stop) + 1, len(ends))
        spans = []
        for number in range(first, last):
            span = self.row(number)
            begin = int(ends[number - 1]) if number else 0
            if begin + len(span) != int(ends[number]):
                raise ShardError(
                    self.path, f"sequence {number} has {len(span)} tokens, but "
                    f"{int(ends[number]) - begin} by the provenance file")
            low, high = max(start - begin, 0), min(stop - begin, len(span))
            counted = None if span.counted is None else span.counted[low:high]
            spans.append(Span(span.tokens[low:high], ends_in(span.piece_ends, low, high), counted))
        if not spans:
            return Span(np.zeros(0, self.dtype), np.zeros(0, np.int64))
        return Span.joined(spans)

    def _all_ends(self) -> Ends:
        if self.sequence_ends is None:
            lengths = [self.row_length(number) for number in range(self.row_count())]
            self.sequence_ends = np.cumsum(np.array(lengths, np.int64))
        return self.sequence_ends


class ContinuedShard(RowShard):
    """Several files that are one shard, in their order: what a writer made that files have a largest size
    for."""

    def __init__(self, files: Sequence[RowShard]) -> None:
        super().__init__()
        self._files = files
        self._ends = np.cumsum(np.array([file.row_count() for file in files], np.int64))
        self.format = files[0].format
        self.path = files[0].path
        self.dtype = files[0].dtype

    def row_count(self) -> int:
        return int(self._ends[-1])

    def row(self, number: int) -> Span:
        file, inside = self._place(number)
        return file.row(inside)

    def row_length(self, number: int) -> int:
        file, inside = self._place(number)
        return file.row_length(inside)

    def _place(self, number: int) -> Tuple[RowShard, int]:
        place = bisect_right(self._ends, number)
        return self._files[place], number - (int(self._ends[place - 1]) if place else 0)
