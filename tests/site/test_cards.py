"""Equation cards: exact HTML."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from small_site import GRADIENT, LOST_SUM, MODEL, SOFTMAX, SYMBOLS, Site

from rnnwb.site.card import _set, _summary
from rnnwb.site.context import Context

CARD = """\
<div class="equation equation--equation">
<h2 class="equation__name" id="eq-gradient"><span>gradient</span></h2><div class="equation__formula">
<div class="maths" data-search-exclude="">
<math FORMULA</math>
</div>
<a class="equation__number" href="#eq-gradient" title="Permanent link to gradient">(2.3)</a></div>
<div class="equation__facts">
<p class="equation__function"><code>logits_gradient</code> Gradient of the cross-entropy with respect to the logits.</p>
<p class="equation__stamp">Checked: 4\u00a0values, worst error\u00a0ERROR</p>
<div class="equation__rests" data-search-exclude="">Rests\u00a0on\u00a0\
<a href="#eq-probabilities" title="probabilities">2.1</a>, \
<a href="#eq-loss" title="loss">2.2</a></div>
</div>
<details class="equation__code" data-names="Y=Y C=C" data-search-exclude="">
<summary>Code</summary>
<div>SOURCE</div>
</details>
</div>"""


def card(html: str, name: str) -> str:
    """The element of one equation."""
    match = re.search(
        rf'<div class="equation [\w-]+">\n<h\d class="equation__name" id="eq-{name}">.*?</details>\n</div>', html, re.S
    )
    assert match, f"no card {name}"
    return match[0]


def code(html: str, name: str) -> str:
    """The text that the copy button copies: what the card holds, helpers in their places."""
    helpers = dict(re.findall(r'<span data-piece="(\d+)">(.*?)</span>(?=<span data-piece|</template>)', html, re.S))
    inside = re.search(rf'<code id="code-{name}">(.*?)</code>', html, re.S)
    assert inside
    whole = re.sub(r'<span data-piece="(\d+)" data-name="\w+"></span>', lambda place: helpers[place[1]], inside[1])
    return unescape(re.sub(r"<[^>]+>", "", whole))


def test_a_docstring_on_a_card_has_its_code_and_formulas_set() -> None:
    line = Element("p")
    _summary(line, r"Values of `X`, $1 / (1 + \exp(-x))$ each.", Context(Path("docs")))
    assert [child.tag for child in line] == ["code", "math"]
    assert line[1].get("alttext") == r"1 / (1 + \exp(-x))"
    assert [child.tail for child in line] == [", ", " each."]


def test_a_card_is_exactly_this(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT, series=2, description="d", date="2026-11-23")
    found = card(site.render("page.md"), "gradient")
    found = re.sub(r"(?<=worst error\u00a0)\d?e?-?\d+", "ERROR", found)
    found = re.sub(r'<div class="highlight no-copy">.*?</div>', "SOURCE", found, flags=re.S)
    found = re.sub(r"<math .*?</math>", "<math FORMULA</math>", found, flags=re.S)
    assert found == CARD


def test_copied_code_runs_alone_after_importing_numpy(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    namespace = {"np": np}
    exec(code(site.render("page.md"), "gradient"), namespace)
    gradient = namespace["logits_gradient"](np.zeros(2), np.array([1.0, 0.0]))
    assert gradient.tolist() == [-0.5, 0.5]


def test_code_begins_with_the_function_itself_and_keeps_one_line_of_docstring(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    lines = code(site.render("page.md"), "gradient").splitlines()
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


def test_a_page_beside_the_series_numbers_with_its_letter(site: Site) -> None:
    site.write("page.md", f"---\nletter: P\n---\n{MODEL}{GRADIENT}")
    assert re.findall(r">\((\S+)\)</a></div>", site.render("page.md")) == ["P.1", "P.2", "P.3"]


def test_a_known_false_card_looks_different_and_says_by_how_much(site: Site) -> None:
    site.write("page.md", MODEL + LOST_SUM)
    found = card(site.render("page.md"), "lost-sum")
    assert found.startswith(
        '<div class="equation equation--false">\n<h2 class="equation__name" id="eq-lost-sum"><span>lost sum</span></h2>'
        '<p class="equation__warning">Known to be false</p>\n'
    )
    stamp = re.search(r'<p class="equation__stamp">(.*?)</p>', found)
    assert stamp
    assert re.fullmatch(
        r"Checked: fails at (\d+)\u00a0of \1\u00a0values, off by up to \d+\u00a0% of the largest",
        unescape(stamp[1]),
    )
    assert "The true counterpart: <code>logits_gradient</code>" in found


def test_symbols_carry_their_name_and_arguments_say_which_symbol_they_are(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    found = card(site.render("page.md"), "gradient")
    assert '<mfrac data-symbol="∂E/∂Y"><mrow><mi>∂</mi><mi data-symbol="E">E</mi></mrow>' in found
    assert '<msup><mi data-symbol="P">P</mi><mi data-symbol="k">k</mi></msup>' in found
    assert 'data-names="Y=Y C=C"' in found


def test_each_symbol_that_is_used_is_explained_once(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    html = site.render("page.md")
    template = re.search(
        r'<template data-page="page" data-search-exclude="" id="page-symbols">(.*)</template>', html, re.S
    )
    assert template
    assert sorted(re.findall(r'<div data-symbol="([^"]+)">', template[1])) == sorted(
        ["K", "j", "k", "Y", "P", "C", "E", "∂E/∂Y"]
    )
    plain = unescape(re.sub(r"<[^>]+>", "", template[1].replace("</p>", "\n")))
    assert "P probabilities\nshape K · (0,1)\n" in plain
    assert "K number of classes\na size\n" in plain
    assert "k a class\nan index · 1,...,K\n" in plain
    assert "∂E/∂Y total derivative of E, loss, with respect to Y, logits\nshape K\n" in plain


def test_a_card_lists_the_equations_it_is_used_in(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    found = card(site.render("page.md"), "probabilities")
    uses = re.search(r'<div class="equation__uses" data-search-exclude="">(.*?)</div>', found)
    assert uses
    assert re.sub(r"<[^>]+>", "", uses[1]) == "Used\u00a0in\u00a02, 3"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Output at step t.", "Output at step\u00a0t."),
        ("The losses of the last k2.", "The losses of the last\u00a0k2."),
        ("From that of step tau + 1.", "From that of step tau\u00a0+\u00a01."),
        ("Whether step t - 1 enters.", "Whether step t\u00a0\u2212\u00a01 enters."),
        ("It is exp(-x), for the cross-entropy.", "It is exp(\u2212x), for the cross-entropy."),
    ],
)
def test_a_description_breaks_in_no_sum_and_leaves_no_sign_alone(written: str, shown: str) -> None:
    assert _set(written) == shown


def test_many_uses_are_folded(site: Site) -> None:
    claims = "".join(GRADIENT.replace("| gradient", f"| gradient-{i}") for i in range(12))
    site.write("page.md", MODEL + claims)
    found = card(site.render("page.md"), "loss")
    assert re.search(
        r'<details class="equation__more">\s*<summary>and 4 more</summary>\s*<a href="#eq-gradient-8"', found
    )


def test_headings_of_equations_lie_one_level_below_the_text(site: Site) -> None:
    site.write("page.md", f"# A\n\n{SYMBOLS}\n\n## B\n\n{SOFTMAX}\n\n### C\n\n{GRADIENT}")
    headings = re.findall(r'<(h\d) class="equation__name" id="eq-([\w-]+)">', site.render("page.md"))
    assert headings == [("h3", "probabilities"), ("h3", "loss"), ("h4", "gradient")]


def test_what_cards_share_is_written_once(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    html = site.render("page.md")
    assert len(re.findall(r'<span class="nf">softmax</span>', html)) == 1
    assert html.count('data-name="softmax"></span>') >= 2
    for name, function in (
        ("probabilities", "probabilities"),
        ("loss", "cross_entropy"),
        ("gradient", "logits_gradient"),
    ):
        text = code(html, name)
        namespace = {"np": np}
        exec(text, namespace)
        assert callable(namespace[function])
        assert "def softmax(" in text or "def log_softmax(" in text


def test_the_text_alternative_is_the_tex_of_the_block(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT)
    found = re.search(r'<math alttext="([^"]*)"', card(site.render("page.md"), "loss"))
    assert found
    assert unescape(found[1]) == r"E = -\sum_{k=1}^{K} C^k \log(P^k)"
