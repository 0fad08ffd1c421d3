"""Figures drawn at build time; each module here draws the figure of its own name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from rnnwb.site.figures.shapes import Figure, to_svg

SHARED = "shapes"


def names() -> list[str]:
    """The figures that a page may show."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__) if module.name != SHARED)


def draw(name: str, prefix: str = "figure") -> str:
    """The figure of this name as an SVG element."""
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    drawing: Callable[[], Figure] = module.drawing
    return to_svg(drawing(), f"{prefix}-{name}")
