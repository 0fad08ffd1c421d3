"""TeX to MathML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element, fromstring

from math_core import LatexError, LatexToMathML

from rnnwb.site.maths.annotate import Annotation, mark, unmark
from rnnwb.site.maths.mend import mend, simplify

NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot);)\w+;")

WIDE = 20
"""Signs from which on a formula in a sentence may need more room than a phone has."""


class TexError(ValueError):
    """TeX that cannot be typeset, with the line that is wrong."""

    def __init__(self, tex: str, offset: int, reason: str) -> None:
        start = tex.rfind("\n", 0, offset) + 1
        self.line = tex[start:].split("\n", 1)[0]
        caret = " " * (offset - start) + "^"
        super().__init__(f"this TeX cannot be typeset: {reason}\n    {self.line}\n    {caret}")


def typeset(tex: str, display: bool, annotations: Sequence[Annotation] = ()) -> Element:
    """The formula as a `math` element, with its TeX as the text alternative.

    Args:
        tex: the formula, without delimiters.
        display: whether it stands in a line of its own.
        annotations: attributes for parts of it.

    Raises:
        TexError: if it is not understood.
    """
    plain = _mathml(tex, display)
    formula = fromstring(_mathml(mark(tex, annotations), display) if annotations else plain)
    simplify(formula)
    unmark(formula, annotations)
    mend(formula, display)
    if not display and _leaves(formula) > WIDE:
        formula.set("class", "wide")
    formula.set("alttext", " ".join(tex.split()))
    return formula


def _leaves(formula: Element) -> int:
    return sum(1 for element in formula.iter() if not len(element))


@cache
def _mathml(tex: str, display: bool) -> str:
    try:
        html = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        offset, _, reason = str(error).partition(": ")
        raise TexError(tex, int(offset), reason) from None
    return NAMED.sub(lambda match: unescape(match[0]), html)


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)
