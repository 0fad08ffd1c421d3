"""The range of values that a symbol table promises for a defined quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.evaluate import Fault, evaluate
from rnnwb.equations.state import State


def check_interval(block: Block, target: s.Node, states: Sequence[State]) -> None:
    """Hold a defined quantity to its declared interval, at every step that the block defines.

    Raises:
        EquationError: if a value leaves the interval, or cannot be computed.
    """
    if not isinstance(target, s.Quantity) or target.symbol.interval is None:
        return
    symbol = target.symbol
    for state in states:
        low, high = (algebra.real(evaluate(bound, state, {})) for bound in symbol.interval or ())
        try:
            values = _defined(target, state)
        except Fault as fault:
            raise block.source.error(target.at, fault.reason, fault.mend) from None
        if values.min() < low or values.max() > high:
            found = values.flat[np.argmax(np.abs(values - (low + high) / 2))]
            raise block.source.error(
                target.at, f"{symbol.tex} takes the value {found:.3g}, outside its declared interval from {low:g} to {high:g}",
                f"correct the interval at {symbol.page}:{symbol.source.line}, or the definition",
            )  # fmt: skip


def _defined(target: s.Quantity, state: State) -> algebra.Array:
    """All values of a quantity, or those of the one step that the definition is for."""
    if target.times and not any(isinstance(n, s.Index) for step in target.times for n in s.walk(step)):
        return np.real(np.asarray(evaluate(replace(target, parts=None), state, {})))
    return state.sequence(target.symbol)
