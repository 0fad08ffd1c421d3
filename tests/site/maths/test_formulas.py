"""Formulas on pages."""

import pytest
from small_site import MODEL, Site

from rnnwb.site.library import PageError

K = '<math alttext="K"><mi data-symbol="K">K</mi></math>'


def test_inline_formulas_are_typeset_and_keep_what_surrounds_them(site: Site) -> None:
    site.write("page.md", f"{MODEL}\n\nThe *number $K$*th, `$K$` and \\$K\\$; $K$[^1] *or* not.\n\n[^1]: Note $K$.\n")
    html = site.render("page.md")
    assert f'The <em>number {K}</em>th, <code class="kept">$K$</code> and $K$; {K}[^1] <em>or</em> not.' in html


def test_two_formulas_side_by_side_stay_so(site: Site) -> None:
    site.write("page.md", f"{MODEL}\n\n$K$**bold** and $K$ $K$\n")
    assert f"<p>{K}<strong>bold</strong> and {K} {K}</p>" in site.render("page.md")


def test_what_closes_a_sentence_stays_with_its_formula(site: Site) -> None:
    site.write("page.md", f"{MODEL}\n\nLet ($K$), and $K$; so *$K$*.\n")
    html = site.render("page.md")
    assert (
        f'Let (<span class="maths-kept">{K}),</span> and <span class="maths-kept">{K};</span> so <em>{K}</em>.' in html
    )


def test_tex_that_cannot_be_typeset_names_page_and_line(site: Site) -> None:
    site.write("page.md", f"{MODEL}\n\nHere $K$ stands\nand $\\text{{if}} \\mystery K$.\n")
    line = (site.docs / "page.md").read_text(encoding="utf-8").splitlines().index("and $\\text{if} \\mystery K$.") + 1
    with pytest.raises(PageError, match=rf"^docs/page\.md:{line}: this TeX cannot be typeset: Unknown command"):
        site.render("page.md")


def test_tex_in_a_text_that_is_no_page_is_refused_too(site: Site) -> None:
    site.write("page.md", MODEL)
    with pytest.raises(PageError, match=r"^this text:1: this TeX cannot be typeset: .*Unknown command"):
        site.convert("A docstring with $\\mystery$.")
