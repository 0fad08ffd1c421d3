"""Symbol tables, references by name, figures and the list of articles: exact HTML."""

import pytest
from small_site import GRADIENT, MODEL, Site

from rnnwb.site.library import PageError

SYMBOLS_PAGE = """\
/// symbols

| symbol | entry | shape | values | meaning |
|---|---|---|---|---|
| $K$ | | | size | number of outputs |
| $V$ | $v_{kj}$ | $K \\times K$ | | weights |
| $j, k$ | | | $1, \\dots, K$ | outputs |
///
"""

TABLE = """\
<div aria-label="Symbols" class="symbols" role="group" tabindex="0">
<table>
<thead>
<tr>
<th>symbol</th>
<th>entry</th>
<th>shape</th>
<th>values</th>
<th>meaning</th>
</tr>
</thead>
<tbody>
<tr>
<td><math alttext="K"><mi data-symbol="K">K</mi></math></td>
<td></td>
<td></td>
<td>size</td>
<td>number of outputs</td>
</tr>
<tr>
<td><math alttext="V"><mi data-symbol="V">V</mi></math></td>
<td><math alttext="v_{kj}"><msub><mi data-symbol="V">v</mi><mrow><mi data-symbol="k">k</mi><mi data-symbol="j">j</mi></mrow></msub></math></td>
<td><math alttext="K \\times K"><mi data-symbol="K">K</mi>\
<mo lspace="0.2222em" rspace="0.2222em">×</mo><mi data-symbol="K">K</mi></math></td>
<td></td>
<td>weights</td>
</tr>
<tr>
<td><math alttext="j, k"><mi data-symbol="j">j</mi><mo>,</mo><mi data-symbol="k">k</mi></math></td>
<td></td>
<td></td>
<td><math alttext="1, \\dots, K"><mn>1</mn><mo>,</mo>\
<mo lspace="0">.</mo><mo lspace="0" rspace="0.1667em">.</mo><mo lspace="0">.</mo>\
<mo>,</mo><mi data-symbol="K">K</mi></math></td>
<td>outputs</td>
</tr>
</tbody>
</table>
</div>"""

POST = """\
<article class="post">
<div class="post__text">
<h3><a href="second.md">2. The second</a></h3>
<p class="post__facts">1 December 2026 · 1 min read\
<span class="post__tag">time</span><span class="post__tag">loss</span></p>
<p>More of it.</p>
</div>
</article>"""


def test_a_symbol_table_is_exactly_this(site: Site) -> None:
    site.write("page.md", SYMBOLS_PAGE)
    assert site.render("page.md").partition("\n<template")[0] == TABLE


@pytest.mark.parametrize(
    ("page", "href"),
    [("model.md", "#eq-loss"), ("other.md", "model.md#eq-loss"), ("deep/er.md", "../model.md#eq-loss")],
)
def test_a_reference_links_from_any_page(site: Site, page: str, href: str) -> None:
    site.write("model.md", MODEL + GRADIENT, series=3, description="d", date="2026-11-23")
    for other in ("model.md", "other.md", "deep/er.md"):
        text = (site.docs / other).read_text() if other == "model.md" else f"# {other}\n"
        (site.docs / other).parent.mkdir(exist_ok=True)
        (site.docs / other).write_text(f"{text}\nBy [](eq:loss), [the loss](eq:loss), `[](eq:x)`.\n")
    assert (
        f'<p>By <a class="equation-link" href="{href}" title="loss">(3.2)</a>, '
        f'<a class="equation-link" href="{href}" title="loss">the loss</a>, '
        '<code class="kept">[](eq:x)</code>.</p>'
    ) in site.render(page)


def test_a_reference_may_run_over_the_end_of_a_line(site: Site) -> None:
    site.write("page.md", f"{MODEL}\nIn [0, 1), by [the\nloss](eq:loss).\n")
    link = '<a class="equation-link" href="#eq-loss" title="loss">the\nloss</a>'
    assert f"In [0, 1), by {link}." in site.render("page.md")


def test_a_text_outside_the_pages_links_from_their_root(site: Site) -> None:
    site.write("model.md", MODEL)
    assert 'href="model.md#eq-loss"' in site.convert("A docstring with [](eq:loss).")


def test_a_reference_to_nothing_names_page_and_line(site: Site) -> None:
    site.write("page.md", "# Page\n\nSee [](eq:nothing).\n", title="Page")
    with pytest.raises(PageError, match=r"^docs/page\.md:6: there is no equation named nothing"):
        site.render("page.md")


def test_an_unknown_figure_names_page_and_line(site: Site) -> None:
    site.write("page.md", "Text.\n\n![](figure:none)\n")
    with pytest.raises(PageError, match=r"^docs/page\.md:3: there is no figure none; there are .*feedforward"):
        site.render("page.md")


def test_articles_are_listed_from_front_matter_in_series_order(site: Site) -> None:
    site.write(
        "second.md", "# The second\n", series=2, description="More of it.", date="2026-12-01",
        tags="[time, loss]",
    )  # fmt: skip
    site.write(
        "first.md", "![](figure:feedforward)\n", series=1, title="The first", description="It $K$.",
        date="2026-11-30", inherits="symbols.md",
    )  # fmt: skip
    site.write("symbols.md", SYMBOLS_PAGE)
    site.write("index.md", "![](articles:all)\n")
    html = site.render("index.md")
    assert html.startswith('<div class="posts">\n<article class="post">\n<div class="post__figure"><svg')
    assert html.index("1. The first") < html.index("2. The second")
    assert POST in html


def test_an_article_shows_its_part_date_reading_time_and_tags(site: Site) -> None:
    site.write("a.md", "# A\n\n" + "word " * 401, series=1, description="d", date="2026-12-01", tags="[x]")
    assert site.render("a.md").startswith(
        '<h1>A</h1>\n<p class="post__facts" data-search-exclude="">Part 1 of 1 · 1 December 2026 · 3 min read'
        '<span class="post__tag">x</span></p>\n'
    )


def test_an_article_without_date_is_refused(site: Site) -> None:
    site.write("a.md", "# A\n", series=1, description="d")
    with pytest.raises(PageError, match=r"^docs/a\.md:1: an article of the series also needs date"):
        site.render("a.md")
