"""Stylesheets without what no page uses."""

import pytest

from rnnwb.site.delivery.names import Names, names
from rnnwb.site.delivery.styles import used_rules


def used(css: str, *classes: str, read: str = "") -> str:
    """What is kept of a stylesheet where elements have these classes."""
    return used_rules(css, Names(frozenset(classes), (), frozenset(read.split())))


def test_a_rule_keeps_those_selectors_that_can_match() -> None:
    assert used(".a > p, .b .a, p.a.b { top: 0 }", "a") == ".a > p{top: 0}"
    assert used(".b { top: 0 } @media print { .b { top: 0 } }", "a") == ""


def test_what_is_asked_for_in_functions_does_not_drop_a_selector() -> None:
    css = '.a:not(.b){top: 0}:is(.b, .a) p{top: 0}[data-x=".b"]{top: 0}'
    assert used(css, "a") == css


def test_rules_within_rules_and_rules_of_other_kinds_stay() -> None:
    css = "@font-face {font-family: F}@media print {@supports (top: 0) {.a{top: 0}}}@keyframes k {to {top: 0}}"
    assert used(css + ".b{top: 0}", "a") == css


def test_custom_properties_go_with_the_last_rule_that_reads_them() -> None:
    css = ":root { --icon: url('data:x;y'); --line: red } .a { color: var(--line) } .b { mask: var(--icon) }"
    assert used(css, "a") == ":root{--line: red}.a{color: var(--line)}"
    assert "--icon" in used(css, "a", "b")
    assert "--icon" in used(css, "a", read="--icon")


def test_what_is_no_stylesheet_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2 of the stylesheet"):
        used(".a { top: 0 }\n.b", "a")


def test_names_are_given_by_pages_and_scripts() -> None:
    page = '<p class="wide note"><svg style="fill: var(--line)"></svg>'
    script = 'x("div", {class: `md-tooltip fact fact--${kind}`}); box.classList.add("lit"); find(".tabbed"); `-${1}`'
    found = names([page], [script])
    assert all(name in found for name in ("wide", "note", "md-tooltip", "fact", "fact--stars", "lit"))
    assert not [name for name in ("tabbed", "--line", "-x", "grid") if name in found]
    assert found.properties == {"--line"}
