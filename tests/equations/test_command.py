"""`rnnwb check` as a user runs it: lines, data, options, exit statuses, and the missing extra."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_pages import PAGE, block

from rnnwb.command import COLUMNS, EXTRA, main

TRUE = block("a (b + p) = a b + a p", name="true-one")
FALSE = block(r"S_t^h = A_t^h", name="false-one")
KNOWN = block(r"S_t^h = A_t^h", kind="false", name="known-one")
MALFORMED = block(r"a = \tanh b", name="malformed-one")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.md"


@pytest.mark.parametrize(
    ("text", "status"), [(PAGE + TRUE + KNOWN, 0), (PAGE + FALSE, 1), (PAGE + MALFORMED, 2), ("# Nothing here\n", 2)]
)
def test_exit_status(page: Path, text: str, status: int) -> None:
    page.write_text(text, "utf-8")
    assert main(["check", str(page)]) == status


def test_a_line_an_equation(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(PAGE + TRUE + FALSE + KNOWN, "utf-8")
    main(["check", str(page)])
    said = capsys.readouterr().out
    line = PAGE.count("\n") + 2
    assert f"page.md:{line}  true-one  1 values  worst error " in said
    assert "false-one  18 values  worst error " in said
    assert "    first fails at t = 0, h = 1: left " in said
    assert "    18 of 18 values fail, worst error " in said
    assert "known-one  18 values  worst error " in said
    assert "fails as stated" in said
    assert said.rstrip().endswith("1 do not hold")


def test_json(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(PAGE + TRUE + FALSE + KNOWN, "utf-8")
    assert main(["check", "--json", str(page)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert all(tuple(item) == COLUMNS for item in found)
    assert {"page", "line", "name", "kind", "function", "values", "worst_error", "holds", "message"} == set(COLUMNS)
    by_name = {item["name"]: item for item in found}
    assert [by_name[n]["kind"] for n in ("state", "true-one", "known-one")] == ["definition", "claim", "known-false"]
    assert [by_name[n]["holds"] for n in ("true-one", "false-one", "known-one")] == [True, False, True]
    assert by_name["true-one"]["function"] is None
    assert by_name["true-one"]["line"] == PAGE.count("\n") + 2


def test_json_of_a_malformed_page(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(PAGE + MALFORMED, "utf-8")
    assert main(["check", "--json", str(page)]) == 2
    (found,) = json.loads(capsys.readouterr().out)
    assert not found["holds"]
    assert "a named function takes brackets" in found["message"]


def test_seed_draws_other_samples(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(PAGE + FALSE, "utf-8")
    said = []
    for seed in ("0", "0", "7"):
        main(["check", str(page), "--seed", seed])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] != said[2]


def test_sizes(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(PAGE + block(r"X_t^d (a + b) = a X_t^d + b X_t^d"), "utf-8")
    assert main(["check", str(page), "--sizes", "D=6,T=9"]) == 0
    assert "claim  60 values" in capsys.readouterr().out
    assert main(["check", str(page), "--sizes", "D=4,H=4"]) == 2
    assert "the sizes D and H are both 4" in capsys.readouterr().out
    assert main(["check", str(page), "--sizes", "Q=4"]) == 2
    assert "the sizes are D, H, K, T" in capsys.readouterr().out


def test_sizes_that_are_no_sizes(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", str(page), "--sizes", "D:4"])
    assert left.value.code == 2
    assert "is not of the form D=2,H=3" in capsys.readouterr().err


def test_folders_are_walked_and_a_page_named_twice_counts_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "page.md").write_text(PAGE + TRUE, "utf-8")
    (tmp_path / "other.txt").write_text("/// equation", "utf-8")
    assert main(["check", str(tmp_path)]) == 0
    once = capsys.readouterr().out
    assert main(["check", str(tmp_path), str(tmp_path / "deep" / "page.md")]) == 0
    assert capsys.readouterr().out == once


def test_a_missing_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nowhere.md")]) == 2
    assert "no such file or folder" in capsys.readouterr().out


def test_a_function_is_needed_below_docs_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "page.md").write_text(PAGE + TRUE, "utf-8")
    assert main(["check", str(folder)]) == 2
    said = capsys.readouterr().out
    assert "this equation names no function" in said
    assert "mend: add `    function: module.name`" in said


@pytest.mark.parametrize("missing", ["lark", "griffe", "yaml"])
def test_without_the_extra_the_command_says_which_to_install(missing: str, tmp_path: Path) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from rnnwb.command import main; sys.exit(main(['check', 'page.md']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip() == EXTRA
    assert "pip install 'rnnwb[check]'" in done.stderr
