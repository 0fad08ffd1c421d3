"""Bars of a norm in one piece: the font puts tall ones together, and every joint shows as a knot."""

from __future__ import annotations

from fontTools.misc.transform import Identity
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import MathGlyphVariantRecord

BARS = "‖"
HEIGHTS = range(1187, 3900, 240)
"""About those of the font's brackets, in thousandths of its size."""


def add_tall_bars(font: TTFont) -> None:
    """Give the font a longer glyph for each height; bars are straight, so they keep their width."""
    name = font.getBestCmap().get(ord(BARS))
    if name is None:
        return
    variants = font["MATH"].table.MathVariants
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    for height in HEIGHTS:
        longer = f"{name}.{height}"
        _add_stretched(font, name, longer, height)
        construction.MathGlyphVariantRecord.append(_variant(longer, height))
    construction.VariantCount = len(construction.MathGlyphVariantRecord)


def _add_stretched(font: TTFont, name: str, longer: str, height: int) -> None:
    glyphs = font.getGlyphSet()
    bars = font["glyf"][name]
    middle = font["MATH"].table.MathConstants.AxisHeight.Value
    stretch = Identity.translate(0, middle).scale(1, height / (bars.yMax - bars.yMin))
    stretch = stretch.translate(0, -(bars.yMax + bars.yMin) / 2)
    pen = TTGlyphPen(None)
    glyphs[name].draw(DecomposingFilterPen(TransformPen(pen, stretch), glyphs))
    font["glyf"][longer] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][longer] = font["hmtx"][name]


def _variant(glyph: str, height: int) -> MathGlyphVariantRecord:
    record = MathGlyphVariantRecord()
    record.VariantGlyph, record.AdvanceMeasurement = glyph, height
    return record
