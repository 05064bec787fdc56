"""The example: its gradients are right, and the loss falls."""

import contextlib
import importlib.util
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

from gristmill_loader import TokenDataset
from tests import written

_path = Path(__file__).resolve().parents[1] / "examples" / "train_tiny_gpt.py"
_spec = importlib.util.spec_from_file_location("train_tiny_gpt", _path)
example = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(example)


class ExampleTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        # Documents that count on from a random number: what comes next can be learnt.
        random = np.random.default_rng(2)
        documents = [np.append((random.integers(20) + np.arange(random.integers(3, 20))) % 20 + 1, 0)
                     for _ in range(200)]
        written.megatron(os.path.join(self.folder, "train"), documents)

    def test_gradients_are_those_of_finite_differences(self):
        data = TokenDataset(self.folder, sequence_length=16, shift_labels=True, mask_boundaries=True)
        batch = data.batch([0, 1, 2])
        model = example.TinyGPT(data.vocabulary_size, 16, width=8, layers=2, heads=2)
        random = np.random.default_rng(1)
        model.weights = {name: random.normal(0, 0.5, array.shape)
                         for name, array in model.weights.items()}
        model.loss(batch)
        gradients = model.gradients
        for name, weight in model.weights.items():
            for place in random.integers(0, weight.size, 5):
                index = np.unravel_index(place, weight.shape)
                losses = []
                for step in (1e-5, -1e-5):
                    weight[index] += step
                    losses.append(model.loss(batch))
                    weight[index] -= step
                self.assertAlmostEqual(
                    (losses[0] - losses[1]) / 2e-5, gradients[name][index], places=6, msg=name)

    def test_attention_stays_inside_documents(self):
        bias = example.attention_bias(np.array([0, 2, 3, 6]), (2, 3))[:, 0]
        np.testing.assert_array_equal(
            bias == 0, [[[1, 0, 0], [1, 1, 0], [0, 0, 1]], np.tri(3)])

    def test_the_loss_falls_and_the_status_says_so(self):
        for steps, status in ((60, 0), (2, 1)):
            arguments = ["train_tiny_gpt", self.folder, "--steps", str(steps), "--width", "32",
                         "--sequence-length", "32"]
            with mock.patch("sys.argv", arguments), contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(example.main(), status)


if __name__ == "__main__":
    unittest.main()
