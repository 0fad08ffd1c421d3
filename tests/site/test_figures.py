"""Every drawing as a reader, a screen reader and a printer get it."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from small_site import Site

from rnnwb import equations as engine
from rnnwb.equations.pages import Library
from rnnwb.site.drawing.chart import Scale
from rnnwb.site.drawing.drawing import Drawing, Unit, between, to_svg
from rnnwb.site.drawing.labels import label
from rnnwb.site.figures import draw, drawings, names, thumbnail
from rnnwb.site.figures.gradient_flow import NORMS, curve

DOCS = Path(__file__).parents[2] / "docs"
FIGURE = re.compile(r"(?m)^!\[[^\]]*\]\(figure:([\w-]+)\)")
PHONE, SMALLEST = 328, 10.5
"""The width of a phone's text column, and the smallest script that may be shown on it, in pixels."""


def parsed(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<div xmlns:xlink="http://www.w3.org/1999/xlink">{draw(name)}</div>')


def pages() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(engine.scan([DOCS]))


@pytest.mark.parametrize("name", names())
def test_each_drawing_is_well_formed_and_says_what_it_shows(name: str) -> None:
    shown = [svg for svg in parsed(name).iter("svg") if svg.get("aria-hidden") is None]
    assert len(shown) == len(drawings(name))
    for svg in shown:
        title, description = svg[0], svg[1]
        assert (title.tag, description.tag) == ("title", "desc")
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert len(title.text or "") >= 3
        assert len(description.text or "") >= 40
    ids = [element.get("id") for element in parsed(name).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", names())
def test_each_drawing_follows_the_theme_and_is_legible_on_a_phone(name: str) -> None:
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', draw(name))) <= {"none", "currentColor"}
    assert "style=" not in draw(name)
    for drawing in drawings(name):
        scale = min(1.0, PHONE / drawing.width)
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', draw(name))) * scale >= SMALLEST


@pytest.mark.parametrize("name", names())
def test_nothing_is_drawn_outside(name: str) -> None:
    for drawing, svg in zip(drawings(name), parsed(name).iter("svg")):
        for circle in svg.iter("circle"):
            x, y, r = (float(circle.get(key, "")) for key in ("cx", "cy", "r"))
            assert r <= x <= drawing.width - r, name
            assert r <= y <= drawing.height - r, name


def test_every_figure_is_shown_and_every_article_has_one() -> None:
    shown = {page: FIGURE.findall(text) for page, text in pages().items()}
    assert {name for found in shown.values() for name in found} == set(names())
    series = [page for page, text in pages().items() if re.search(r"(?m)^series: [1-9]", text)]
    assert [page for page in series if not shown[page]] == []


def test_every_label_is_a_symbol_of_its_page(library: Library) -> None:
    labels = 0
    for page in library.pages.values():
        declared = library.chapter(page).scope.symbols
        for name in FIGURE.findall(page.path.read_text(encoding="utf-8")):
            found = {element.get("data-symbol") for element in parsed(name).iter() if element.get("data-symbol")}
            assert found <= set(declared), f"{name} on {page.path.name}"
            labels += len(found)
    assert labels > 80


def test_a_figure_with_a_way_back_has_two_states_and_a_copy_for_print() -> None:
    html = draw("many-to-many", "figure-7")
    assert re.findall(r'<input type="radio" name="([\w-]+)" value="(\w+)"( checked="")?/>', html) == [
        ("figure-7-many-to-many-state", "forward", ' checked=""'),
        ("figure-7-many-to-many-state", "backward", ""),
    ]
    assert '<svg class="figure figure--print" aria-hidden="true"' in html
    assert '<use xlink:href="#figure-7-many-to-many"/>' in html
    assert 'id="figure-7-many-to-many"' in html
    assert "<fieldset" not in draw("other-notations")


def test_a_thumbnail_is_one_drawing_without_control_or_messages() -> None:
    html = thumbnail("one-to-many")
    assert html.startswith("<svg")
    assert html.count("<svg") == 1
    assert 'class="backward"' not in html


def runs(tex: str, **options: str) -> list[tuple[str, str | None]]:
    drawing = Drawing("title", "description", 100, 100)
    drawing.add(label(tex, (50, 50), **options))
    return [
        (span.text or "", span.get("data-symbol"))
        for span in ElementTree.fromstring(to_svg(drawing, "x")).iter("tspan")
    ]


@pytest.mark.parametrize(
    ("tex", "step", "expected"),
    [
        ("W", "", [("𝑊", "W")]),
        (r"W^\top", "", [("𝑊", "W"), ("⊤", "W")]),
        ("S_t", "-1", [("𝑆", "S_t"), ("−1", "S_t")]),
        (r"S^{\mathrm{e}}_\tau", "T_e", [(part, r"S^{\mathrm{e}}_\tau") for part in "𝑆e𝑇𝑒"]),
        (r"W^{\mathrm{d}}^\top", "", [("𝑊", r"W^{\mathrm{d}}"), ("d⊤", r"W^{\mathrm{d}}")]),
        (r"\partial E_t", "0", [("∂", None), ("𝐸", "E_t"), ("0", "E_t")]),
        (r"\mathcal{F}", "", [("ℱ", r"\mathcal{F}")]),
        (r"\mathbf{S}_t", "2", [("𝐒", r"\mathbf{S}_t"), ("2", r"\mathbf{S}_t")]),
        (r"\bar{S}_t", "0", [(part, r"\bar{S}_t") for part in "𝑆\u03040"]),
        (r"\delta_t", "", [("𝛿", r"\delta_t"), ("𝑡", r"\delta_t")]),
    ],
)  # fmt: skip
def test_a_label_is_set_as_mathematics_and_names_its_symbols(
    tex: str, step: str, expected: list[tuple[str, str | None]]
) -> None:
    assert runs(tex, step=step) == expected


def test_an_arrow_goes_from_rim_to_rim() -> None:
    start, end = between(Unit((0, 0), 10), Unit((30, 40), 10))
    assert start == pytest.approx((12 * 0.6, 12 * 0.8))
    assert end == pytest.approx((30 - 12 * 0.6, 40 - 12 * 0.8))


def test_norms_of_the_figure_obey_the_bound_that_it_shows() -> None:
    for norm in NORMS:
        values = curve(norm)
        assert values[-1] == 1
        assert all(value <= norm ** (len(values) - 1 - t) * (1 + 1e-12) for t, value in enumerate(values))
    assert curve(min(NORMS))[0] < 0.05
    assert curve(max(NORMS))[0] > 5


def test_a_figure_on_a_page_has_its_caption_below(site: Site) -> None:
    site.write("page.md", "![The *network*.](figure:feedforward)\n")
    html = site.render("page.md")
    assert html.startswith('<figure class="drawing">\n<div><fieldset class="drawing__states">')
    assert html.endswith("<figcaption>The <em>network</em>.</figcaption>\n</figure>")


def test_a_number_off_the_scale_is_refused_and_not_drawn_at_its_end() -> None:
    scale = Scale(1, 100, 0, 50, powers=True)
    assert [scale(value) for value in (1, 10, 100)] == [0, 25, 50]
    with pytest.raises(ValueError, match=r"0\.35 lies outside of the scale from 1 to 100"):
        scale(0.35)


def test_a_lower_script_begins_where_the_upper_one_does() -> None:
    drawing = Drawing("title", "description", 100, 100)
    for letter in "id":
        drawing.add(label(rf"S^{{\mathrm{{{letter}}}}}_t", (50, 50)))
    narrow, wide = map(float, re.findall(r'dx="-([\d.]+)"', to_svg(drawing, "x")))
    assert 3 < narrow < 4 < 6 < wide < 7
