import numpy as np
import pytest

from oracle import D, H, close, derivative, random_batch, random_case, rejects_another_axis, run
from rnnwb.bptt import batched_bptt, bptt
from rnnwb.fast import batch as fast_batch
from rnnwb.fast import bptt as fast_code
from rnnwb.fast import elementwise, stacked
from rnnwb.gradient_check import complex_step_gradient
from test_torch import CASES, GRADIENTS, RECURRENT

BY = ("U", "W", "V", "X", "S_init")
case = random_case(5)
X, C, U, W, V, S_init = case.values()
net = run(**case)
T = len(X) - 1
dY, dS, delta = (derivative(case, lambda net: net.E, f"{by}_shift") for by in "YSA")
local = np.array([derivative(case, lambda net, t=t: net.losses[t], "S_shift")[t] for t in range(T + 1)])
slopes = np.array([1 / np.cosh(A) ** 2 for A in net.A])
S_prev = np.array([S_init, *net.S[:-1]])
F = np.array([[sum(X[t, d] * U[d, h] for d in range(D)) for h in range(H)] for t in range(T + 1)])
of_U, of_W, of_V, of_X = (derivative(case, lambda net: net.E, by) for by in ("U", "W", "V", "X"))

STACKED = {
    "input_products": ((X, U), F),
    "all_states": ((F, S_prev, W), net.S),
    "all_logits": ((net.S, V), net.Y),
    "all_logits_gradients": ((net.Y, C), dY),
    "local_gradients": ((dY, V), local),
}
FAST = {
    "input_weight_gradient": ((X, delta), of_U),
    "state_weight_gradient": ((S_prev, delta), of_W),
    "output_weight_gradient": ((net.S, dY), of_V),
    "input_gradients": ((delta, U), of_X),
}
ELEMENTWISE = {
    "elementwise_states": ((X, U, W, S_init), net.S),
    "elementwise_deltas": ((dY, net.S, V, W), delta),
}
VALUES = [
    (getattr(module, name), *values)
    for module, found in ((stacked, STACKED), (fast_code, FAST), (elementwise, ELEMENTWISE))
    for name, values in found.items()
]
NAMES = [function.__name__ for function, *_ in VALUES]


@pytest.mark.parametrize(("function", "arguments", "expected"), VALUES, ids=NAMES)
def test_value(function, arguments, expected):
    assert close(function(*arguments), expected)


@pytest.mark.parametrize(("function", "arguments"), [value[:2] for value in VALUES], ids=NAMES)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


def test_loops():
    assert close(fast_code.states(F, W, S_init), net.S)
    assert close(fast_code.deltas(local, slopes, W), delta)
    assert close(stacked.slopes(net.S), slopes)


def test_rows_of_a_sequence():
    stacks = (stacked.stacked_inputs, stacked.stacked_targets, stacked.stacked_states, stacked.stacked_deltas)
    for stack, rows in zip(stacks, (X, C, net.S, delta), strict=True):
        assert close(stack(list(rows)), rows)
    assert close(stacked.previous_states(S_init, net.S), S_prev)


def test_elementwise_bptt():
    for found, expected in zip(elementwise.elementwise_bptt(*case.values()), (of_U, of_W, of_V), strict=True):
        assert close(found, expected)


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_fast_bptt_agrees_with_bptt_and_with_complex_step(steps):
    case = random_case(6, steps)
    found = fast_code.fast_bptt(**case)
    for value, expected in zip(found, bptt(**case), strict=True):
        assert close(value, expected)
    assert close(found[0], run(**case).E)
    for by, gradient in zip(BY, found[1:], strict=True):
        assert close(gradient, derivative(case, lambda net: net.E, by)), by


@pytest.mark.parametrize("by", BY)
def test_complex_step_goes_through_fast_bptt(by):
    found = complex_step_gradient(lambda value: fast_code.fast_bptt(**{**case, by: value})[0], case[by])
    assert close(found, derivative(case, lambda net: net.E, by))


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_fast_batched_bptt_agrees_with_batched_bptt(steps):
    case = random_batch(7, steps)
    for found, expected in zip(fast_batch.fast_batched_bptt(**case), batched_bptt(**case), strict=True):
        assert close(found, expected)


@pytest.mark.parametrize("name", RECURRENT)
def test_autograd(name):
    case = CASES[name]
    found = fast_batch.fast_batched_bptt(*(case[array] for array in ("X", "C", "U", "W", "V", "S_init")))
    for value, gradient in zip(found, GRADIENTS, strict=True):
        assert close(value, case[gradient]), gradient


def test_padding_has_no_effect():
    X, C, U, W, V, S_init = (array.copy() for array in random_batch(8).values())
    lengths = (6, 1, 2, 4, 3)
    for b, length in enumerate(lengths):
        C[length:, b] = 0
    *found, dX, dS_init = fast_batch.fast_batched_bptt(X, C, U, W, V, S_init)
    alone = [bptt(X[:n, b], C[:n, b], U, W, V, S_init[b]) for b, n in enumerate(lengths)]
    for value, parts in zip(found, list(zip(*alone))[:4], strict=True):
        assert close(value, sum(parts))
    for b, length in enumerate(lengths):
        assert close(dX[:length, b], alone[b][4])
        assert (dX[length:, b] == 0).all()
        assert close(dS_init[b], alone[b][5])


def test_states_are_zero_by_default():
    one, many = random_case(9), random_batch(9)
    for function, case in ((fast_code.fast_bptt, one), (fast_batch.fast_batched_bptt, many)):
        zero = np.zeros(case.pop("S_init").shape)
        for found, expected in zip(function(**case), function(**case, S_init=zero), strict=True):
            assert (found == expected).all()


def test_rows_of_a_batch():
    case = random_batch(10)
    X, S_init = case["X"], case["S_init"]
    S = np.random.default_rng(0).uniform(-1, 1, size=(len(X), *S_init.shape))
    steps, batch = X.shape[:2]
    by_step = [(t, b) for t in range(steps) for b in range(batch)]
    assert close(fast_batch.input_rows(X), [X[t, b] for t, b in by_step])
    assert close(fast_batch.delta_rows(S), [S[t, b] for t, b in by_step])
    assert close(fast_batch.sequence_first_rows(X), [X[t, b] for b in range(batch) for t in range(steps)])
    before = [S[t - 1, b] if t else S_init[b] for t, b in by_step]
    assert close(fast_batch.previous_state_rows(S_init, S), before)


def test_one_product_sums_over_steps_and_sequences():
    random = np.random.default_rng(1)
    rows, deltas, S_prev = random.normal(size=(7, D)), random.normal(size=(7, H)), random.normal(size=(7, H))
    assert close(fast_batch.input_weight_gradient(rows, deltas), sum(map(np.outer, rows, deltas)))
    assert close(fast_batch.state_weight_gradient(S_prev, deltas), sum(map(np.outer, S_prev, deltas)))


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (elementwise.elementwise_bptt, tuple(random_case().values())),
        (fast_code.fast_bptt, tuple(random_case().values())),
        (fast_batch.fast_batched_bptt, tuple(random_batch().values())),
        (fast_batch.previous_state_rows, (np.zeros((5, H)), np.zeros((6, 5, H)))),
        (fast_batch.input_weight_gradient, (np.zeros((7, D)), np.zeros((7, H)))),
        (fast_batch.state_weight_gradient, (np.zeros((7, H)), np.zeros((7, H)))),
    ],
)
def test_wrong_shapes_of_whole_sequences_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)
