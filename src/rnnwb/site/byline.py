"""The line under an article's title, and its place in the series at the end."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from rnnwb.site.articles import articles, facts, series_links
from rnnwb.site.context import Context


class Byline(Treeprocessor):
    """Adds part, date, reading time and tags to a page of the series."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: Element) -> None:
        """Insert the line after the first heading, or at the top."""
        page = self.context.page()
        if "series" not in self.context.library.fronts.get(page or "", {}):
            return
        series = articles(self.context.library)
        article = next(article for article in series if article.page == page)
        line = facts(root, article)
        if article.series:
            line.text = f"Part {article.series:g} of {series[-1].series:g} · {line.text}"
        line.set("data-search-exclude", "")
        root.remove(line)
        root.insert(1 if len(root) and root[0].tag == "h1" else 0, line)
        series_links(root, article, self.context)
