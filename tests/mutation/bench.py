"""A page with its equations mutated, and what the checker says to each mutant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from mutation.formula import Formula
from mutation.glance import differs
from mutation.operators import OPERATORS
from mutation.same import same
from rnnwb.equations import Block, Chapter, Checker, EquationError, Library, scan
from rnnwb.equations import syntax as s
from rnnwb.equations.model import Model
from rnnwb.equations.options import read_options
from rnnwb.equations.pages import definition_of, equation_of
from rnnwb.equations.sizes import chosen_sizes
from rnnwb.equations.source import Source


@dataclass(frozen=True)
class Mutant:
    """One equation, changed in one place."""

    operator: str
    block: Block

    @property
    def key(self) -> tuple[str, str]:
        """Name and TeX, as the list of survivors has them."""
        return self.block.name, " ".join(self.block.body.split())


class Bench:
    """One page, its samples shared by all mutants of its claims."""

    def __init__(self, chapter: Chapter, sizes: Mapping[str, int] | None = None, seed: int = 0) -> None:
        self.chapter, self.sizes, self.seed = chapter, sizes, seed
        self.checker = Checker(chapter, sizes, seed)

    @classmethod
    def of(cls, path: Path) -> Self:
        """The bench of one page, at the usual sizes."""
        book = scan([path])
        return cls(Library(book).chapter(book.pages[0]))

    @cached_property
    def elsewhere(self) -> Bench:
        """Other sizes and samples, in which to look at survivors again."""
        return Bench(self.chapter, other_sizes(self.chapter), 1000)

    def mutants(self) -> Iterator[Mutant]:
        """Every mutant, once each; those of false blocks would say nothing.

        A looser bound is true as well, so bounds are held to the ratio that they attain instead.
        """
        for block in self.chapter.page.blocks:
            if block.kind in ("define", "equation") and not self._bounds(block):
                yield from self._mutants(block)

    def _bounds(self, block: Block) -> bool:
        return set(self.chapter.equations[block.name].chain.operators) != {"="}

    def _mutants(self, block: Block) -> Iterator[Mutant]:
        formula = Formula(block, self.chapter.scope)
        seen = set[str]()
        for operator in OPERATORS:
            for edit in operator(formula):
                text = edit.apply(formula.text)
                if (squeezed := "".join(text.split())) not in seen:
                    seen.add(squeezed)
                    source = Source(text, block.page, block.source.line)
                    yield Mutant(operator.__name__, replace(block, source=source))

    def read(self, mutant: Mutant) -> s.Equation | None:
        """The equation of a mutant; None where it cannot be read, or says what the original says."""
        try:
            equation = equation_of(mutant.block, self.chapter.scope)
        except EquationError:
            return None
        state = self.checker.states({})[0]
        original = self.chapter.equations[mutant.block.name]
        domains = (*original.domains, *read_options(mutant.block, self.chapter.scope).domains)
        ranged = {domain.index.symbol for domain in domains}
        return None if same(equation.chain, original.chain, state, ranged) else equation

    def survives(self, mutant: Mutant, equation: s.Equation) -> bool:
        """Whether a mutant is taken for true."""
        try:
            with np.errstate(all="ignore"):
                return self._survives(mutant.block, equation)
        except EquationError:
            return False

    def _survives(self, block: Block, equation: s.Equation) -> bool:
        chapter = replace(self.chapter, equations={**self.chapter.equations, block.name: equation})
        if block.kind == "define":
            return self._definition_survives(chapter, block, equation)
        options = read_options(block, chapter.scope)
        states = self.checker.states(options.given)
        if differs(equation, options.domains, states[0]):
            return False
        self.checker.chapter = chapter
        try:
            return self.checker.verdict(block, function_required=True).holds
        finally:
            self.checker.chapter = self.chapter

    def _definition_survives(self, chapter: Chapter, block: Block, equation: s.Equation) -> bool:
        """Whether neither the function of a definition nor any claim of the page notices."""
        changed = definition_of(block, equation, chapter.scope)
        definitions = (changed if d.name == block.name else d for d in chapter.model.definitions)
        chapter = replace(chapter, model=Model(chapter.scope, tuple(definitions)))
        first, whole = (Checker(chapter, self.sizes, self.seed) for _ in range(2))
        first.seeds = first.seeds[:1]
        claims = [b for b in chapter.page.blocks if b.kind == "equation"]
        return first.verdict(block).holds and all(whole.verdict(b).holds for b in [block, *claims])


def other_sizes(chapter: Chapter) -> dict[str, int]:
    """Sizes in the opposite order, all even, so that none is one more than another, and none below 4."""
    names = list(chosen_sizes(chapter, {}))
    return {name: 2 * (len(names) - i) + 2 for i, name in enumerate(names)}
