"""Plots as inline SVG that follows the theme."""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree

INK = "#010203"
"""What `matplotlibrc` draws text and axes with, in the place of the colour of the page's text."""

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
REFERENCE = re.compile(r"(?<=#)[\w-]+(?=\)|$)")


def figure(svg: str, name: str, alt: str) -> str:
    """A plot as an element of a page.

    Args:
        svg: as matplotlib writes it with the `matplotlibrc` of this package.
        name: unique on the page; it begins every id of the plot.
        alt: what a reader who cannot see the plot is told.

    >>> figure('<svg xmlns="http://www.w3.org/2000/svg"><path id="a"/></svg>', "plot-1", "A line.").partition("role")[2]
    '="img" aria-label="A line."><path id="plot-1-a" /></svg></figure>'
    """
    root = ElementTree.fromstring(svg)
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    for element in root.iter():
        _rename(element, name)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    text = ElementTree.tostring(root, encoding="unicode").replace(INK, "currentColor")
    text = text.replace(">", f' role="img" aria-label="{escape(alt)}">', 1)
    return f'<figure class="plot">{_on_one_line(text)}</figure>'


def _rename(element: ElementTree.Element, name: str) -> None:
    """Put the name before an element's id and the ids that it refers to."""
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.get('id')}")
    for attribute in (f"{{{XLINK}}}href", "clip-path", "style"):
        value = element.get(attribute, "")
        if "url(#" in value or value.startswith("#"):
            element.set(attribute, REFERENCE.sub(lambda found: f"{name}-{found[0]}", value))


def _on_one_line(text: str) -> str:
    """Without line breaks, so that Markdown takes it as one piece of HTML."""
    return re.sub(r"\s*\n\s*", " ", text)
