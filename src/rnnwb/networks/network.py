"""What all networks take and return."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import Cell, State
from rnnwb.networks.checks import require_axes, require_floats, require_layer, require_lengths


class OneLayer(Protocol):
    """Parameters of a network with one recurrent layer and one output layer, a named tuple of arrays."""

    @property
    def layer(self) -> Cell:
        """Weights of the recurrent layer."""

    @property
    def V(self) -> np.ndarray:
        """Output weights, shape (H, K)."""

    @property
    def c(self) -> np.ndarray:
        """Bias of the logits, shape (K,)."""

    def _replace(self, **changes: np.ndarray) -> Self: ...

    def _asdict(self) -> dict[str, np.ndarray]: ...


AnyOneLayer = TypeVar("AnyOneLayer", bound=OneLayer)
"""Parameters of any network with one recurrent layer. Gradients come back in a named tuple of the same type."""


class Outputs(NamedTuple):
    """What a network makes of its inputs.

    Attributes:
        S: hidden states, shape (time, B, H).
        Y: logits, shape (time, B, K), or shape (B, K) where a sequence has one output.
        S_last: the state after the last step of each sequence, from which a following piece can go on.
    """

    S: np.ndarray
    Y: np.ndarray
    S_last: State


class Gradients(NamedTuple, Generic[AnyOneLayer]):
    """Loss of a batch and its gradients.

    Attributes:
        loss: sum of the losses of all steps of all sequences, or of all sequences where each has one loss.
        parameters: gradients in the place of the parameters.
        S_init: gradient of the initial state.
        X: gradient of the inputs, None unless asked for.
        S_last: not a gradient: the state after the last step of each sequence.
    """

    loss: float
    parameters: AnyOneLayer
    S_init: State
    X: np.ndarray | None
    S_last: State


def checked(parameters: OneLayer, X: Any, S_init: Any, lengths: Any, least: int = 1) -> tuple[Cell, Batch, State]:
    """The layer, the batch and the state that it starts from, once everything is known to fit.

    Args:
        parameters: of the network.
        X: inputs, shape (time, B, D).
        S_init: initial state, None for zeros.
        lengths: number of steps of each sequence, shape (B,); None where all have all.
        least: smallest length.

    Raises:
        TypeError: if an array is not numeric, or has another type than the parameters.
        ValueError: if shapes disagree, or a length is out of range.

    >>> from rnnwb.networks.many_to_many import initial_parameters
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> checked(parameters, np.ones((5, 1, 7)), None, None)
    Traceback (most recent call last):
    ...
    ValueError: D is 2 in U, shape (2, 3), but 7 in X, shape (5, 1, 7)
    """
    layer = parameters.layer
    require_floats({**parameters._asdict(), "X": X})
    require_layer(layer)
    V, c = ("V", parameters.V, "H K"), ("c", parameters.c, "K")
    require_axes(("W", layer.W, "H columns"), ("U", layer.U, "D columns"), V, c, ("X", X, "time B D"))
    steps, B, _ = X.shape
    state = layer.zero_state(B) if S_init is None else checked_state(layer, S_init, B)
    return layer, Batch(X, None if lengths is None else require_lengths(lengths, steps, B, least)), state


def checked_state(layer: Cell, S_init: Any, B: int) -> State:
    """An initial state that fits a layer.

    Args:
        layer: the layer.
        S_init: initial state.
        B: number of sequences.

    Raises:
        TypeError: if it is not the kind of state that the layer carries, or has another type than the weights.
        ValueError: if shapes disagree.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> checked_state(Tanh.initial(D=2, H=3, seed=0), np.zeros((1, 2)), B=1)
    Traceback (most recent call last):
    ...
    ValueError: S_init has shape (1, 2), not (B, H) = (1, 3)
    """
    expected, shape = layer.zero_state(B), (B, len(layer.W))
    fields = getattr(expected, "_fields", ())
    if fields and not isinstance(S_init, type(expected)):
        named = f"{type(expected).__name__}({', '.join(fields)})"
        raise TypeError(f"S_init is a {type(S_init).__name__}, not a {named}")
    arrays = S_init._asdict() if fields else {"S_init": S_init}
    require_floats({"W": layer.W, **arrays})
    for name, array in arrays.items():
        if array.shape != shape:
            raise ValueError(f"{name} has shape {array.shape}, not (B, H) = {shape}")
    return S_init
