r"""A small page of one recurrent network, and ways to ask the engine about formulas in its symbols."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import Chapter, EquationError, Library, Verdict, algebra, check, scan
from rnnwb.equations.evaluate import evaluate
from rnnwb.equations.resolve import read
from rnnwb.equations.source import Source
from rnnwb.equations.state import State

Array = NDArray[np.float64]
SIZES = {"D": 2, "H": 3, "K": 4, "T": 5}
SYMBOLS = r"""
/// symbols

| symbol | entry | shape | values | meaning |
|---|---|---|---|---|
| $D$ | | | size | inputs |
| $H$ | | | size | hidden units |
| $K$ | | | size | outputs |
| $T$ | | | size | the last time step |
| $d$ | | | $1, \dots, D$ | an input |
| $h, i, j$ | | | $1, \dots, H$ | hidden units |
| $k$ | | | $1, \dots, K$ | an output |
| $s, t$ | | | $0, \dots, T$ | time steps |
| $X_t$ | $X_t^d$ | $D$ | | input |
| $S_t$ | $S_t^h$ | $H$ | $t \ge -1$ | hidden state |
| $A_t$ | $A_t^h$ | $H$ | | pre-activation |
| $C_t$ | $C_t^h$ | $H$ | | target |
| $U$ | $u_{dh}$ | $D \times H$ | | input weights |
| $W$ | $w_{ij}$ | $H \times H$ | | state weights |
| $E_t$ | | | | loss at a step |
| $E$ | | | | total loss |
| $\delta_t$ | $\delta_t^h$ | $H$ | | gradient |
| $a, b$ | | | | numbers |
| $p$ | | | positive | a positive number |
| $z$ | $z_i$ | $H$ | | a vector |
| $Q$ | $q_{dhk}$ | $D \times H \times K$ | | three axes |
| $\mathbf{W}_{oo}$ | $w^{oo}_{hk}$ | $H \times K$ | | many letters |
| $S^{e}_t$ | $S^{e,h}_t$ | $H$ | | a label |
///
"""
MODEL = r"""
/// define | preactivation

A_t = X_t U + S_{t-1} W
///

/// define | state

S_t = \tanh(A_t)
///

/// define | step-loss

E_t = \frac{1}{2} \sum_{h=1}^{H} (S_t^h - C_t^h)^2
///

/// define | loss

E = \sum_{t=0}^{T} E_t
///

/// define | delta

\delta_t = \frac{\partial E}{\partial A_t}
///
"""
PAGE = SYMBOLS + MODEL


def block(tex: str, options: str = "", kind: str = "equation", name: str = "claim") -> str:
    """A block with its options, one a line."""
    lines = "".join(f"    {option}\n" for option in options.split("\n") if option)
    return f"\n/// {kind} | {name}\n{lines}\n{tex}\n///\n"


def row(*cells: str) -> str:
    """The page with one more row in its symbol table."""
    return PAGE.replace("| $Q$ |", "| " + " | ".join(cells) + " |\n| $Q$ |")


def line_of(page: str, text: str) -> int:
    """The number of the line that holds a text."""
    return page[: page.index(text)].count("\n") + 1


def verdicts(page: str, seed: int = 0) -> list[Verdict]:
    """The verdicts on a page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.md")
        path.write_text(page, "utf-8")
        return check(scan([path]), seed=seed)


def claim(tex: str, options: str = "", page: str = PAGE, kind: str = "equation") -> Verdict:
    """The verdict on one more block of a page."""
    return verdicts(page + block(tex, options, kind))[-1]


def answer(page: str) -> str:
    """The error that a page is refused with, its folder left out."""
    try:
        verdicts(page)
    except EquationError as error:
        return "page.md" + str(error).split("page.md", 1)[1] if "page.md" in str(error) else str(error)
    return ""


def refusal(tex: str, options: str = "", page: str = PAGE, kind: str = "equation") -> str:
    """The error that one more block is refused with."""
    return answer(page + block(tex, options, kind))


def chapter(page: str = PAGE) -> Chapter:
    """What a page means."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.md")
        path.write_text(page, "utf-8")
        book = scan([path])
        return Library(book).chapter(book.pages[0])


class Point:
    """Formulas evaluated at one sample, and its inputs for NumPy."""

    def __init__(self, page: str = PAGE, seed: int = 0) -> None:
        model = chapter(page).model
        self.scope = model.scope
        self.state = State(model, SIZES, seed)

    def __call__(self, tex: str, **indices: int) -> Array:
        """The value of a formula for some values of its indices."""
        found = evaluate(read(Source(tex, "test", 1), self.scope, "sum"), self.state, indices)
        return np.real(algebra.plain(found))

    def inputs(self) -> tuple[Array, Array, Array, Array, Array]:
        """X, C, the state before the first step, U and W."""
        steps = range(SIZES["T"] + 1)
        X = np.array([self("X_t", t=t) for t in steps])
        C = np.array([self("C_t", t=t) for t in steps])
        return X, C, self("S_{t-1}", t=0), self("U"), self("W")
