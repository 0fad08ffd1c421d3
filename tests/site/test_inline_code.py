"""Where code in a sentence may be broken at the end of a line."""

import pytest
from markdown import Markdown

SITE = ("rnnwb.site", "pymdownx.inlinehilite", "pymdownx.superfences")


def html(text: str) -> str:
    return Markdown(extensions=SITE).convert(text)


@pytest.mark.parametrize("code", ["--sizes D=3,H=3", "[t < T]", "rnnwb check", "docs/index.md", "[](eq:x)"])
def test_short_code_stays_on_one_line(code):
    shown = code.replace("<", "&lt;")
    assert html(f"(`{code}`).") == f'<p>(<code class="kept">{shown}</code>).</p>'


def test_a_name_is_as_it_was():
    assert html("Call `state_gradient`.") == "<p>Call <code>state_gradient</code>.</p>"


def test_a_long_name_may_be_broken_after_its_dots_alone():
    name = "rnnwb.<wbr>networks.<wbr>initialisers.<wbr>identity"
    assert html("`rnnwb.networks.initialisers.identity`") == f"<p><code>{name}</code></p>"


def test_a_long_command_may_be_broken_at_its_blanks():
    assert html("`rnnwb check docs --sizes D=5,H=4`") == "<p><code>rnnwb check docs --sizes D=5,H=4</code></p>"


@pytest.mark.parametrize("language", ["text", "python"])
def test_code_by_itself_is_as_it_was(language):
    found = html(f"```{language}\na - b\n```")
    assert "kept" not in found
    assert "<wbr>" not in found
