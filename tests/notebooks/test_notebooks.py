"""The notebooks, executed: what they print, draw and end with. They share their results with the build of the site."""

import re
from pathlib import Path

import jupytext
import pytest

from rnnwb.site.notebooks.execute import KEPT, executed
from rnnwb.site.notebooks.page import markdown

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.py"))
by_name = pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)


@by_name
@pytest.mark.notebooks
def test_it_executes_and_becomes_a_page(source):
    page = markdown(executed(source, ROOT / KEPT), source.stem)
    assert page.startswith("---\ntitle: ")
    assert f"({source.stem}.ipynb){{ download }}" in page
    assert page.count('<figure class="plot"') >= 1
    assert page.count('role="img" aria-label="') == page.count('<figure class="plot"')
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@by_name
def test_it_is_written_as_it_should(source):
    cells = jupytext.read(source).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    headings = re.findall(r"(?m)^## (.*)", "\n".join(cell.source for cell in cells if cell.cell_type == "markdown"))
    assert "You will see" in cells[1].source
    assert re.search(r"\]\(\.\./[\w-]+\.md\)", cells[1].source), "a link to its article"
    assert "The gradient, checked" in headings
    assert "What it must show" in headings
    assert headings[-1] == "What to try next"
    assert re.search(r"SEEDS\b.* = \(0, 1, 2\)", code)
    assert "central_difference(" in code
    assert "tqdm" in code
    assert "rnnwb.site" not in code
    assert not re.search(r"https?://|urlopen|requests|fetch_", code), "nothing is downloaded"


def test_there_are_five():
    assert len(NOTEBOOKS) == 5
