"""What the blocks of an equation have in common."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block

from rnnwb.site.context import Context


def as_text(value: object) -> str:
    """Any YAML value, as it was written."""
    return str(value)


class SiteBlock(Block):
    """A block that the guard can count."""

    ARGUMENT = None

    @property
    def context(self) -> Context:
        """What the extension shares with its blocks."""
        shared: Context = self.config["context"]
        return shared

    def on_create(self, parent: Element) -> Element:
        """The element of the block; the scanner has refused bad headers already."""
        self.context.made.append(self.NAME)
        return SubElement(parent, "div")

    def on_end(self, block: Element) -> None:
        """Note that the block was closed and fill its element."""
        self.context.closed += 1
        self.fill(block)

    def fill(self, block: Element) -> None:
        """Put the block's content into its element."""


class EquationBlock(SiteBlock):
    """A block with a name and TeX, shown as a card."""

    def on_markdown(self) -> str:
        """The body is TeX and no Markdown."""
        return "raw"

    def fill(self, block: Element) -> None:
        """Leave the element to the card of the equation that was scanned."""
        name = str(self.argument or "").strip()
        header = f"/// {self.NAME} | {name}"
        entry = self.context.library.entry(name, self.context.place(header))
        block.clear()
        self.context.cards.append((block, entry))


OPTIONS: dict[str, tuple[Any, Any]] = dict.fromkeys(("function", "for", "given"), ("", as_text))
