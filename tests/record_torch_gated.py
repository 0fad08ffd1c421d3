"""Record float64 gradients of PyTorch's own LSTM and GRU, on packed sequences of different lengths.

Needs torch, as record_torch.py does:

    torch-env/bin/python tests/record_torch_gated.py

It writes tests/data/torch_gated.npz. The weights, both biases and both initial states are dense and random.
"""

from pathlib import Path

import numpy as np
import torch

D, H, K = 2, 3, 4
LENGTHS, BATCHES = (1, 2, 6), (1, 3)
RECORD = Path(__file__).parent / "data" / "torch_gated.npz"
GATES = {"lstm": 4, "gru": 3, "gru_reset_before": 3}


def inputs(kind, length, batch, seed=0):
    """Random inputs of one case, parameters in PyTorch's shapes; `last` is each sequence's last step."""
    random = np.random.default_rng([seed, length, batch, GATES[kind]])
    rows = GATES[kind] * H
    return {
        "X": random.normal(size=(length, batch, D)),
        "C": random.dirichlet(np.ones(K), size=(length, batch)),
        "last": np.arange(length - 1, length - 1 - batch, -1).clip(0),
        "weight_ih": random.normal(size=(rows, D)),
        "weight_hh": random.normal(size=(rows, H)),
        "bias_ih": random.normal(size=rows),
        "bias_hh": random.normal(size=rows),
        "V": random.normal(size=(H, K)),
        "S_init": random.normal(size=(batch, H)),
        **({"M_init": random.normal(size=(batch, H))} if kind == "lstm" else {}),
    }


def packed(module, X, last, states, weights):
    """Hidden states of all steps from a module of torch.nn, the padding left out of the computation."""
    sequences = torch.nn.utils.rnn.pack_padded_sequence(X, last + 1)
    named = {f"{name}_l0": value for name, value in weights.items()}
    output, _ = torch.func.functional_call(module, named, (sequences, states))
    return torch.nn.utils.rnn.pad_packed_sequence(output, total_length=len(X))[0]


def lstm(X, last, S_init, M_init, **weights):
    module = torch.nn.LSTM(D, H, dtype=torch.float64)
    return packed(module, X, last, (S_init[None], M_init[None]), weights)


def gru(X, last, S_init, **weights):
    return packed(torch.nn.GRU(D, H, dtype=torch.float64), X, last, S_init[None], weights)


def gru_reset_before(X, last, S_init, weight_ih, weight_hh, bias_ih, bias_hh):
    """The GRU of 2014, which torch.nn does not have; its padding is masked in the loss."""
    states, S = [], S_init
    for X_t in X:
        r, z, n = (X_t @ weight_ih.T + bias_ih + bias_hh).chunk(3, dim=1)
        W_r, W_z, W_n = weight_hh.chunk(3)
        R, Z = torch.sigmoid(r + S @ W_r.T), torch.sigmoid(z + S @ W_z.T)
        S = Z * S + (1 - Z) * torch.tanh(n + (R * S) @ W_n.T)
        states.append(S)
    return torch.stack(states)


def gradients(network, arrays):
    """Loss of the steps that count, and its gradient with respect to every array that has one."""
    fixed = {"C", "last"}
    tensors = {name: torch.tensor(value) for name, value in arrays.items()}
    for name in tensors.keys() - fixed:
        tensors[name].requires_grad_()
    C, V = tensors["C"], tensors["V"]
    S = network(**{name: value for name, value in tensors.items() if name not in {"C", "V"}})
    used = torch.arange(len(C))[:, None] <= tensors["last"]
    loss = torch.nn.functional.cross_entropy((S @ V)[used], C[used], reduction="sum")
    loss.backward()
    return {
        "loss": loss.detach().numpy(),
        **{f"d{name}": tensors[name].grad.numpy() for name in arrays if name not in fixed},
    }


def record():
    """All cases as one flat dictionary of arrays."""
    found = {}
    for kind, network in (("lstm", lstm), ("gru", gru), ("gru_reset_before", gru_reset_before)):
        for length in LENGTHS:
            for batch in BATCHES:
                arrays = inputs(kind, length, batch)
                case = {**arrays, **gradients(network, arrays)}
                found |= {f"{kind}_{length}_{batch}/{name}": value for name, value in case.items()}
    return found


if __name__ == "__main__":
    RECORD.parent.mkdir(exist_ok=True)
    np.savez_compressed(RECORD, **record())
