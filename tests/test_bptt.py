import numpy as np
import pytest

from oracle import D, H, close, derivative, random_batch, random_case, rejects_another_axis, run
from rnnwb.bptt import batched_bptt, bptt, deltas, hidden_states
from rnnwb.gradient_check import central_difference, complex_step_gradient

BY = ("U", "W", "V", "X", "S_init")


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_gradients_agree_with_a_forward_pass_in_plain_loops(steps, seed):
    case = random_case(seed, steps)
    E, *gradients = bptt(**case)
    assert close(E, run(**case).E)
    for by, gradient in zip(BY, gradients, strict=True):
        assert close(gradient, derivative(case, lambda net: net.E, by)), by


@pytest.mark.parametrize("by", BY)
def test_gradients_agree_with_central_differences(by):
    case = random_case(2)
    found = bptt(**case)[1 + BY.index(by)]
    expected = central_difference(lambda value: bptt(**{**case, by: value})[0], case[by])
    assert close(found, expected, 1e-7)


def test_gradients_agree_with_forward_accumulation():
    X, C, U, W, V, S_init = random_case(3).values()
    S, by_U, by_W = S_init, np.zeros((H, D, H)), np.zeros((H, H, H))
    dU, dW = np.zeros((D, H)), np.zeros((H, H))
    for X_t, C_t in zip(X, C):
        new = np.tanh(np.einsum("d,dh->h", X_t, U) + np.einsum("i,ih->h", S, W))
        slope = 1 - new**2
        by_U = np.einsum("m,nm,ndh->mdh", slope, W, by_U) + np.einsum("m,mh,d->mdh", slope, np.eye(H), X_t)
        by_W = np.einsum("m,nm,nij->mij", slope, W, by_W) + np.einsum("m,mj,i->mij", slope, np.eye(H), S)
        S = new
        P = np.exp(S @ V) / np.exp(S @ V).sum()
        dS = np.einsum("k,hk->h", P - C_t, V)
        dU, dW = dU + np.einsum("m,mdh->dh", dS, by_U), dW + np.einsum("m,mij->ij", dS, by_W)
    _, found_U, found_W, *_ = bptt(X, C, U, W, V, S_init)
    assert close(found_U, dU)
    assert close(found_W, dW)


def test_the_initial_state_is_zero_by_default():
    case = random_case(4)
    del case["S_init"]
    for found, expected in zip(bptt(**case), bptt(**case, S_init=np.zeros(H)), strict=True):
        assert (found == expected).all()


def test_a_batch_is_its_sequences():
    case = random_batch(6)
    L, dU, dW, dV, dX, dS_init = batched_bptt(**case)
    X, C, U, W, V, S_init = case.values()
    alone = [bptt(X[:, b], C[:, b], U, W, V, S_init[b]) for b in range(X.shape[1])]
    for found, position in zip((L, dU, dW, dV), range(4), strict=True):
        assert close(found, sum(result[position] for result in alone))
    assert close(dX, np.stack([result[4] for result in alone], axis=1))
    assert close(dS_init, np.stack([result[5] for result in alone]))


def test_the_initial_states_of_a_batch_are_zero_by_default():
    case = random_batch(7)
    zero = np.zeros(case.pop("S_init").shape)
    for found, expected in zip(batched_bptt(**case), batched_bptt(**case, S_init=zero), strict=True):
        assert (found == expected).all()


def test_states_and_deltas():
    case = random_case(8)
    X, C, U, W, V, S_init = case.values()
    net = run(**case)
    assert close(hidden_states(X, U, W, S_init), net.S)
    assert close(deltas(net.P - C, net.S, V, W), derivative(case, lambda net: net.E, "A_shift"))


@pytest.mark.parametrize("by", BY)
def test_complex_step_goes_through_bptt(by):
    case = random_case(9)
    found = complex_step_gradient(lambda value: bptt(**{**case, by: value})[0], case[by])
    assert close(found, bptt(**case)[1 + BY.index(by)])


AXES = {"X": "time D", "C": "time K", "U": "D H", "W": "H H", "V": "H K", "S_init": "H"}
BATCHED_AXES = {**AXES, "X": "time B D", "C": "time B K", "S_init": "B H"}


@pytest.mark.parametrize(
    ("function", "case", "axes"), [(bptt, random_case(), AXES), (batched_bptt, random_batch(), BATCHED_AXES)]
)
def test_a_size_that_disagrees_is_named(function, case, axes):
    for argument, names in axes.items():
        for axis, name in enumerate(names.split()):
            shorter = np.delete(case[argument], 0, axis)
            with pytest.raises(ValueError, match=rf"^{name} is \d+ in shape .* but \d+ in shape"):
                function(**{**case, argument: shorter})


@pytest.mark.parametrize(("function", "case"), [(bptt, random_case()), (batched_bptt, random_batch())])
def test_wrong_shapes_are_named(function, case):
    assert rejects_another_axis(function, tuple(case.values()))
    case = {**case, "V": case["V"][:2]}
    with pytest.raises(ValueError, match=r"H is 3 in shape \(2, 3\) but 2 in shape \(2, 4\)"):
        function(**case)
