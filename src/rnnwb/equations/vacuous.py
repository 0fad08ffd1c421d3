"""No vacuous truth: an equation that could not have been false is an error."""

from __future__ import annotations

from collections.abc import Sequence

from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.pages import Chapter
from rnnwb.equations.unify import unify
from rnnwb.equations.verdict import Comparison


def check_not_vacuous(
    chapter: Chapter, block: Block, equation: s.Equation, links: Sequence[s.Relation], comparisons: Sequence[Comparison]
) -> None:
    """Refuse links that test nothing.

    Raises:
        EquationError: for an empty range, two equal trees, a definition repeated, or zeros that are not printed.
    """
    for link, comparison in zip(links, comparisons, strict=True):
        left, right = link.sides
        if comparison.values == 0:
            raise block.source.error(
                link.at, "this compares no value: its range is empty", "state a range that holds an index"
            )
        if left == right:
            raise block.source.error(
                link.at, "both sides are the same formula", "a claim says something that could be false"
            )
        if comparison.all_zero and s.Number(0) not in link.sides:
            raise block.source.error(link.at, "both sides are zero in every sample", "write = 0 if that is the claim")
        _check_repeats(chapter, block, link)
    for i, side in enumerate(sides := equation.chain.sides):
        if side in sides[:i]:
            raise block.source.error(side.at, "the chain comes back to this formula", "say it once")


def _check_repeats(chapter: Chapter, block: Block, link: s.Relation) -> None:
    for definition in chapter.model.definitions:
        defined = s.Relation(("=",), (definition.target, definition.right))
        exchanged = s.Relation(link.operators, link.sides[::-1])
        if unify(defined, link) is not None or unify(defined, exchanged) is not None:
            raise block.source.error(
                link.at,
                f"this repeats the definition {definition.name}",
                "refer to it instead; a repetition tests nothing",
            )
