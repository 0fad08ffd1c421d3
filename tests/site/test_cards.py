"""Equation cards: exact HTML."""

import re
from collections.abc import Callable
from html import unescape

import numpy as np
from small_site import GRADIENT, LOST_SUM, MODEL, Site

CARD = """\
<div class="equation equation--equation" id="eq-gradient">
<div class="equation__formula">
<div class="maths">
<math alttext="\\frac{\\partial E}{\\partial Y^k} = P^k - C^k" display="block">\
<mfrac><mrow><mi>∂</mi><mi>E</mi></mrow><mrow><mi>∂</mi><msup><mi>Y</mi><mi>k</mi></msup></mrow></mfrac>\
<mo>=</mo><msup><mi>P</mi><mi>k</mi></msup><mo>−</mo><msup><mi>C</mi><mi>k</mi></msup></math>
</div>
<a class="equation__number" href="#eq-gradient" title="Permanent link to gradient">(2.3)</a></div>
<p class="equation__stamp">Checked: 4 values, worst error ERROR</p>
<p class="equation__function"><code>logits_gradient</code></p>
<p class="equation__rests">Rests on \
<a class="equation-link" href="#eq-probabilities" title="probabilities">(2.1)</a>, \
<a class="equation-link" href="#eq-loss" title="loss">(2.2)</a></p>
<details class="equation__code">
<summary>Code</summary>
<div>SOURCE</div>
</details>
</div>"""


def card(html: str, name: str) -> str:
    """The element of one equation."""
    match = re.search(rf'<div class="equation [\w-]+" id="eq-{name}">.*?</details>\n</div>', html, re.S)
    assert match, f"no card {name}"
    return match[0]


def code(html: str) -> str:
    """The text that the copy button copies."""
    inside = re.search(r"<code>(<span class=.*?)</code>", html, re.S)
    assert inside
    return unescape(re.sub(r"<[^>]+>", "", inside[1]))


def test_a_card_is_exactly_this(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT, series=2, description="d", date="2026-11-23")
    found = card(site.render("page.md"), "gradient")
    found = re.sub(r"worst error \d?e?-?\d+", "worst error ERROR", found)
    found = re.sub(r'<div class="highlight">.*?</div>\n', "SOURCE", found, flags=re.S)
    assert found == CARD


def test_copied_code_runs_alone_after_importing_numpy(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    namespace = {"np": np}
    exec(code(card(site.render("page.md"), "gradient")), namespace)
    gradient = namespace["logits_gradient"](np.zeros(2), np.array([1.0, 0.0]))
    assert gradient.tolist() == [-0.5, 0.5]


def test_code_begins_with_the_function_itself_and_keeps_one_line_of_docstring(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    lines = code(card(site.render("page.md"), "gradient")).splitlines()
    assert lines[0].startswith("def logits_gradient(")
    assert lines[1] == '    """Gradient of the cross-entropy with respect to the logits."""'
    assert "Args:" not in "\n".join(lines)


def test_source_lines_link_to_the_repository(site: Site, published: Callable[[str], None]) -> None:
    published("git@example.org:someone/rnnwb.git")
    site.write("page.md", MODEL)
    link = re.search(r'<a class="equation__source" href="([^"]+)"', site.render("page.md"))
    assert link
    assert re.fullmatch(r"https://example\.org/someone/rnnwb/blob/abc123/src/rnnwb/feedforward\.py#L\d+-L\d+", link[1])


def test_a_checkout_without_remote_has_no_source_link(site: Site) -> None:
    site.write("page.md", MODEL)
    assert "equation__source" not in site.render("page.md")


def test_the_function_links_to_its_reference_entry(site: Site) -> None:
    site.write("reference.md", "::: rnnwb\n")
    site.write("deep/page.md", MODEL)
    link = '<a href="../reference.md#rnnwb.feedforward.probabilities"><code>probabilities</code></a>'
    assert link in site.render("deep/page.md")


def test_a_page_outside_the_series_numbers_from_one(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    assert re.findall(r">\((\S+)\)</a></div>", site.render("page.md")) == ["1", "2", "3"]


def test_a_known_false_card_looks_different_and_says_by_how_much(site: Site) -> None:
    site.write("page.md", MODEL + LOST_SUM)
    found = card(site.render("page.md"), "lost-sum")
    assert found.startswith(
        '<div class="equation equation--false" id="eq-lost-sum">\n<p class="equation__warning">Known to be false</p>\n'
    )
    stamp = re.search(r'<p class="equation__stamp">(.*?)</p>', found)
    assert stamp
    assert re.fullmatch(
        r"Checked, for 1 ≤ k: fails at (\d+) of \1 values, off by up to \d+ % of the largest",
        unescape(stamp[1]),
    )
    assert "The true counterpart: <code>logits_gradient</code>" in found
