"""What a check found: the numbers, the judgement, and the words for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations.blocks import Block

TOLERANCE = 1e-10
TIGHT = 0.5
Array = NDArray[Any]


@dataclass(frozen=True)
class Pair:
    """Both sides at one assignment of the free indices."""

    indices: dict[str, int]
    left: Array
    right: Array


@dataclass(frozen=True)
class Comparison:
    """The outcome of one relation over all samples.

    `worst` is that of all samples if all hold. Otherwise everything is told of the first sample in which the relation fails.
    `values` and `failing` count scalars in one sample; `failures` and `successes` hold the assignments.
    """

    values: int
    steps: int
    worst: float
    holds: bool
    failing: int = 0
    all_zero: bool = False
    ratio: float | None = None
    report: str = ""
    failures: tuple[dict[str, int], ...] = ()
    successes: tuple[dict[str, int], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """The verdict on one equation; `holds` says of a known-false one that it fails as stated."""

    page: str
    line: int
    name: str
    kind: str
    function: str | None
    values: int
    steps: int
    worst_error: float
    holds: bool
    message: str
    rests_on: tuple[str, ...] = ()
    failing: int = 0
    ratio: float | None = field(default=None)


def judge(
    samples: Sequence[Sequence[Pair]], operator: str, clocks: Sequence[str], against_zero: bool = False
) -> Comparison:
    """Compare all pairs; the error is relative to the largest value on either side.

    Count and error of a failure are those of one sample: the samples differ in their sizes.

    Args:
        samples: the pairs of each sample.
        operator: the relation that is to hold.
        clocks: the free indices that count time.
        against_zero: whether one side is a printed zero, so that the error is absolute; that of a failure is told of the largest value.
    """
    found = [_judge_sample(pairs, operator, against_zero) for pairs in samples]
    at = next((n for n, c in enumerate(found) if not c.holds), 0)
    shown = found[at]
    worst = max(c.worst for c in found) if shown.holds else shown.worst
    ratios = [c.ratio for c in found if c.ratio is not None]
    ratio = max(ratios) if ratios else None
    loose = ratio is not None and ratio < TIGHT
    report = shown.report
    if loose and shown.holds:
        report = f"the bound is never attained: left is at most {ratio:.2g} of right\n  mend: show the tight case, or a closer bound"
    return Comparison(
        shown.values, steps_of(samples[at], clocks), worst, shown.holds and not loose, shown.failing,
        all(c.all_zero for c in found), ratio, report, shown.failures, shown.successes,
    )  # fmt: skip


def steps_of(pairs: Sequence[Pair], clocks: Sequence[str]) -> int:
    """How many time steps are compared; with two indices of time, those of the one that takes more values."""
    return max((len({p.indices.get(clock, 0) for p in pairs}) for clock in clocks), default=0)


def _judge_sample(pairs: Sequence[Pair], operator: str, against_zero: bool) -> Comparison:
    if not pairs:
        return Comparison(0, 0, 0.0, True)
    scale = max(float(max(np.abs(p.left).max(), np.abs(p.right).max())) for p in pairs)
    unit = 1.0 if against_zero else scale or 1.0
    gaps = [_gap(p, operator, unit) / unit for p in pairs]
    worst = max(float(gap.max()) for gap in gaps)
    failing = [(p, gap) for p, gap in zip(pairs, gaps, strict=True) if gap.max() > TOLERANCE]
    if against_zero and failing:
        worst /= scale
    return Comparison(
        values=sum(p.left.size for p in pairs), steps=0, worst=worst, holds=not failing,
        failing=sum(int((gap > TOLERANCE).sum()) for _, gap in failing), all_zero=scale == 0,
        ratio=None if against_zero else _ratio(pairs, operator), report=_report(pairs, failing, worst) if failing else "",
        failures=tuple(p.indices for p, _ in failing),
        successes=tuple(p.indices for p, gap in zip(pairs, gaps, strict=True) if gap.max() <= TOLERANCE),
    )  # fmt: skip


def _gap(pair: Pair, operator: str, unit: float) -> Array:
    if operator == "=":
        return np.asarray(np.abs(pair.left - pair.right))
    excess = pair.left - pair.right if operator in ("<=", "<") else pair.right - pair.left
    equal_fails = unit if operator in ("<", ">") else 0.0
    return np.asarray(np.where(excess == 0, equal_fails, np.maximum(excess, 0)))


def _ratio(pairs: Sequence[Pair], operator: str) -> float | None:
    if operator == "=":
        return None
    ratios = []
    for pair in pairs:
        small, large = (pair.left, pair.right) if operator in ("<=", "<") else (pair.right, pair.left)
        near, far = np.where(large > 0, small, -large), np.where(large > 0, large, -small)
        ratios.append(float(np.max(np.where(far > 0, near / np.where(far > 0, far, 1), 0))))
    return max(ratios)


def _report(pairs: Sequence[Pair], failing: Sequence[tuple[Pair, Array]], worst: float) -> str:
    first, gap = failing[0]
    at = tuple(int(i) for i in np.argwhere(gap > TOLERANCE)[0])
    where = ", ".join(f"{name} = {value}" for name, value in first.indices.items())
    if at:
        where += f"{', ' if where else ''}entry {tuple(i + 1 for i in at)}"
    count = sum(int((gap > TOLERANCE).sum()) for _, gap in failing)
    total = sum(p.left.size for p in pairs)
    return (
        f"first fails at {where or 'its only value'}: left {first.left[at]:.9g}, right {first.right[at]:.9g}\n"
        f"{count} of {total} values fail, worst error {worst:.2g}"
    )


def verdict_of(block: Block, kind: str, comparisons: Sequence[Comparison], rests: tuple[str, ...]) -> Verdict:
    """The verdict on an equation that is to hold."""
    failed = [c for c in comparisons if not c.holds]
    worst = max(comparisons, key=lambda c: c.worst)
    return Verdict(
        block.page, block.line, block.name, kind, block.function,
        values=sum(c.values for c in comparisons), steps=max(c.steps for c in comparisons),
        worst_error=worst.worst, holds=not failed, message="\n".join(c.report for c in failed), rests_on=rests,
        failing=sum(c.failing for c in failed), ratio=max((c.ratio for c in comparisons if c.ratio is not None), default=None),
    )  # fmt: skip


def known_false(block: Block, fails: Comparison, messages: Sequence[str], rests: tuple[str, ...]) -> Verdict:
    """The verdict on an equation that is to fail."""
    return Verdict(
        block.page, block.line, block.name, "known-false", block.function, fails.values, fails.steps,
        fails.worst, not messages, "\n".join(messages), rests, fails.failing,
    )  # fmt: skip
