"""References by name: to an equation, a figure, and the lists that the site makes."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from rnnwb.site.all_equations import list_equations
from rnnwb.site.articles import list_articles
from rnnwb.site.context import Context
from rnnwb.site.elements import add

EQUATION = r"\[(?P<text>[^\[\]]*)\]\(eq:(?P<name>[^)\s]*)\)"
FIGURE = re.compile(r"^ {0,3}!\[(?P<caption>(?s:.*))\]\((?P<kind>figure|explore|measured):(?P<name>[^)\s]*)\)\s*$")
LISTS = {"![](articles:all)": list_articles, "![](equations:all)": list_equations}
CSS = {"figure": "drawing", "explore": "exhibit", "measured": "measured"}


class EquationReference(InlineProcessor):
    """`[](eq:name)` becomes a link whose text is the equation's number."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(EQUATION, md)
        self.context = context

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        """The link element, which the site builder rewrites like any other."""
        entry = self.context.library.entry(m["name"], self.context.place(f"](eq:{m['name']})"))
        link = Element("a", {"class": "equation-link", "href": self.context.link(entry)})
        link.set("title", entry.name)
        link.text = m["text"] or AtomicString(f"({entry.number})")
        return link, m.start(0), m.end(0)


class FigureBlock(BlockProcessor):
    """A paragraph `![caption](figure:name)` becomes an inline drawing, and so with what `CSS` names."""

    def __init__(self, parser: Any, context: Context) -> None:
        super().__init__(parser)
        self.context = context

    def test(self, parent: Element, block: str) -> bool:
        """Whether the paragraph is a figure and nothing else."""
        return FIGURE.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Draw it, with its caption below."""
        match = FIGURE.match(blocks.pop(0))
        assert match is not None
        figure = add(parent, "figure", CSS[match["kind"]])
        add(figure, "div").text = self.context.figure(match["name"], match["kind"])
        if match["caption"]:
            add(figure, "figcaption").text = match["caption"]


class GeneratedList(BlockProcessor):
    """A paragraph `![](articles:all)` or `![](equations:all)` becomes the list of these."""

    def __init__(self, parser: Any, context: Context) -> None:
        super().__init__(parser)
        self.context = context

    def test(self, parent: Element, block: str) -> bool:
        """Whether the paragraph is the reference and nothing else."""
        return block.strip() in LISTS

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Write the list."""
        LISTS[blocks.pop(0).strip()](add(parent, "div"), self.context)
