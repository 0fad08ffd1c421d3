"""What rests on what, drawn: which arrows are left, where each equation stands, and the list of all equations."""

import re
from html import unescape

import pytest
from small_site import GRADIENT, LOST_SUM, MODEL, Site

from rnnwb.site.graph import ROW, arranged, reduced

DIAMOND = {"a": [], "b": ["a"], "c": ["a"], "d": ["a", "b", "c"]}
RECURRENT = {"preactivation": ["state"], "state": ["preactivation"]}


def test_what_follows_from_other_arrows_is_left_out() -> None:
    assert set(reduced(DIAMOND)) == {("b", "a"), ("c", "a"), ("d", "b"), ("d", "c")}


def test_the_arrows_that_are_left_lead_as_far_as_all_did() -> None:
    rests = {str(n): [str(m) for m in range(n) if (n * m) % 3 == 1 or m == n - 2] for n in range(30)}
    few = list(reduced(rests))

    def reach(name: str, pairs: list[tuple[str, str]]) -> set[str]:
        direct = {other for one, other in pairs if one == name}
        return direct.union(*(reach(other, pairs) for other in direct))

    every = [(name, other) for name, premises in rests.items() for other in premises]
    assert len(few) < len(every)
    assert all(reach(name, few) == reach(name, every) for name in rests)


def test_a_recurrence_keeps_both_arrows_and_breaks_no_layer() -> None:
    assert set(reduced(RECURRENT)) == {("preactivation", "state"), ("state", "preactivation")}
    places = arranged(RECURRENT)
    assert places["preactivation"][1] < places["state"][1]


def test_each_stands_below_what_it_rests_on_and_none_on_another() -> None:
    many = {"top": []} | {f"n{i}": ["top"] for i in range(2 * ROW + 3)} | {"last": ["n0", "n9"]}
    places = arranged(many)
    assert all(places[name][1] > places[other][1] for name, premises in many.items() for other in premises)
    assert len(set(places.values())) == len(many)
    rows = [y for _, y in places.values()]
    assert max(rows.count(y) for y in rows) <= ROW


@pytest.fixture
def listed(site: Site) -> str:
    """The list of a small site."""
    site.write("page.md", MODEL + GRADIENT + LOST_SUM, title="A page", series=2, description="d", date="2026-11-23")
    site.write("all.md", "![](equations:all)\n")
    return site.render("all.md")


def test_the_list_has_every_equation_with_what_was_found(listed: str) -> None:
    rows = re.findall(r'<tr data-kind="(\w+)" data-symbols="([^"]*)">(.*?)</tr>', listed, re.S)
    assert [(kind, symbols) for kind, symbols, _ in rows] == [
        ("define", "P Y"), ("define", "E C P"), ("equation", "E Y P C"), ("false", "E Y P C"),
    ]  # fmt: skip
    cells = [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", rows[2][2], re.S)]
    assert cells[:4] == ["2.3", "gradient", "equation", "logits_gradient"]
    assert re.fullmatch(r"Checked: 4\u00a0values, worst error\u00a0\d?e?-?\d+", cells[4])
    assert 'href="page.md#eq-gradient"' in rows[2][2]


def test_the_list_says_how_many_and_offers_every_symbol(listed: str) -> None:
    assert "4 equations: 2 definitions, 1 that follow from them, and 1 that are known to be false." in listed
    chosen = re.search(r'<select id="filter-symbol" name="symbol">(.*?)</select>', listed, re.S)
    assert chosen
    assert re.findall(r'<option value="([^"]*)">', chosen[1]) == ["", "C", "E", "P", "Y"]


def test_a_page_beside_the_series_follows_its_article(site: Site) -> None:
    facts = {"description": "d", "date": "2026-11-23"}
    for number, name in enumerate(("first", "second"), 1):
        text = MODEL.replace("| probabilities\n", f"| {name}-p\n").replace("| loss\n", f"| {name}-loss\n")
        site.write(f"{name}.md", text, title=name, series=number, **facts)
    other = MODEL.replace("| probabilities\n", "| other-p\n").replace("| loss\n", "| other-loss\n")
    site.write("between.md", other, title="between", letter="B", beside="first.md")
    site.write("all.md", "![](equations:all)\n")
    assert re.findall(r'data-page="([^"]+)"', site.render("all.md")) == ["first.md", "between.md", "second.md"]


def test_the_graph_links_every_equation_and_draws_each_arrow(listed: str) -> None:
    nodes = re.findall(
        r'<a class="graph__(\w+)" data-name="([\w-]+)" href="page.md#eq-\2" title="[^"]+">([\d.]+)</a>', listed
    )
    assert [node[:2] for node in nodes] == [
        ("define", "probabilities"), ("define", "loss"), ("equation", "gradient"), ("false", "lost-sum"),
    ]  # fmt: skip
    arrows = set(re.findall(r'data-from="([\w-]+)" data-to="([\w-]+)"', listed))
    assert arrows == {("probabilities", "loss"), ("loss", "gradient"), ("loss", "lost-sum")}
