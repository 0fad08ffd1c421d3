"""A look at a few indices of one sample, which spares most false mutants the whole check."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.compare import assignments
from rnnwb.equations.evaluate import Fault, evaluate
from rnnwb.equations.state import State

GLANCES = 24
CLEARLY = 1e-3


def differs(equation: s.Equation, domains: Sequence[s.Domain], state: State) -> bool:
    """Whether some `=` is clearly false, or has no value, at one of a few indices.

    The whole check divides by the largest value at any index, so it could accept such an equation
    only if that were ten million times as large as the values seen here.
    """
    sides = zip(equation.chain.operators, equation.chain.sides, equation.chain.sides[1:])
    links = (s.Relation((o,), (left, right)) for o, left, right in sides if o == "=")
    try:
        return any(gap > CLEARLY for link in links for gap in _gaps(link, (*equation.domains, *domains), state))
    except Fault:
        return True


def _gaps(link: s.Relation, domains: Sequence[s.Domain], state: State) -> Iterator[float]:
    places = list(assignments(link, domains, state))
    for place in random.Random(0).sample(places, min(GLANCES, len(places))):
        left, right = (np.real(algebra.plain(evaluate(side, state, place))) for side in link.sides)
        if left.shape == right.shape:
            yield float(np.abs(left - right).max() / max(1.0, np.abs(left).max(), np.abs(right).max()))
