"""Record float64 gradients of PyTorch's autograd for output sequences.

Run it as tests/record_torch.py says; it writes tests/data/torch_one_to_many.npz.
"""

from pathlib import Path

import numpy as np
import torch

from record_torch import BATCHES, LENGTHS, H, K, inputs

RECORD = Path(__file__).parent / "data" / "torch_one_to_many.npz"
LAST = {1: [0, 0, 0], 2: [1, 0, 1], 6: [2, 5, 0]}
VARIANTS = ("once", "repeated", "fed_back")


def loss(variant, X, C, U, R, W, V, S_init, last):
    """Cross-entropy summed over the steps of each sequence up to its last, and over the batch."""
    S, received, total = S_init, X @ U, 0.0
    for t, C_t in enumerate(C):
        S = torch.tanh(received + S @ W)
        losses = torch.nn.functional.cross_entropy(S @ V, C_t, reduction="none")
        total = total + losses[torch.tensor(last) >= t].sum()
        received = {"once": 0 * received, "repeated": X @ U, "fed_back": torch.softmax(S @ V, 1) @ R}[variant]
    return total


def gradients(variant, arrays, last):
    """The arrays, the loss and its gradient with respect to all arrays but the targets."""
    tensors = {key: torch.tensor(value, requires_grad=key != "C") for key, value in arrays.items()}
    value = loss(variant, **tensors, last=last)
    value.backward()
    wanted = [key for key in tensors if key != "C" and (key != "R" or variant == "fed_back")]
    found = {f"d{key}": np.zeros_like(arrays[key]) if (g := tensors[key].grad) is None else g.numpy() for key in wanted}
    return {**arrays, "last": np.array(last), "loss": value.detach().numpy(), **found}


def record():
    """All cases as one flat dictionary of arrays; the batches that are fed back are ragged."""
    arrays = {}
    for length in LENGTHS:
        for batch in BATCHES:
            case = inputs(length, batch, seed=2)
            case |= {"X": case["X"][0], "R": np.random.default_rng(length).normal(size=(K, H))}
            for variant in VARIANTS:
                last = LAST[length][:batch] if variant == "fed_back" else [length - 1] * batch
                for key, value in gradients(variant, case, last).items():
                    arrays[f"{variant}_{length}_{batch}/{key}"] = value
    return arrays


if __name__ == "__main__":
    np.savez_compressed(RECORD, **record())
