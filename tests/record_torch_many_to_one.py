"""Record float64 gradients of PyTorch's autograd for input sequences.

Run it as tests/record_torch.py says; it writes tests/data/torch_many_to_one.npz. The ragged
batches go through PyTorch's own nn.RNN on a packed sequence, which takes lengths in any order.
"""

from pathlib import Path

import numpy as np
import torch

from record_torch import BATCHES, LENGTHS, inputs

RECORD = Path(__file__).parent / "data" / "torch_many_to_one.npz"
LAST = {1: [0], 2: [1, 0, 1], 6: [2, 5, 0]}


def states(X, U, W, S_init, last):
    """All hidden states, and that after the last step of each sequence, from a packed batch."""
    rnn = torch.nn.RNN(U.shape[0], U.shape[1], bias=False, dtype=torch.float64)
    packed = torch.nn.utils.rnn.pack_padded_sequence(X, torch.tensor(last) + 1, enforce_sorted=False)
    weights = {"weight_ih_l0": U.T, "weight_hh_l0": W.T}
    output, final = torch.func.functional_call(rnn, weights, (packed, S_init[None]))
    return torch.nn.utils.rnn.pad_packed_sequence(output, total_length=len(X))[0], final[0]


def loss(name, X, C, U, W, V, S_init, last):
    """Loss from the last state, or from the mean of all, summed over the batch."""
    S, final = states(X, U, W, S_init, last)
    read = final if name == "last" else S.mean(0)
    return torch.nn.functional.cross_entropy(read @ V, C, reduction="sum")


def gradients(name, arrays, last):
    """The arrays, the loss and its gradient with respect to all arrays but the targets."""
    tensors = {key: torch.tensor(value, requires_grad=key != "C") for key, value in arrays.items()}
    value = loss(name, **tensors, last=last)
    value.backward()
    found = {f"d{key}": tensor.grad.numpy() for key, tensor in tensors.items() if key != "C"}
    return {**arrays, "last": np.array(last), "loss": value.detach().numpy(), **found}


def record():
    """All cases as one flat dictionary of arrays."""
    arrays = {}
    for length in LENGTHS:
        for batch in BATCHES:
            case = inputs(length, batch, seed=1)
            case["C"] = case["C"][0]
            full = [length - 1] * batch
            ends = (LAST[length] * batch)[:batch]
            for name, last in (("last", ends), ("mean", full)):
                for key, value in gradients(name, case, last).items():
                    arrays[f"{name}_{length}_{batch}/{key}"] = value
    return arrays


if __name__ == "__main__":
    np.savez_compressed(RECORD, **record())
