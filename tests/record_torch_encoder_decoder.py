"""Record float64 gradients of PyTorch's autograd for the encoder and the decoder.

Run it like record_torch.py; it writes tests/data/torch_encoder_decoder.npz. The batches
are ragged: every pair of sequences has lengths of its own, and the padding is random.
"""

from pathlib import Path

import numpy as np
import torch

D, H, K = 2, 3, 4
LENGTHS = ((1, 1), (1, 2), (2, 1), (2, 2), (6, 4), (3, 5))
BATCHES = (1, 3)
WEIGHTS = {"U_e": (D, H), "W_e": (H, H), "U_d": (K, H), "W_d": (H, H), "V_d": (H, K), "G": (H, H)}
GIVEN = ("C", "L_e", "L_d")
RECORD = Path(__file__).parent / "data" / "torch_encoder_decoder.npz"


def inputs(read, written, batch):
    """Random inputs of one case; the first pair of a batch has the full lengths."""
    random = np.random.default_rng([read, written, batch])
    case = {"X_e": random.normal(size=(read, batch, D)), "X_d": random.normal(size=(written, batch, K))}
    case["C"] = random.dirichlet(np.ones(K), size=(written, batch))
    for name, steps in (("L_e", read), ("L_d", written)):
        case[name] = np.concatenate([[steps - 1], random.integers(steps, size=batch - 1)])
    case |= {name: random.normal(size=shape) for name, shape in WEIGHTS.items()}
    return case | {name: random.normal(size=(batch, H)) for name in ("S_e_init", "S_d_init")}


def loss(X_e, X_d, C, L_e, L_d, U_e, W_e, U_d, W_d, V_d, G, S_e_init, S_d_init):
    """Sum over the pairs, each run alone and only as far as it is long."""
    total = 0.0
    for b, (last_e, last_d) in enumerate(zip(L_e.tolist(), L_d.tolist())):
        S = S_e_init[b]
        for X in X_e[: last_e + 1, b]:
            S = torch.tanh(X @ U_e + S @ W_e)
        context, S = S, S_d_init[b]
        for X, target in zip(X_d[: last_d + 1, b], C[:, b]):
            S = torch.tanh(X @ U_d + S @ W_d + context @ G)
            total = total + torch.nn.functional.cross_entropy(S @ V_d, target)
    return total


def gradients(arrays):
    """The loss and its gradients with respect to every array that is not given."""
    tensors = {name: torch.tensor(value) for name, value in arrays.items()}
    for name in tensors.keys() - set(GIVEN):
        tensors[name].requires_grad_(True)
    value = loss(**tensors)
    value.backward()
    found = {f"d{name}": tensor.grad.numpy() for name, tensor in tensors.items() if name not in GIVEN}
    return {"loss": value.detach().numpy(), **found}


def record():
    """All cases as one flat dictionary of arrays, named case/array."""
    cases = {
        f"{read}_{written}_{batch}": inputs(read, written, batch) for read, written in LENGTHS for batch in BATCHES
    }
    return {
        f"{case}/{name}": value
        for case, arrays in cases.items()
        for name, value in {**arrays, **gradients(arrays)}.items()
    }


if __name__ == "__main__":
    RECORD.parent.mkdir(exist_ok=True)
    np.savez_compressed(RECORD, **record())
