"""What is seen on the map, in words; the page's script says the same."""

from __future__ import annotations

import numpy as np

from rnnwb.site.elements import NO_BREAK
from rnnwb.site.explore.network import Setting, bias, gradient_norms, kept

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float) -> str:
    """Two digits, with a power of ten where the number is very small or very large."""
    if value == 0 or 0.01 <= value < 1000:
        return f"{float(f'{value:.2g}'):g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}{NO_BREAK}·{NO_BREAK}10{str(int(power)).translate(RAISED)}"


def summary(setting: Setting) -> str:
    """Two sentences: the way back of the last loss, and what the truncation keeps."""
    row = gradient_norms(setting)[-1]
    return f"{_way_back(setting.last, row)} {_truncation(setting)}"


def _way_back(last: int, row: np.ndarray) -> str:
    fate = "smaller" if row[0] < row[-1] else "larger"
    factor = max(row[0], row[-1]) / min(row[0], row[-1])
    return (
        f"The loss of step {last} sends a gradient of length {number(row[-1])} to its own state, and one of length "
        f"{number(row[0])} to the state of step 0, {number(factor)} times {fate}."
    )


def _truncation(setting: Setting) -> str:
    entries = (setting.last + 1) * (setting.last + 2) // 2
    if setting.kind == "none":
        return f"All {entries} entries of the table count: this is the whole gradient."
    steps = f"{setting.steps} step{'' if setting.steps == 1 else 's'}"
    return (
        f"{setting.kind.capitalize()} of {steps} keep {int(kept(setting).sum())} of {entries} entries, and the "
        f"gradient of W made of them is off by {number(100 * bias(setting))} %."
    )
