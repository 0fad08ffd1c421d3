"""Record float64 gradients of PyTorch's autograd for synchronised sequences of different lengths.

Run it as tests/record_torch.py says; it writes tests/data/torch_ragged.npz. The states come from nn.RNN on
a packed sequence, and the loss leaves the padding out by its own index.
"""

from pathlib import Path

import numpy as np
import torch

from record_torch import BATCHES, LENGTHS, inputs

RECORD = Path(__file__).parent / "data" / "torch_ragged.npz"
LAST = {1: [0, 0, 0], 2: [0, 1, 0], 6: [2, 5, 0]}


def loss(X, C, U, W, V, S_init, last):
    """Cross-entropy of the packed steps, none of which is padding."""
    ends = torch.tensor(last) + 1
    rnn = torch.nn.RNN(U.shape[0], U.shape[1], bias=False, dtype=torch.float64)
    pack = torch.nn.utils.rnn.pack_padded_sequence
    weights = {"weight_ih_l0": U.T, "weight_hh_l0": W.T}
    output, _ = torch.func.functional_call(rnn, weights, (pack(X, ends, enforce_sorted=False), S_init[None]))
    targets = pack(C, ends, enforce_sorted=False).data
    return torch.nn.functional.cross_entropy(output.data @ V, targets, reduction="sum")


def gradients(arrays, last):
    """The arrays, the loss and its gradient with respect to all arrays but the targets."""
    tensors = {key: torch.tensor(value, requires_grad=key != "C") for key, value in arrays.items()}
    value = loss(**tensors, last=last)
    value.backward()
    found = {f"d{key}": tensor.grad.numpy() for key, tensor in tensors.items() if key != "C"}
    return {**arrays, "last": np.array(last), "loss": value.detach().numpy(), **found}


def record():
    """All cases as one flat dictionary of arrays."""
    arrays = {}
    for length in LENGTHS:
        for batch in BATCHES:
            for key, value in gradients(inputs(length, batch, seed=3), LAST[length][:batch]).items():
                arrays[f"ragged_{length}_{batch}/{key}"] = value
    return arrays


if __name__ == "__main__":
    np.savez_compressed(RECORD, **record())
