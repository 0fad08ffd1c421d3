"""Equations as headings below those of the text, for a search that leads to them and for readers by ear."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from rnnwb.site.context import Context
from rnnwb.site.elements import add

LEVELS = {f"h{level}": level for level in range(1, 7)}


class EquationHeadings(Treeprocessor):
    """Gives each card its name as a heading, after the table of contents has been made without them."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: Element) -> None:
        """The heading stands one level below the last one of the text, and takes the card's id."""
        level = 1
        for element in list(root.iter()):
            level = LEVELS.get(element.tag, level)
            if "equation" in element.get("class", "").split():
                self._head(element, min(level + 1, 6))

    def _head(self, card: Element, level: int) -> None:
        identity = card.attrib.pop("id")
        entry = self.context.library.entries[identity.removeprefix("eq-")]
        heading = Element(f"h{level}", {"class": "equation__name", "id": identity})
        add(heading, "span", text=entry.title)
        card.insert(0, heading)
