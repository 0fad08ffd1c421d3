"""Instances with numbers: what is printed can be recomputed by hand, and the two sides agree."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plain_arithmetic import worked_out

from rnnwb.equations import Block, Instance, Instances, Library, scan

DOCS = Path(__file__).parents[2] / "docs"
RELATIONS = {
    "=": lambda a, b: np.array_equal(a, b),
    "<=": lambda a, b: np.all(a <= b),
    ">=": lambda a, b: np.all(a >= b),
}


@pytest.fixture(scope="module")
def instances() -> dict[str, tuple[Block, Instance]]:
    """The instance of every equation of the site."""
    book = scan([DOCS])
    library = Library(book)
    makers = [(page, Instances(library.chapter(page))) for page in book.pages]
    return {
        block.name: (block, maker.of(block))
        for page, maker in makers
        for block in page.blocks
        if block.kind != "symbols"
    }  # fmt: skip


def decimals(text: str) -> int:
    """The most digits after a decimal point."""
    return max((len(digits) for digits in re.findall(r"\.(\d+)", text)), default=0)


def disagreement(numbers: str, value: str, places: int) -> float:
    """How far what the numbers give is from the printed value, in units of its last place."""
    return float(np.max(np.abs(worked_out(numbers) - worked_out(value)))) * 10**places


def test_the_printed_numbers_give_the_printed_value(instances: dict[str, tuple[Block, Instance]]) -> None:
    recomputed = 0
    for name, (_, found) in instances.items():
        places = max(decimals(side.value) for side in found.sides)
        for side in found.sides:
            if side.numbers:
                assert disagreement(side.numbers, side.value, places) <= 0.5 + 1e-6, (name, side)
                recomputed += 1
    assert recomputed > 800


def test_the_printed_values_are_related_as_the_equation_says(instances: dict[str, tuple[Block, Instance]]) -> None:
    for name, (block, found) in instances.items():
        values = [worked_out(side.value) for side in found.sides]
        for operator, (left, right) in zip(found.operators, pairwise(values), strict=True):
            assert RELATIONS[operator](left, right) is not (block.kind == "false"), (name, found)


def test_a_wrong_digit_would_be_noticed() -> None:
    assert disagreement(r"0.3 \cdot 0.369 + 0.4 \cdot (-0.369)", "-0.0369", 4) <= 0.5
    assert disagreement(r"0.3 \cdot 0.369 + 0.4 \cdot (-0.379)", "-0.0369", 4) > 0.5
    matrices = r"\begin{pmatrix} 1 & 2 \end{pmatrix} \begin{pmatrix} 1 & 0 \\ 2 & 1 \end{pmatrix}^{\top}"
    assert disagreement(matrices, r"\begin{pmatrix} 1 & 4 \end{pmatrix}", 0) == 0
    assert disagreement(matrices.replace(r"^{\top}", ""), r"\begin{pmatrix} 1 & 4 \end{pmatrix}", 0) > 0.5


def test_an_instance_shows_symbols_then_numbers_then_the_value(instances: dict[str, tuple[Block, Instance]]) -> None:
    _, found = instances["first-hidden-gradient"]
    left, middle, right = found.sides
    assert found.indices == {"h": 1}
    assert found.sizes == {"H": 2, "K": 2, "T": 2}
    assert (left.symbols, left.numbers) == (r"\frac{\partial E_{0}}{\partial S_{0}^{1}}", "")
    assert right.symbols == (
        r"v_{11} \frac{\partial E_{0}}{\partial Y_{0}^{1}} + v_{12} \frac{\partial E_{0}}{\partial Y_{0}^{2}}"
    )
    assert re.fullmatch(r"\(?-?0\.\d\)? \\cdot \S+ \+ \(?-?0\.\d\)? \\cdot \S+", right.numbers)
    assert left.value == middle.value == right.value


def test_long_formulas_are_shortened_from_the_inside(instances: dict[str, tuple[Block, Instance]]) -> None:
    shown = [side.numbers for _, found in instances.values() for side in found.sides]
    counts = [len(re.findall(r"\d+(?:\.\d+)?", numbers)) for numbers in shown]
    assert max(counts) < 60
    assert np.mean(np.array(counts) > 24) < 0.01


def test_a_term_that_is_switched_off_is_left_out(instances: dict[str, Any]) -> None:
    assert all("[" not in side.symbols for _, found in instances.values() for side in found.sides)
