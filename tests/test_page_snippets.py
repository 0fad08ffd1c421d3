"""Every snippet on the pages runs alone, in an empty namespace."""

import doctest
import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^( *)```(pycon|python)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
SNIPPETS = [
    pytest.param(kind, textwrap.dedent(body), id=f"{path.stem}-{number}")
    for path in sorted((ROOT / "docs").glob("*.md"))
    for number, (_, kind, body) in enumerate(FENCE.findall(path.read_text("utf-8")), 1)
]


def test_there_are_snippets():
    assert len(SNIPPETS) >= 5


@pytest.mark.parametrize(("kind", "body"), SNIPPETS)
def test_snippet_runs_alone(kind, body):
    if kind == "python":
        exec(compile(body, "snippet", "exec"), {})
        return
    test = doctest.DocTestParser().get_doctest(body, {}, "snippet", None, 0)
    assert test.examples, "a pycon fence holds >>> lines"
    assert doctest.DocTestRunner().run(test).failed == 0
