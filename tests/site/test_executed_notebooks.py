"""Notebooks of a few cells: what is kept, what is refused, and what a page shows."""

import jupytext
import nbformat.v4 as v4
import pytest
from nbclient.exceptions import CellExecutionError

from rnnwb.site.notebooks import execute
from rnnwb.site.notebooks.execute import NoiseError, executed, key
from rnnwb.site.notebooks.page import OutputError, markdown

HEAD = "# ---\n# title: Small\n# ---\n\n# %% [markdown]\n# # Small\n\n# %%\n"
PLOT = '# %% alt="A line."\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n'


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of one cell, or several."""

    def write(code):
        path = tmp_path / "small.py"
        path.write_text(HEAD + code, encoding="utf-8")
        return path

    return write


@pytest.mark.notebooks
def test_a_failing_cell_fails_and_nothing_is_kept(notebook, tmp_path):
    with pytest.raises(CellExecutionError, match="AssertionError"):
        executed(notebook("assert 1 > 2"), tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


@pytest.mark.notebooks
def test_noise_is_refused(notebook, tmp_path):
    with pytest.raises(NoiseError, match=r"small\.py: cell 3 writes to standard error: loud"):
        executed(notebook("import sys\nprint('loud', file=sys.stderr)"), tmp_path)


@pytest.mark.notebooks
def test_a_page_shows_text_code_results_and_plots_in_the_theme(notebook, tmp_path):
    source = notebook(f"from tqdm import tqdm\nprint(sum(tqdm([1, 2])))\n\n{PLOT}")
    page = markdown(executed(source, tmp_path / "kept"), "small")
    assert page.startswith("---\ntitle: Small\n---\n\n# Small\n\n[Download this notebook](small.ipynb){ download }")
    assert (
        "```python\nfrom tqdm import tqdm\nprint(sum(tqdm([1, 2])))\n```\n\n```{.text .printed .no-copy}\n3\n```"
        in page
    )
    assert 'role="img" aria-label="A line.">' in page
    assert "currentColor" in page
    assert execute.STYLE.read_text(encoding="utf-8").split("axes.edgecolor: ")[1][1:8] not in page


@pytest.mark.notebooks
def test_what_has_not_changed_is_not_executed_again(notebook, tmp_path, monkeypatch):
    source = notebook("print(7)")
    executed(source, tmp_path / "kept")
    monkeypatch.setattr(execute, "executed_now", lambda *_: pytest.fail("executed again"))
    source.write_text(source.read_text(encoding="utf-8").replace("# # Small", "# # Other words"), encoding="utf-8")
    assert "# Other words" in (page := markdown(executed(source, tmp_path / "kept"), "small"))
    assert "```{.text .printed .no-copy}\n7\n```" in page
    with pytest.raises(pytest.fail.Exception, match="executed again"):
        executed(notebook("print(8)"), tmp_path / "kept")


def test_results_rest_on_the_code_the_package_and_the_lock(notebook, tmp_path, monkeypatch):
    package = tmp_path / "package"
    (package / "site").mkdir(parents=True)
    (package / "numeric.py").write_text("a = 1", encoding="utf-8")
    (package / "site/page.py").write_text("a = 1", encoding="utf-8")
    (tmp_path / "uv.lock").write_text("1", encoding="utf-8")
    monkeypatch.setattr(execute, "PACKAGE", package)
    monkeypatch.setattr(execute, "LOCK", tmp_path / "uv.lock")
    keys = [key(jupytext.read(notebook("1"))), key(jupytext.read(notebook("2")))]
    (package / "numeric.py").write_text("a = 2", encoding="utf-8")
    keys.append(key(jupytext.read(notebook("2"))))
    (tmp_path / "uv.lock").write_text("2", encoding="utf-8")
    keys.append(key(jupytext.read(notebook("2"))))
    assert len(set(keys)) == 4
    (package / "numeric.py").write_text('"""A number."""\n\na = 2  # two', encoding="utf-8")
    (package / "site/page.py").write_text("a = 2", encoding="utf-8")
    assert key(jupytext.read(notebook("2"))) == keys[-1]


def page_of(output, **metadata):
    cell = v4.new_code_cell("f()", outputs=[output], metadata=metadata)
    return markdown(v4.new_notebook(cells=[v4.new_raw_cell("---\n---"), v4.new_markdown_cell("# A"), cell]), "a")


def test_a_plot_without_a_text_alternative_is_refused():
    plot = v4.new_output("display_data", {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
    with pytest.raises(OutputError, match=r"the plot of a-3 has no text alternative: begin its cell with # %% alt="):
        page_of(plot)
    assert 'aria-label="&quot;A&quot; &lt; B"' in page_of(plot, alt='"A" < B')


def test_a_result_of_an_unknown_kind_is_refused():
    with pytest.raises(OutputError, match="a-3 has a result of an unknown kind: text/html, text/plain"):
        page_of(v4.new_output("execute_result", {"text/html": "<b>1</b>", "text/plain": "1"}))
    assert "```{.text .printed .no-copy}\n1\n```" in page_of(v4.new_output("execute_result", {"text/plain": "1"}))
