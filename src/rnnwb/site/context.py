"""Which page a Markdown instance renders, and how to link from it."""

from __future__ import annotations

import posixpath
import sys
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any
from xml.etree.ElementTree import Element

from rnnwb.site.explore import exhibits, explore
from rnnwb.site.figures import draw, names, thumbnail
from rnnwb.site.library import Entry, Library, PageError, load
from rnnwb.site.measured.tables import table, tables

FRESH = 1.0
"""Seconds for which one Markdown instance, that of the docstrings say, need not look again."""

KINDS = {
    "figure": (draw, names),
    "thumbnail": (thumbnail, names),
    "explore": (explore, exhibits),
    "measured": (table, tables),
}
"""What makes each kind of figure, and which there are."""


@dataclass
class Context:
    """What the parts of the extension share while one text is rendered."""

    docs: Path
    md: Any = None
    library: Library = field(init=False)
    loaded: float = -inf
    lines: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    cards: list[tuple[Element, Entry]] = field(default_factory=list)
    symbols: dict[str, None] = field(default_factory=dict)
    helpers: dict[str, int] = field(default_factory=dict)
    closed: int = 0
    drawn: int = 0

    def start(self, lines: list[str]) -> None:
        """Forget the text before and check the pages, so that nothing false is rendered."""
        self.lines, self.headers, self.made = lines, [], []
        self.cards, self.symbols, self.helpers = [], {}, {}
        self.closed = self.drawn = 0
        if monotonic() - self.loaded > FRESH:
            self.library, self.loaded = load(self.docs), monotonic()

    def page(self) -> str | None:
        """The page being rendered, relative to the docs folder, where it can be known."""
        return _told_by_builder(self.md) or _found_by_text(self.library, self.lines)

    def place(self, line_text: str = "") -> str:
        """Page and line for a message."""
        page = self.page()
        name = (self.docs / page).as_posix() if page else "this text"
        lines = self.lines
        if page:
            lines = (self.docs / page).read_text(encoding="utf-8").splitlines()
        matches = [i for i, line in enumerate(lines, start=1) if line_text and line_text in line]
        return f"{name}:{matches[0]}" if matches else name

    def href(self, page: str, anchor: str) -> str:
        """A link to an anchor, relative to the page being rendered."""
        current = self.page()
        if page == current:
            return f"#{anchor}"
        start = posixpath.dirname(current or "")
        return f"{posixpath.relpath(page, start or '.')}#{anchor}"

    def figure(self, name: str, kind: str = "figure") -> str:
        """A drawing or table as a placeholder that Markdown puts back at the end; for `kind` see `KINDS`."""
        self.drawn += 1
        make, known = KINDS[kind][0], KINDS[kind][1]()
        if name not in known:
            place = self.place(f"({kind}:{name})")
            raise PageError(f"{place}: there is no figure {name}; there are {', '.join(known)}")
        return str(self.md.htmlStash.store(make(name, f"figure-{self.drawn}")))

    def link(self, entry: Entry) -> str:
        """A link to an equation."""
        return self.href(entry.page, entry.anchor)


def _told_by_builder(md: Any) -> str | None:
    if "relpath" in md.treeprocessors:
        return str(md.treeprocessors["relpath"].file.src_uri)
    zensical = sys.modules.get("zensical.extensions.context")
    if zensical is None:
        return None
    processor = zensical.ContextPreprocessor.from_markdown(md)
    return str(processor.page.path) if processor else None


def _found_by_text(library: Library, lines: list[str]) -> str | None:
    text = "\n".join(lines).strip()
    same = [page for page, body in library.texts.items() if body.strip() == text]
    return same[0] if len(same) == 1 else None
