"""The order of samples: a shuffle that is computed, not stored."""

from __future__ import annotations

import numpy as np

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def _mix(value: int) -> int:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def _mix_all(values: np.ndarray) -> np.ndarray:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class Permutation:
    """A permutation of ``range(count)`` that takes no memory.

    A Feistel network over the bits of ``count - 1``, walked until it lands inside (Black and Rogaway
    2002). It is the same on every rank and machine, and in the Swift library ``GristmillShards``.
    """

    rounds = 8

    def __init__(self, count: int, seed: int, epoch: int = 0) -> None:
        if not 0 <= count < 1 << 62:
            raise ValueError(f"a permutation of {count} numbers")
        self.count = count
        bits = max(2, (count - 1).bit_length())
        self._low_bits = bits // 2
        self._high_bits = bits - self._low_bits
        base = _mix((seed + _GOLDEN) & _MASK)
        self._keys = [
            np.uint64(_mix((base + (epoch * self.rounds + number + 1) * _GOLDEN) & _MASK))
            for number in range(self.rounds)
        ]

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, position: int) -> int:
        if not 0 <= position < self.count:
            raise IndexError(position)
        return int(self.take(np.array([position]))[0])

    def take(self, positions: np.ndarray) -> np.ndarray:
        """What stands at each of the positions, which must be below ``count``."""
        values = self._once(np.asarray(positions).astype(np.uint64))
        while True:
            outside = np.flatnonzero(values >= np.uint64(self.count))
            if outside.size == 0:
                return values.astype(np.int64)
            values[outside] = self._once(values[outside])

    def _once(self, values: np.ndarray) -> np.ndarray:
        low_bits = np.uint64(self._low_bits)
        high = values >> low_bits
        low = values & np.uint64((1 << self._low_bits) - 1)
        for number, key in enumerate(self._keys):
            if number % 2 == 0:
                high = high ^ (_mix_all(low + key) >> np.uint64(64 - self._high_bits))
            else:
                low = low ^ (_mix_all(high + key) >> np.uint64(64 - self._low_bits))
        return (high << low_bits) | low
