"""Small helpers that build HTML elements for Markdown's tree."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

NO_BREAK = "\N{NO-BREAK SPACE}"


def add(parent: Element, tag: str, css: str = "", text: str = "", **attributes: str) -> Element:
    """A child whose text Markdown leaves alone."""
    child = SubElement(parent, tag, {"class": css} if css else {})
    child.attrib.update(attributes)
    if text:
        child.text = AtomicString(text)
    return child


def together(text: str) -> str:
    """The same in one line."""
    return text.replace(" ", NO_BREAK)


def say(parent: Element, text: str) -> None:
    """Text after what the parent holds already."""
    if len(parent):
        parent[-1].tail = AtomicString((parent[-1].tail or "") + text)
    else:
        parent.text = AtomicString((parent.text or "") + text)
