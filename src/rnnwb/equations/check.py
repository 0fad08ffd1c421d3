"""Every equals sign as a test: at every index and step, at several samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.compare import compare
from rnnwb.equations.intervals import check_interval
from rnnwb.equations.link import compare_function, linked
from rnnwb.equations.options import Options, read_options
from rnnwb.equations.pages import Chapter, Library
from rnnwb.equations.reads import rests_on
from rnnwb.equations.scan import Book, Page
from rnnwb.equations.sizes import chosen_sizes
from rnnwb.equations.source import EquationError
from rnnwb.equations.state import State
from rnnwb.equations.vacuous import check_not_vacuous
from rnnwb.equations.verdict import Comparison, Verdict, known_false, verdict_of

SAMPLES = 3
KINDS = {"define": "definition", "equation": "claim", "false": "known-false"}


def check(
    book: Book,
    sizes: Mapping[str, int] | None = None,
    seed: int = 0,
    functions_required: bool | None = None,
) -> list[Verdict]:
    """The verdict on every equation of a book, in the order of its pages.

    Args:
        book: what `scan` returned.
        sizes: values for sizes, such as `{"D": 2, "H": 3}`; the rest are chosen, all distinct.
        seed: first of the samples.
        functions_required: whether an equation without a function is an error; by default on pages
            below a folder called docs.

    Raises:
        EquationError: if a page cannot be given a meaning. A false equation is no error but a verdict.
    """
    library = Library(book)
    if sizes:
        _check_known(library, book, sizes)
    return [v for page in book.pages for v in page_verdicts(library, page, sizes, seed, functions_required)]


def page_verdicts(
    library: Library, page: Page, sizes: Mapping[str, int] | None, seed: int, functions_required: bool | None
) -> list[Verdict]:
    """The verdict on every equation of one page; the arguments are those of `check`."""
    checker = Checker(library.chapter(page), sizes, seed)
    required = "docs" in page.path.resolve().parts if functions_required is None else functions_required
    return [checker.verdict(block, required) for block in page.blocks if block.kind != "symbols"]


def _check_known(library: Library, book: Book, sizes: Mapping[str, int]) -> None:
    declared = {x.name for page in book.pages for x in library.chapter(page).scope.symbols.values() if x.kind == "size"}
    for name in sizes:
        if name not in declared:
            raise EquationError(
                f"no page declares a size {name!r}\n  mend: the sizes are {', '.join(sorted(declared))}"
            )


class Checker:
    """The samples of one chapter, kept so that its equations share what was computed."""

    def __init__(self, chapter: Chapter, sizes: Mapping[str, int] | None = None, seed: int = 0) -> None:
        self.chapter = chapter
        self.sizes = chosen_sizes(chapter, sizes or {})
        self.seeds = range(seed, seed + SAMPLES)
        self._other_sizes = chosen_sizes(chapter, sizes or {}, first=3)
        self._states: dict[tuple[tuple[str, str], ...], list[State]] = {}

    def states(self, domains: Mapping[str, str]) -> Sequence[State]:
        """One state a sample, with the inputs drawn from `domains` where it names them.

        The last one has other sizes, so that a number printed for a size does not pass.
        """
        key = tuple(sorted(domains.items()))
        if key not in self._states:
            model = self.chapter.model
            *same, last = self.seeds
            states = [State(model, self.sizes, seed, domains) for seed in same]
            self._states[key] = [*states, State(model, self._other_sizes, last, domains)]
        return self._states[key]

    def verdict(self, block: Block, function_required: bool = False) -> Verdict:
        """The verdict on one block.

        Raises:
            EquationError: if it has no meaning, or says nothing that could be false.
        """
        if function_required and not block.function:
            raise block.source.error(
                0, "this equation names no function", "add `    function: module.name` under the header"
            )
        equation = self.chapter.equations[block.name]
        options = read_options(block, self.chapter.scope)
        self._check_given(block, options)
        states = self.states(options.given)
        if block.kind == "false":
            return self._known_false(block, equation, options, states)
        return self._holding(block, equation, options, states)

    def _check_given(self, block: Block, options: Options) -> None:
        for symbol, definitions in self.chapter.model.by_symbol.items():
            if symbol.name in options.given and all(d.covers for d in definitions):
                raise EquationError(
                    f"{block.page}:{block.line}: `given` draws {symbol.tex}, which a definition computes\n"
                    "  mend: name an input, or remove the option"
                )

    def _holding(self, block: Block, equation: s.Equation, options: Options, states: Sequence[State]) -> Verdict:
        domains = (*equation.domains, *options.domains)
        links = list(_links(equation, skip=block.kind == "define"))
        comparisons = [compare(block.source, link, domains, states) for link in links]
        check_not_vacuous(self.chapter, block, equation, links, comparisons)
        if block.kind == "define":
            check_interval(block, equation.chain.sides[0], states)
        if block.function and all(c.holds for c in comparisons):
            comparisons.append(compare_function(self.chapter, block, equation, domains, states))
        if not comparisons:
            first = next(_links(equation, skip=False))
            comparisons.append(compare(block.source, first, domains, states))
        return self._verdict(block, equation, comparisons)

    def _known_false(self, block: Block, equation: s.Equation, options: Options, states: Sequence[State]) -> Verdict:
        (link,) = _only(block, equation)
        if block.function:
            linked(block)
        fails = compare(block.source, link, (*equation.domains, *options.fails), states)
        if fails.values == 0:
            raise block.source.error(link.at, "this compares no value: its range is empty", "widen `fails:` or `for:`")
        messages = list(_unmet(fails, options))
        if options.holds:
            holds = compare(block.source, link, (*equation.domains, *options.holds), states)
            if holds.values == 0:
                raise block.source.error(
                    link.at, "`holds` compares no value: its range is empty", "widen it, or remove it"
                )
            if not holds.holds:
                messages.append(f"it was to hold at {options.holds_text}, and does not:\n{holds.report}")
        return known_false(block, fails, messages, rests_on(self.chapter, block, equation))

    def _verdict(self, block: Block, equation: s.Equation, comparisons: Sequence[Comparison]) -> Verdict:
        return verdict_of(block, KINDS[block.kind], comparisons, rests_on(self.chapter, block, equation))


def _links(equation: s.Equation, skip: bool) -> Iterator[s.Relation]:
    chain = equation.chain
    for i, operator in enumerate(chain.operators):
        if not (skip and i == 0):
            yield s.Relation((operator,), chain.sides[i : i + 2], at=chain.sides[i + 1].at)


def _unmet(found: Comparison, options: Options) -> Iterator[str]:
    """Where a known-false equation was to fail, and does not."""
    letters = sorted({d.index.symbol.name for d in options.fails})
    failed = {tuple(f[name] for name in letters) for f in found.failures}
    for indices in found.successes if letters else ():
        if tuple(indices[name] for name in letters) not in failed:
            where = ", ".join(f"{name} = {indices[name]}" for name in letters)
            yield f"it was to fail at {options.fails_text}, and holds at {where}"
            return
    if not failed:
        yield "it was to fail, and holds\n  mend: make it an equation block"


def _only(block: Block, equation: s.Equation) -> list[s.Relation]:
    links = list(_links(equation, skip=False))
    if len(links) != 1:
        raise block.source.error(0, "a known-false equation is one relation", "split the chain")
    return links
