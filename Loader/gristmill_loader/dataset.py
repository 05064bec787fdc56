"""Samples by number, and batches of them in an order that can be resumed."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any, Dict, Iterable, Optional, Sequence, Union

import numpy as np

from .errors import ShardError
from .samples import Sample, SampleSpace, StoredSequences, Windows, make_sample, stack
from .shard_set import open_set

if TYPE_CHECKING:
    from .stream import TokenStream

_log = logging.getLogger("gristmill_loader")

Paths = Union[str, os.PathLike, Sequence[Union[str, os.PathLike]]]


class TokenDataset:
    """Training samples by number; what a PyTorch ``DataLoader`` takes as a map-style data set.

    A sample is a dict of

    - ``input_ids``: int64, the tokens.
    - ``labels``: int64, -100 where nothing is to be learnt: on padding, on tokens that a loss mask
      leaves out, and, with ``mask_boundaries``, on the first token of each document, which nothing in
      its own document foretells. ``labels[i]`` is the token ``input_ids[i]`` itself, as Hugging Face's
      models take it, which shift inside; with ``shift_labels`` it is the token after it, and that of
      a window's last token is the first token of the next window.
    - ``position_ids``: int64, from 0 in each piece of a document. A piece ends where its document does or
      the sample; a window has a document in one piece where the stored sequences had it in two.
    - ``cu_seqlens``: int32, where pieces of documents begin, and the number of tokens: what
      FlashAttention's variable-length kernels take. Padding is a piece of its own.

    ``samples`` says what a sample is. ``"sequences"``: a sequence as ``gristmill pack`` made it.
    ``"windows"``: the tokens of all shards back to back, cut every ``sequence_length``; the last, which
    is not full, is left out and reported, or filled up with ``pad_last``. ``"auto"`` takes sequences
    where the shards hold samples, of one length or in buckets, else windows.
    """

    def __init__(
        self, paths: Paths, *, split: str = "train", sequence_length: Optional[int] = None,
        samples: str = "auto", shift_labels: bool = False, mask_boundaries: bool = False,
        pad_last: bool = False, pad_token_id: Optional[int] = None,
        eos_token_id: Optional[int] = None, bos_token_id: Optional[int] = None,
        format: Optional[str] = None, dtype: Union[str, np.dtype, None] = None,
    ) -> None:
        self._arguments: Dict[str, Any] = {
            name: value for name, value in locals().items() if name not in ("self", "paths")}
        self._paths = paths
        self._set = open_set(paths, split=split, format=format, dtype=dtype,
                             eos_token_id=eos_token_id, bos_token_id=bos_token_id)
        self._shift_labels = shift_labels
        self._mask_boundaries = mask_boundaries
        known = self._set.pad_token_id if pad_token_id is None else pad_token_id
        self._pad_token_id = 0 if known is None else known
        if samples not in ("auto", "sequences", "windows"):
            raise ValueError(f"samples are auto, sequences or windows, not {samples!r}")
        stored_length = self._stored_length()
        if samples == "auto":
            fits = sequence_length is None or sequence_length == stored_length
            holds_samples = stored_length > 0 or self._set.holds_samples
            samples = "sequences" if holds_samples and fits else "windows"
        self.samples = samples
        """``"sequences"`` or ``"windows"``."""
        self._space = self._sample_space(sequence_length, pad_last)
        self.sequence_length = sequence_length or (
            stored_length if samples == "sequences" else 0) or None
        """Tokens of every sample; None when they have those they are stored with."""
        if self._space.leftover_token_count:
            _log.warning(
                "%s: the last %d of %d tokens do not fill a window of %d and are left out; "
                "pad_last=True keeps them", paths, self.leftover_token_count, self.token_count,
                sequence_length)

    @property
    def token_count(self) -> int:
        """Tokens of all shards, padding included."""
        return self._set.token_count

    @property
    def vocabulary_size(self) -> int:
        """One more than the largest id: as the set says, or else found by reading all tokens."""
        if self._set.vocabulary_size is None:
            self._set.vocabulary_size = self._set.largest_id() + 1
        return self._set.vocabulary_size

    @property
    def leftover_token_count(self) -> int:
        """Tokens at the end that are in no sample."""
        return self._space.leftover_token_count

    def __len__(self) -> int:
        return len(self._space)

    def __getitem__(self, number: int) -> Sample:
        return self._sample(number, self.sequence_length)

    def batch(self, numbers: Iterable[int]) -> Dict[str, np.ndarray]:
        """Samples with these numbers, row by row; rows of unlike length are filled up.

        ``cu_seqlens`` runs over all rows, one after the other.
        """
        numbers = [int(number) for number in numbers]
        samples = [self[number] for number in numbers]
        longest = max(len(sample["input_ids"]) for sample in samples)
        return stack([
            sample if len(sample["input_ids"]) == longest else self._sample(number, longest)
            for number, sample in zip(numbers, samples)])

    def iterate(self, batch_size: int, **options: Any) -> "TokenStream":
        """Batches as NumPy arrays; the options are those of ``TokenStream``."""
        from .stream import TokenStream

        return TokenStream(self, batch_size, **options)

    def __getstate__(self) -> Dict[str, Any]:
        # Workers open the files themselves; mapped arrays would be sent whole.
        return {"paths": self._paths, "arguments": self._arguments}

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__init__(state["paths"], **state["arguments"])  # type: ignore[misc]

    def _sample(self, number: int, length: Optional[int]) -> Sample:
        if not -len(self) <= number < len(self):
            raise IndexError(f"sample {number} of {len(self)}")
        span, count = self._space.span(number % len(self))
        if length is not None and count > length:
            raise ShardError(
                str(self._paths), f"sequence {number} has {count} tokens, but sequence_length is "
                f"{length}; use samples='windows' to cut")
        return make_sample(
            span, count, length=count if length is None else length,
            pad_token_id=self._pad_token_id, shift_labels=self._shift_labels,
            mask_boundaries=self._mask_boundaries)

    def _sample_space(self, length: Optional[int], pad_last: bool) -> SampleSpace:
        if self.samples == "sequences":
            return StoredSequences(self._set.shards)
        if length is None:
            raise ValueError(
                f"{self._paths}: the shards hold no samples of one length; give sequence_length")
        return Windows(self._set.shards, length, pad_last)

    def _stored_length(self) -> int:
        """The one length of all stored sequences; 0 when there is none."""
        if self._set.sequence_length or self._set.holds_samples:
            return self._set.sequence_length
        lengths = {_uniform_length(shard) for shard in self._set.shards}
        return lengths.pop() if len(lengths) == 1 else 0


def _uniform_length(shard: Any) -> int:
    ends = shard.sequence_ends
    count = shard.sequence_count
    if not count or (ends is None and not shard.holds_samples):
        return 0
    if ends is None:
        length = shard.row_length(0)
        return length if shard.row_length(count - 1) == length else 0
    length = int(ends[0])
    if int(ends[count - 1]) != count * length or (count == 1 and not shard.holds_samples):
        return 0
    for first in range(0, count, 1 << 16):
        part = np.asarray(ends[first:first + (1 << 16)]).astype(np.int64)
        if not np.array_equal(part, (np.arange(first, first + len(part)) + 1) * length):
            return 0
    return length
