"""What can be wrong with a shard."""

from __future__ import annotations

from typing import Optional


class ShardError(Exception):
    """A shard cannot be read; names the file, the byte where known, and what would be right."""

    def __init__(self, path: str, message: str, offset: Optional[int] = None) -> None:
        place = path if offset is None else f"{path}: at byte {offset}"
        super().__init__(f"{place}: {message}")
        self.path = path
        self.offset = offset
        self.message = message
