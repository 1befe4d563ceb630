"""Random draws that are a pure function of a key, for whole arrays of keys at once.

Every contact has a key made of seed, stream, day and its number in that day. A draw mixes the key
with the name of what is drawn. So a figure depends on nothing but its own key: not on the order
of drawing, the other queues, or the process.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

STEP = np.uint64(0x9E3779B97F4A7C15)
"""Odd 64-bit constant near 2**64 over the golden ratio; spreads neighbouring numbers."""


@cache
def key_of(text: str) -> int:
    """A 64-bit key from text, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def mixed(keys: Keys) -> Keys:
    """Each key scrambled (the finalizer of SplitMix64, Steele, Lea and Flood 2014)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def derived(keys: Keys, numbers: npt.NDArray[np.int64]) -> Keys:
    """New keys, one for each pair of a key and a number."""
    return mixed(keys + (numbers.astype(np.uint64) + np.uint64(1)) * STEP)


class Draws:
    """One draw for each key, by the name of what is drawn."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def of(self, places: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]) -> Draws:
        """Draws for parts of what the keys stand for: each has a place there and a number."""
        return Draws(derived(self._keys[places], numbers))

    def uniform(self, what: str) -> Floats:
        """Numbers in [0, 1)."""
        bits = mixed(self._keys ^ np.uint64(key_of(what))) >> np.uint64(11)
        return bits.astype(np.float64) * 2.0**-53

    def exponential(self, what: str) -> Floats:
        """Numbers with mean 1."""
        return -np.log1p(-self.uniform(what))

    def normal(self, what: str) -> Floats:
        """Numbers with mean 0 and standard deviation 1 (Box and Muller)."""
        radius = np.sqrt(2.0 * self.exponential(what))
        return radius * np.cos(2.0 * np.pi * self.uniform(f"{what}, angle"))

    def lognormal(self, what: str, median: Floats | float, sigma: Floats | float) -> Floats:
        """Positive numbers around a median."""
        return median * np.exp(sigma * self.normal(what))

    def poisson(self, what: str, mean: Floats) -> npt.NDArray[np.int64]:
        """Whole numbers with about this mean and variance; 0 where the mean is 0."""
        root = np.sqrt(mean) + 0.5 * self.normal(what)
        count = np.floor(np.maximum(root, 0.0) ** 2 - 0.25 + self.uniform(f"{what}, rest"))
        return np.where(mean > 0.0, np.maximum(count, 0.0), 0.0).astype(np.int64)
