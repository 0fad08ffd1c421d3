"""Attributes for parts of a formula, such as the symbol that a letter stands for.

Each part is marked in the TeX by a group that starts with a character of Unicode's private area. What the
typesetter makes of the group is found again by that character, which then goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

FIRST = 0xE000


@dataclass(frozen=True)
class Annotation:
    """Attributes for the part `tex[start:end]` of a formula: an atom of TeX, its scripts included."""

    start: int
    end: int
    attributes: Mapping[str, str]


def mark(tex: str, annotations: Sequence[Annotation]) -> str:
    """The TeX with each annotated part in a marked group; parts may lie within each other."""
    opening: dict[int, str] = defaultdict(str)
    closing: dict[int, str] = defaultdict(str)
    for number, part in sorted(enumerate(annotations), key=lambda numbered: -numbered[1].end):
        opening[part.start] += "{" + chr(FIRST + number)
        closing[part.end] += "}"
    return "".join(closing[at] + opening[at] + tex[at : at + 1] for at in range(len(tex) + 1))


def unmark(element: Element, annotations: Sequence[Annotation]) -> None:
    """Move the attributes of each marked group to the element that was made of it."""
    for position, child in enumerate(element):
        unmark(child, annotations)
        if len(child) and (number := _number(child[0])) is not None:
            child.remove(child[0])
            attributes = annotations[number].attributes
            element[position] = holder = _holder(child, attributes)
            holder.attrib.update(attributes)


def _number(element: Element) -> int | None:
    text = element.text or ""
    return ord(text) - FIRST if len(text) == 1 and FIRST <= ord(text) <= 0xF8FF else None


def _holder(group: Element, attributes: Mapping[str, str]) -> Element:
    """The group, or what alone stands in it and has none of the attributes yet."""
    alone = len(group) == 1 and not set(attributes) & set(group[0].attrib)
    return group[0] if alone else group
