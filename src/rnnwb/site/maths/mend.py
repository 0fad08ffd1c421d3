"""Small changes to MathML that browsers need to show a formula as TeX would."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

CIRCLED = {"⊙", "⊗", "⊕"}
BARS = {"|", "‖"}
LARGE = {"∑", "∏"}
TALL = {"mfrac", "mtable", "munderover", "munder", "msubsup", "msqrt"}


def mend(formula: Element, display: bool) -> None:
    """Change what Chromium or Firefox would show in another way than TeX."""
    for element in formula.iter():
        _keep_small(element)
        _delimit(element)
        if display:
            _limit(element)


def _keep_small(element: Element) -> None:
    """Firefox takes a circled operator for one that grows in a display."""
    if element.text in CIRCLED:
        element.set("largeop", "false")


def _delimit(group: Element) -> None:
    r"""What `\left` and `\right` make: bars of full height, and brackets that grow only around what is tall."""
    ends = [group[0], group[-1]] if group.tag == "mrow" and len(group) > 2 else []
    if not all(end.tag == "mo" and end.get("stretchy") is None for end in ends):
        return
    tall = any(part.tag in TALL for part in group.iter())
    for end, form in zip(ends, ("prefix", "postfix")):
        if end.text in BARS:
            end.attrib.update({"form": form, "stretchy": "true", "symmetric": "true"})
        elif not tall:
            end.set("stretchy", "false")


def _limit(scripts: Element) -> None:
    """A product under an arrow takes its limits above and below, as the product alone does."""
    if scripts.tag == "msubsup" and scripts[0].tag == "mover" and _texts(scripts[0])[0] in LARGE:
        scripts.tag = "munderover"


def _texts(element: Element) -> Sequence[str]:
    return ["".join(child.itertext()) for child in element]
