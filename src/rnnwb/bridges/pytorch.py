"""Networks of this package as modules of PyTorch, and back.

| ours | torch.nn.RNN, LSTM or GRU | how |
|---|---|---|
| `U`, shape (D, gates H) | `weight_ih_l0`, shape (gates H, D) | the transpose |
| `W`, shape (H, gates H) | `weight_hh_l0`, shape (gates H, H) | the transpose: square in an RNN, so that nothing warns if it is forgotten |
| `b`, shape (gates H,) | `bias_ih_l0` + `bias_hh_l0` | two biases, of which only the sum has an effect |
| `beta` of a GRU, shape (H,) | the last H of `bias_hh_l0` | stands inside the product with the reset gate, so it is not in the sum |
| `V`, shape (H, K) | `weight` of torch.nn.Linear, shape (K, H) | the transpose |
| `c`, shape (K,) | `bias` of torch.nn.Linear, shape (K,) | the same |

The gates stand in the same order: input, forget, candidate, output in an LSTM; reset, update, candidate in a GRU. An
RNN or a GRU returns `output`, the hidden states of all steps, and `h_n`, that of the last one; an LSTM returns `output`
and `(h_n, c_n)`, with the cell state of the last step. The states that a module is given and returns have an axis for
layers in front: `S_init[None]`, and for an LSTM `(S_init.S[None], S_init.M[None])`. Time is the first axis, as long as
`batch_first` is False.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

try:
    import torch
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("rnnwb.bridges.pytorch needs PyTorch: pip install torch", name="torch") from error

from rnnwb.bridges.parameters import require_parameters
from rnnwb.bridges.pytorch_checks import require_modules
from rnnwb.networks import gru, lstm, many_to_many

Parameters: TypeAlias = many_to_many.Parameters | lstm.Parameters | gru.Parameters

MODULES: dict[type, Any] = {
    many_to_many.Parameters: torch.nn.RNN,
    lstm.Parameters: torch.nn.LSTM,
    gru.Parameters: torch.nn.GRU,
}
NAMES = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


def to_torch(parameters: Parameters) -> tuple[torch.nn.RNN | torch.nn.LSTM | torch.nn.GRU, torch.nn.Linear]:
    """The recurrent layer and the output layer as modules with copies of the weights.

    Of the two biases that PyTorch has, the second is zero, but for `beta` of a GRU. Both are trained from there, which
    moves their sum twice as far; `module.bias_hh_l0.requires_grad_(False)` keeps an RNN or LSTM from that.

    Args:
        parameters: of `rnnwb.networks.many_to_many`, `lstm` or `gru`.

    Returns:
        A torch.nn.RNN, LSTM or GRU, and a torch.nn.Linear.

    Raises:
        TypeError: if the parameters are others, or their types differ.
        ValueError: if their shapes disagree.

    >>> parameters = lstm.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> module, linear = to_torch(parameters)
    >>> output, (h_n, c_n) = module(torch.ones(5, 1, 2, dtype=torch.float64))
    >>> found = linear(output).detach().numpy()
    >>> ours = lstm.forward(parameters, np.ones((5, 1, 2))).Y
    >>> bool(np.abs(found - ours).max() < 1e-12)
    True
    >>> back = from_torch(module, linear)
    >>> all(np.array_equal(*pair) for pair in zip(parameters, back))
    True
    """
    require_parameters(parameters)
    (D, H), K = (len(parameters.U), len(parameters.W)), len(parameters.c)
    dtype = torch.float64 if parameters.W.dtype == np.float64 else torch.float32
    module, linear = MODULES[type(parameters)](D, H, dtype=dtype), torch.nn.Linear(H, K, dtype=dtype)
    second = np.zeros_like(parameters.b)
    if isinstance(parameters, gru.Parameters):
        second[-H:] = parameters.beta
    _fill(module, NAMES, (parameters.U.T, parameters.W.T, parameters.b, second))
    _fill(linear, ("weight", "bias"), (parameters.V.T, parameters.c))
    return module, linear


def from_torch(module: torch.nn.RNNBase, linear: torch.nn.Linear) -> Parameters:
    """Parameters from a recurrent and a linear module, as copies.

    What `to_torch` made comes back bit for bit. Two biases that are both in use come back as their sum.

    Args:
        module: a torch.nn.RNN, LSTM or GRU with one layer, one direction, tanh and biases, and time first.
        linear: the torch.nn.Linear behind it.

    Returns:
        Parameters of `rnnwb.networks.many_to_many`, `lstm` or `gru`.

    Raises:
        TypeError: if a module is of another kind, or the types of their weights differ or are none of ours.
        ValueError: if a module is set to what these networks do not have, or the shapes disagree.

    >>> module, linear = torch.nn.GRU(2, 3), torch.nn.Linear(3, 4)
    >>> parameters = from_torch(module, linear)
    >>> [array.shape for array in parameters], parameters.W.dtype
    ([(2, 9), (3, 9), (3, 4), (9,), (3,), (4,)], dtype('float32'))
    >>> from_torch(torch.nn.GRU(2, 3, num_layers=2), linear)
    Traceback (most recent call last):
    ...
    ValueError: the GRU has num_layers = 2, not 1; the networks here have one layer
    """
    require_modules(module, linear)
    U, W, first, second = (_array(getattr(module, name)) for name in NAMES)
    outside = second.copy()
    if isinstance(module, torch.nn.GRU):
        outside[-module.hidden_size :] = 0
    return _assembled(module, U, W, _array(linear.weight), first + outside, second, _array(linear.bias))


def gradients_from_torch(module: torch.nn.RNNBase, linear: torch.nn.Linear) -> Parameters:
    """What `backward()` has left in `.grad`, in the place of the parameters, to be compared with `gradients`.

    Args:
        module: a torch.nn.RNN, LSTM or GRU as `from_torch` takes it.
        linear: the torch.nn.Linear behind it.

    Returns:
        Gradients in the place of the parameters.

    Raises:
        TypeError: as `from_torch`.
        ValueError: as `from_torch`, or if there is no gradient.

    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 1, 2)), np.array([[0], [3], [1], [1], [2]])
    >>> module, linear = to_torch(parameters)
    >>> output, h_n = module(torch.from_numpy(X))
    >>> Y, targets = linear(output).flatten(0, 1), torch.from_numpy(C[:, 0])
    >>> summed = torch.nn.CrossEntropyLoss(reduction="sum")
    >>> summed(Y, targets).backward()
    >>> found = gradients_from_torch(module, linear)
    >>> ours = many_to_many.gradients(parameters, X, C).parameters
    >>> all(bool(np.abs(g - dg).max() < 1e-12) for g, dg in zip(found, ours))
    True
    """
    require_modules(module, linear)
    dU, dW, db = (_gradient(name, getattr(module, name)) for name in NAMES[:3])
    second = _gradient(NAMES[3], module.bias_hh_l0) if isinstance(module, torch.nn.GRU) else db
    dV, dc = _gradient("linear.weight", linear.weight), _gradient("linear.bias", linear.bias)
    return _assembled(module, dU, dW, dV, db, second, dc)


def _gradient(name: str, tensor: torch.Tensor) -> np.ndarray:
    if tensor.grad is None:
        raise ValueError(f"{name} has no gradient; call backward() on the loss first")
    return _array(tensor.grad)


def _assembled(module: torch.nn.RNNBase, U: np.ndarray, W: np.ndarray, V: np.ndarray, b: np.ndarray,
               second: np.ndarray, c: np.ndarray) -> Parameters:  # fmt: skip
    """Parameters of the module's kind; of the second bias only a GRU keeps a part."""
    if isinstance(module, torch.nn.GRU):
        return gru.Parameters(U, W, V, b, second[-module.hidden_size :].copy(), c)
    kind = lstm.Parameters if isinstance(module, torch.nn.LSTM) else many_to_many.Parameters
    return kind(U, W, V, b, c)


def _array(tensor: torch.Tensor) -> np.ndarray:
    """A copy in the layout of this package: a matrix is transposed."""
    return np.array(tensor.detach().cpu().numpy().T, order="C")


def _fill(module: torch.nn.Module, names: tuple[str, ...], arrays: tuple[np.ndarray, ...]) -> None:
    with torch.no_grad():
        for name, array in zip(names, arrays):
            getattr(module, name).copy_(torch.from_numpy(np.ascontiguousarray(array)))
