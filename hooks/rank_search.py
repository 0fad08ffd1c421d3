"""Lets the search show the articles of the series before what else speaks of the same things."""

BOOST = 5


def on_page_markdown(_markdown, page, **_):
    """Weigh a page of the series; a weight in its front matter comes first."""
    if "series" in page.meta:
        page.meta.setdefault("search", {"boost": BOOST})
