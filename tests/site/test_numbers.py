"""The files with instances: one for each page, one part for each card."""

import json
import re

import pytest
from small_site import GRADIENT, LOST_SUM, MODEL, Site

from rnnwb.site.library import load
from rnnwb.site.numbers import _broken, _width, scripts


@pytest.fixture
def numbers(site: Site) -> str:
    """The file of a page with a true and a false claim."""
    site.write("page.md", MODEL + GRADIENT + LOST_SUM)
    site.write("plain.md", "# No equation\n")
    ((path, script),) = scripts(load(site.docs))
    assert path == "assets/numbers/page.js"
    page, html = json.loads(script.decode().removeprefix("addNumbers(...").removesuffix(");\n"))
    assert page == "page"
    return str(html)


def part(html: str, name: str) -> str:
    """The part for one card."""
    match = re.search(rf'<div id="numbers-{name}">(.*?</p>)</div>\n', html)
    assert match, name
    return match[1]


def alternatives(html: str) -> list[str]:
    """The TeX of its formulas."""
    return re.findall(r'alttext="([^"]*)"', html)


def test_each_card_has_a_part_that_says_where_and_shows_both_sides(numbers: str) -> None:
    assert re.findall(r'<div id="numbers-([\w-]+)">', numbers) == ["probabilities", "loss", "gradient", "lost-sum"]
    found = part(numbers, "gradient")
    size, index, left, right = alternatives(found)
    assert (size, index) == ("K = 2", "k = 1")
    value = re.search(r"= (-?0\.\d+) ", left)
    assert value
    assert "P^{1} - C^{1}" in right
    assert right.endswith(rf"&amp;= {value[1]} \end{{aligned}}")
    assert "Both sides are the same number." in found


def test_a_false_equation_shows_that_its_sides_differ(numbers: str) -> None:
    found = part(numbers, "lost-sum")
    *_, left, right = alternatives(found)
    assert left.split("= ")[-1].split()[0] != right.split("= ")[-1].split()[0]
    assert "The two sides differ" in found


def test_a_long_sum_breaks_before_a_sign_and_loses_nothing() -> None:
    tex = " + ".join(rf"0.{i}23 \cdot \left(-0.4{i}1\right)" for i in range(1, 8))
    lines = _broken(tex).split(r" \\ & \quad ")
    assert "".join(lines) == tex
    assert len(lines) > 2
    assert all(line.startswith("+") for line in lines[1:])
    assert all(_width(line) <= 34 for line in lines)


def test_a_fraction_is_as_wide_as_its_longer_part() -> None:
    assert _width(r"\frac{\exp(1.25)}{2} + 1") == _width("exp(1.25)") - 3 + 2
