from pathlib import Path

import numpy as np
import pytest

from oracle import close
from rnnwb.bptt import batched_bptt, bptt
from rnnwb.many_to_many.backpropagation import backpropagation, squared_error_gradients

RECORD = Path(__file__).parent / "data" / "torch_gradients.npz"
GRADIENTS = ("loss", "dU", "dW", "dV", "dX", "dS_init")


def stored():
    """The recorded arrays by case."""
    cases = {}
    with np.load(RECORD) as record:
        for name in record:
            case, array = name.split("/")
            cases.setdefault(case, {})[array] = record[name]
    return cases


CASES = stored()
RECURRENT = [name for name in CASES if name.startswith("many_to_many")]


def test_the_record_is_complete():
    assert len(RECURRENT) == 6
    assert {CASES[name]["X"].shape[:2] for name in RECURRENT} == {(t, b) for t in (1, 2, 6) for b in (1, 3)}
    assert all(np.all(CASES[name]["S_init"] != 0) for name in RECURRENT)


@pytest.mark.parametrize("name", RECURRENT)
def test_batched_bptt(name):
    case = CASES[name]
    found = batched_bptt(*(case[array] for array in ("X", "C", "U", "W", "V", "S_init")))
    for value, gradient in zip(found, GRADIENTS, strict=True):
        assert close(value, case[gradient]), gradient


@pytest.mark.parametrize("name", [name for name in RECURRENT if name.endswith("_1")])
def test_bptt(name):
    case = CASES[name]
    found = bptt(case["X"][:, 0], case["C"][:, 0], case["U"], case["W"], case["V"], case["S_init"][0])
    expected = {**case, "dX": case["dX"][:, 0], "dS_init": case["dS_init"][0]}
    for value, gradient in zip(found, GRADIENTS, strict=True):
        assert close(value, expected[gradient]), gradient


def test_backpropagation():
    case = CASES["feedforward"]
    found = backpropagation(case["X"], case["C"], case["U"], case["V"])
    for value, gradient in zip(found, ("loss", "dU", "dV", "dX"), strict=True):
        assert close(value, case[gradient]), gradient


def test_squared_error():
    case = CASES["feedforward_squared"]
    S = np.tanh(case["X"] @ case["U"])
    dU, dV = squared_error_gradients(case["X"], S, S @ case["V"], case["C"], case["V"])
    assert close(dU, case["dU"])
    assert close(dV, case["dV"])


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch

    live = record_torch.record()
    recorded = {f"{case}/{name}": value for case, arrays in CASES.items() for name, value in arrays.items()}
    assert live.keys() == recorded.keys()
    for name, value in live.items():
        assert close(value, recorded[name]), name
