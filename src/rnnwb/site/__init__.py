"""Equation cards, symbol tables and figures for Python-Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnnwb.site.extension import SiteExtension


def makeExtension(**options: Any) -> SiteExtension:
    """The entry point that Python-Markdown looks for."""
    from rnnwb.site.extension import SiteExtension

    return SiteExtension(**options)
