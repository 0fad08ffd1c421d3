"""What is made beside the rendering of pages, and what stops a build before it."""

from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError
from small_site import GRADIENT, MODEL, Site, loaded_hook

import rnnwb.equations as engine
from rnnwb.site.library import load
from rnnwb.site.parts import keep_parts, parts

SAID = ("A site", "What it is about")


def config(site: Site) -> SimpleNamespace:
    name, line = SAID
    return SimpleNamespace(docs_dir=str(site.docs), site_name=name, site_description=line)


def test_what_was_made_ahead_is_not_made_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("page.md", MODEL + GRADIENT, title="Page")
    keep_parts(site.docs, *SAID)

    def refused(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(engine, "Instances", refused)
    found = dict(parts(load(site.docs), *SAID))
    assert sorted(found) == ["assets/numbers/page.js", "assets/social/page.png"]
    assert found["assets/social/page.png"].startswith(b"\x89PNG")


def test_another_process_makes_them_while_pages_are_rendered(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT, title="Page")
    hook = loaded_hook("make_ahead")
    hook.on_startup(command="build")
    assert hook.on_nav("nav", config(site)) == "nav"
    hook.on_post_build()
    assert list(site.docs.parent.glob(".cache/numbers/*/*.js"))


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (GRADIENT.replace("P^k - C^k", "P^k + C^k"), r"page\.md:\d+  gradient .* FALSE"),
        (GRADIENT.replace("P^k - C^k", "P^k - (C^k"), r"page\.md:\d+:\d+: the formula ends too early"),
    ],
)
def test_what_is_false_or_malformed_stops_the_build_and_says_where(site: Site, claim: str, said: str) -> None:
    site.write("page.md", MODEL + claim)
    with pytest.raises(PluginError, match=said):
        loaded_hook("make_ahead").on_nav("nav", config(site))
