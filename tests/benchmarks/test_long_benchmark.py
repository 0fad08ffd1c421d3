"""Long sequences: the ways that are compared, and how memory is counted."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from benchmarks.agreement import DisagreementError
from benchmarks.long import ways, worker
from benchmarks.long.memory import mebibytes_above


def test_every_exact_way_gives_the_gradient() -> None:
    worker.compare(list(ways.OURS), ways.long_problem(150))


def test_a_way_to_another_gradient_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ways.WAYS, "checkpoints", ways.truncated_chunks)
    with pytest.raises(DisagreementError, match="checkpoints: the gradient of"):
        worker.compare(["states_kept", "checkpoints"], ways.long_problem(150))


def test_all_at_once_leaves_the_size_of_the_pieces_as_it_was() -> None:
    before = ways.batch.ROWS
    ways.call("all_at_once", ways.long_problem(3))()
    assert before == ways.batch.ROWS


def test_times_are_given_for_every_way_and_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TURN", 0)
    found = list(worker.times(["states_kept", "truncated"], [4, 8], rounds=2))
    assert [(row["T"], row["way"]) for row in found] == [
        (4, "states_kept"), (4, "truncated"), (8, "states_kept"), (8, "truncated"),
    ]  # fmt: skip
    assert found[0]["ratio"] == (1, 1, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_is_the_peak_above_what_was_there() -> None:
    def allocate() -> Any:
        return np.ones(8 * 2**20).sum()

    assert 60 < mebibytes_above(allocate) < 72
