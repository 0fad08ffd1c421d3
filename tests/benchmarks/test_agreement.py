"""A peer that computes something else is refused before anything is measured."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks import ours, peers, worker
from benchmarks.agreement import DisagreementError, relative_difference, worst_difference
from benchmarks.cases import CELLS, Case, Problem, Size, problem
from benchmarks.peers import character_rnn
from benchmarks.products import matrix_products
from benchmarks.program import Answer, Program
from benchmarks.rounds import Effort

SMALL = Size(H=3, T=5, B=2, D=4, K=6)
DTYPES = ("float64", "float32")
BRIEF = Effort(1e-6, 1e-6, (2, 2))


def wrong(change: Callable[[Answer], Answer]) -> Callable[[Problem], Program]:
    """The program of a peer whose answer is changed."""

    def program(data: Problem) -> Program:
        right = character_rnn.program(data)
        return right._replace(answer=lambda found: change(right.answer(found)))

    return program


def spoiled(name: str, factor: float) -> Callable[[Answer], Answer]:
    return lambda right: right._replace(gradients={**right.gradients, name: right.gradients[name] * factor})


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_loop_in_numpy_agrees(dtype: str) -> None:
    data = problem(Case("tanh", SMALL, dtype))
    assert worst_difference(ours.program(data), character_rnn.program(data), dtype) > 0


@pytest.mark.parametrize(("dtype", "error"), [("float64", 1e-9), ("float32", 1e-3)])
@pytest.mark.parametrize("name", ["U", "W", "V", "b", "c"])
def test_a_wrong_gradient_is_refused_before_any_measurement(
    name: str, dtype: str, error: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[Any] = []
    monkeypatch.setattr(worker, "compare", lambda *_: measured.append("a time"))
    peer: Any = SimpleNamespace(program=wrong(spoiled(name, 1 + error)), CLOCK="cpu")
    with pytest.raises(DisagreementError, match=f"gradient of {name} differs by"):
        worker.beside_peer(peer, problem(Case("tanh", SMALL, dtype)), BRIEF)
    assert measured == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda right: right._replace(loss=right.loss + 1), "loss differs"),
        (spoiled("W", np.nan), "gradient of W differs by nan"),
        (lambda right: right._replace(gradients={"U": right.gradients["U"]}), "gradients of"),
        (lambda right: right._replace(gradients={**right.gradients, "U": right.gradients["U"].T}), "shape"),
    ],
)
def test_what_else_is_wrong_is_refused(change: Callable[[Answer], Answer], message: str) -> None:
    data = problem(Case("tanh", SMALL, "float64"))
    with pytest.raises(DisagreementError, match=message):
        worst_difference(ours.program(data), wrong(change)(data), "float64")


def test_wrong_logits_are_refused() -> None:
    data = problem(Case("tanh", SMALL, "float64"))
    right = character_rnn.program(data)
    with pytest.raises(DisagreementError, match="logits differs"):
        worst_difference(ours.program(data), right._replace(logits=lambda: right.logits() + 1), "float64")


def test_a_difference_is_relative_to_the_largest_magnitude() -> None:
    assert relative_difference(np.array([[0.0, 8.0]]), np.array([[2.0, 8.0]])) == 0.25
    assert relative_difference(np.zeros(2), np.zeros(2)) == 0


def test_a_result_holds_both_times_their_ratio_and_how_far_the_two_agree() -> None:
    peer: Any = SimpleNamespace(program=character_rnn.program, CLOCK="cpu")
    found = worker.beside_peer(peer, problem(Case("tanh", SMALL, "float64")), BRIEF)
    assert found.keys() == {"ours", "theirs", "ratio", "rounds", "clock", "difference", "first_call"}
    assert found["rounds"] == 2
    assert 0 < found["ratio"].lower <= found["ratio"].median <= found["ratio"].upper


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> Any:
        raise ModuleNotFoundError("No module named 'jax'", name="jax")

    monkeypatch.setattr(peers, "load", load)
    assert list(worker.results("jax_scan", quick=True)) == [{"peer": "jax_scan", "missing": "not installed: jax"}]


def test_every_peer_has_a_module() -> None:
    folder = Path(peers.__file__).parent
    assert all((folder / f"{name}.py").exists() for name in peers.PEERS)


@pytest.mark.parametrize("cell", CELLS)
def test_nothing_of_a_problem_is_zero_and_its_products_can_be_formed(cell: str) -> None:
    data = problem(Case(cell, SMALL, "float32"))
    states = data.S_init if isinstance(data.S_init, tuple) else (data.S_init,)
    assert all(np.all(array != 0) for array in (*data.parameters, *states, data.X))
    assert {array.dtype for array in (*data.parameters, *states, data.X)} == {np.dtype(np.float32)}
    matrix_products(data)()


@pytest.mark.torch
@pytest.mark.parametrize("name", [name for name in peers.PEERS if name != "torch_compiled"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_every_installed_peer_agrees(name: str, dtype: str) -> None:
    needed = {"torch": "torch", "jax": "jax", "hips": "autograd"}.get(name.split("_")[0])
    if needed and importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    peer = peers.load(name)
    for cell in peer.CELLS:
        data = problem(Case(cell, SMALL, dtype))
        worst_difference(ours.program(data), peer.program(data), dtype)
