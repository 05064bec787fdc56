"""Ranks, workers, epochs and resuming."""

import os
import tempfile
import unittest

import numpy as np

from gristmill_loader import TokenDataset, TokenIterableDataset
from tests import written

try:
    import torch
    import torch.utils.data
except ImportError:
    torch = None


class StreamTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # The sample number n is the tokens 2n and 2n + 1.
        path = os.path.join(folder.name, "train")
        self.data = TokenDataset(written.npy(path, np.arange(206, dtype="<u2").reshape(103, 2)))

    def numbers(self, batches):
        return [(batch["input_ids"][:, 0] // 2).tolist() for batch in batches]

    def test_ranks_and_workers_part_the_samples(self):
        for world_size in (1, 2, 3, 7):
            for workers in (1, 2, 4):
                seen = []
                for rank in range(world_size):
                    for worker in range(workers):
                        stream = self.data.iterate(4, rank=rank, world_size=world_size, seed=5)
                        for batch in self.numbers(stream._batches(worker, workers)):
                            seen += batch
                self.assertEqual(sorted(seen), list(range(103)))

    def test_a_step_holds_the_same_samples_for_any_number_of_ranks(self):
        def steps(world_size):
            ranks = [self.numbers(self.data.iterate(12 // world_size, rank=rank, seed=2,
                                                    world_size=world_size, epochs=3))
                     for rank in range(world_size)]
            return [sorted(sum(step, [])) for step in zip(*ranks)]

        for world_size in (2, 3, 4, 6):
            # The last step has 9 samples, which leaves some ranks without.
            self.assertEqual(steps(world_size)[:25], steps(1)[:25])

    def test_every_epoch_has_every_sample_and_an_order_of_its_own(self):
        stream = self.data.iterate(10, epochs=None, seed=9)
        taken = []
        for batch in stream:
            taken += self.numbers([batch])[0]
            if len(taken) >= 309:
                break
        epochs = [taken[:103], taken[103:206], taken[206:309]]
        for epoch in epochs:
            self.assertEqual(sorted(epoch), list(range(103)))
        self.assertEqual(len({tuple(epoch) for epoch in epochs}), 3)
        one = self.data.iterate(10, seed=9)
        self.assertEqual([sum(self.numbers(one), []) for _ in range(3)], epochs)

    def test_a_resumed_stream_gives_what_the_uninterrupted_one_gives(self):
        whole = self.numbers(self.data.iterate(6, seed=3, epochs=2))
        for step in (0, 1, 17, 18, 30, 34):
            stream = self.data.iterate(6, seed=3, epochs=2)
            batches = iter(stream)
            for _ in range(step):
                next(batches)
            state = stream.state_dict()
            self.assertEqual(state, stream.state_dict(step))
            resumed = self.data.iterate(6, seed=3, epochs=2)
            resumed.load_state_dict(state)
            self.assertEqual(self.numbers(resumed), whole[step:])
            skipped = self.data.iterate(6, seed=3, epochs=2)
            skipped.skip_to_step(step)
            self.assertEqual(self.numbers(skipped), whole[step:])

    def test_a_stream_resumes_on_another_number_of_ranks(self):
        whole = self.numbers(self.data.iterate(12, seed=3, epochs=2))
        first = self.data.iterate(6, seed=3, epochs=2, rank=1, world_size=2)
        batches = iter(first)
        for _ in range(5):
            next(batches)
        ranks = []
        for rank in range(4):
            stream = self.data.iterate(3, seed=3, epochs=2, rank=rank, world_size=4)
            stream.load_state_dict(first.state_dict())
            ranks.append(self.numbers(stream))
        for number, step in enumerate(zip(*ranks)):
            self.assertEqual(sorted(sum(step, [])), sorted(whole[5 + number]))

    def test_a_state_by_its_step_counts_from_where_the_loop_began(self):
        for drop_last in (False, True):
            def stream(batch_size):
                return self.data.iterate(batch_size, seed=3, epochs=2, drop_last=drop_last)

            for begun, size in ((0, 6), (40, 6), (40, 7), (198, 4), (206, 9)):
                state = dict(stream(4).state_dict(), consumed_samples=begun)
                once = stream(size)
                once.load_state_dict(state)
                states = [(once.state_dict(step=0), once.state_dict())]
                for step, _ in enumerate(once, 1):
                    states.append((once.state_dict(step=step), once.state_dict()))
                for by_step, own in states[:-1]:
                    self.assertEqual(by_step, own)
                # The last step ends the loop, and with it what drop_last leaves out.
                self.assertEqual(states[-1][0], once.state_dict())
                for step, _ in enumerate(once, 1):
                    self.assertEqual(once.state_dict(step=step), once.state_dict())
                    if step == 3:
                        break

    def test_dropping_the_last_step_leaves_every_rank_as_many(self):
        for rank in range(4):
            batches = self.numbers(self.data.iterate(3, rank=rank, world_size=4, drop_last=True))
            self.assertEqual([len(batch) for batch in batches], [3] * 8)

    def test_skipping_over_groups_of_epochs_counts_their_last_steps(self):
        for drop_last in (False, True):
            stream = self.data.iterate(10, seed=1, drop_last=drop_last)
            taken = [self.numbers(stream) for _ in range(2)]
            skipped = self.data.iterate(10, seed=1, drop_last=drop_last)
            skipped.skip_to_step(len(taken[0]) + 2)
            self.assertEqual(self.numbers(skipped), taken[1][2:])

    def test_a_state_of_another_stream_is_refused(self):
        state = self.data.iterate(4, seed=1).state_dict()
        with self.assertRaisesRegex(ValueError, "seed is 1 there and 2 here"):
            self.data.iterate(4, seed=2).load_state_dict(state)

    def test_unshuffled_is_in_order(self):
        taken = sum(self.numbers(self.data.iterate(4, shuffle=False)), [])
        self.assertEqual(taken, list(range(103)))

    def test_the_iterable_data_set_gives_the_same_batches(self):
        batches = [{name: np.asarray(array) for name, array in batch.items()}
                   for batch in TokenIterableDataset(self.data, 5, seed=4)]
        self.assertEqual(self.numbers(batches), self.numbers(self.data.iterate(5, seed=4)))

    @unittest.skipIf(torch is None, "needs torch")
    def test_workers_of_a_data_loader_change_nothing(self):
        expected = self.numbers(self.data.iterate(5, seed=4))
        for workers in (0, 1, 3):
            stream = TokenIterableDataset(self.data, 5, seed=4)
            loader = torch.utils.data.DataLoader(stream, batch_size=None, num_workers=workers)
            batches = list(loader)
            self.assertEqual(batches[0]["input_ids"].dtype, torch.int64)
            self.assertEqual(self.numbers({k: v.numpy() for k, v in b.items()} for b in batches),
                             expected)

    @unittest.skipIf(torch is None, "needs torch")
    def test_persistent_workers_begin_each_loop_where_the_stream_was_put(self):
        for workers in (1, 3):
            stream = TokenIterableDataset(self.data, 5, seed=4)
            loader = torch.utils.data.DataLoader(
                stream, batch_size=None, num_workers=workers, persistent_workers=True)
            for step, _ in enumerate(loader, 1):
                if step == 7:
                    break
            state = stream.state_dict(step=7)
            whole = self.numbers(self.data.iterate(5, seed=4, epochs=3))
            for begun in (state, dict(state, consumed_samples=103), dict(state, consumed_samples=0)):
                stream.load_state_dict(begun)
                one = self.data.iterate(5, seed=4)
                one.load_state_dict(begun)
                taken = self.numbers({k: v.numpy() for k, v in b.items()} for b in loader)
                self.assertEqual(taken, self.numbers(one))
            self.assertEqual(state["consumed_samples"], 35)
            stream.set_epoch(1)
            first = self.numbers({k: v.numpy() for k, v in b.items()} for b in loader)
            self.assertEqual(sum(first, []), sum(whole, [])[103:206])


if __name__ == "__main__":
    unittest.main()
