"""Windows, stored sequences, labels, positions and boundaries."""

import os
import pickle
import tempfile
import unittest

import numpy as np

from gristmill_loader import ShardError, TokenDataset
from gristmill_loader.span import PADDING_DOCUMENT
from tests import written


class SampleTests(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = self._folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_windows_cross_documents_and_shards_and_lose_nothing(self):
        shards = [written.documents(seed, count) for seed, count in ((1, 20), (2, 1), (3, 30))]
        for number, documents in enumerate(shards):
            written.megatron(self.path(f"train-{number:05d}"), documents)
        written.megatron(self.path("val-00000"), written.documents(4, 5))
        stream = np.concatenate([document for documents in shards for document in documents])
        lengths = [len(document) for documents in shards for document in documents]
        position = np.concatenate([np.arange(length) for length in lengths])
        with self.assertLogs("gristmill_loader", "WARNING") as logged:
            data = TokenDataset(self.folder, sequence_length=16, shift_labels=True)
        self.assertIn(f"last {len(stream) % 16} of {len(stream)}", logged.output[0])
        self.assertEqual(len(data), len(stream) // 16)
        self.assertEqual(data.leftover_token_count, len(stream) % 16)
        for number in range(len(data)):
            sample = data[number]
            place = slice(16 * number, 16 * number + 16)
            np.testing.assert_array_equal(sample["input_ids"], stream[place])
            following = stream[16 * number + 1:16 * number + 17]
            np.testing.assert_array_equal(sample["labels"][:len(following)], following)
            expected = position[place] - np.where(
                np.cumsum(position[place] == 0) == 0, position[16 * number], 0)
            np.testing.assert_array_equal(sample["position_ids"], expected)
            bounds = sample["cu_seqlens"]
            self.assertEqual(bounds.dtype, np.int32)
            np.testing.assert_array_equal(
                np.concatenate([np.arange(n) for n in np.diff(bounds)]), sample["position_ids"])

    def test_the_last_window_can_be_filled_up(self):
        path = written.npy(self.path("train"), np.arange(1, 11, dtype="<u2"))
        data = TokenDataset(path, sequence_length=4, pad_last=True, pad_token_id=99)
        self.assertEqual((len(data), data.leftover_token_count), (3, 0))
        np.testing.assert_array_equal(data[2]["input_ids"], [9, 10, 99, 99])
        np.testing.assert_array_equal(data[2]["labels"], [9, 10, -100, -100])
        np.testing.assert_array_equal(data[2]["cu_seqlens"], [0, 2, 4])
        np.testing.assert_array_equal(data[2]["position_ids"], [0, 1, 0, 1])

    def test_labels_shifted_and_not_with_and_without_boundaries(self):
        # 5 6 0 | 7 0 | 8 9 0
        written.megatron(
            self.path("train"), [np.array([5, 6, 0]), np.array([7, 0]), np.array([8, 9, 0])])
        cases = {
            (False, False): [[5, 6, 0, 7], [0, 8, 9, 0]],
            (False, True): [[-100, 6, 0, -100], [-100, -100, 9, 0]],
            (True, False): [[6, 0, 7, 0], [8, 9, 0, -100]],
            (True, True): [[6, 0, -100, 0], [-100, 9, 0, -100]],
        }
        for (shifted, masked), expected in cases.items():
            with self.subTest(shifted=shifted, masked=masked):
                data = TokenDataset(self.path("train"), sequence_length=4, samples="windows",
                                    shift_labels=shifted, mask_boundaries=masked)
                np.testing.assert_array_equal(data.batch([0, 1])["labels"], expected)

    def test_packed_sequences_with_padding_and_mask_by_the_provenance_file(self):
        tokens = np.array([5, 6, 0, 7, 8, 0, 0, 0, 9, 9, 0, 0], "<u2")
        tokens.tofile(self.path("train.bin"))
        mask = np.array([0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0])
        pieces = [(0, 0, 3), (1, 0, 3), (2, 4, 3), (PADDING_DOCUMENT, 0, 3)]
        written.provenance(self.path("train.provenance"), [6, 6], pieces, mask)
        data = TokenDataset(self.folder)
        self.assertEqual((data.samples, data.sequence_length, len(data)), ("sequences", 6, 2))
        batch = data.batch([0, 1])
        np.testing.assert_array_equal(
            batch["labels"], [[-100, 6, 0, 7, 8, 0], [0, -100, -100, -100, -100, -100]])
        np.testing.assert_array_equal(batch["position_ids"], [[0, 1, 2, 0, 1, 2]] * 2)
        np.testing.assert_array_equal(batch["cu_seqlens"], [0, 3, 6, 9, 12])
        shifted = TokenDataset(self.folder, shift_labels=True)
        np.testing.assert_array_equal(shifted[0]["labels"], [6, 0, 7, 8, 0, -100])

    def test_windows_join_the_pieces_that_stored_sequences_cut_documents_into(self):
        np.arange(1, 25, dtype="<u2").tofile(self.path("train.bin"))
        # Document 0 has 12 tokens, 1 is repeated, of 2 a token is missing between its pieces.
        pieces = [(0, 0, 8), (0, 8, 4), (1, 0, 2), (1, 0, 2), (2, 0, 3), (2, 4, 2),
                  (PADDING_DOCUMENT, 0, 1), (PADDING_DOCUMENT, 0, 2)]
        written.provenance(self.path("train.provenance"), [8, 8, 6, 2], pieces)
        data = TokenDataset(self.folder, sequence_length=12, mask_boundaries=True)
        np.testing.assert_array_equal(data[0]["cu_seqlens"], [0, 12])
        np.testing.assert_array_equal(data[0]["position_ids"], np.arange(12))
        np.testing.assert_array_equal(data[0]["labels"], [-100, *range(2, 13)])
        np.testing.assert_array_equal(data[1]["cu_seqlens"], [0, 2, 4, 7, 9, 12])
        middle = TokenDataset(self.folder, sequence_length=5)
        np.testing.assert_array_equal(middle[1]["cu_seqlens"], [0, 5])
        np.testing.assert_array_equal(middle[2]["cu_seqlens"], [0, 2, 4, 5])
        stored = TokenDataset(self.folder, samples="sequences")
        np.testing.assert_array_equal(stored[1]["cu_seqlens"], [0, 4, 6, 8])

    def test_a_provenance_file_of_another_shard_is_refused(self):
        np.zeros(5, "<u2").tofile(self.path("train.bin"))
        written.provenance(self.path("train.provenance"), [6], [(0, 0, 6)])
        with self.assertRaisesRegex(ShardError, "train.provenance: at byte 16: speaks of 6"):
            TokenDataset(self.folder, sequence_length=2)

    def test_sequences_of_unlike_length_are_filled_up_in_a_batch(self):
        written.megatron(self.path("train"), [np.array([5, 6, 0]), np.array([7, 0])])
        data = TokenDataset(self.folder, samples="sequences", pad_token_id=3)
        batch = data.batch([0, 1])
        np.testing.assert_array_equal(batch["input_ids"], [[5, 6, 0], [7, 0, 3]])
        np.testing.assert_array_equal(batch["labels"], [[5, 6, 0], [7, 0, -100]])
        np.testing.assert_array_equal(batch["cu_seqlens"], [0, 3, 5, 6])

    def test_an_empty_sequence_is_a_row_of_padding(self):
        written.megatron(self.path("train"), [np.array([5, 6, 0]), np.array([], int)])
        for shifted in (False, True):
            data = TokenDataset(self.folder, samples="sequences", mask_boundaries=True,
                                shift_labels=shifted, pad_token_id=3)
            batch = data.batch([1, 0])
            np.testing.assert_array_equal(batch["input_ids"], [[3, 3, 3], [5, 6, 0]])
            np.testing.assert_array_equal(batch["labels"][0], [-100] * 3)
            np.testing.assert_array_equal(batch["cu_seqlens"], [0, 3, 6])
            self.assertEqual(data[1]["input_ids"].shape, (0,))
            self.assertEqual(data[1]["cu_seqlens"].tolist(), [0])

    def test_documents_go_on_over_shards_of_writers_that_cut_them(self):
        for number, tokens in enumerate(([1, 2, 0, 3], [4, 0], [5, 0])):
            written.nanogpt(self.path(f"train_{number}"), [np.array(tokens)])
        data = TokenDataset(self.folder, sequence_length=8, eos_token_id=0)
        np.testing.assert_array_equal(data[0]["cu_seqlens"], [0, 3, 6, 8])

    def test_a_data_set_travels_to_workers_by_its_paths(self):
        written.megatron(self.path("train"), written.documents(1, 200))
        data = TokenDataset(self.folder, sequence_length=16)
        sent = pickle.dumps(data)
        self.assertLess(len(sent), 1000)
        np.testing.assert_array_equal(pickle.loads(sent)[3]["input_ids"], data[3]["input_ids"])


if __name__ == "__main__":
    unittest.main()
