"""Every format gives the tokens that were written, and where documents end."""

import json
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np

from gristmill_loader import ShardError, TokenDataset, open_shard, recognise
from tests import written


class FormatTests(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.prefix = os.path.join(self._folder.name, "train-00000")
        self.documents = written.documents(1, 50)
        self.tokens = np.concatenate(self.documents)
        self.ends = np.cumsum([len(document) for document in self.documents])

    def check(self, path, format, **hints):
        self.assertEqual(recognise(path), format)
        shard = open_shard(path, **hints)
        self.assertEqual(shard.token_count, len(self.tokens))
        for start, stop in [(0, len(self.tokens)), (17, 18), (100, 400), (5, 5)]:
            span = shard.span(start, stop)
            np.testing.assert_array_equal(span.tokens, self.tokens[start:stop])
            inner = self.ends[(self.ends > start) & (self.ends < stop)] - start
            expected = [] if start == stop else np.append(inner, stop - start)
            np.testing.assert_array_equal(span.piece_ends, expected)
        return shard

    def test_megatron(self):
        shard = self.check(written.megatron(self.prefix, self.documents), "megatron")
        self.assertEqual(shard.sequence_count, 50)
        np.testing.assert_array_equal(shard.sequence(7).tokens, self.documents[7])

    def test_megatron_of_32_bits_by_the_path_of_its_tokens(self):
        path = written.megatron(self.prefix, self.documents, 4, "<i4")
        self.check(path.replace(".idx", ".bin"), "megatron")

    def test_nanogpt(self):
        self.check(written.nanogpt(self.prefix, self.documents), "nanogpt", eos_token_id=0)

    def test_llmc_of_both_widths(self):
        for magic in (20240520, 20240801):
            self.check(written.llmc(self.prefix, self.documents, magic), "llmc", eos_token_id=0)

    def test_olmo_of_both_widths(self):
        for dtype in ("<u2", "<u4"):
            self.check(written.olmo(self.prefix, self.documents, dtype), "olmo")

    def test_datatrove_with_its_loss_mask(self):
        mask = np.arange(len(self.tokens)) % 3 > 0
        shard = self.check(written.datatrove(self.prefix, self.documents, mask), "datatrove")
        np.testing.assert_array_equal(shard.span(3, 99).counted, mask[3:99])

    def test_numpy_of_one_dimension_and_of_two(self):
        self.check(written.npy(self.prefix, self.tokens.astype("<u2")), "npy", eos_token_id=0)
        rows = self.tokens[:640].reshape(10, 64).astype("<u4")
        shard = open_shard(written.npy(self.prefix, rows))
        self.assertEqual(shard.sequence_count, 10)
        np.testing.assert_array_equal(shard.sequence(9).tokens, rows[9])

    def test_mds_with_every_encoding_of_arrays(self):
        rows = self.tokens[:640].reshape(10, 64)
        cases = [("ndarray:uint16:64", "<u2"), ("ndarray:uint32", "<u4"), ("ndarray", "<u2"),
                 ("bytes", "<i8")]
        for number, (encoding, dtype) in enumerate(cases):
            with self.subTest(encoding=encoding):
                folder = written.mds(f"{self.prefix}-{number}", rows.astype(dtype), encoding)
                data = TokenDataset(folder)
                self.assertEqual((len(data), data.sequence_length, data.samples),
                                 (10, 64, "sequences"))
                np.testing.assert_array_equal(data.batch(range(10))["input_ids"], rows)
                windows = TokenDataset(folder, sequence_length=20, samples="windows")
                np.testing.assert_array_equal(
                    windows.batch(range(32))["input_ids"].reshape(-1), rows.reshape(-1))

    def test_mds_shards_that_are_continued_in_a_second_file(self):
        rows = self.tokens[:640].reshape(10, 64).astype("<u2")
        first = written.mds(self.prefix, rows[:7], "ndarray:uint16")
        second = written.mds(self.prefix + "-more", rows[7:], "ndarray:uint16")
        os.rename(os.path.join(second, "shard.00000.mds"),
                  os.path.join(first, "shard.00000-00001.mds"))
        os.remove(os.path.join(first, "index.json"))
        written.provenance(os.path.join(first, "shard.00000.provenance"), [64] * 10,
                           [(number // 2, 0, 32) for number in range(20)])
        data = TokenDataset(first)
        np.testing.assert_array_equal(data.batch(range(10))["input_ids"], rows)
        np.testing.assert_array_equal(data[8]["cu_seqlens"], [0, 32, 64])
        windows = TokenDataset(first, sequence_length=40)
        np.testing.assert_array_equal(
            windows.batch(range(16))["input_ids"].reshape(-1), rows.reshape(-1))

    def test_a_described_folder(self):
        folder = self._folder.name
        for name, documents in (("b", self.documents[:20]), ("a", self.documents[20:])):
            written.nanogpt(os.path.join(folder, name), documents)
        description = {
            "version": 1, "format": "nanogpt", "token_type": "uint16", "vocabulary_size": 1000,
            "end_of_document": 0, "padding": 0, "sequence_length": 0, "shards": [
                {"name": name, "part": "train", "number": number,
                 "files": [{"path": name + ".bin"}, {"path": name + ".provenance"}]}
                for name, number in (("a", 1), ("b", 0))]}
        with open(os.path.join(folder, "shards.json"), "w") as file:
            json.dump(description, file)
        data = TokenDataset(folder, sequence_length=10, pad_last=True)
        self.assertEqual(data.vocabulary_size, 1000)
        stream = data.batch(range(len(data)))["input_ids"].reshape(-1)[:len(self.tokens)]
        np.testing.assert_array_equal(stream, self.tokens)
        with self.assertRaisesRegex(ShardError, "no shards of the part 'val'"):
            TokenDataset(folder, split="val", sequence_length=10)

    def test_a_described_folder_of_buckets_keeps_its_lengths(self):
        folder = self._folder.name
        written.nanogpt(os.path.join(folder, "train"), [np.arange(1, 9), np.arange(1, 5)])
        written.provenance(
            os.path.join(folder, "train.provenance"), [8, 4], [(0, 0, 8), (1, 0, 4)])
        with open(os.path.join(folder, "shards.json"), "w") as file:
            json.dump({"format": "nanogpt", "token_type": "uint16", "sequence_length": 8,
                       "strategy": "buckets", "padding": 0, "shards": [
                           {"name": "train", "part": "train", "number": 0,
                            "files": [{"path": "train.bin"}]}]}, file)
        data = TokenDataset(folder)
        self.assertEqual([len(data[number]["input_ids"]) for number in range(2)], [8, 4])
        self.assertEqual(data.batch([1])["input_ids"].shape, (1, 4))

    def test_webdataset(self):
        rows = self.tokens[:640].reshape(10, 64)
        path = written.webdataset(self.prefix, rows)
        self.assertEqual(recognise(path), "webdataset")
        data = TokenDataset(path)
        np.testing.assert_array_equal(data.batch(range(10))["input_ids"], rows)

    def test_webdataset_with_an_empty_sample(self):
        path = written.webdataset(self.prefix, [np.array([5, 6]), np.array([], int)])
        data = TokenDataset(path, samples="sequences", pad_token_id=3)
        np.testing.assert_array_equal(data.batch([1, 0])["input_ids"], [[3, 3], [5, 6]])

    def test_parquet(self):
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            self.skipTest("needs pyarrow")
        rows = self.tokens[:640].reshape(10, 64)
        path = self.prefix + ".parquet"
        positions = np.tile(np.arange(32), (10, 2))
        table = pyarrow.table({"input_ids": rows.astype("<u2").tolist(),
                               "position_ids": positions.tolist()})
        pyarrow.parquet.write_table(table, path, row_group_size=3)
        data = TokenDataset(path)
        np.testing.assert_array_equal(data.batch(range(10))["input_ids"], rows)
        np.testing.assert_array_equal(data[4]["cu_seqlens"], [0, 32, 64])
        wrong = {
            "column input_ids holds int64": {"input_ids": [1, 2]},
            "column input_ids holds .*string": {"input_ids": [["a"]]},
            "column labels holds int64": {"input_ids": [[1]], "labels": [1]},
            "input_ids has lists with nulls": {"input_ids": [[1, None]]},
            "input_ids has rows without": {"input_ids": [[1], None]},
        }
        for message, columns in wrong.items():
            pyarrow.parquet.write_table(pyarrow.table(columns), path)
            with self.assertRaisesRegex(ShardError, message):
                TokenDataset(path, samples="sequences")[0]

    def test_a_shard_that_was_cut_short_is_refused_by_name_and_byte(self):
        files = {
            written.megatron(self.prefix + "m", self.documents): [".idx", ".bin"],
            written.llmc(self.prefix + "l", self.documents): [".bin"],
            written.nanogpt(self.prefix + "n", self.documents): [".bin"],
            written.olmo(self.prefix + "o", self.documents): [".npy"],
            written.datatrove(self.prefix + "d", self.documents): [".ds", ".ds.index"],
            written.npy(self.prefix + "p", self.tokens): [".npy"],
        }
        for path, endings in files.items():
            for ending in endings:
                prefix = path[:path.rindex(".")]
                file = prefix + ending
                with self.subTest(file=os.path.basename(file)):
                    whole = Path(file).read_bytes()
                    for count in (len(whole) - 1, 5):
                        with open(file, "wb") as cut:
                            cut.write(whole[:count])
                        with self.assertRaises(ShardError) as caught:
                            open_shard(path)
                        self.assertIn(prefix, str(caught.exception))
                    with open(file, "wb") as mended:
                        mended.write(whole)
                    open_shard(path)

    def test_mds_that_was_cut_short(self):
        rows = self.tokens[:640].reshape(10, 64).astype("<u2")
        folder = written.mds(self.prefix, rows, "ndarray:uint16")
        path = os.path.join(folder, "shard.00000.mds")
        whole = Path(path).read_bytes()
        for count in (len(whole) - 1, 60, 3):
            with open(path, "wb") as cut:
                cut.write(whole[:count])
            with self.assertRaisesRegex(ShardError, "shard.00000.mds: at byte"):
                TokenDataset(folder)

    def test_an_id_outside_the_vocabulary_is_named_with_its_byte(self):
        shard = open_shard(
            written.llmc(self.prefix, [np.array([1, 2, 700])]), vocabulary_size=700)
        with self.assertRaisesRegex(ShardError, "at byte 1028: token 2 is 700"):
            shard.span(1, 3)


if __name__ == "__main__":
    unittest.main()
