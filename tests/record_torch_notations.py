"""Record float64 gradients of torch.nn.RNN and torch.nn.Linear, with all their biases.

Needs torch, which the default environment does not have:

    torch-env/bin/python tests/record_torch_notations.py

It writes tests/data/torch_notations.npz; see record_torch.py for the environment.
"""

from pathlib import Path

import numpy as np
import torch

D, H, K = 2, 3, 4
LENGTHS = (1, 2, 6)
RECORD = Path(__file__).parent / "data" / "torch_notations.npz"
HIDDEN = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def inputs(length, seed=0):
    """Random inputs of one case, the weights in PyTorch's layout."""
    random = np.random.default_rng([seed, length])
    shapes = {
        "X": (length, D), "S_init": (H,), "weight_ih": (H, D), "weight_hh": (H, H), "bias_ih": (H,), "bias_hh": (H,),
        "weight": (K, H), "bias": (K,),
    }  # fmt: skip
    targets = {"C": random.dirichlet(np.ones(K), size=length)}
    return targets | {name: random.normal(size=shape) for name, shape in shapes.items()}


def modules(arrays):
    """The two modules with the given weights."""
    net, layer = torch.nn.RNN(D, H, dtype=torch.float64), torch.nn.Linear(H, K, dtype=torch.float64)
    named = {f"{name}_l0": arrays[name] for name in HIDDEN}
    net.load_state_dict({name: torch.tensor(value) for name, value in named.items()})
    layer.load_state_dict({name: torch.tensor(arrays[name]) for name in ("weight", "bias")})
    return net, layer


def results(arrays):
    """States, loss and the gradients that backward() leaves."""
    net, layer = modules(arrays)
    output, _ = net(torch.tensor(arrays["X"]), torch.tensor(arrays["S_init"])[None])
    loss = torch.nn.functional.cross_entropy(layer(output), torch.tensor(arrays["C"]), reduction="sum")
    loss.backward()
    gradients = {name: getattr(net, f"{name}_l0").grad for name in HIDDEN}
    gradients |= {name: getattr(layer, name).grad for name in ("weight", "bias")}
    found = {f"{name}.grad": value.numpy() for name, value in gradients.items()}
    return {"S": output.detach().numpy(), "loss": loss.detach().numpy(), **found}


def record():
    """All cases as one flat dictionary of arrays."""
    cases = {length: inputs(length) for length in LENGTHS}
    return {
        f"{length}/{name}": value
        for length, arrays in cases.items()
        for name, value in {**arrays, **results(arrays)}.items()
    }


if __name__ == "__main__":
    RECORD.parent.mkdir(exist_ok=True)
    np.savez_compressed(RECORD, **record())
