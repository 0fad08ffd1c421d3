"""Puts typeset formulas in the place of those that Markdown found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rnnwb.site.context import Context
from rnnwb.site.library import PageError
from rnnwb.site.maths.annotate import Annotation
from rnnwb.site.maths.typeset import TexError, typeset

CLOSING = re.compile(r"[.,;:!?)]+")
FOUND = "arithmatex"
START, END = r"\(", r"\)"

Annotate = Callable[[str], Sequence[Annotation]]


class InlineFormulas(Treeprocessor):
    """Typesets the formulas in sentences, which arithmatex has found."""

    def __init__(self, md: Any, context: Context, annotate: Annotate = lambda tex: ()) -> None:
        super().__init__(md)
        self.context = context
        self.annotate = annotate

    def run(self, root: Element) -> None:
        """Replace each formula, and keep the text after it."""
        for parent in root.iter():
            for position, child in enumerate(parent):
                if child.get("class") == FOUND:
                    tex = (child.text or "").removeprefix(START).removesuffix(END).strip()
                    math = formula(tex, False, self.context, self.annotate(tex))
                    parent[position] = _with_what_follows(math, child.tail or "")


def _with_what_follows(math: Element, tail: str) -> Element:
    """Keeps a full stop or a bracket in the line of the formula, from which a browser would break it off."""
    closing = CLOSING.match(tail)
    if not closing:
        math.tail = tail
        return math
    kept = Element("span", {"class": "maths-kept"})
    kept.append(math)
    math.tail, kept.tail = closing[0], tail[closing.end() :]
    return kept


def formula(tex: str, display: bool, context: Context, annotations: Sequence[Annotation] = ()) -> Element:
    """A formula of the page being rendered.

    Raises:
        PageError: with page, line and what is wrong, if it cannot be typeset.
    """
    try:
        math = typeset(tex, display, annotations)
    except TexError as error:
        raise PageError(f"{context.place(error.line)}: {error}") from error
    for element in math.iter():
        element.text = AtomicString(element.text) if element.text else None
    return math
