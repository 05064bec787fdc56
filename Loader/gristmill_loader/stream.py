"""Batches for one rank, in an order that is the same for any number of ranks."""

from __future__ import annotations

import math
from typing import Any, Dict, Iterator, Optional

import numpy as np

from .dataset import TokenDataset
from .order import Permutation

Batch = Dict[str, Any]


class TokenStream:
    """Batches of a data set, shuffled anew each epoch, shared among ranks, resumable at any step.

    All samples stand in one global order: epoch after epoch, each a permutation of the sample numbers
    that follows from ``seed`` and epoch. A step takes the next ``batch_size * world_size`` of them, and
    rank r every ``world_size``-th from the r-th on, so nothing comes twice and nothing is lost, and a
    step holds the same samples whatever the number of ranks when ``batch_size * world_size`` is kept.

    Iterating goes on from where the stream stands, to the end of ``epochs`` epochs, and a second loop
    goes on with the epochs after those; with ``epochs=None`` there is no end. At the end of ``epochs``
    the last step may be smaller, and a rank may have no batch in it; ``drop_last`` leaves such a step
    out on every rank. Inside, batches reach over the border of epochs.
    """

    def __init__(
        self, dataset: TokenDataset, batch_size: int, *, shuffle: bool = True, seed: int = 0,
        epochs: Optional[int] = 1, rank: int = 0, world_size: int = 1, drop_last: bool = False,
    ) -> None:
        if batch_size < 1 or not 0 <= rank < world_size or (epochs is not None and epochs < 1):
            raise ValueError(
                f"batch_size {batch_size}, rank {rank} of {world_size}, {epochs} epochs")
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.seed = seed
        self.epochs = epochs
        self.rank = rank
        self.world_size = world_size
        self.drop_last = drop_last
        self._place(0)
        self._orders: Dict[int, Permutation] = {}

    @property
    def samples_per_step(self) -> int:
        """Samples of a step on all ranks together."""
        return self.batch_size * self.world_size

    @property
    def epoch(self) -> int:
        """The epoch that the next sample is of."""
        return self._consumed // max(1, len(self.dataset))

    def __iter__(self) -> Iterator[Batch]:
        self._began = self._consumed
        return self._batches(0, 1)

    def _batches(self, worker: int, worker_count: int) -> Iterator[Batch]:
        """Every ``worker_count``-th batch from the ``worker``-th on, as a DataLoader collects them."""
        count = len(self.dataset)
        if count == 0:
            raise ValueError(f"{self.dataset._paths}: there is no whole sample; "
                             "take a shorter sequence_length or pad_last=True")
        end = None
        if self.epochs is not None:
            group = self.epochs * count
            end = (self._consumed // group + 1) * group
        number = 0
        while end is None or self._consumed < end:
            first = self._consumed
            self._consumed += self.samples_per_step
            if end is not None and self._consumed > end:
                self._consumed = end
                if self.drop_last:
                    return
            if number % worker_count == worker:
                places = np.arange(first + self.rank, self._consumed, self.world_size)
                if len(places):
                    yield self._batch(self.sample_numbers(places))
            number += 1

    def _batch(self, numbers: np.ndarray) -> Batch:
        return self.dataset.batch(numbers)

    def sample_numbers(self, places: np.ndarray) -> np.ndarray:
        """Which samples stand at places of the global order, which are counted through all epochs."""
        count = len(self.dataset)
        epochs, places = np.divmod(np.asarray(places, np.int64), count)
        if not self.shuffle:
            return places
        numbers = np.empty_like(places)
        for epoch in np.unique(epochs):
            chosen = epochs == epoch
            numbers[chosen] = self._order(int(epoch)).take(places[chosen])
        return numbers

    def _order(self, epoch: int) -> Permutation:
        if epoch not in self._orders:
            self._orders = {
                kept: order for kept, order in self._orders.items() if kept == epoch - 1}
            self._orders[epoch] = Permutation(len(self.dataset), self.seed, epoch)
        return self._orders[epoch]

    def skip_to_step(self, step: int) -> None:
        """Goes where an uninterrupted run stands after ``step`` steps, without reading anything."""
        self._place(self._consumed_after(step, 0))

    def set_epoch(self, epoch: int) -> None:
        """Goes to the beginning of an epoch."""
        if epoch < 0:
            raise ValueError(f"epoch {epoch}")
        self._place(epoch * len(self.dataset))

    def state_dict(self, step: Optional[int] = None) -> Dict[str, Any]:
        """Where the stream stands: behind the batch it gave last.

        With ``step``, where it stands after so many steps of the loop that goes on, counted from where that
        began, after a resume too: what to save when a DataLoader's workers, which read ahead, do the
        iterating.
        """
        consumed = self._consumed if step is None else self._consumed_after(step, self._began)
        return {"version": 1, "consumed_samples": consumed, "samples": len(self.dataset),
                "seed": self.seed, "shuffle": self.shuffle}

    def load_state_dict(self, state: Dict[str, Any]) -> None:
        """Goes on behind the last batch of a stream over the same samples, whatever its ranks were."""
        mine = self.state_dict()
        for name in ("version", "samples", "seed", "shuffle"):
            if state.get(name) != mine[name]:
                raise ValueError(
                    f"the state is of another stream: {name} is {state.get(name)!r} there and "
                    f"{mine[name]!r} here")
        self._place(int(state["consumed_samples"]))

    def _place(self, consumed: int) -> None:
        """Goes where all ranks have had so many samples."""
        self._consumed = consumed
        self._began = consumed

    def _consumed_after(self, step: int, began: int) -> int:
        """Samples that all ranks have had after so many uninterrupted steps from where ``began`` are."""
        if step < 0:
            raise ValueError(f"step {step}")
        if self.epochs is None:
            return began + step * self.samples_per_step
        group = self.epochs * len(self.dataset)
        steps = self._steps(group)
        if step == 0 or steps == 0:
            return began
        end = (began // group + 1) * group
        first = self._steps(end - began)
        if step < first:
            return began + step * self.samples_per_step
        groups, rest = divmod(step - first, steps)
        return end + groups * group + rest * self.samples_per_step

    def _steps(self, samples: int) -> int:
        """The steps of a loop over so many samples."""
        if self.drop_last:
            return samples // self.samples_per_step
        return math.ceil(samples / self.samples_per_step)
