"""Record what PyTorch's autograd gives where states are detached.

    torch-env/bin/python tests/record_torch_truncated.py

It writes tests/data/torch_truncated.npz.
"""

from pathlib import Path

import numpy as np
import torch

from record_torch import inputs

LENGTHS = (1, 2, 6)
PASSES = ((1, 1), (1, 3), (2, 2), (2, 3), (1, 6))
RECORD = Path(__file__).parent / "data" / "torch_truncated.npz"


def starts(length):
    """Where the chunks of a sequence begin: of unequal length, the first at step 0."""
    return np.array([1, 0, 0, 1, 1, 0])[:length]


def step_loss(S, C_t, V):
    """Cross-entropy of one step."""
    return torch.nn.functional.cross_entropy(S @ V, C_t, reduction="sum")


def chunked(X, C, U, W, V, S_init, assign=True):
    """Loss of a program that detaches the state at the beginning of each chunk, or forgets to assign."""
    S, loss = S_init, 0.0
    for X_t, C_t, start in zip(X, C, starts(len(X))):
        if start:
            stopped = S.detach()
            S = stopped if assign else S
        S = torch.tanh(X_t @ U + S @ W)
        loss = loss + step_loss(S, C_t, V)
    return loss


def passes(X, C, U, W, V, S_init, k1, k2):
    """Loss of a program that runs the last k2 steps again from a detached state, after every k1 steps."""
    states = [S_init.detach()]
    for X_t in X:
        states.append(torch.tanh(X_t @ U + states[-1] @ W).detach())
    loss = 0.0 * V.sum()
    for t in range(k1 - 1, len(X), k1):
        first = max(0, t + 1 - k2)
        S = states[first]
        for tau in range(first, t + 1):
            S = torch.tanh(X[tau] @ U + S @ W)
            if tau > t - k1:
                loss = loss + step_loss(S, C[tau], V)
    return loss


def arrays_of(length):
    """One sequence, in a batch of one."""
    return inputs(length, 1, seed=9)


def found(loss, length):
    """Loss and gradients of the weights."""
    tensors = {name: torch.tensor(value, dtype=torch.float64) for name, value in arrays_of(length).items()}
    weights = [tensors[name].requires_grad_() for name in "UWV"]
    value = loss(**tensors)
    parts = torch.autograd.grad(value, weights, allow_unused=True)
    filled = [np.zeros(w.shape) if part is None else part.numpy() for w, part in zip(weights, parts)]
    return {"loss": value.detach().numpy(), **{f"d{name}": part for name, part in zip("UWV", filled)}}


def record():
    """All cases as one flat dictionary of arrays."""
    cases = {}
    for length in LENGTHS:
        cases[f"chunked_{length}"] = found(chunked, length)
        cases[f"forgotten_{length}"] = found(lambda **a: chunked(**a, assign=False), length)
        for k1, k2 in PASSES:
            cases[f"passes_{length}_{k1}_{k2}"] = found(lambda k1=k1, k2=k2, **a: passes(**a, k1=k1, k2=k2), length)
        cases[f"inputs_{length}"] = arrays_of(length)
    return {f"{case}/{name}": value for case, arrays in cases.items() for name, value in arrays.items()}


if __name__ == "__main__":
    np.savez_compressed(RECORD, **record())
