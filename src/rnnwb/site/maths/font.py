"""STIX Two Math, reduced to the characters that the site's formulas use."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from rnnwb.site.maths.bars import add_tall_bars

FORMULA = re.compile(r'<math\b.*?</math>|<text\b[^>]* class="maths".*?</text>', re.DOTALL)
"""A formula, or a mathematical label of a figure."""

IDENTIFIER = re.compile(r"<mi[^>]*>(.)</mi>")
ROOT = re.compile(r"<(?:msqrt|mroot)\b")
"""What a browser draws a sign for that does not stand in the page."""
TAG = re.compile(r"<[^>]+>")
FEATURES = ["dtls", "flac", "rtla"]
"""Letters without dots below accents, flat accents on capitals. The letters drawn anew for scripts are left out: they
are half of the font, and Firefox alone asks for them."""

NAMES = [0, 1, 2, 7, 13, 14]
"""What the font says of itself: copyright, family, style, trademark and licence."""


def characters(html: str) -> frozenset[str]:
    """The characters that the formulas and figures of a page show, italic letters among them."""
    formulas = "".join(FORMULA.findall(html))
    signs = "√" if ROOT.search(formulas) else ""
    return frozenset({*unescape(TAG.sub("", formulas)), *map(italic, IDENTIFIER.findall(formulas)), *signs})


def italic(letter: str) -> str:
    """The mathematical italic of a Latin or Greek letter, in which browsers show an identifier of one letter."""
    if letter == "h":
        return "ℎ"
    for first, last, start in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2), ("α", "ω", 0x1D6FC)):
        if first <= letter <= last:
            return chr(start + ord(letter) - ord(first))
    return {"∂": "𝜕", "ϵ": "𝜖", "ϑ": "𝜗", "ϰ": "𝜘", "ϕ": "𝜙", "ϱ": "𝜚", "ϖ": "𝜛"}.get(letter, letter)


def advance(text: str) -> float:
    """How far a text moves on, as a part of its size of type."""
    return sum(_advances()[ord(character)] for character in text)


@cache
def _advances() -> dict[int, float]:
    with TTFont(whole_font()) as font:
        widths, unit = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()}


@cache
def reduced_font(shown: frozenset[str]) -> bytes:
    """The font with these characters and what its tables for maths make of them, tall bars added, as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, notdef_outline=True)
    options.name_IDs = NAMES
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, shown))
    buffer = BytesIO()
    with subset.load_font(whole_font(), options) as font:
        subsetter.subset(font)
        add_tall_bars(font)
        subset.save_font(font, buffer, options)
    return buffer.getvalue()


def whole_font() -> Path:
    spec = find_spec("ziamath")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "fonts/STIXTwoMath-Regular.ttf"
