"""The maths font, reduced."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from rnnwb.site.maths.font import characters, italic, reduced_font

PAGE = "<p>Ω <math><mi>h</mi><mo>&lt;</mo><mi>diag</mi><mi>δ</mi></math></p>"


def test_characters_are_those_of_formulas_with_their_italics() -> None:
    assert characters(PAGE) == set("h<diagδ") | {"ℎ", "𝛿"}


@pytest.mark.parametrize("root", ["<msqrt><mn>2</mn></msqrt>", "<mroot><mn>2</mn><mn>3</mn></mroot>"])
def test_characters_of_a_root_are_also_its_sign(root: str) -> None:
    assert characters(f"<math>{root}</math>") >= {"√", "2"}
    assert "√" not in characters("√ <math><mn>2</mn></math>")


def test_characters_of_a_figure_are_those_of_its_mathematical_labels() -> None:
    labels = '<text x="1" class="maths"><tspan>𝑆</tspan><tspan>−</tspan></text><text class="words">no</text>'
    assert characters(labels) == set("𝑆−")


@pytest.mark.parametrize(
    ("letter", "expected"), [("A", "𝐴"), ("z", "𝑧"), ("Δ", "𝛥"), ("ω", "𝜔"), ("∂", "𝜕"), ("1", "1")]
)
def test_italic(letter: str, expected: str) -> None:
    assert italic(letter) == expected


def test_the_font_has_these_characters_no_others_and_its_tables_for_maths() -> None:
    data = reduced_font(frozenset("a∑‖𝑥"))
    font = TTFont(BytesIO(data))
    assert font.flavor == "woff2"
    assert set(font.getBestCmap()) == set(map(ord, "a∑‖𝑥"))
    assert font["MATH"].table.MathVariants.VertGlyphConstruction
    assert "Open Font License" in str(font["name"].getDebugName(13))
    assert len(data) < 20_000


def test_bars_of_a_norm_are_of_one_piece_in_the_heights_of_brackets() -> None:
    font = TTFont(BytesIO(reduced_font(frozenset("(‖"))))
    bars, brackets = (variants(font, character) for character in "‖(")
    assert len(bars) == len(brackets)
    assert all(abs(bar - bracket) < 10 for bar, bracket in zip(bars.values(), brackets.values()))
    middle = font["MATH"].table.MathConstants.AxisHeight.Value
    for name, height in list(bars.items())[1:]:
        x, y = zip(*font["glyf"][name].getCoordinates(font["glyf"])[0])
        assert max(y) - min(y) == pytest.approx(height, abs=2)
        assert max(y) + min(y) == pytest.approx(2 * middle, abs=2)
        assert set(x) == {105, 162, 265, 322}, "as wide as in a line"


def variants(font: TTFont, character: str) -> dict[str, int]:
    """The glyphs of a character that grows, with their heights."""
    table = font["MATH"].table.MathVariants
    at = table.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord(character)])
    records = table.VertGlyphConstruction[at].MathGlyphVariantRecord
    return {record.VariantGlyph: record.AdvanceMeasurement for record in records}
