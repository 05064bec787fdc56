"""Files as arrays."""

from __future__ import annotations

import os

import numpy as np

from .errors import ShardError


def map_bytes(path: str) -> np.ndarray:
    """The bytes of a file, mapped; an empty file is an empty array."""
    try:
        if os.path.getsize(path) == 0:
            return np.zeros(0, np.uint8)
        return np.memmap(path, np.uint8, "r").view(np.ndarray)
    except OSError as error:
        raise ShardError(path, error.strerror or str(error)) from error


def tokens_of(path: str, data: np.ndarray, dtype: np.dtype, start: int = 0) -> np.ndarray:
    """The bytes from ``start`` on as tokens; a file that ends inside a token is an error."""
    excess = (len(data) - start) % dtype.itemsize
    if excess:
        raise ShardError(
            path, f"the file ends {excess} bytes into a token of {dtype.itemsize}; it was cut short, "
            "or its tokens have another width", len(data) - excess)
    return data[start:].view(dtype)


def token_type(name: str) -> np.dtype:
    """A type of tokens by its name; any byte order is little-endian."""
    dtype = np.dtype(name).newbyteorder("<")
    if dtype.kind not in "iu":
        raise ValueError(f"tokens are whole numbers, not {name}")
    return dtype
