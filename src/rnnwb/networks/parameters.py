"""Parameters are named tuples of arrays, or of such tuples; here is what is done to all their arrays at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

AnyParameters = TypeVar("AnyParameters", bound=Any)
"""A named tuple of arrays, or of such tuples: parameters, or gradients in their place. What comes back is of the same type."""


def mapped(function: Callable[..., Any], first: AnyParameters, *others: AnyParameters) -> AnyParameters:
    """The same structure, with the function's value in the place of each array.

    Args:
        function: takes one array of each structure.
        first: the structure.
        *others: of the same structure, for a function of several arrays.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> weights = Tanh(np.ones((1, 2)), np.ones((2, 2)), np.ones(2))
    >>> mapped(lambda a, b: a - 2 * b, weights, weights).b.tolist()
    [-1.0, -1.0]
    """
    if not isinstance(first, tuple):
        return function(first, *others)
    return type(first)(*(mapped(function, *parts) for parts in zip(first, *others)))


def named_arrays(parameters: Any, prefix: str = "") -> dict[str, np.ndarray]:
    """Every array by its name, such as `U`, or `encoder.U` where tuples are nested.

    Args:
        parameters: a named tuple of arrays, or of such tuples.
        prefix: what each name begins with.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> list(named_arrays(Tanh(np.ones((1, 2)), np.ones((2, 2)), np.ones(2))))
    ['U', 'W', 'b']
    """
    found: dict[str, np.ndarray] = {}
    for name, value in zip(parameters._fields, parameters):
        if isinstance(value, tuple):
            found |= named_arrays(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = value
    return found


def add_to(total: AnyParameters | None, term: AnyParameters) -> AnyParameters:
    """Add every array of the second to that of the first, in place; the first, or the second where there is no first.

    Args:
        total: the sum so far, which is overwritten; None where there is none.
        term: of the same structure.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> total = Tanh(np.ones((1, 2)), np.ones((2, 2)), np.ones(2))
    >>> _ = add_to(total, mapped(lambda a: 2 * a, total))
    >>> total.b.tolist()
    [3.0, 3.0]
    """
    return term if total is None else mapped(lambda a, b: np.add(a, b, out=a), total, term)
