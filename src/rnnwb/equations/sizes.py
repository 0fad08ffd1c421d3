"""Sizes for a check: pairwise distinct, so that no two shapes agree by accident."""

from __future__ import annotations

from collections.abc import Mapping

from rnnwb.equations import syntax as s
from rnnwb.equations.pages import Chapter
from rnnwb.equations.source import EquationError


def chosen_sizes(chapter: Chapter, wanted: Mapping[str, int], first: int = 2) -> dict[str, int]:
    """A number for each size of a page, in the order of declaration from `first` upwards.

    The number after a last time step is left free, since T + 1 is the length of a sequence.

    Args:
        chapter: the page.
        wanted: sizes that are asked for.
        first: the smallest number to give.

    Raises:
        EquationError: if two sizes are equal, or one is below 1.
    """
    symbols = chapter.scope.symbols.values()
    names = [x.name for x in symbols if x.kind == "size"]
    last = {
        x.bounds[1].symbol.name
        for x in symbols
        if x.bounds and x.bounds[0] == s.Number(0) and isinstance(x.bounds[1], s.Size)
    }
    sizes = {name: wanted[name] for name in names if name in wanted}
    _check(sizes)
    taken = set(sizes.values()) | {sizes[name] + 1 for name in last & sizes.keys()}
    for name in (n for n in names if n not in sizes):
        span = 2 if name in last else 1
        number = next(n for n in range(first, 1000) if taken.isdisjoint(range(n, n + span)))
        sizes[name] = number
        taken |= set(range(number, number + span))
    return sizes


def _check(sizes: Mapping[str, int]) -> None:
    for name, number in sizes.items():
        if number < 1:
            raise EquationError(f"the size {name} = {number} is below 1\n  mend: sizes are whole numbers from 1")
        equal = [other for other in sizes if other != name and sizes[other] == number]
        if equal:
            raise EquationError(
                f"the sizes {name} and {equal[0]} are both {number}\n"
                "  mend: give each size a number of its own, or wrong shapes would agree by accident"
            )
