"""The articles as an RSS feed, from their front matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from feedgenerator import Rss201rev2Feed

from rnnwb.site.articles import Article

FILE = "feed.xml"


def rss(articles: Sequence[Article], site: str, title: str, description: str) -> str:
    """The feed as XML, the newest articles first.

    Args:
        articles: the series.
        site: the address of the site, ending in a slash; without it, links are relative to the feed.
        title: the name of the site.
        description: what the site is.
    """
    feed = Rss201rev2Feed(title, site or ".", description, language="en", feed_url=f"{site}{FILE}")
    for article in sorted(articles, key=lambda article: (article.date, article.series), reverse=True):
        address = site + page_address(article.page)
        feed.add_item(
            article.title, address, article.description, unique_id=address, unique_id_is_permalink=bool(site),
            pubdate=datetime.combine(article.date, time(), UTC), categories=article.tags,
        )  # fmt: skip
    return str(feed.writeString("utf-8"))


def page_address(page: str) -> str:
    """Where a page is found below the site's address."""
    path = page.removesuffix(".md")
    return "" if path == "index" else f"{path.removesuffix('/index')}/"
