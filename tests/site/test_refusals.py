"""A page that is false or badly written stops the build and says where."""

import pytest
from markdown import Markdown
from small_site import GRADIENT, MODEL, Site

from rnnwb.equations import EquationError
from rnnwb.site.library import PageError

HEADER = "/// equation | gradient\n    function: rnnwb.feedforward.logits_gradient\n"
BODY = r"\frac{\partial E}{\partial Y^k} = P^k - C^k" + "\n"
LINE = MODEL.count("\n") + 1

BAD = {
    "misspelt option": HEADER.replace("function:", "functoin:") + f"\n{BODY}///\n",
    "bad YAML": HEADER + "    for: [k\n" + f"\n{BODY}///\n",
    "two spaces of indent": HEADER.replace("    ", "  ") + f"\n{BODY}///\n",
    "unclosed": HEADER + f"\n{BODY}",
    "closed by too few slashes": "/" + HEADER + f"\n{BODY}///\n",
    "unknown kind": HEADER.replace("equation", "equatoin") + f"\n{BODY}///\n",
    "no name": HEADER.replace(" | gradient", "") + f"\n{BODY}///\n",
    "name with capitals": HEADER.replace("gradient\n", "The Gradient\n", 1) + f"\n{BODY}///\n",
    "duplicate name": HEADER.replace("gradient\n", "loss\n", 1) + f"\n{BODY}///\n",
    "raw dollars": f"$$\n{BODY}$$\n",
    "no function": "/// equation | gradient\n\n" + f"{BODY}///\n",
    "no such function": HEADER.replace("logits_gradient", "nothing") + f"\n{BODY}///\n",
    "malformed TeX": HEADER + "\n\\frac{P^k} = C^k\n///\n",
    "undeclared symbol": HEADER + "\n\\frac{\\partial E}{\\partial Y^k} = Z^k\n///\n",
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_badly_written_block_names_page_and_line(site: Site, mistake: str) -> None:
    site.write("page.md", MODEL + BAD[mistake])
    with pytest.raises((EquationError, PageError)) as caught:
        site.render("page.md")
    place, number = str(caught.value).split(":")[:2]
    assert place == "docs/page.md"
    assert LINE <= int(number) <= LINE + BAD[mistake].count("\n")


def test_a_false_page_is_refused_with_the_message_of_the_command(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT.replace("P^k - C^k", "P^k + C^k"))
    with pytest.raises(PageError) as caught:
        site.render("page.md")
    assert "docs/page.md:26  gradient  2 values" in str(caught.value)
    assert "FALSE\n    first fails at k = 1: left " in str(caught.value)


def test_a_known_false_page_that_holds_is_refused(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT.replace("/// equation", "/// false"))
    with pytest.raises(PageError, match="it was to fail, and holds"):
        site.render("page.md")


def test_no_page_is_rendered_while_another_is_false(site: Site) -> None:
    site.write("false.md", MODEL + GRADIENT.replace("-", "+"))
    site.write("page.md", "# Innocent\n")
    with pytest.raises(PageError, match=r"docs/false\.md"):
        site.render("page.md")


def test_a_page_that_is_mended_is_published(site: Site) -> None:
    site.write("page.md", MODEL + GRADIENT.replace("P^k - C^k", "P^k + C^k"))
    with pytest.raises(PageError):
        site.render("page.md")
    site.write("page.md", MODEL + GRADIENT)
    assert 'id="eq-gradient"' in site.render("page.md")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/// equation | elsewhere\n\nP = C\n///\n", "there is no equation named elsewhere"),
        ("/// equation | elsewhere\n  for: k\n\nP = C\n///\n", "there is no equation named elsewhere"),
        ("/// equation | model\n    functoin: x\n\nP\n///\n", "not (made|understood)"),
        ("/// symbols\n\n| a |\n|---|\n", "not closed"),
        ("/// nonsense | x\n\ntext\n///\n", "there is no block `nonsense`"),
        ("text\n\n///\n", "not understood: ///"),
    ],
)
def test_blocks_outside_the_pages_are_guarded_as_well(site: Site, text: str, reason: str) -> None:
    site.write("page.md", MODEL)
    with pytest.raises(PageError, match=reason):
        site.convert(text)


def test_code_that_shows_a_block_is_no_block(site: Site) -> None:
    site.write("page.md", "```\n/// equation | shown\n```\n\n`/// define | x`\n")
    options = {"rnnwb.site": {"docs": "docs"}}
    markdown = Markdown(extensions=["pymdownx.superfences", "rnnwb.site"], extension_configs=options)
    assert "/// equation | shown" in markdown.convert((site.docs / "page.md").read_text())


def test_a_folder_that_does_not_exist_is_an_error(site: Site) -> None:
    site.docs.rmdir()
    with pytest.raises(PageError, match="the folder of pages docs does not exist"):
        site.convert("text")
