"""From sums to means: a learning rate then fits batches of any size."""

from __future__ import annotations

from typing import Any, TypeVar

from rnnwb.networks.parameters import mapped

AnyGradients = TypeVar("AnyGradients", bound=Any)
"""Loss and gradients as the function `gradients` of any network returns them. What comes back is of the same type."""


def mean(found: AnyGradients, terms: float) -> AnyGradients:
    """Loss and gradients of parameters divided by the number of terms of the sum; nothing else is divided.

    Args:
        found: what `gradients` of a network returns.
        terms: what the sum is divided by: the number of sequences, or of steps with a target.

    Raises:
        ValueError: if the number is not greater than 0.

    >>> import numpy as np
    >>> from rnnwb.networks import many_to_many
    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> parameters = parameters._replace(V=np.zeros((3, 4)))
    >>> X, C = np.ones((5, 2, 2)), np.zeros((5, 2), int)
    >>> found = many_to_many.gradients(parameters, X, C)
    >>> round(mean(found, terms=C.size).loss, 4)
    1.3863
    """
    if not terms > 0:
        raise ValueError(f"terms is {terms}, but must be greater than 0")
    divisor = float(terms)  # a number of NumPy's would turn float32 into float64
    return found._replace(loss=found.loss / divisor, parameters=mapped(lambda array: array / divisor, found.parameters))
