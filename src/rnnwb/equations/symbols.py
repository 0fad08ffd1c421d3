"""Declared symbols, the forms they may be written in, and the scope that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from rnnwb.equations.source import EquationError, Source
from rnnwb.equations.syntax import Node

Kind = Literal["size", "index", "quantity"]
_MEANT = {
    "e": r"write \exp(x) for the exponential function",
    "d": r"write \frac{\partial A}{\partial B} for a derivative",
    **{
        name: rf"write \{name}(x) for the function" for name in ("tanh", "exp", "log", "ln", "max", "min", "sin", "cos")
    },
}


@dataclass(frozen=True, eq=False)
class Symbol:
    """One row of a symbol table.

    An index has `bounds`; a quantity has `shape` (its sizes), `clocks` (the index letter of each
    time slot), `extended` (a time range wider than the letter's) and perhaps a `domain`.
    """

    name: str
    kind: Kind
    tex: str
    entry_tex: str
    meaning: str
    source: Source = field(repr=False)
    shape_tex: str = ""
    values: str = ""
    bounds: tuple[Node, Node] | None = None
    shape: tuple[Node, ...] = ()
    clocks: tuple[Symbol, ...] = ()
    extended: tuple[Node | None, Node | None] = (None, None)
    interval: tuple[Node, Node] | None = None
    domain: str = ""

    @property
    def page(self) -> str:
        return self.source.page

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Slot:
    """One place in a sub- or superscript: a label to be matched, or an index to be filled."""

    label: str = ""
    role: Literal["label", "time", "part"] = "label"
    position: int = 0


@dataclass(frozen=True)
class Form:
    """A way to write a symbol: the letter and what stands below and above it."""

    symbol: Symbol
    letter: str
    below: tuple[Slot, ...]
    above: tuple[Slot, ...]
    whole: bool
    sequence: bool = False

    @property
    def labels(self) -> int:
        return sum(slot.role == "label" for slot in self.below + self.above)

    def confusable(self, other: Form) -> bool:
        """Whether something written could be either: indices, and numbers in their place, look alike."""
        sides = ((self.below, other.below), (self.above, other.above))
        return all(len(a) == len(b) and all(map(_alike, a, b)) for a, b in sides)

    def accepts(self, below: Sequence[str], above: Sequence[str]) -> bool:
        """Whether the items fit: as many as slots, and equal to the labels."""
        return _fit(self.below, below) and _fit(self.above, above)


def _alike(one: Slot, other: Slot) -> bool:
    labels = [slot.label for slot in (one, other) if slot.role == "label"]
    return one.label == other.label if len(labels) == 2 else not labels or labels[0].lstrip("+-").isdigit()


def _fit(slots: tuple[Slot, ...], items: Sequence[str]) -> bool:
    return len(slots) == len(items) and all(
        slot.label == item if slot.role == "label" else item != "\\top" for slot, item in zip(slots, items, strict=True)
    )


class Scope:
    """The symbols a page may use: its own and those it inherits."""

    def __init__(self, inherited: Sequence[Scope] = (), sequences: bool = False) -> None:
        self.sequences = sequences
        self.convention = "rows"
        self.forms: dict[str, list[Form]] = {}
        self.symbols: dict[str, Symbol] = {}
        for scope in inherited:
            for symbol in scope.symbols.values():
                self.add(symbol, [f for forms in scope.forms.values() for f in forms if f.symbol is symbol])

    def add(self, symbol: Symbol, forms: Sequence[Form]) -> None:
        """Declare a symbol.

        Raises:
            EquationError: if the page or one that it inherits from declares it already.
        """
        known = self.symbols.get(symbol.name)
        if known is symbol:
            return
        if known is not None:
            where = f"{known.source.page}:{known.source.line}"
            raise symbol.source.error(0, f"{symbol.name} is declared already, at {where}", "declare each symbol once")
        self.symbols[symbol.name] = symbol
        for form in forms:
            self._check_distinct(form)
        for form in forms:
            self.forms.setdefault(form.letter, []).append(form)
            self.forms[form.letter].sort(key=lambda f: (f.sequence, -f.labels))

    def _check_distinct(self, form: Form) -> None:
        for other in self.forms.get(form.letter, ()):
            if not (form.sequence or other.sequence) and form.confusable(other):
                raise form.symbol.source.error(
                    0,
                    f"{form.symbol.name} and {other.symbol.name} are written alike",
                    "label one of them, or give it another letter",
                )

    def match(
        self, letter: str, below: Sequence[Sequence[str]], above: Sequence[Sequence[str]]
    ) -> Iterator[tuple[Form, int, int]]:
        """Forms that fit one of the alternative readings of each script, with their numbers."""
        for form in self.forms.get(letter, ()):
            if form.sequence and not self.sequences:
                continue
            for (i, lower), (j, upper) in product(enumerate(below), enumerate(above)):
                if form.accepts(lower, upper):
                    yield form, i, j

    def undeclared(self, source: Source, at: int, text: str, letter: str) -> EquationError:
        """The error for something written that no declaration covers."""
        forms = dict.fromkeys(f.symbol.tex if f.whole else f.symbol.entry_tex for f in self.forms.get(letter, ()))
        if forms:
            return source.error(
                at,
                f"{text} has no such form",
                f"it is declared as {', '.join(forms)}; commas part the numbers of a script",
            )
        if mend := _MEANT.get(re.sub(r"\\mathrm|\\text|\\operatorname|[{}]", "", letter)):
            return source.error(at, f"{text} is not declared", mend)
        return source.error(
            at, f"{text} is not declared", "add it to a symbols block of this page or of one it inherits"
        )
