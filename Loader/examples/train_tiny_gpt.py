#!/usr/bin/env python3
"""Trains a tiny GPT on token shards, on the CPU with NumPy alone, to see that its loss falls.

    python3 Loader/examples/train_tiny_gpt.py packed

A transformer of two layers (pre-norm, causal attention inside documents, ReLU, tied embeddings) with its
backward pass written out, and AdamW. Ends with status 1 when the loss did not fall by half a nat.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Callable, Dict, List, Tuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from gristmill_loader import TokenDataset  # noqa: E402

Array = np.ndarray
Backward = Callable[[Array], Array]


class TinyGPT:
    """Each layer gives its output and a function from the output's gradient to the input's."""

    def __init__(self, vocabulary: int, length: int, width: int, layers: int, heads: int) -> None:
        random = np.random.default_rng(0)
        self.layers, self.heads = layers, heads
        shapes = {"tokens": (vocabulary, width), "positions": (length, width)}
        for layer in range(layers):
            shapes.update({
                f"query-key-value{layer}": (width, 3 * width), f"mix{layer}": (width, width),
                f"up{layer}": (width, 4 * width), f"down{layer}": (4 * width, width)})
        self.weights = {name: random.normal(0, 0.02, shape).astype(np.float32)
                        for name, shape in shapes.items()}
        self.gradients: Dict[str, Array] = {}

    def loss(self, batch: Dict[str, Array]) -> float:
        """The mean cross-entropy over the labels that count; leaves its gradients behind."""
        ids, positions = batch["input_ids"], batch["position_ids"]
        bias = attention_bias(batch["cu_seqlens"], ids.shape)
        self.gradients = {name: np.zeros_like(array) for name, array in self.weights.items()}
        x = self.weights["tokens"][ids] + self.weights["positions"][positions]
        backwards: List[Backward] = []
        for layer in range(self.layers):
            for block in (self.attention, self.feed_forward):
                normal, normal_back = normalized(x)
                change, change_back = block(normal, layer, bias)
                backwards.append(chain(change_back, normal_back))
                x = x + change
        x, last_back = normalized(x)
        loss, gradient = self.cross_entropy(x, batch["labels"])
        gradient = last_back(gradient)
        for backward in reversed(backwards):
            gradient = gradient + backward(gradient)
        np.add.at(self.gradients["tokens"], ids, gradient)
        np.add.at(self.gradients["positions"], positions, gradient)
        return loss

    def linear(self, x: Array, name: str) -> Tuple[Array, Backward]:
        weight = self.weights[name]

        def backward(d: Array) -> Array:
            self.gradients[name] += x.reshape(-1, x.shape[-1]).T @ d.reshape(-1, d.shape[-1])
            return d @ weight.T

        return x @ weight, backward

    def attention(self, x: Array, layer: int, bias: Array) -> Tuple[Array, Backward]:
        rows, length, width = x.shape
        joint, joint_back = self.linear(x, f"query-key-value{layer}")
        # [3, rows, heads, length, width of a head]
        query, key, value = joint.reshape(rows, length, 3, self.heads, -1).transpose(2, 0, 3, 1, 4)
        scale = np.float32(query.shape[-1] ** -0.5)
        weights = softmax(query @ key.swapaxes(-1, -2) * scale + bias)
        mixed = (weights @ value).swapaxes(1, 2).reshape(rows, length, width)
        result, mix_back = self.linear(mixed, f"mix{layer}")

        def backward(d: Array) -> Array:
            d = mix_back(d).reshape(rows, length, self.heads, -1).swapaxes(1, 2)
            d_weights = d @ value.swapaxes(-1, -2)
            d_scores = weights * (d_weights - (d_weights * weights).sum(-1, keepdims=True)) * scale
            parts = np.stack(
                [d_scores @ key, d_scores.swapaxes(-1, -2) @ query, weights.swapaxes(-1, -2) @ d])
            return joint_back(parts.transpose(1, 3, 0, 2, 4).reshape(rows, length, 3 * width))

        return result, backward

    def feed_forward(self, x: Array, layer: int, _: Array) -> Tuple[Array, Backward]:
        up, up_back = self.linear(x, f"up{layer}")
        down, down_back = self.linear(np.maximum(up, 0), f"down{layer}")
        return down, lambda d: up_back(down_back(d) * (up > 0))

    def cross_entropy(self, x: Array, labels: Array) -> Tuple[float, Array]:
        counted = labels != -100
        if not counted.any():
            return 0.0, np.zeros_like(x)
        rows, targets = x[counted], labels[counted]
        tokens = self.weights["tokens"]
        share = softmax(rows @ tokens.T)
        place = np.arange(len(targets))
        loss = float(-np.log(share[place, targets] + 1e-20).mean())
        share[place, targets] -= 1
        share /= len(targets)
        self.gradients["tokens"] += share.T @ rows
        gradient = np.zeros_like(x)
        gradient[counted] = share @ tokens
        return loss, gradient


def attention_bias(cu_seqlens: Array, shape: Tuple[int, ...]) -> Array:
    """0 where a token may look, itself and what stands before it in its document, and -1e9 elsewhere."""
    piece = np.repeat(np.arange(len(cu_seqlens) - 1), np.diff(cu_seqlens)).reshape(shape)
    allowed = (piece[:, :, None] == piece[:, None, :]) & np.tri(shape[1], dtype=bool)
    return np.where(allowed, np.float32(0), np.float32(-1e9))[:, None]


def chain(first: Backward, second: Backward) -> Backward:
    return lambda d: second(first(d))


def softmax(x: Array) -> Array:
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def normalized(x: Array) -> Tuple[Array, Backward]:
    """Layer normalisation without weights."""
    centred = x - x.mean(-1, keepdims=True)
    scale = 1 / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
    y = centred * scale
    return y, lambda d: scale * (
        d - d.mean(-1, keepdims=True) - y * (d * y).mean(-1, keepdims=True))


class AdamW:
    def __init__(self, model: TinyGPT, rate: float) -> None:
        self.model, self.rate, self.steps = model, rate, 0
        self.means = {name: np.zeros_like(array) for name, array in model.weights.items()}
        self.squares = {name: np.zeros_like(array) for name, array in model.weights.items()}

    def step(self) -> None:
        self.steps += 1
        rate = self.rate * min(1, self.steps / 20)
        for name, weight in self.model.weights.items():
            gradient, mean, square = self.model.gradients[name], self.means[name], self.squares[name]
            mean += 0.1 * (gradient - mean)
            square += 0.01 * (gradient * gradient - square)
            step = mean / (1 - 0.9 ** self.steps)
            step /= np.sqrt(square / (1 - 0.99 ** self.steps)) + 1e-8
            weight -= np.float32(rate) * (step + 0.01 * weight)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shards", nargs="+", help="a folder of shards, or shards")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--sequence-length", type=int, default=64)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()

    data = TokenDataset(options.shards, sequence_length=options.sequence_length, shift_labels=True,
                        mask_boundaries=True)
    print(f"{data.token_count:,} tokens, {len(data):,} samples of {options.sequence_length}, "
          f"vocabulary of {data.vocabulary_size:,}")
    model = TinyGPT(data.vocabulary_size, options.sequence_length, options.width, layers=2, heads=4)
    optimizer = AdamW(model, options.rate)
    batches = iter(data.iterate(options.batch_size, seed=options.seed, epochs=None))
    losses = []
    start = time.monotonic()
    for step in range(1, options.steps + 1):
        losses.append(model.loss(next(batches)))
        optimizer.step()
        if step == 1 or step % 10 == 0 or step == options.steps:
            print(f"step {step:4}  loss {np.mean(losses[-10:]):.3f}  "
                  f"{time.monotonic() - start:.0f} s", flush=True)
    part = max(1, options.steps // 10)
    first, last = float(np.mean(losses[:part])), float(np.mean(losses[-part:]))
    fell = last < first - 0.5
    print(f"the loss {'fell' if fell else 'did not fall'}: {first:.3f} at first, {last:.3f} at last")
    return 0 if fell else 1


if __name__ == "__main__":
    sys.exit(main())
