"""Side by side or one after the other: the values are the same."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnwb.equations import Book, Checker, EquationError, Library, scan
from rnnwb.equations import syntax as s
from rnnwb.equations.evaluate import Fault
from rnnwb.equations.lanes import Lanes
from rnnwb.equations.perturbation import Change
from rnnwb.equations.state import State

DOCS = Path(__file__).parents[2] / "docs"
BOOK = scan([DOCS])
DEFINING = [page.path.name for page in BOOK.pages if any(block.kind == "define" for block in page.blocks)]


def values(book: Book, page: str) -> dict[Any, np.ndarray]:
    """Every defined quantity at every step, at a sample and with the first input moved."""
    chapter = Library(book).chapter(next(p for p in book.pages if p.path.name == page))
    state = Checker(chapter).states({})[-1]
    drawn = next(
        x for x in chapter.scope.symbols.values() if x.kind == "quantity" and not chapter.model.by_symbol.get(x)
    )
    times = next(iter(state.times_of(drawn)))
    moved = state.moved(Change((drawn, times), None))
    found = {}
    for symbol in chapter.model.by_symbol:
        for at in state.times_of(symbol):
            node = s.Quantity(symbol, tuple(s.Number(t) for t in at), None)
            found[symbol.name, at] = state.value(node, at)
            with suppress(EquationError):  # what rests on a derivative is not moved
                found["moved", symbol.name, at] = moved.value(node, at)
    return found


@pytest.mark.parametrize("page", DEFINING)
def test_lanes_change_no_value(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    together = values(BOOK, page)
    assert any(key[0] == "moved" for key in together)

    def alone(self: object, letter: str, span: range) -> Lanes:
        raise Fault(s.Number(0), "one after the other")

    monkeypatch.setattr(State, "beside", alone)
    monkeypatch.setattr(Lanes, "beside", alone)
    for key, value in values(BOOK, page).items():
        np.testing.assert_allclose(np.real(together[key]), np.real(value), rtol=1e-13, atol=1e-14, err_msg=str(key))
        np.testing.assert_allclose(np.imag(together[key]), np.imag(value), rtol=1e-12, atol=1e-44, err_msg=str(key))
