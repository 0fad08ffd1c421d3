import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from oracle import D, H, K, close, jacobian, random_case, rejects_another_axis
from rnnwb.bptt import bptt
from rnnwb.notations import biased as notations
from rnnwb.notations import frameworks

RECORD = Path(__file__).parent / "data" / "torch_notations.npz"
PAGE = Path(__file__).parents[1] / "docs" / "other-notations.md"
HIDDEN = ("weight_ih", "weight_hh", "weight", "bias_ih", "bias_hh")


def stored():
    """The recorded arrays by number of steps."""
    cases = {}
    with np.load(RECORD) as record:
        for name in record:
            length, array = name.split("/")
            cases.setdefault(int(length), {})[array] = record[name]
    return cases


def biased_case(seed=0, steps=6):
    """The random case of the other tests, with biases."""
    random = np.random.default_rng([seed, 1])
    return {**random_case(seed, steps), "b": random.normal(size=H), "b_o": random.normal(size=K)}


def loss(X, C, U, W, V, S_init, b, b_o):
    """The forward pass in plain loops."""
    E, S = 0, S_init
    for X_t, C_t in zip(X, C):
        S = [
            np.tanh(sum(X_t[d] * U[d][h] for d in range(D)) + sum(S[i] * W[i][h] for i in range(H)) + b[h])
            for h in range(H)
        ]
        Y = [sum(S[h] * V[h][k] for h in range(H)) + b_o[k] for k in range(K)]
        E = E - sum(C_t[k] * (Y[k] - np.log(sum(np.exp(y) for y in Y))) for k in range(K))
    return E


CASES = stored()


def test_the_record_is_complete():
    assert sorted(CASES) == [1, 2, 6]
    assert all(np.all(case[name] != 0) for case in CASES.values() for name in ("S_init", "bias_ih", "bias_hh", "bias"))


@pytest.mark.parametrize("steps", CASES)
def test_weights_carried_over_from_torch_give_its_states_and_gradients(steps):
    case = CASES[steps]
    U, W, V, b = notations.from_torch(*(case[name] for name in HIDDEN))
    found = notations.biased_bptt(case["X"], case["C"], U, W, V, b, case["bias"], case["S_init"])
    E, dU, dW, dV, db, db_o = found
    assert close(E, case["loss"])
    weights = frameworks.torch_weight_gradients(dU, dW, dV)
    for name, gradient in zip((*HIDDEN, "bias"), (*weights, db, db, db_o), strict=True):
        assert close(gradient, case[f"{name}.grad"]), name


@pytest.mark.parametrize("steps", CASES)
def test_one_step_as_torch_and_as_keras_compute_it(steps):
    case = CASES[steps]
    U, W, _, b = notations.from_torch(*(case[name] for name in HIDDEN))
    kernels = frameworks.keras_weights(U, W)
    hidden = [case[name] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    for X_t, S_prev, S_t in zip(case["X"], [case["S_init"], *case["S"]], case["S"]):
        assert close(frameworks.torch_hidden_state(X_t, S_prev, *hidden), S_t)
        assert close(frameworks.keras_hidden_state(X_t, S_prev, *kernels, b), S_t)
        assert close(np.tanh(notations.biased_preactivation(X_t, S_prev, U, W, b)), S_t)


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_gradients_agree_with_a_forward_pass_in_plain_loops(steps):
    case = biased_case(2, steps)
    E, *gradients = notations.biased_bptt(**case)
    assert close(E, loss(**case))
    for by, gradient in zip(["U", "W", "V", "b", "b_o"], gradients, strict=True):
        assert close(gradient, jacobian(lambda value, by=by: loss(**{**case, by: value}), case[by])), by


def test_without_biases_it_is_bptt():
    case = random_case(3)
    found = notations.biased_bptt(**case, b=np.zeros(H), b_o=np.zeros(K))
    for value, expected in zip(found[:4], bptt(**case)[:4], strict=True):
        assert close(value, expected)


def test_there_and_back_again():
    case = random_case(4)
    U, W, V = case["U"], case["W"], case["V"]
    back = notations.from_torch(*notations.to_torch(U, W, V), np.zeros(H), np.ones(H))
    for found, expected in zip(back, (U, W, V, np.ones(H)), strict=True):
        assert (found == expected).all()


def test_biases():
    random = np.random.default_rng(5)
    rows, S, V, b_o = (random.normal(size=shape) for shape in [(6, H), (H,), (H, K), (K,)])
    assert close(notations.biased_logits(S, V, b_o), [sum(S * V[:, k]) + b_o[k] for k in range(K)])
    for found in (notations.bias_gradient(rows), notations.output_bias_gradient(rows)):
        assert close(found, sum(rows))
    for found in frameworks.torch_bias_gradients(rows):
        assert close(found, sum(rows))


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (notations.from_torch, tuple(CASES[6][name] for name in HIDDEN)),
        (notations.to_torch, (np.ones((D, H)), np.ones((H, H)), np.ones((H, K)))),
        (notations.biased_preactivation, tuple(map(np.ones, [(D,), (H,), (D, H), (H, H), (H,)]))),
        (notations.biased_logits, tuple(map(np.ones, [(H,), (H, K), (K,)]))),
        (notations.biased_bptt, tuple(biased_case()[name] for name in ("X", "C", "U", "W", "V", "b", "b_o", "S_init"))),
        (frameworks.torch_hidden_state, tuple(map(np.ones, [(D,), (H,), (H, D), (H, H), (H,), (H,)]))),
        (frameworks.keras_hidden_state, tuple(map(np.ones, [(D,), (H,), (D, H), (H, H), (H,)]))),
        (frameworks.torch_weight_gradients, (np.ones((D, H)), np.ones((H, H)), np.ones((H, K)))),
    ],
)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


@pytest.mark.torch
def test_torch_gives_the_recorded_values_today():
    import record_torch_notations

    live = record_torch_notations.record()
    recorded = {f"{steps}/{name}": value for steps, arrays in CASES.items() for name, value in arrays.items()}
    assert live.keys() == recorded.keys()
    for name, value in live.items():
        assert close(value, recorded[name]), name


def programs(library):
    """The programs on the page that import this library."""
    found = re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [program for program in found if f"import {library}\n" in program]


@pytest.mark.torch
def test_the_programs_on_the_page_run_with_torch():
    found = programs("torch")
    assert len(found) == 3
    for program in found:
        exec(program, {})


@pytest.mark.jax
def test_the_program_on_the_page_runs_with_jax():
    (program,) = programs("jax")
    subprocess.run([sys.executable, "-c", program], check=True)
