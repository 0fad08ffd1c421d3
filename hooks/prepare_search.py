"""Tells the search and the reader's page apart: what each of them has no use for, it does not get.

The articles of the series are shown before what else speaks of the same things, and the reference after it.
"""

import re

from mkdocs.plugins import CombinedEvent, event_priority

BOOST = 5
LOOKED_UP, BEHIND = "reference/", 0.2
UNSEARCHED = re.compile(r'<(div|details|p|template)\b[^>]* data-search-exclude=""[^>]*>.*?</\1>', re.DOTALL)
"""No such element holds another of its kind."""
TYPESETTING = re.compile(r"</?(?:span|wbr|math|m[inos]|m(?:row|frac|space)|m(?:sub|sup|under|over){1,2})\b[^>]*>")
"""What most tags of a page are, and none of the search's business."""
UNREAD = re.compile(r' data-search-exclude=""|<p hidden="">.*?</p>\n?')


def on_page_markdown(_markdown, page, **_):
    """Weigh a page of the series or of the reference; a weight in its front matter comes first."""
    if "series" in page.meta:
        page.meta.setdefault("search", {"boost": BOOST})
    elif page.file.src_uri.startswith(LOOKED_UP):
        page.meta.setdefault("search", {"boost": BEHIND})


@event_priority(100)
def _before_search(context, page, **_):
    page.read, page.content = UNREAD.sub("", page.content), TYPESETTING.sub("", UNSEARCHED.sub("", page.content))
    return context


@event_priority(-100)
def _after_search(context, page, **_):
    page.content = page.read
    return context


on_page_context = CombinedEvent(_before_search, _after_search)
