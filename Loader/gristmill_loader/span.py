"""Tokens with what is known of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any, List, Optional, Protocol, Sequence

import numpy as np

PADDING_DOCUMENT = 0xFFFFFFFF


class Ends(Protocol):
    """Ascending ends in tokens; an array, or something that computes them when asked."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: Any) -> Any:
        """An end by its number, or the ends of a slice as an array."""


class UniformEnds:
    """The ends of runs of one length."""

    def __init__(self, count: int, length: int) -> None:
        self.count = count
        self.length = length

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return (np.arange(*place.indices(self.count), dtype=np.int64) + 1) * self.length
        if not -self.count <= place < self.count:
            raise IndexError(place)
        return (place % self.count + 1) * self.length


@dataclass
class Span:
    """A run of tokens: which documents it is made of and which tokens count in the loss."""

    tokens: np.ndarray
    """The ids, in the type they are stored in."""

    piece_ends: np.ndarray
    """Where each piece of a document (or of padding) ends, from the span's start; the last entry is the
    number of tokens."""

    counted: Optional[np.ndarray] = None
    """For each token whether the loss counts it; None when every token counts. Padding never does."""

    def __len__(self) -> int:
        return len(self.tokens)

    @staticmethod
    def joined(spans: Sequence["Span"], goes_on: Sequence[bool] = ()) -> "Span":
        """Several spans one after the other; ``goes_on`` says of each but the last whether its last piece
        goes on in the next, and none does by default."""
        if len(spans) == 1:
            return spans[0]
        ends: List[np.ndarray] = []
        start = 0
        for number, span in enumerate(spans):
            own = span.piece_ends
            if number < len(goes_on) and goes_on[number]:
                own = own[own < len(span)]
            ends.append(own + start)
            start += len(span)
        counted = None
        if any(span.counted is not None for span in spans):
            counted = np.concatenate([
                np.ones(len(span), bool) if span.counted is None else span.counted
                for span in spans
            ])
        tokens = np.concatenate([span.tokens.astype(np.int64) for span in spans])
        return Span(tokens, np.concatenate(ends), counted)


def ends_in(ends: Ends, start: int, stop: int) -> np.ndarray:
    """The part of cumulative ends that cuts ``[start, stop)``, counted from ``start``."""
    if stop <= start:
        return np.zeros(0, np.int64)
    # bisect, not searchsorted: that copies a whole index when it is not aligned, as Megatron's is.
    first = bisect_right(ends, start)
    last = bisect_left(ends, stop, first)
    inner = np.unique(ends[first:last].astype(np.int64) - start)
    return np.append(inner, stop - start)
