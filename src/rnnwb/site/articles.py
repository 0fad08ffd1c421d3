"""The articles of the series as posts, read from the front matter of the pages."""

from __future__ import annotations

import datetime
import posixpath
import re
from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element

from rnnwb.site.context import Context
from rnnwb.site.elements import add
from rnnwb.site.library import Library, PageError

WORDS_A_MINUTE = 200
FIGURE = re.compile(r"(?m)^!\[[^\]]*\]\(figure:([\w-]+)\)")
HEADING = re.compile(r"(?m)^# (.+)$")


@dataclass(frozen=True)
class Article:
    """One part of the series."""

    page: str
    series: float
    title: str
    description: str
    date: datetime.date
    tags: tuple[str, ...]
    figure: str | None
    minutes: int

    @property
    def facts(self) -> str:
        """Date and reading time."""
        day = f"{self.date.day} {self.date:%B %Y}"
        return f"{day} · {self.minutes} min read"


def articles(library: Library) -> list[Article]:
    """Every page whose front matter gives its place in the series, in that order."""
    found = [_article(library, page) for page in library.fronts if "series" in library.fronts[page]]
    return sorted(found, key=lambda article: article.series)


def _article(library: Library, page: str) -> Article:
    front, text = library.fronts[page], library.texts[page]
    missing = [name for name in ("description", "date") if not front.get(name)]
    if missing:
        raise PageError(
            f"{library.docs.name}/{page}:1: an article of the series also needs "
            f"{' and '.join(missing)} in its front matter"
        )
    heading, figure = HEADING.search(text), FIGURE.search(text)
    title = front.get("title") or (heading[1] if heading else page)
    return Article(
        page, float(str(front["series"])), str(title), str(front["description"]),
        datetime.date.fromisoformat(str(front["date"])), _tags(front.get("tags")),
        figure[1] if figure else None, ceil(len(text.split()) / WORDS_A_MINUTE),
    )  # fmt: skip


def _tags(value: object) -> tuple[str, ...]:
    return tuple(str(tag) for tag in value) if isinstance(value, list) else ()


def list_articles(parent: Element, context: Context) -> None:
    """The posts of the home page."""
    parent.set("class", "posts")
    for article in articles(context.library):
        _post(parent, article, context)


def _post(parent: Element, article: Article, context: Context) -> None:
    post = add(parent, "article", "post")
    if article.figure:
        add(post, "div", "post__figure").text = context.figure(article.figure, kind="thumbnail")
    body = add(post, "div", "post__text")
    heading = add(body, "h3")
    add(heading, "a", text=f"{article.series:g}. {article.title}", href=_href(article, context))
    facts(body, article)
    add(body, "p").text = article.description


def _href(article: Article, context: Context) -> str:
    current = context.page() or ""
    return posixpath.relpath(article.page, posixpath.dirname(current) or ".")


def series_links(parent: Element, current: Article, context: Context) -> None:
    """How far the reader has come: a link to every part, the present one marked."""
    nav = add(parent, "nav", "series", **{"aria-label": "Progress in the series"})
    series = articles(context.library)
    add(nav, "p", "series__place", f"Part {current.series:g} of {series[-1].series:g}")
    parts = add(nav, "ol", "series__parts")
    for article in series:
        state = "read" if article.series < current.series else "ahead"
        item = add(parts, "li", f"series__part series__part--{state}")
        link = add(item, "a", text=f"{article.series:g}", href=_href(article, context), title=article.title)
        link.set("aria-label", f"Part {article.series:g}: {article.title}")
        if article == current:
            link.set("aria-current", "page")


def facts(parent: Element, article: Article) -> Element:
    """Date, reading time and tags in one line."""
    line = add(parent, "p", "post__facts", article.facts)
    for tag in article.tags:
        add(line, "span", "post__tag", tag)
    return line
