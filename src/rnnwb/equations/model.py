"""The forward pass that a page defines: which equation gives each quantity its value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rnnwb.equations import syntax as s
from rnnwb.equations.picking import picking
from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Scope, Symbol


@dataclass(frozen=True)
class Definition:
    """One defining equation: `target` takes the value of `right`."""

    name: str
    target: s.Quantity
    right: s.Node
    domains: tuple[s.Domain, ...]
    source: Source

    @cached_property
    def lanes(self) -> frozenset[str]:
        """The letters of the left side whose entries may be computed side by side."""
        return picking(
            self.right,
            self.target.free & frozenset(p.symbol.name for p in self.target.parts or () if isinstance(p, s.Index)),
        )

    @property
    def covers(self) -> bool:
        """Whether every step of the target is defined by this, so that none is an input."""
        times = self.target.times or ()
        return (
            self.target.symbol.extended == (None, None)
            and not self.domains
            and all(isinstance(t, s.Index) for t in times)
        )


class Model:
    """The definitions of a page and of those it inherits from."""

    def __init__(self, scope: Scope, definitions: tuple[Definition, ...]) -> None:
        self.scope = scope
        self.definitions = definitions
        self.by_symbol: dict[Symbol, list[Definition]] = {}
        for definition in definitions:
            self.by_symbol.setdefault(definition.target.symbol, []).append(definition)


def definition(name: str, equation: s.Equation, source: Source) -> Definition:
    """The definition that an equation makes with its first `=`.

    Raises:
        EquationError: if its left side is not a quantity at free indices.
    """
    chain = equation.chain
    target = chain.sides[0]
    if chain.operators[0] != "=" or not isinstance(target, s.Quantity) or target.times is None:
        raise source.error(
            chain.sides[0].at, "a definition begins with the quantity it defines and =", "such as S_t^h = …"
        )
    _check_target(target, source)
    return Definition(name, target, chain.sides[1], equation.domains, source)


def _check_target(target: s.Quantity, source: Source) -> None:
    letters = [p.symbol.name for p in target.parts or () if isinstance(p, s.Index)]
    if target.parts is not None and len(set(letters)) != len(target.parts):
        raise source.error(target.at, "a definition covers every entry", "write distinct free indices on the left")
    for time in target.times or ():
        if not isinstance(time, s.Index) and s.free_indices(time):
            raise source.error(
                time.at,
                "a definition is stated at t or at a fixed step",
                "shift the index so that the left side stands at t",
            )
