"""What a card says of the check, and under which conditions it was made."""

import re
from html import unescape

import pytest
from small_site import GRADIENT, MODEL, Site

from rnnwb.site.stamp import _plain


def said(site: Site, options: str) -> str:
    site.write("page.md", MODEL + GRADIENT.replace("_gradient\n\n", f"_gradient\n{options}\n"))
    stamps = re.findall(r'<p class="equation__stamp">(.*?)</p>', site.render("page.md"))
    return re.sub(r"\d+ values|\de-\d+", "N", unescape(stamps[-1]).replace("\u00a0", " "))


def test_a_card_names_the_domain_that_its_inputs_were_drawn_from(site: Site) -> None:
    assert said(site, "    given: C one-hot\n") == "Checked, with C one-hot: N, worst error N"


def test_a_card_names_the_range_of_its_indices(site: Site) -> None:
    assert said(site, "    for: 2 <= k\n") == "Checked, for 2 ≤ k: N, worst error N"
    both = "    for: 2 <= k\n    given: C one-hot; Y positive\n"
    assert said(site, both) == "Checked, for 2 ≤ k, with C one-hot, Y positive: N, worst error N"


def test_a_card_is_silent_about_a_range_that_leaves_nothing_out(site: Site) -> None:
    assert said(site, "    for: 1 <= k\n") == "Checked: N, worst error N"


WITHOUT_LAST = r"""
/// false | without-last
    function: rnnwb.feedforward.logits_gradient
{options}

\frac{{\partial E}}{{\partial Y^k}} = P^k - [k < K] C^k
///
"""


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ("fails: k = K", "Checked: fails for k = K at 1 of 1 value"),
        ("fails: k = K\n    holds: k < K", "Checked: holds for k < K, fails for k = K at 1 of 1 value"),
        ("for: k = K\n    fails: k = K", "Checked, for k = K: fails at 1 of 1 value"),
        (
            "for: 2 <= k\n    fails: k = K\n    holds: k < K\n    given: Y positive",
            "Checked, for 2 ≤ k, with Y positive: holds for k < K, fails for k = K at 1 of 1 value",
        ),
    ],
)
def test_a_false_card_says_for_what_it_was_checked_where_it_holds_and_where_it_fails(
    site: Site, options: str, text: str
) -> None:
    site.write("page.md", MODEL + WITHOUT_LAST.format(options=f"    {options}"))
    (found,) = re.findall(r'<p class="equation__stamp">(Checked[^<]* fails [^<]*)</p>', site.render("page.md"))
    said, _, amount = unescape(found).replace("\u00a0", " ").partition(", off by ")
    assert said == text
    assert re.fullmatch(r"up to \d+ % of the largest", amount)


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (r"\tau >= t - \kappa, \nu <= \kappa", "τ ≥ t − κ, ν ≤ κ"),
        (r"W^{\mathrm{e}} diagonal", "Wᵉ diagonal"),
        ("i != j", "i ≠ j"),
        ("S_{-1} zero", "S₋₁ zero"),
        ("X_t zero", "Xₜ zero"),
        (r"0 <= \tau < T_e", "0 ≤ τ < Tₑ"),
    ],
)
def test_conditions_are_shown_without_tex(condition: str, text: str) -> None:
    assert _plain(condition) == text
