"""Figures drawn at build time; each module here draws the figure of its own name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from rnnwb.site.drawing.drawing import Drawing, to_svg
from rnnwb.site.drawing.panels import to_html


def names() -> list[str]:
    """The figures that a page may show."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def drawings(name: str) -> list[Drawing]:
    """The drawings of which the figure of this name consists."""
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    make: Callable[[], list[Drawing]] = module.drawings
    return make()


def draw(name: str, prefix: str = "figure") -> str:
    """The figure of this name as HTML, with a control for its two states where it has them."""
    return to_html(drawings(name), f"{prefix}-{name}")


def thumbnail(name: str, prefix: str = "figure") -> str:
    """The first drawing of the figure, in its forward state."""
    return to_svg(drawings(name)[0], f"{prefix}-{name}", states=False)
