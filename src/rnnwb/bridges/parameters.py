"""Which parameters can be carried over."""

from __future__ import annotations

from typing import Any

from rnnwb.networks import gru, lstm, many_to_many
from rnnwb.networks.checks import require_axes, require_floats, require_layer

KINDS = (many_to_many.Parameters, lstm.Parameters, gru.Parameters)


def require_kind(parameters: Any) -> None:
    """Raise unless these are parameters of a network with one recurrent layer.

    Raises:
        TypeError: naming what was found.
    """
    kind = type(parameters)
    if kind not in KINDS:
        raise TypeError(
            f"the parameters are a {kind.__module__}.{kind.__name__}; "
            "those of rnnwb.networks.many_to_many, lstm and gru can be carried over"
        )


def require_parameters(parameters: Any) -> None:
    """Raise unless these are such parameters, of one type, with shapes that fit.

    Raises:
        TypeError: if the parameters are others, or their types differ.
        ValueError: if their shapes disagree.
    """
    require_kind(parameters)
    require_floats(parameters._asdict())
    require_layer(parameters.layer)
    require_axes(("W", parameters.W, "H columns"), ("V", parameters.V, "H K"), ("c", parameters.c, "K"))
