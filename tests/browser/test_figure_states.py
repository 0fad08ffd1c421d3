"""Figures and the exhibit as a reader meets them."""

from typing import Any

import numpy as np
import pytest

from rnnwb.site.explore.heatmap import left_out_path
from rnnwb.site.explore.network import Setting, bias, gradient_norms, kept, network
from rnnwb.site.explore.summary import summary

pytestmark = pytest.mark.browser

SHOWN = """() => {
  const opacity = (selector) => Number(getComputedStyle(document.querySelector(selector)).opacity);
  return { messages: opacity("svg.figure .backward"), weights: opacity("svg.figure .forward > text") };
}"""
COMPUTE = """([network, settings]) => {
  const { compute, summary } = gradientFlow;
  return settings.map((setting) => {
    const found = compute(network, setting);
    return { ...found, text: summary(setting, found) };
  });
}"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
HEIGHT = "document.querySelector('.exhibit').getBoundingClientRect().height"
SETTINGS = (
    Setting(),
    Setting(norm=0.2, last=30, kind="windows", steps=1),
    Setting(norm=1.3, last=40, kind="chunks", steps=10),
    Setting(norm=2.0, last=40, kind="none"),
    Setting(norm=1.0, last=5, kind="chunks", steps=20),
)


def test_the_two_states_of_a_figure_are_chosen_by_keyboard(visit: Any) -> None:
    page = visit.open("many-to-many/")
    assert page.evaluate(SHOWN) == {"messages": 0, "weights": 1}
    page.locator('.drawing input[value="forward"]').focus()
    page.keyboard.press("ArrowRight")
    assert page.locator('.drawing input[value="backward"]').is_checked()
    assert page.evaluate(SHOWN) == {"messages": 1, "weights": 0}
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(SHOWN) == {"messages": 0, "weights": 1}
    assert visit.faults == []


def test_print_shows_both_states(visit: Any) -> None:
    page = visit.open("many-to-many/")
    page.locator('.drawing input[value="backward"]').check(force=True)
    page.emulate_media(media="print")
    assert page.locator(".drawing__states").is_hidden()
    drawn = page.locator(".drawing svg.figure")
    assert [drawn.nth(n).is_visible() for n in range(drawn.count())] == [True, True]
    backward = "svg => getComputedStyle(svg).getPropertyValue('--backward')"
    assert [drawn.nth(n).evaluate(backward) for n in range(drawn.count())] == ["0", "1"]


def test_every_figure_names_and_describes_itself(visit: Any, paths: list[str]) -> None:
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        figures = page.locator("svg.figure[role=img]")
        for number in range(figures.count()):
            parts = figures.nth(number).get_attribute("aria-labelledby").split()
            assert all(page.locator(f"[id='{part}']").text_content().strip() for part in parts), path


OUTSIDE = """() => [...document.querySelectorAll("svg.figure[role=img] text")].filter(text => {
  const box = text.getBBox(), { width, height } = text.ownerSVGElement.viewBox.baseVal;
  return box.x < 0 || box.x + box.width > width || box.y + box.height / 2 < 0 || box.y + box.height / 2 > height;
}).map(text => text.textContent)"""


def test_no_label_is_cut_off(visit: Any, paths: list[str]) -> None:
    for path in paths:
        assert visit.open(f"{path}/".lstrip("/")).evaluate(OUTSIDE) == [], path


def test_the_numbers_of_the_exhibit_are_those_of_the_package(visit: Any) -> None:
    page = visit.open("gradient-flow/")
    arrays = {name: array.tolist() for name, array in vars(network()).items()}
    found = page.evaluate(COMPUTE, [arrays, [vars(setting) for setting in SETTINGS]])
    for setting, result in zip(SETTINGS, found, strict=True):
        norms = gradient_norms(setting)
        for t, row in enumerate(result["norms"]):
            np.testing.assert_allclose(row, norms[t, : t + 1], rtol=1e-11)
        assert result["bias"] == pytest.approx(bias(setting), rel=1e-11, abs=1e-14)
        assert result["text"] == summary(setting)


def test_the_sliders_move_by_keyboard_and_nothing_jumps(visit: Any) -> None:
    page = visit.open("gradient-flow/")
    words, cells = page.locator(".flow__summary"), page.locator(".flow__cells")
    assert words.text_content() == summary(Setting())
    page.get_by_label("Spectral norm of W").scroll_into_view_if_needed()
    page.evaluate(TWO_FRAMES)
    height, before = page.evaluate(HEIGHT), cells.inner_html()
    page.get_by_label("Spectral norm of W").focus()
    page.keyboard.press("ArrowRight")
    assert words.text_content() == summary(Setting(norm=0.85))
    assert page.locator('output[for="flow-norm"]').text_content() == "0.85"
    page.get_by_label("chunks").check()
    page.get_by_label("Last step T").fill("40")
    page.get_by_label("Steps kept").fill("7")
    assert words.text_content() == summary(Setting(0.85, 40, "chunks", 7))
    assert cells.inner_html() != before
    assert page.locator(".flow__last").all_text_contents() == ["40", "40"]
    strokes = cells.locator(".flow__left-out").evaluate_all("all => all.map(each => each.getAttribute('d'))")
    assert strokes == [left_out_path(kept(Setting(0.85, 40, "chunks", 7)))] * 2
    page.get_by_label("none").check()
    assert page.get_by_label("Steps kept").is_disabled()
    assert page.evaluate(HEIGHT) == height
    assert visit.faults == []


def test_without_scripts_the_exhibit_is_a_figure(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}gradient-flow/")
    assert page.locator(".flow__summary").text_content() == summary(Setting())
    assert page.get_by_label("Last step T").is_disabled()
    context.close()
