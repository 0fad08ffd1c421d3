"""Record float64 gradients of PyTorch's autograd for the variants of the decoder.

Run it like record_torch.py; it writes tests/data/torch_variants.npz. The batches are
ragged, as for the main line.
"""

from pathlib import Path

import numpy as np
import torch

from record_torch_encoder_decoder import BATCHES, GIVEN, LENGTHS, inputs

RECORD = Path(__file__).parent / "data" / "torch_variants.npz"
VARIANTS = ("initial", "shared", "feedback")


def loss(variant, X_e, X_d, C, L_e, L_d, U_e, W_e, U_d, W_d, V_d, G, S_e_init, S_d_init):
    """Sum over the pairs, each run alone and only as far as it is long."""
    through = {"initial": 0 * G, "shared": W_e, "feedback": G}[variant]
    total = 0.0
    for b, (last_e, last_d) in enumerate(zip(L_e.tolist(), L_d.tolist())):
        S = S_e_init[b]
        for X in X_e[: last_e + 1, b]:
            S = torch.tanh(X @ U_e + S @ W_e)
        context, S, said = S, S if variant == "initial" else S_d_init[b], X_d[0, b]
        for X, target in zip(X_d[: last_d + 1, b], C[:, b]):
            S = torch.tanh((said if variant == "feedback" else X) @ U_d + S @ W_d + context @ through)
            said = S @ V_d
            total = total + torch.nn.functional.cross_entropy(said, target)
    return total


def gradients(variant, arrays):
    """The loss and its gradients with respect to the weights that the variant has."""
    tensors = {name: torch.tensor(value) for name, value in arrays.items()}
    for name in tensors.keys() - set(GIVEN):
        tensors[name].requires_grad_(True)
    value = loss(variant, **tensors)
    value.backward()
    weights = ("U_e", "W_e", "U_d", "W_d", "V_d", *(("G",) if variant == "feedback" else ()))
    return {"loss": value.detach().numpy(), **{f"d{name}": tensors[name].grad.numpy() for name in weights}}


def record():
    """All cases as one flat dictionary of arrays, named case/array; the inputs are those of the main line."""
    return {
        f"{variant}_{read}_{written}_{batch}/{name}": value
        for variant in VARIANTS
        for read, written in LENGTHS
        for batch in BATCHES
        for name, value in gradients(variant, inputs(read, written, batch)).items()
    }


if __name__ == "__main__":
    np.savez_compressed(RECORD, **record())
