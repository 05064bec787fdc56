"""The stream as PyTorch's iterable data set."""

from __future__ import annotations

import os
from typing import Any, Dict, Iterator, Optional, Tuple

from .dataset import TokenDataset
from .stream import Batch, TokenStream

try:
    import torch
    import torch.distributed
    from torch.utils.data import IterableDataset, get_worker_info

    _Base: Any = IterableDataset
except ImportError:
    torch = None  # type: ignore[assignment]
    _Base = object


class TokenIterableDataset(TokenStream, _Base):
    """A ``TokenStream`` for ``torch.utils.data.DataLoader(stream, batch_size=None, num_workers=n)``.

    It gives whole batches, as torch tensors where torch is there and as NumPy arrays where not. Workers
    take turns by batches, and the DataLoader puts them in order again, so ``num_workers`` does not
    change what comes. Without ``rank`` and ``world_size``, those of ``torch.distributed`` hold, else the
    environment's ``RANK`` and ``WORLD_SIZE``.

    Workers read ahead in copies of the stream, so in the training process save ``state_dict(step=...)``.
    With workers, persistent ones too, every loop over the DataLoader begins where the training process
    has put the stream: by ``load_state_dict``, ``skip_to_step`` or ``set_epoch``, which goes before each
    loop after the first. With ``epochs=None`` one loop goes on for ever, and nothing need be put.
    """

    def __init__(
        self, dataset: TokenDataset, batch_size: int, *, rank: Optional[int] = None,
        world_size: Optional[int] = None, **options: Any,
    ) -> None:
        # Workers that outlive a loop see here what the training process puts in.
        self._placed = None if torch is None else torch.zeros(1, dtype=torch.int64).share_memory_()
        own_rank, own_size = _own_place()
        super().__init__(
            dataset, batch_size, rank=own_rank if rank is None else rank,
            world_size=own_size if world_size is None else world_size, **options)

    def __iter__(self) -> Iterator[Batch]:
        worker = None if torch is None else get_worker_info()
        if worker is None:
            return super().__iter__()
        self._consumed = int(self._placed[0])
        return self._batches(worker.id, worker.num_workers)

    def _place(self, consumed: int) -> None:
        super()._place(consumed)
        if self._placed is not None:
            self._placed[0] = consumed

    def _batch(self, numbers: Any) -> Batch:
        batch = super()._batch(numbers)
        return batch if torch is None else _tensors(batch)


def _tensors(batch: Dict[str, Any]) -> Dict[str, Any]:
    return {name: torch.from_numpy(array) for name, array in batch.items()}


def _own_place() -> Tuple[int, int]:
    if torch is not None and torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
