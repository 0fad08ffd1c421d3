"""What an equation rests on: definitions it mentions, and earlier equations for what it uses."""

from __future__ import annotations

from collections.abc import Iterator

from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.pages import Chapter
from rnnwb.equations.unify import unify


def rests_on(chapter: Chapter, block: Block, equation: s.Equation) -> tuple[str, ...]:
    """Names of the equations that `equation` reads, nearest use first, itself left out."""
    names = dict.fromkeys(_read(chapter, block, equation))
    names.pop(block.name, None)
    return tuple(names)


def _read(chapter: Chapter, block: Block, equation: s.Equation) -> Iterator[str]:
    left, *rights = equation.chain.sides
    before = _earlier(chapter, block)
    for side in rights:
        for node in s.walk(side):
            if isinstance(node, s.Derivative):
                yield from (name for name, shown in before if unify(shown, node) is not None)
    for side in (left, *rights):
        for node in s.walk(side):
            if isinstance(node, s.Quantity):
                yield from (d.name for d in chapter.model.by_symbol.get(node.symbol, ()))


def _earlier(chapter: Chapter, block: Block) -> list[tuple[str, s.Node]]:
    earlier: list[tuple[str, s.Node]] = []
    for other in chapter.page.blocks:
        if other.name == block.name:
            break
        if other.kind in ("define", "equation"):
            left = chapter.equations[other.name].chain.sides[0]
            if isinstance(left, s.Derivative):
                earlier.append((other.name, left))
    return earlier
