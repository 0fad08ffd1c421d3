"""What the command prints."""

from __future__ import annotations

from typing import Any


def heading(text: str) -> str:
    """A line above the results of one peer."""
    return f"\n{text.replace('_', ' ')}  (ours ÷ peer's)"


def ratio_line(result: dict[str, Any]) -> str:
    """One case beside one peer: the ratio with its quartiles, our time, and how far the gradients differ."""
    case = "{cell:4} H{H:<3} T{T:<3} B{B:<2} {dtype}".format(**result) if "cell" in result else result["peer"]
    if "missing" in result:
        return f"  {case}  -  {result['missing']}"
    lower, median, upper = result["ratio"]
    text = f"  {case}  {median:6.3f}  ({lower:.3f} to {upper:.3f})  ours {1000 * result['ours'][1]:9.3f} ms"
    return text + (f"  gradients to {result['difference']:.0e}" if "difference" in result else "")


def long_line(result: dict[str, Any]) -> str:
    """One way at one number of steps."""
    if "missing" in result:
        return f"  {result['way']:14}  -  {result['missing']}"
    text = f"  {result['way']:14} T {result['T']:6}  "
    if "mebibytes" in result:
        return text + f"{result['mebibytes']:8.1f} MiB above the inputs"
    per_step, ratio = 1e6 * result["seconds"][1] / result["T"], result["ratio"][1]
    return text + f"{per_step:7.2f} µs a step  {ratio:.3f} of {result['ratio_to']}"
