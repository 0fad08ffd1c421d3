"""Which pages are checked again, and which are not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from small_site import GRADIENT, MODEL, Site

import rnnwb.equations as engine
from rnnwb.site import library
from rnnwb.site import verdicts as module
from rnnwb.site.keys import page_keys
from rnnwb.site.library import PageError, load


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The pages that were checked, a list each time; what the tests before have loaded is forgotten."""
    library._load.cache_clear()
    times: list[list[str]] = []
    check = module.check_in_parallel

    def noted(book: engine.Book, sizes: dict[str, int]) -> Sequence[engine.Verdict]:
        times.append([page.path.name for page in book.pages])
        return check(book, sizes)

    monkeypatch.setattr(module, "check_in_parallel", noted)
    return times


def judge(site: Site, package: str = "as it is") -> list[str]:
    book = engine.scan([site.docs])
    return [verdict.name for verdict in module.verdicts(book, page_keys(book, package))]


def test_a_page_is_checked_again_when_a_formula_or_what_it_inherits_or_the_package_changes(
    site: Site, checked: list[list[str]]
) -> None:
    site.write("base.md", MODEL)
    site.write("heir.md", GRADIENT, inherits="base.md")
    site.write("other.md", "Nothing.\n")
    names = ["probabilities", "loss", "gradient"]
    assert judge(site) == names
    assert judge(site) == names
    site.write("heir.md", "More, $P^k$.\n" + GRADIENT, inherits="base.md")
    judge(site)
    site.write("base.md", MODEL + "More, $P^j$.\n")
    judge(site)
    assert judge(site, "as it is now") == names
    assert checked == [
        ["base.md", "heir.md", "other.md"], [], ["heir.md"], ["base.md", "heir.md"], ["base.md", "heir.md", "other.md"],
    ]  # fmt: skip


def test_a_sentence_changes_no_verdict_but_its_line(site: Site, checked: list[list[str]]) -> None:
    site.write("page.md", MODEL)
    before = load(site.docs).entries["loss"]
    site.write("page.md", "One more sentence.\n\n" + MODEL)
    after = load(site.docs).entries["loss"]
    assert checked == [["page.md"], []]
    assert (after.line, after.verdict.line) == (before.line + 2, before.line + 2)
    assert replace(after.verdict, line=before.line) == before.verdict


def test_a_claim_that_a_change_of_another_page_makes_false_is_refused(site: Site) -> None:
    site.write("base.md", MODEL)
    site.write("heir.md", GRADIENT, inherits="base.md")
    site.render("heir.md")
    site.write("base.md", MODEL.replace("C^k \\log", "2 C^k \\log"))
    with pytest.raises(PageError, match="gradient"):
        site.render("heir.md")


def test_a_folder_is_checked_once_however_it_is_named(site: Site, checked: list[list[str]]) -> None:
    site.write("page.md", MODEL)
    assert load(site.docs) is load(site.docs.resolve())
    assert len(checked) == 1
