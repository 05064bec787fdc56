"""Feeds token shards to a trainer.

>>> from gristmill_loader import TokenDataset
>>> data = TokenDataset("packed", sequence_length=1024)
>>> for batch in data.iterate(batch_size=8, seed=1):
...     batch["input_ids"], batch["labels"], batch["position_ids"], batch["cu_seqlens"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .dataset import TokenDataset
from .errors import ShardError
from .formats import FORMATS, TokenShard, open_shard, recognise
from .order import Permutation
from .provenance import Provenance
from .stream import TokenStream

if TYPE_CHECKING:
    from .torch_dataset import TokenIterableDataset

__all__ = [
    "FORMATS", "Permutation", "Provenance", "ShardError", "TokenDataset", "TokenIterableDataset",
    "TokenShard", "TokenStream", "open_shard", "recognise",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # torch takes seconds to import; only who asks for its data set waits.
    if name == "TokenIterableDataset":
        from .torch_dataset import TokenIterableDataset

        return TokenIterableDataset
    raise AttributeError(name)
