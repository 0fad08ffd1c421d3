"""The built wheel, installed with its extra into an empty environment, checks a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from small_pages import PAGE, block

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run([*map(str, words)], capture_output=True, text=True, cwd=folder, env=bare, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert shutil.which("uv"), "uv builds the wheel: pip install uv"
    folder = tmp_path_factory.mktemp("wheel")
    built = run("uv", "build", "--wheel", "--out-dir", folder, folder=ROOT)
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_the_grammar_and_nothing_from_outside_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "rnnwb/equations/grammar.lark" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"rnnwb"}


def test_it_checks_a_page_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    assert run("uv", "venv", tmp_path / "empty", folder=tmp_path).returncode == 0
    python = tmp_path / "empty" / "bin" / "python"
    plain = run("uv", "pip", "install", "--python", python, wheel, folder=tmp_path)
    assert plain.returncode == 0, plain.stderr
    page = tmp_path / "page.md"
    page.write_text(PAGE + block("S_t = A_t", kind="false"), "utf-8")
    command = tmp_path / "empty" / "bin" / "rnnwb"
    without = run(command, "check", page, folder=tmp_path)
    assert without.returncode == 2
    assert "pip install 'rnnwb[check]'" in without.stderr
    extra = run("uv", "pip", "install", "--python", python, f"{wheel}[check]", folder=tmp_path)
    assert extra.returncode == 0, extra.stderr
    done = run(command, "check", page, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all hold" in done.stdout
    page.write_text(PAGE + block("S_t = A_t"), "utf-8")
    assert run(command, "check", page, folder=tmp_path).returncode == 1
