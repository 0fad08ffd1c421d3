"""What a module of PyTorch must be, for its weights to be those of a network of this package."""

from __future__ import annotations

from typing import Any

import torch

RECURRENT: Any = (torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU)

SETTINGS = {
    "num_layers": (1, "the networks here have one layer"),
    "bidirectional": (False, "the networks here run forward in time"),
    "proj_size": (0, "make the module without proj_size"),
    "nonlinearity": ("tanh", "make the module with nonlinearity='tanh'"),
    "bias": (True, "make the module with bias=True and fill its biases with zeros"),
    "dropout": (0, "set module.dropout = 0"),
    "batch_first": (False, "set module.batch_first = False, and give it inputs as (time, batch, features)"),
}
"""What a module must be set to, and what to do if it is not."""


def require_modules(module: Any, linear: Any) -> None:
    """Raise unless these are a recurrent and a linear module that fit each other, and are set to what is known here.

    Args:
        module: a torch.nn.RNN, LSTM or GRU.
        linear: the torch.nn.Linear behind it.

    Raises:
        TypeError: if a module is of another kind, or the types of their weights differ or are none of ours.
        ValueError: naming the setting, or the sizes that disagree.

    >>> require_modules(torch.nn.GRU(2, 3), torch.nn.Linear(5, 4))
    Traceback (most recent call last):
    ...
    ValueError: the GRU has 3 hidden units, but the Linear takes 5
    """
    if not isinstance(module, RECURRENT):
        raise TypeError(f"the first module is a {type(module).__name__}, not a torch.nn.RNN, LSTM or GRU")
    if not isinstance(linear, torch.nn.Linear):
        raise TypeError(
            f"the second module is a {type(linear).__name__}, not the torch.nn.Linear that makes the logits"
        )
    name = type(module).__name__
    for setting, (expected, mend) in SETTINGS.items():
        if (found := getattr(module, setting, expected)) != expected:
            raise ValueError(f"the {name} has {setting} = {found!r}, not {expected!r}; {mend}")
    if linear.bias is None:
        raise ValueError("the Linear has no bias; make it with bias=True and fill its bias with zeros")
    if linear.in_features != (H := module.hidden_size):
        raise ValueError(f"the {name} has {H} hidden units, but the Linear takes {linear.in_features}")
    _require_types({**dict(module.named_parameters()), "linear.weight": linear.weight, "linear.bias": linear.bias})


def _require_types(tensors: dict[str, torch.Tensor]) -> None:
    first = next(iter(tensors))
    for name, tensor in tensors.items():
        if tensor.dtype not in (torch.float32, torch.float64):
            raise TypeError(
                f"{name} is {tensor.dtype}, not float32 or float64; convert both modules with .float() or .double()"
            )
        if tensor.dtype != tensors[first].dtype:
            raise TypeError(
                f"{first} is {tensors[first].dtype} but {name} is {tensor.dtype}; "
                "convert both modules with .float() or .double()"
            )
