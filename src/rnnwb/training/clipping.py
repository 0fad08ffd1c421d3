"""Gradients that are too long, made shorter; the functions of the derivation are in `rnnwb.gradient_flow.clipping`."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnwb.networks.parameters import AnyParameters, mapped, named_arrays


def global_norm(gradients: Any) -> float:
    """The length of all gradients together, as if they were one long vector.

    Args:
        gradients: gradients in the place of parameters.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> U, W, b = np.array([[3.0]]), np.array([[4.0]]), np.array([0.0])
    >>> global_norm(Tanh(U, W, b))
    5.0
    """
    arrays = named_arrays(gradients).values()
    return float(np.sqrt(sum(float(np.square(array, dtype=np.float64).sum()) for array in arrays)))


def clip(gradients: AnyParameters, longest: float) -> AnyParameters:
    """The gradients, scaled down together if their global norm is greater than the longest allowed.

    Args:
        gradients: gradients in the place of parameters.
        longest: greatest global norm allowed, greater than 0.

    Raises:
        ValueError: if the longest allowed is not greater than 0, or the gradients are not finite.

    References:
        Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> U, W, b = np.array([[3.0]]), np.array([[4.0]]), np.array([0.0])
    >>> [array.tolist() for array in clip(Tanh(U, W, b), longest=2.5)]
    [[[1.5]], [[2.0]], [0.0]]
    """
    if not longest > 0:
        raise ValueError(f"longest is {longest}, but must be greater than 0")
    if not np.isfinite(norm := global_norm(gradients)):
        raise ValueError(f"the global norm of the gradients is {norm}; look for the first loss that is not finite")
    return gradients if norm <= longest else mapped(lambda array: array * (longest / norm), gradients)
