"""Record float64 gradients of PyTorch's autograd for the networks of the articles.

Needs torch, which the default environment does not have:

    python -m venv torch-env
    torch-env/bin/pip install torch==2.13.0 numpy
    torch-env/bin/python tests/record_torch.py

It writes tests/data/torch_gradients.npz. The inputs are dense and random, no two
sizes are equal, and the initial state is not zero.
"""

from pathlib import Path

import numpy as np
import torch

D, H, K = 2, 3, 4
LENGTHS, BATCHES = (1, 2, 6), (1, 3)
RECORD = Path(__file__).parent / "data" / "torch_gradients.npz"


def inputs(length, batch, seed=0):
    """Random inputs of one case; the targets are points of the simplex."""
    random = np.random.default_rng([seed, length, batch])
    return {
        "X": random.normal(size=(length, batch, D)),
        "C": random.dirichlet(np.ones(K), size=(length, batch)),
        "U": random.normal(size=(D, H)),
        "W": random.normal(size=(H, H)),
        "V": random.normal(size=(H, K)),
        "S_init": random.normal(size=(batch, H)),
    }


def many_to_many(X, C, U, W, V, S_init):
    """Loss of the recurrent network, summed over steps and batch."""
    S, loss = S_init, 0.0
    for X_t, C_t in zip(X, C):
        S = torch.tanh(X_t @ U + S @ W)
        loss = loss + torch.nn.functional.cross_entropy(S @ V, C_t, reduction="sum")
    return loss


def feedforward(X, C, U, V):
    """Cross-entropy of the network without time."""
    return torch.nn.functional.cross_entropy(torch.tanh(X @ U) @ V, C, reduction="sum")


def feedforward_squared(X, C, U, V):
    """Half the squared error of the network without time."""
    return 0.5 * torch.nn.functional.mse_loss(torch.tanh(X @ U) @ V, C, reduction="sum")


def gradients(loss, arrays):
    """Loss and its gradient with respect to every array but the targets."""
    tensors = {name: torch.tensor(value, dtype=torch.float64) for name, value in arrays.items()}
    for name, tensor in tensors.items():
        tensor.requires_grad_(name != "C")
    value = loss(**tensors)
    value.backward()
    found = {f"d{name}": tensor.grad.numpy() for name, tensor in tensors.items() if name != "C"}
    return {"loss": value.detach().numpy(), **found}


def cases():
    """Every recorded array, named case/array."""
    for length in LENGTHS:
        for batch in BATCHES:
            arrays = inputs(length, batch)
            yield f"many_to_many_{length}_{batch}", arrays, gradients(many_to_many, arrays)
    arrays = inputs(1, 1)
    single = {"X": arrays["X"][0, 0], "C": arrays["C"][0, 0], "U": arrays["U"], "V": arrays["V"]}
    yield "feedforward", single, gradients(feedforward, single)
    yield "feedforward_squared", single, gradients(feedforward_squared, single)


def record():
    """All cases as one flat dictionary of arrays."""
    return {f"{case}/{name}": value for case, arrays, found in cases() for name, value in {**arrays, **found}.items()}


if __name__ == "__main__":
    RECORD.parent.mkdir(exist_ok=True)
    np.savez_compressed(RECORD, **record())
