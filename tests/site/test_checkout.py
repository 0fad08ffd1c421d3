"""What this checkout shows of itself: the README, the navigation, its hosts."""

import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from rnnwb.site import library as site_library
from rnnwb.site.articles import articles
from rnnwb.site.library import Library, load

pytestmark = pytest.mark.xdist_group("the whole site")
ROOT = Path(__file__).parents[2]
NAME = "hidden-gradient-matrix"


@pytest.fixture(scope="module")
def library() -> Library:
    """The checkout's own pages."""
    return load(ROOT / "docs")


def test_the_readme_shows_a_checked_equation_with_its_stamp(library: Library) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    formula = re.search(r"\$\$\n(.*?)\n\$\$", readme, re.S)
    stamp = re.search(r"`(\d+) values, (\d+) time steps, worst error (\S+)`", readme)
    assert formula
    assert stamp
    entry = library.entries[NAME]
    verdict = entry.verdict
    assert formula[1] == entry.body
    assert (int(stamp[1]), int(stamp[2])) == (verdict.values, verdict.steps)
    assert float(stamp[3]) < 1e-12
    assert verdict.holds


def test_the_readme_has_two_commands_and_the_checks_run_one_of_them() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"```bash\n(.*?)\n```", readme, re.S)
    assert commands == ["pip install uv && uv run mkdocs serve", "pip install uv && uv run pytest"]
    assert "readme_command pytest" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_navigation_follows_the_series(library: Library) -> None:
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [page for page in re.findall(r"[\w/-]+\.md", configuration) if page in library.fronts]
    series = [article.page for article in articles(library)]
    assert [page for page in pages if page in series] == series


def test_nothing_is_fetched_from_another_host() -> None:
    text = re.sub(r"!ENV \[.*?\]", "", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert yaml.safe_load(text)["theme"]["font"] is False
    for asset in (ROOT / "docs/assets").glob("*.[cj]s*"):
        assert "//" not in re.sub(r"(?m)^\s*//.*$|/\*.*?\*/", "", asset.read_text(encoding="utf-8")), asset


def test_functions_are_imported_afresh_when_the_package_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(sys.modules)
    monkeypatch.setattr(site_library, "_loaded_package", "as it was")
    monkeypatch.setitem(sys.modules, "rnnwb.stale", ModuleType("rnnwb.stale"))
    try:
        site_library._forget_changed_functions("as it is")
        assert "rnnwb.stale" not in sys.modules
        assert "rnnwb.equations" in sys.modules
    finally:
        sys.modules.update(before)


def test_no_two_test_files_have_one_name() -> None:
    """In a folder without `__init__.py` a test file is imported by its name alone."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
