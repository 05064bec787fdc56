"""The shuffle that takes no memory."""

import unittest

import numpy as np

from gristmill_loader import Permutation


class OrderTests(unittest.TestCase):
    def test_every_number_comes_once(self):
        for count in list(range(40)) + [255, 256, 257, 1000, 65_537]:
            with self.subTest(count=count):
                taken = Permutation(count, seed=3, epoch=1).take(np.arange(count))
                self.assertEqual(sorted(taken.tolist()), list(range(count)))

    def test_seed_and_epoch_change_it_and_nothing_else_does(self):
        def order(seed, epoch):
            return Permutation(1000, seed, epoch).take(np.arange(1000)).tolist()

        self.assertEqual(order(5, 2), order(5, 2))
        self.assertEqual(len({tuple(order(seed, epoch)) for seed in range(4) for epoch in range(4)}), 16)

    def test_the_numbers_that_swift_gives_too(self):
        self.assertEqual(Permutation(10, 7).take(np.arange(10)).tolist(), GOLD_10)
        self.assertEqual(
            [Permutation(10**15, 2**64 - 1, 3)[place] for place in (0, 1, 999_999_999_999_999)],
            GOLD_WIDE)

    def test_every_number_comes_at_every_place_alike(self):
        counts = np.zeros((12, 12))
        for seed in range(6000):
            counts[np.arange(12), Permutation(12, seed).take(np.arange(12))] += 1
        # 121 degrees of freedom: above 190 once in ten thousand.
        self.assertLess(((counts - 500) ** 2 / 500).sum(), 190)

    def test_places_outside_are_refused(self):
        with self.assertRaises(IndexError):
            Permutation(3, 1)[3]


GOLD_10 = [1, 0, 3, 5, 7, 6, 8, 9, 4, 2]
GOLD_WIDE = [871040024346016, 938926039756125, 948883002567668]

if __name__ == "__main__":
    unittest.main()
