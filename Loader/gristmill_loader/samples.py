"""What a sample is: a stored sequence, or a window over all tokens."""

from __future__ import annotations

from bisect import bisect_right
from typing import Dict, List, Optional, Protocol, Sequence, Tuple

import numpy as np

from .formats import TokenShard
from .span import Span

IGNORED_LABEL = -100

Sample = Dict[str, np.ndarray]


class SampleSpace(Protocol):
    """Samples by number, in an order that depends on the shards alone."""

    leftover_token_count: int
    """Tokens at the end that do not fill a sample and are not in one."""

    def __len__(self) -> int: ...

    def span(self, number: int) -> Tuple[Span, int]:
        """The tokens of a sample, perhaps with the one behind it, and how many are the sample's."""


class StoredSequences:
    """Every stored sequence is a sample."""

    leftover_token_count = 0

    def __init__(self, shards: Sequence[TokenShard]) -> None:
        self._shards = shards
        counts = []
        for shard in shards:
            if shard.sequence_count is None:
                raise ValueError(
                    f"{shard.path}: the format {shard.format} has no sequences and there is no "
                    "provenance file beside it; use samples='windows'")
            counts.append(shard.sequence_count)
        self._ends = np.cumsum(np.array(counts, np.int64))

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def span(self, number: int) -> Tuple[Span, int]:
        place = bisect_right(self._ends, number)
        first = int(self._ends[place - 1]) if place else 0
        span = self._shards[place].sequence(number - first)
        return span, len(span)


class Windows:
    """The tokens of all shards as one stream, cut every ``length`` tokens."""

    def __init__(
        self, shards: Sequence[TokenShard], length: int, keeps_last: bool = False
    ) -> None:
        if length < 1:
            raise ValueError(f"a sequence of {length} tokens")
        self._shards = shards
        self.length = length
        self._ends = np.cumsum(np.array([shard.token_count for shard in shards], np.int64))
        self.token_count = int(self._ends[-1]) if len(shards) else 0
        self._count, rest = divmod(self.token_count, length)
        if keeps_last and rest:
            self._count += 1
            rest = 0
        self.leftover_token_count = rest

    def __len__(self) -> int:
        return self._count

    def span(self, number: int) -> Tuple[Span, int]:
        start = number * self.length
        stop = min(start + self.length, self.token_count)
        return self._stream(start, min(stop + 1, self.token_count)), stop - start

    def _stream(self, start: int, stop: int) -> Span:
        spans: List[Span] = []
        shards: List[TokenShard] = []
        place = bisect_right(self._ends, start)
        while start < stop:
            shard = self._shards[place]
            first = int(self._ends[place]) - shard.token_count
            end = min(stop, int(self._ends[place]))
            if end > start:
                spans.append(shard.span(start - first, end - first))
                shards.append(shard)
            start = end
            place += 1
        goes_on = [shard.goes_on(spans[number].tokens[-1], spans[number + 1].tokens[0])
                   for number, shard in enumerate(shards[:-1])]
        return Span.joined(spans, goes_on)


def make_sample(
    span: Span, count: int, *, length: int, pad_token_id: int, shift_labels: bool,
    mask_boundaries: bool,
) -> Sample:
    """The arrays that a trainer takes, of the first ``count`` tokens of a span, filled up to ``length``.

    A token behind them is only looked at for the last shifted label.
    """
    tokens = span.tokens.astype(np.int64)
    targets = tokens.copy()
    if span.counted is not None:
        targets[~span.counted] = IGNORED_LABEL
    if mask_boundaries:
        targets[span.piece_ends[:-1]] = IGNORED_LABEL
        targets[:1] = IGNORED_LABEL
    ids = np.full(length, pad_token_id, np.int64)
    ids[:count] = tokens[:count]
    labels = np.full(length, IGNORED_LABEL, np.int64)
    own = targets[1:count + 1] if shift_labels else targets[:count]
    labels[:len(own)] = own

    ends = span.piece_ends[span.piece_ends < count]
    ends = np.concatenate([ends, [count], [length]]).astype(np.int64)
    # Neither an empty document nor an empty sequence is a piece.
    bounds = np.unique(np.append(ends, 0))
    return {
        "input_ids": ids,
        "labels": labels,
        "position_ids": positions(bounds),
        "cu_seqlens": bounds.astype(np.int32),
    }


def positions(bounds: np.ndarray) -> np.ndarray:
    """Positions that restart at each of the ascending bounds but the last, which is their number."""
    return np.arange(bounds[-1], dtype=np.int64) - np.repeat(bounds[:-1], np.diff(bounds))


def stack(samples: Sequence[Sample]) -> Dict[str, np.ndarray]:
    """Samples of one length as a batch; ``cu_seqlens`` runs over the rows back to back."""
    batch = {name: np.stack([sample[name] for sample in samples])
             for name in ("input_ids", "labels", "position_ids")}
    length = batch["input_ids"].shape[1]
    if len(samples) * length > np.iinfo(np.int32).max:
        raise ValueError(f"{len(samples)} samples of {length} tokens are beyond 32-bit cu_seqlens")
    bounds = [sample["cu_seqlens"][1:] + row * length for row, sample in enumerate(samples)]
    batch["cu_seqlens"] = np.concatenate([np.zeros(1, np.int32)] + bounds).astype(np.int32)
    return batch
