"""A page made ready to be checked: its scope, its model, and the trees of its equations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.declare import declare
from rnnwb.equations.inline import check_inline
from rnnwb.equations.model import Definition, Model, definition
from rnnwb.equations.options import read_options
from rnnwb.equations.resolve import read
from rnnwb.equations.scan import Book, Page, scan_page
from rnnwb.equations.source import EquationError
from rnnwb.equations.symbols import Scope, Symbol


@dataclass(frozen=True)
class Chapter:
    """A page with everything its formulas mean."""

    page: Page
    scope: Scope
    prose: Scope
    model: Model
    equations: dict[str, s.Equation]
    own: tuple[Symbol, ...]


class Library:
    """Chapters by path, each built once, those that they inherit from included."""

    def __init__(self, book: Book) -> None:
        self.pages = {page.path.resolve(): page for page in book.pages}
        self._chapters: dict[Path, Chapter] = {}
        self._busy: list[Path] = []

    def chapter(self, page: Page) -> Chapter:
        """The chapter of a page.

        Raises:
            EquationError: if a declaration, definition or equation on it cannot be read.
        """
        path = page.path.resolve()
        if path in self._busy:
            raise EquationError(
                f"{page.name}:1: pages inherit from each other in a circle\n  mend: move what both need to a third page"
            )
        if path not in self._chapters:
            self._busy.append(path)
            try:
                self._chapters[path] = self._built(page)
            finally:
                self._busy.pop()
        return self._chapters[path]

    def _built(self, page: Page) -> Chapter:
        above = [self.chapter(self._inherited(page, path)) for path in page.inherits]
        scope = Scope([chapter.scope for chapter in above])
        scope.convention = _convention(page, above)
        own = [x for block in page.blocks if block.kind == "symbols" for x in declare(scope, block.source)]
        equations = {b.name: equation_of(b, scope) for b in page.blocks if b.kind != "symbols"}
        prose = _prose(scope)
        _check_prose(page, prose)
        inherited = dict.fromkeys(d for chapter in above for d in chapter.model.definitions)
        defined = (definition_of(b, equations[b.name], scope) for b in page.blocks if b.kind == "define")
        model = Model(scope, (*inherited, *defined))
        _check_twice(model)
        _check_domains(model)
        return Chapter(page, scope, prose, model, equations, tuple(own))

    def _inherited(self, page: Page, path: Path) -> Page:
        if path not in self.pages:
            if not path.is_file():
                raise EquationError(
                    f"{page.name}:1: it inherits {path.name}, which does not exist beside it\n  mend: give the path relative to this page"
                )
            self.pages[path] = scan_page(path)
        return self.pages[path]


def symbols(book: Book, page: Page) -> list[Symbol]:
    """The symbols that a page declares itself, in the order of its tables."""
    own = Library(book).chapter(page).own
    return sorted(own, key=lambda x: (x.source.line, x.source.column))


def _convention(page: Page, above: list[Chapter]) -> str:
    said = page.front.get("convention", above[0].scope.convention if above else "rows")
    if said not in ("rows", "columns"):
        raise EquationError(
            f"{page.name}:1: the convention is rows or columns, not {said!r}\n  mend: write `convention: rows` or `convention: columns`"
        )
    for chapter in above:
        if chapter.scope.convention != said:
            raise EquationError(
                f"{page.name}:1: it is written in {said}, {chapter.page.name} in {chapter.scope.convention}"
            )
    return str(said)


def equation_of(block: Block, scope: Scope) -> s.Equation:
    """The tree of a block.

    Raises:
        EquationError: if a letter is both summed over and free.
    """
    equation = read(block.source, scope)
    assert isinstance(equation, s.Equation)
    if "!=" in equation.chain.operators:
        raise block.source.error(
            equation.chain.at, "≠ holds almost everywhere, so it tests nothing", r"use =, \le or \ge"
        )
    _check_letters(block, equation)
    return equation


def _check_letters(block: Block, equation: s.Equation) -> None:
    free = s.free_indices(equation.chain)
    for node in s.walk(equation.chain):
        if isinstance(node, s.Big) and node.index.symbol.name in free:
            raise block.source.error(
                node.at,
                f"{node.index.symbol.tex} is summed over here and free elsewhere",
                "use another letter for one of them",
            )
        if isinstance(node, s.Big):
            inner = [n for n in s.walk(node.body) if isinstance(n, s.Big) and n.index.symbol is node.index.symbol]
            if inner:
                letter = node.index.symbol.tex
                raise block.source.error(
                    inner[0].at, f"{letter} is bound twice", "use another letter for the inner one"
                )


def definition_of(block: Block, equation: s.Equation, scope: Scope) -> Definition:
    """The definition that a block makes, in the range that it states."""
    found = definition(block.name, equation, block.source)
    return replace(found, domains=(*found.domains, *read_options(block, scope).domains))


def _prose(scope: Scope) -> Scope:
    """For sentences and docstrings: a symbol may stand without its step for the whole sequence."""
    prose = Scope([scope], sequences=True)
    prose.convention = scope.convention
    return prose


def _check_prose(page: Page, prose: Scope) -> None:
    for formula in page.inline:
        if formula.text in ("$$", "\\["):
            if "docs" in page.path.resolve().parts:
                raise formula.error(
                    0, "a displayed formula that nothing checks", "put it into an equation or define block"
                )
        else:
            check_inline(formula, prose)


def _check_twice(model: Model) -> None:
    for definitions in model.by_symbol.values():
        for i, second in enumerate(definitions):
            for first in definitions[:i]:
                if _overlap(first, second):
                    place = f"{first.source.page}:{first.source.line}"
                    raise second.source.error(
                        second.target.at, f"{second.target.symbol.tex} is defined already, by {first.name} at {place}",
                        "define each quantity once, or state distinct ranges",
                    )  # fmt: skip


def _check_domains(model: Model) -> None:
    for symbol, definitions in model.by_symbol.items():
        if symbol.domain and any(definition.covers for definition in definitions):
            raise symbol.source.error(
                0, f"{symbol.tex} is drawn as {symbol.domain}, and {definitions[0].name} computes it",
                "a domain is for inputs; give the interval of its values, or nothing",
            )  # fmt: skip


def _overlap(first: Definition, second: Definition) -> bool:
    fixed = all(not isinstance(t, s.Index) for t in (*(first.target.times or ()), *(second.target.times or ())))
    ranged = any(d.conditions for d in (*first.domains, *second.domains))
    if first.target.times == second.target.times and not ranged:
        return True
    return fixed and first.target.times == second.target.times
