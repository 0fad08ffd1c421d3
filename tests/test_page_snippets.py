"""Every snippet on the pages runs alone, in an empty namespace."""

import doctest
import re
import subprocess
import sys
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


GUIDE = (ROOT / "docs" / "write-your-own.md").read_text("utf-8")
PAGES = re.findall(r"^````markdown\n(.*?)^````", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_printed_in_the_guide_holds(page, tmp_path):
    path = tmp_path / "page.md"
    path.write_text(page, "utf-8")
    command = [sys.executable, "-m", "rnnwb.equations.command", "check", str(path)]
    found = subprocess.run([*command], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
