"""What the command writes is what the Performance page reads."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import tables, worker
from benchmarks.cases import Case, Size, problem
from benchmarks.long import ways
from benchmarks.long import worker as long_worker
from benchmarks.peers import character_rnn
from benchmarks.record import as_json
from benchmarks.rounds import Effort
from rnnwb.site.measured.record import load

SIZE = Size(H=3, T=4, B=2, D=5, K=6)


@pytest.fixture(scope="module")
def ratio() -> dict[str, Any]:
    """A result as a worker prints it."""
    peer: Any = SimpleNamespace(program=character_rnn.program, CLOCK="cpu")
    found = worker.beside_peer(peer, problem(Case("tanh", SIZE, "float64")), Effort(1e-6, 1e-6, (3, 3)))
    return {"peer": "character_rnn", "cell": "tanh", **SIZE._asdict(), "dtype": "float64", **found}


def test_the_site_reads_what_the_command_writes(ratio: dict[str, Any], tmp_path: Path) -> None:
    record = {
        "date": "2026-01-02",
        "commit": "abc",
        "machine": {"processor": "a processor"},
        "long": ways.described(),
        "ratios": [ratio, {"peer": "jax_scan", "missing": "not installed: jax"}],
        "times": list(long_worker.times(["states_kept"], [2, 4], rounds=1)),
        "memory": [{"way": "states_kept", "T": 4, "mebibytes": 1.25}],
    }
    path = tmp_path / "record.json"
    path.write_text(as_json(record), encoding="utf-8")
    found = load(path)
    assert found.ratios[0].ratio.median == pytest.approx(ratio["ratio"].median, rel=1e-3)
    assert [row.T for row in found.times] == [2, 4]
    case = ways.long_problem(5).case
    assert found.long == {
        **{axis: getattr(case.size, axis) for axis in "HDKB"},
        "dtype": case.dtype,
        "chunk": ways.CHUNK,
    }
    assert found.missing == [{"peer": "jax_scan", "missing": "not installed: jax"}]


def test_what_is_printed_names_case_ratio_and_agreement(ratio: dict[str, Any]) -> None:
    line = tables.ratio_line(ratio)
    assert line.startswith("  tanh H3   T4   B2  float64")
    assert f"{ratio['ratio'].median:.3f}" in line
    assert "gradients to" in line
    assert tables.ratio_line({"peer": "jax_scan", "missing": "not installed: jax"}).endswith("not installed: jax")
    assert "1.2 MiB" in tables.long_line({"way": "checkpoints", "T": 4, "mebibytes": 1.2})


def test_a_worker_that_fails_ends_the_run() -> None:
    with pytest.raises(SystemExit, match="no_such_peer failed, so nothing is written"):
        list(command.run("benchmarks.worker", "no_such_peer"))
