"""A page with its equations mutated, and what the checker says to each mutant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

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

    def __init__(self, path: Path, elsewhere: bool = False) -> None:
        """
        Args:
            path: the page.
            elsewhere: whether to try other sizes and samples, in which to look at survivors again.
        """
        book = scan([path])
        self.chapter = Library(book).chapter(book.pages[0])
        self.sizes = other_sizes(self.chapter) if elsewhere else {}
        self.seed = 1000 if elsewhere else 0
        self.checker = Checker(self.chapter, self.sizes, self.seed)

    def mutants(self) -> Iterator[Mutant]:
        """Every mutant, once each; those of false blocks would say nothing."""
        for block in self.chapter.page.blocks:
            if block.kind in ("define", "equation"):
                yield from self._mutants(block)

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
        block = mutant.block
        try:
            with np.errstate(all="ignore"):
                return self._survives(block, equation)
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
    """Sizes in the opposite order, all even, so that none is one more than another."""
    names = list(chosen_sizes(chapter, {}))
    return {name: 2 * (len(names) - i) for i, name in enumerate(names)}
