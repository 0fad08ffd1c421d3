"""What a definition gives at a step: whole, entry by entry, or its entries side by side."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import ShapeError
from rnnwb.equations.evaluate import Fault, Indices, evaluate, holds, whole
from rnnwb.equations.lanes import Lanes
from rnnwb.equations.model import Definition

if TYPE_CHECKING:
    from rnnwb.equations.state import State

Array = NDArray[Any]


def matched(definition: Definition, times: tuple[int, ...], state: State) -> dict[str, int] | None:
    """The indices at which a definition speaks of these times, or None."""
    indices: dict[str, int] = {}
    for printed, time in zip(definition.target.times or (), times, strict=True):
        if isinstance(printed, s.Index):
            if indices.setdefault(printed.symbol.name, time) != time or time not in state.span(printed.symbol):
                return None
        elif whole(printed, state, {}) != time:
            return None
    conditions = [c for domain in definition.domains for c in domain.conditions]
    bound = [c for c in conditions if s.free_indices(c) <= indices.keys()]
    return indices if all(holds(c, state, indices) for c in bound) else None


def given(definition: Definition, indices: Indices, state: State) -> Array:
    """The array that a definition gives.

    Raises:
        EquationError: at the place of the definition, if it gives none.
    """
    try:
        return _given(definition, indices, state)
    except ShapeError as problem:
        raise definition.source.error(definition.right.at, str(problem), "make both sides one shape") from None
    except Fault as fault:
        raise definition.source.error(fault.node.at, fault.reason, fault.mend) from None


def _given(definition: Definition, indices: Indices, state: State) -> Array:
    target, shape = definition.target, state.shape(definition.target.symbol)
    if target.parts is None:
        return algebra.natural(evaluate(definition.right, state, indices), shape, state.convention)
    letters = [part.symbol.name for part in target.parts if isinstance(part, s.Index)]
    if definition.lanes:
        with suppress(Fault, ShapeError):
            return _side_by_side(definition, dict(zip(letters, shape, strict=True)), indices, state)
    places = ({**indices, **{n: i + 1 for n, i in zip(letters, at, strict=True)}} for at in np.ndindex(*shape))
    return algebra.stacked([evaluate(definition.right, state, place) for place in places], shape)


def _side_by_side(definition: Definition, letters: dict[str, int], indices: Indices, state: State) -> Array:
    beside = Lanes(state, {}, ())
    for letter in definition.lanes:
        beside = beside.beside(letter, range(1, letters[letter] + 1))
    loops = {letter: size for letter, size in letters.items() if letter not in definition.lanes}
    entries = np.empty((state.copies, *loops.values(), *beside.shape), complex)
    for at in np.ndindex(*loops.values()):
        here = {letter: i + 1 for letter, i in zip(loops, at, strict=True)}
        entries[:, *at] = beside.entries(evaluate(definition.right, beside, {**indices, **here}))
    order = [*loops, *definition.lanes]
    entries = entries.transpose(0, *(1 + order.index(letter) for letter in letters))
    return entries if state.change else entries[0].real
