"""What a reader may play with: numbers computed in the page, and by this package when the site is built."""

from __future__ import annotations

from rnnwb.site.explore import gradient_flow

EXHIBITS = {"gradient-flow": gradient_flow.html}


def exhibits() -> list[str]:
    """The exhibits that a page may show."""
    return sorted(EXHIBITS)


def explore(name: str, prefix: str = "exhibit") -> str:
    """The exhibit of this name as HTML."""
    return EXHIBITS[name](prefix)
