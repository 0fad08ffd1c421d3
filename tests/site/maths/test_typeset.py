"""TeX to MathML: structure, annotations, what is mended for browsers, and refusals."""

import re
from xml.etree.ElementTree import tostring

import pytest

from rnnwb.site.maths.annotate import Annotation
from rnnwb.site.maths.typeset import TexError, typeset


def written(tex: str, *annotations: Annotation, display: bool = True) -> str:
    """What stands inside the `math` element."""
    html = tostring(typeset(tex, display, annotations), encoding="unicode")
    return html[html.index(">") + 1 : -len("</math>")]


def symbol(tex: str, part: str, name: str) -> Annotation:
    """An annotation of the first place where a part stands."""
    return Annotation(tex.index(part), tex.index(part) + len(part), {"data-symbol": name})


def test_the_text_alternative_is_the_tex_in_one_line() -> None:
    formula = typeset("a\n  < b", display=False)
    assert formula.get("alttext") == "a < b"
    assert formula.get("display") is None
    assert typeset("a", display=True).get("display") == "block"


def test_a_symbol_with_its_scripts_carries_its_annotation() -> None:
    tex = r"\frac{\partial E}{\partial S_t^h}"
    assert written(tex, symbol(tex, "E", "loss"), symbol(tex, "S_t^h", "state")) == (
        '<mfrac><mrow><mi>∂</mi><mi data-symbol="loss">E</mi></mrow><mrow><mi>∂</mi>'
        '<msubsup data-symbol="state"><mi>S</mi><mi>t</mi><mi>h</mi></msubsup></mrow></mfrac>'
    )


def test_annotations_lie_within_each_other() -> None:
    tex = "S_{t}^h"
    parts = Annotation(0, 7, {"data-symbol": "state"}), Annotation(3, 4, {"data-symbol": "time"})
    assert written(tex, *parts) == (
        '<msubsup data-symbol="state"><mi>S</mi><mi data-symbol="time">t</mi><mi>h</mi></msubsup>'
    )


@pytest.mark.parametrize("tex", [r"\tilde{C}_t", r"\mathbf{S}_t", r"\delta", r"(S_t^h)^2", r"W^{\mathrm{h}}"])
def test_an_annotation_changes_nothing_but_attributes(tex: str) -> None:
    annotated = typeset(f"a - {tex} + b", True, [Annotation(4, 4 + len(tex), {"id": "x"})])
    found = next(element for element in annotated.iter() if element.attrib.pop("id", ""))
    if found.tag == "mrow":
        assert written(tex) == "".join(tostring(child, encoding="unicode") for child in found)
    else:
        assert written(tex) == tostring(found, encoding="unicode")


def test_an_annotation_of_an_annotated_part_keeps_both() -> None:
    outer, inner = Annotation(0, 1, {"data-symbol": "a"}), Annotation(0, 1, {"data-symbol": "b"})
    assert written("x", outer, inner) == '<mrow data-symbol="a"><mi data-symbol="b">x</mi></mrow>'


def test_circled_operators_do_not_grow_in_a_display() -> None:
    assert 'largeop="false"' in written(r"a \odot b")


def test_brackets_grow_around_what_is_tall_alone() -> None:
    assert '<mo stretchy="false">(</mo>' in written(r"\left(1 - Z_t\right)")
    assert "<mo>(</mo>" in written(r"\left(\frac{a}{b}\right)")


def test_brackets_around_brackets_are_larger_by_how_many_stand_within_one_another() -> None:
    html = written(r"\left(\left(\left(P_t - C_t\right) V\right) \odot \left(1 - S_t\right)\right)")
    assert re.findall(r'<mo[^>]*?((?:minsize|stretchy)="[^"]*")[^>]*>\(<', html) == [
        'minsize="1.25em"',
        'minsize="1.125em"',
        'stretchy="false"',
        'stretchy="false"',
    ]


def test_brackets_of_a_function_grow_around_what_is_tall_alone() -> None:
    html = written(r"\log(\sum_{k=1}^{K} \exp(Y_k))")
    assert html.count("<mo>(</mo>") == html.count("<mo>)</mo>") == 1
    assert "<mo>(</mo>" not in written(r"\log(P_t^k)")
    assert html.endswith('<mo stretchy="false">)</mo></mrow></mrow><mo>)</mo></mrow></mrow>')


def test_brackets_of_a_function_are_larger_than_larger_brackets_within() -> None:
    html = written(r"\operatorname{diag}(O \odot \left(1 - \tanh(M) \odot \tanh(M)\right))")
    assert re.findall(r'<mo[^>]*?((?:minsize|stretchy)="[^"]*")[^>]*>\(<', html) == [
        'minsize="1.25em"',
        'minsize="1.125em"',
        'stretchy="false"',
        'stretchy="false"',
    ]


@pytest.mark.parametrize("tex", ["W^i", r"F_t^h", r"U^{\mathrm{f}}", r"X^\top"])
def test_a_superscript_is_set_apart_from_a_slanted_capital(tex: str) -> None:
    assert 'class="slanted"' in written(tex)
    assert 'class="slanted"' in written(tex, symbol(tex, tex, "weights"))


@pytest.mark.parametrize("tex", ["W_t", r"\mathrm{W}^i", r"\mathbf{W}^i", "A^i", r"\delta^i", "(W)^i"])
def test_other_scripts_stay_where_they_are(tex: str) -> None:
    assert "slanted" not in written(tex)


@pytest.mark.parametrize("before", ["", "a = ", "a "])
def test_a_sum_keeps_its_distance_from_what_it_runs_over(before: str) -> None:
    assert "rspace" not in written(before + r"\sum^{K} S_k")


@pytest.mark.parametrize(
    "tex",
    [
        r"\left(1 - S_t\right) \sum_{k=1}^{K} v_k",
        r"\frac{a}{b} \overleftarrow{\prod}_{r=1}^{t} W",
        r"{[t < T]} \sum_m b",
    ],
)
def test_a_sum_keeps_its_distance_from_a_factor_before_it(tex: str) -> None:
    assert re.search(r"<mo>[∑∏]</mo>", written(tex))


@pytest.mark.parametrize("tex", [r"a = \sum_k b", r"a + \sum_k b", r"\left(\sum_k b\right)"])
def test_a_sum_takes_no_more_room_after_a_sign(tex: str) -> None:
    assert '<mo lspace="0">∑</mo>' in written(tex)


def test_bars_of_a_norm_have_full_height_in_every_browser() -> None:
    bars = written(r"\left\|\prod_{s=1}^{t} W\right\|_2")
    assert '<mo form="prefix" stretchy="true" symmetric="true">‖</mo>' in bars
    assert '<mo form="postfix" stretchy="true" symmetric="true">‖</mo>' in bars


def test_a_product_under_an_arrow_takes_limits_in_a_display_alone() -> None:
    tex = r"\overleftarrow{\prod}_{r=1}^{t} W"
    assert written(tex).startswith("<munderover><mover")
    assert written(tex, display=False).startswith("<msubsup><mover")


def test_no_mark_is_left() -> None:
    tex = r"\begin{aligned} S_t &= \tanh^2(A_t) \\ &= \left(S_t\right)^2 \end{aligned}"
    starts = [at for at in range(len(tex)) if tex[at] in "SA"]
    html = written(tex, *[Annotation(at, at + 3, {"data-symbol": "s"}) for at in starts])
    assert html.count('<msub data-symbol="s">') == 3
    assert not [character for character in html if 0xE000 <= ord(character) <= 0xF8FF]


def test_an_error_shows_its_line_and_place() -> None:
    with pytest.raises(TexError) as refused:
        typeset("a = b\n+ \\nonsense c", display=True)
    assert refused.value.line == "+ \\nonsense c"
    assert str(refused.value).endswith('Unknown command "\\nonsense".\n    + \\nonsense c\n      ^')


def test_a_wide_formula_in_a_sentence_may_scroll() -> None:
    assert typeset("+".join("abcdefghijklmn"), display=False).get("class") == "wide"
    assert typeset("a + b = c", display=False).get("class") is None
    assert typeset("+".join("abcdefghijklmn"), display=True).get("class") is None
