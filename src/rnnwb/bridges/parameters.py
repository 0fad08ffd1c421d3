"""Which parameters can be carried over."""

from __future__ import annotations

from typing import Any

from rnnwb.networks import gru, lstm, many_to_many
from rnnwb.networks.checks import require_axes, require_floats, require_layer

KINDS = (many_to_many.Parameters, lstm.Parameters, gru.Parameters)


def require_kind(parameters: Any) -> None:
    """Raise unless these are parameters of a network with one recurrent layer.

    Args:
        parameters: of `rnnwb.networks.many_to_many`, `lstm` or `gru`, if they can be carried over.

    Raises:
        TypeError: naming what was found.

    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> require_kind(parameters.layer)
    Traceback (most recent call last):
    ...
    TypeError: the parameters are a rnnwb.networks.cells.tanh.Tanh; those of rnnwb.networks.many_to_many, lstm and gru can be carried over
    """
    kind = type(parameters)
    if kind not in KINDS:
        raise TypeError(
            f"the parameters are a {kind.__module__}.{kind.__name__}; "
            "those of rnnwb.networks.many_to_many, lstm and gru can be carried over"
        )


def require_parameters(parameters: Any) -> None:
    """Raise unless these are such parameters, of one type, with shapes that fit.

    Args:
        parameters: of `rnnwb.networks.many_to_many`, `lstm` or `gru`, if they can be carried over.

    Raises:
        TypeError: if the parameters are others, or their types differ.
        ValueError: if their shapes disagree.

    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> c = parameters.c.astype("float32")
    >>> require_parameters(parameters._replace(c=c))
    Traceback (most recent call last):
    ...
    TypeError: U is float64 but c is float32; give both one type, for example c.astype(np.float64)
    """
    require_kind(parameters)
    require_floats(parameters._asdict())
    require_layer(parameters.layer)
    require_axes(("W", parameters.W, "H columns"), ("V", parameters.V, "H K"), ("c", parameters.c, "K"))
