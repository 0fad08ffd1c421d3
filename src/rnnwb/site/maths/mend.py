"""Small changes to MathML: what browsers need to show a formula as TeX would, and no elements that change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

CIRCLED = {"⊙", "⊗", "⊕"}
APPLY = "\N{FUNCTION APPLICATION}"
BARS = {"|", "‖"}
FACTORS = {"mfrac", "mrow"}
LARGE = {"∑", "∏"}
LIMITED = {"mover", "munder", "munderover", "msubsup"}
PAIRS = [["(", ")"], ["[", "]"]]
RAISED = {"msup", "msubsup"}
SCRIPTS = {"msub", "msup", "msubsup"}
SLANTED = set("CFHIJKMNTUVWXYΨ")
TALL = {"mfrac", "mtable", "munderover", "munder"}
TALLER_THAN_A_LINE = TALL | {"msubsup", "msqrt"}


def simplify(group: Element, in_script: bool = False) -> None:
    """Leave out rows around upright letters in scripts; elsewhere Firefox needs them, or spaces the letters as functions."""
    for position, child in enumerate(group):
        small = in_script or (group.tag in SCRIPTS and position > 0)
        simplify(child, small)
        if (
            small
            and not child.attrib
            and [part.tag for part in child] == ["mspace", "mi"]
            and len(child[1].text or "") == 1
        ):
            group[position] = child[1]


def mend(formula: Element, display: bool) -> None:
    """Change what Chromium or Firefox would show in another way than TeX."""
    for element in formula.iter():
        _keep_small(element)
        _space_after(element)
        _space_before(element)
        _set_apart(element)
        _delimit(element)
        if display:
            _limit(element)
    for element in formula.iter():
        _grow(element)


def _keep_small(element: Element) -> None:
    """Firefox takes a circled operator for one that grows in a display."""
    if element.text in CIRCLED:
        element.set("largeop", "false")


def _space_after(operator: Element) -> None:
    """A sum or a product keeps its distance from what it runs over."""
    if operator.text in LARGE and operator.get("rspace") == "0":
        del operator.attrib["rspace"]


def _space_before(row: Element) -> None:
    """A sum or a product keeps its distance from a factor before it, such as one in brackets."""
    for before, after in pairwise(row):
        operator = _core(after)
        if operator.text in LARGE and before.tag in FACTORS:
            operator.attrib.pop("lspace", None)


def _set_apart(scripts: Element) -> None:
    """A superscript would stand on the upper right corner of a capital that leans towards it."""
    if scripts.tag in RAISED and scripts[0].text in SLANTED and "mathvariant" not in scripts[0].attrib:
        scripts.set("class", "slanted")


def _core(scripts: Element) -> Element:
    """What bears limits and arrows."""
    return _core(scripts[0]) if scripts.tag in LIMITED else scripts


def _delimit(group: Element) -> None:
    r"""What `\left` and `\right` make: bars of full height, and brackets that grow only around what is tall."""
    ends = [group[0], group[-1]] if group.tag == "mrow" and len(group) > 2 else []
    if not all(end.tag == "mo" and end.get("stretchy") is None for end in ends):
        return
    for end, form in zip(ends, ("prefix", "postfix")):
        if end.text in BARS:
            end.attrib.update({"form": form, "stretchy": "true", "symmetric": "true"})
        elif not _contains(group, TALLER_THAN_A_LINE):
            end.attrib.update(_size(_nesting(group)))


def _size(nesting: int) -> dict[str, str]:
    """Brackets around brackets are larger than those within."""
    return {"minsize": f"{1 + nesting / 8}em", "symmetric": "true"} if nesting else {"stretchy": "false"}


def _nesting(group: Element) -> int:
    """How many brackets stand within one another inside the group."""
    return max((_nesting(part) + _bracketed(part) for part in group), default=0)


def _bracketed(group: Element) -> bool:
    return group.tag == "mrow" and len(group) > 2 and [group[0].text, group[-1].text] in PAIRS


def _grow(call: Element) -> None:
    """The brackets of a function grow around what is tall and around larger brackets, without being told."""
    if len(call) < 3 or call[-2].text != APPLY:
        return
    argument, tall = call[-1], _contains(call[-1], TALL)
    if not tall and not any("minsize" in part.attrib for part in argument.iter()):
        return
    for end in (argument[0], argument[-1]):
        if end.tag == "mo":
            end.attrib.pop("stretchy", None)
            end.attrib.update({} if tall else _size(_nesting(argument)))


def _limit(scripts: Element) -> None:
    """A product under an arrow takes its limits above and below, as the product alone does."""
    if scripts.tag == "msubsup" and scripts[0].tag == "mover" and _texts(scripts[0])[0] in LARGE:
        scripts.tag = "munderover"


def _contains(group: Element, tags: set[str]) -> bool:
    return any(part.tag in tags for part in group.iter())


def _texts(element: Element) -> Sequence[str]:
    return ["".join(child.itertext()) for child in element]
