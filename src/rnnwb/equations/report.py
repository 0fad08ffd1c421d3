"""Verdicts as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rnnwb.equations.verdict import Verdict


def line(verdict: Verdict) -> str:
    """Place, name, values compared, worst error and verdict, with the reasons of a failure below."""
    words = {True: "holds", False: "FALSE"}
    if verdict.kind == "known-false":
        words = {True: "fails as stated", False: "DOES NOT FAIL AS STATED"}
    head = (
        f"{verdict.page}:{verdict.line}  {verdict.name}  {verdict.values} values  "
        f"worst error {verdict.worst_error:.1e}  {words[verdict.holds]}"
    )
    return head if verdict.holds else f"{head}\n{textwrap.indent(verdict.message, '    ')}"


def report(verdicts: Sequence[Verdict]) -> str:
    """A line an equation, and a last line that counts them."""
    false = sum(not v.holds for v in verdicts)
    worst = max((v.worst_error for v in verdicts if v.kind != "known-false"), default=0.0)
    values = sum(v.values for v in verdicts)
    last = f"{len(verdicts)} equations, {values} values, worst error {worst:.1e}: " + (
        f"{false} do not hold" if false else "all hold"
    )
    return "\n".join([*map(line, verdicts), last])
