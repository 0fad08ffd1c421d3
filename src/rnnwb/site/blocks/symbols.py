"""The block that declares the symbols of a page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from rnnwb.site.blocks.base import SiteBlock


class SymbolsBlock(SiteBlock):
    """Declarations, `/// symbols`, shown as the table they are written as."""

    NAME = "symbols"

    def on_create(self, parent: Element) -> Element:
        """A region that scrolls by itself on a narrow screen."""
        region = super().on_create(parent)
        region.attrib.update({"class": "symbols", "tabindex": "0", "role": "group", "aria-label": "Symbols"})
        return region

    def on_markdown(self) -> str:
        """The body is a Markdown table."""
        return "block"
