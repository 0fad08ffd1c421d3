"""What the checker found, in a line that a reader can judge."""

from __future__ import annotations

from rnnwb.site.library import Entry


def stamp(entry: Entry) -> str:
    """Such as: 300 values, 6 time steps, worst error 4e-16."""
    values = sum(verdict.values for verdict in entry.verdicts)
    steps = max(verdict.steps for verdict in entry.verdicts)
    parts = [_count(values, "value")]
    if steps:
        parts.append(_count(steps, "time step"))
    parts.append(f"worst error {worst(entry)}")
    return ", ".join(parts)


def worst(entry: Entry) -> str:
    """The largest error of an equation, to one digit."""
    error = max(verdict.worst_error for verdict in entry.verdicts)
    return f"{error:.0e}".replace("e-0", "e-") if error else "0"


def percent(fraction: float) -> str:
    """A relative error for prose."""
    return f"{100 * fraction:.3g}\u202f%"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
