"""What the checker found, in a line that a reader can judge."""

from __future__ import annotations

import re

from rnnwb.site.elements import NO_BREAK
from rnnwb.site.library import Entry

EVERYWHERE = re.compile(r"1 <= [dh-n]|0 <= t|t >= 0")
"""Ranges that leave nothing out, since components count from 1 and time from 0."""

GREEK = {"tau": "τ", "nu": "ν", "kappa": "κ"}
SIGNS = {">=": "≥", "<=": "≤", "!=": "≠", " - ": " − ", "_{-1}": "₋₁"}
SUBSCRIPT = {"e": "ₑ", "t": "ₜ"}
SUPERSCRIPT = {"d": "ᵈ", "e": "ᵉ"}


TOGETHER = re.compile(r"(?<=\d) (?=[a-z%])|(?<=error) ")
"""Between a number and what it is a number of."""


def finding(entry: Entry) -> str:
    """Such as: Checked, for t ≥ 1, with W diagonal: 300 values, 6 time steps, worst error 4e-16."""
    given = entry.options.get("given", "").replace(";", ",")
    parts = ["Checked", _range(entry, "for"), f"with {_plain(given)}" if given else ""]
    found = failure(entry) if entry.kind == "false" else stamp(entry)
    return f"{', '.join(filter(None, parts))}: {TOGETHER.sub(NO_BREAK, found)}"


def stamp(entry: Entry) -> str:
    """Such as: 300 values, 6 time steps, worst error 4e-16."""
    verdict = entry.verdict
    parts = [_count(verdict.values, "value")]
    if verdict.steps:
        parts.append(_count(verdict.steps, "time step"))
    parts.append(f"worst error {_one_digit(verdict.worst_error)}")
    return ", ".join(parts)


def failure(entry: Entry) -> str:
    """Such as: holds for t = 0, fails for t ≥ 1 at 12 of 60 values, off by up to 35 % of the largest."""
    verdict = entry.verdict
    holds = _range(entry, "holds")
    fails = "" if entry.options.get("fails") == entry.options.get("for") else _range(entry, "fails")
    amount = f"{verdict.failing:,} of {_count(verdict.values, 'value')}"
    percent = float(f"{100 * verdict.worst_error:.2g}")
    return f"{f'holds {holds}, ' if holds else ''}fails {f'{fails} ' if fails else ''}at {amount}, off by up to {percent:g} % of the largest"


def _range(entry: Entry, option: str) -> str:
    """Such as `for t ≥ 1`, and nothing where the range leaves nothing out."""
    stated = entry.options.get(option, "")
    return "" if not stated or EVERYWHERE.fullmatch(stated) else f"for {_plain(stated)}"


def _one_digit(error: float) -> str:
    return f"{error:.0e}".replace("e-0", "e-") if error else "0"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain(condition: str) -> str:
    """A condition without TeX."""
    text = condition
    for typed, sign in SIGNS.items():
        text = text.replace(typed, sign)
    text = re.sub(r"\^?\{?\\mathrm\{(\w+)\}\}?", lambda label: SUPERSCRIPT.get(label[1], f"^{label[1]}"), text)
    text = re.sub(r"_([et])\b", lambda letter: SUBSCRIPT[letter[1]], text)
    return re.sub(r"\\(\w+)", lambda name: GREEK.get(name[1], name[1]), text)
