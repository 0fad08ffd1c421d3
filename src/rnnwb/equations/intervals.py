"""The range of values that a symbol table promises for a defined quantity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.evaluate import evaluate
from rnnwb.equations.state import State


def check_interval(block: Block, target: s.Node, states: Sequence[State]) -> None:
    """Hold a defined quantity to its declared interval, at every step of its index.

    Raises:
        EquationError: if a value leaves the interval.
    """
    if not isinstance(target, s.Quantity) or target.symbol.interval is None:
        return
    symbol = target.symbol
    for state in states:
        low, high = (algebra.real(evaluate(bound, state, {})) for bound in symbol.interval or ())
        values = state.sequence(symbol)
        if values.min() < low or values.max() > high:
            found = values.flat[np.argmax(np.abs(values - (low + high) / 2))]
            raise block.source.error(
                target.at, f"{symbol.tex} takes the value {found:.3g}, outside its declared ({low:g}, {high:g})",
                f"correct the interval at {symbol.page}:{symbol.source.line}, or the definition",
            )  # fmt: skip
