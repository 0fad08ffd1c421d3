import numpy as np
import pytest

import gated
from oracle import close, jacobian, rejects_another_axis
from rnnwb.gradient_check import central_difference
from rnnwb.gru import batched as gru_batched
from rnnwb.gru import forward as gru
from rnnwb.gru import gradients as gru_gradients
from rnnwb.gru import jacobian as gru_jacobian
from rnnwb.gru import reset_before as gru_reset_before
from rnnwb.gru import weights as gru_weights
from rnnwb.gru.bptt import batched_gru_bptt, gru_bptt
from rnnwb.gru.reset_before_bptt import reset_before_gru_bptt

D, H, K = 2, 3, 4
WEIGHTS = [f"{kind}_{gate}" for kind in "UW" for gate in "rzn"]
AFTER = (*WEIGHTS, "beta", "V", "X", "S_init")
BEFORE = (*WEIGHTS, "V", "X", "S_init")


def random_case(seed=0, steps=6):
    random = np.random.default_rng(seed)
    case = {"X": random.normal(size=(steps, D)), "C": random.dirichlet(np.ones(K), size=steps)}
    case |= {name: random.normal(size=((D if name[0] == "U" else H), H)) for name in WEIGHTS}
    case |= {"beta": random.normal(size=H), "V": random.normal(size=(H, K)), "S_init": random.normal(size=H)}
    for array in case.values():
        array.flags.writeable = False
    return case


def run(X, C, V, S_init, beta=None, shifts=None, **weights):
    """The forward pass unit by unit; without `beta`, the reset gate stands before the product."""
    shifts = shifts or {}
    found = {name: [] for name in ("Ar", "Az", "An", "R", "Z", "N", "Q", "S", "losses")}

    def keep(name, values, t):
        moved = [value + shifts[name][t][h] if name in shifts else value for h, value in enumerate(values)]
        found[name].append(moved)
        return moved

    def entering(gate, x, S):
        U, W = weights[f"U_{gate}"], weights[f"W_{gate}"]
        inputs = [sum(x[d] * U[d][h] for d in range(D)) for h in range(H)]
        return inputs, [sum(S[i] * W[i][h] for i in range(H)) for h in range(H)]

    S = S_init
    for t, (x, target) in enumerate(zip(X, C)):
        A = {gate: keep(f"A{gate}", [a + b for a, b in zip(*entering(gate, x, S))], t) for gate in "rz"}
        R, Z = (keep(gate.upper(), [1 / (1 + np.exp(-a)) for a in A[gate]], t) for gate in "rz")
        if beta is None:
            inputs, back = entering("n", x, [R[h] * S[h] for h in range(H)])
        else:
            inputs, back = entering("n", x, S)
            Q = keep("Q", [back[h] + beta[h] for h in range(H)], t)
            back = [R[h] * Q[h] for h in range(H)]
        A_n = keep("An", [a + b for a, b in zip(inputs, back)], t)
        N = keep("N", [np.sinh(a) / np.cosh(a) for a in A_n], t)
        S = keep("S", [Z[h] * S[h] + (1 - Z[h]) * N[h] for h in range(H)], t)
        Y = [sum(S[h] * V[h][k] for h in range(H)) for k in range(K)]
        found["losses"].append(sum(target[k] * (np.log(sum(np.exp(y) for y in Y)) - Y[k]) for k in range(K)))
    return {name: np.array(value) for name, value in found.items()}


def loss(case, **changed):
    return run(**{**case, **changed})["losses"].sum()


def gradient(case, by):
    """Derivative of the loss by complex step, with respect to an argument or a quantity of `run`."""
    if by in case:
        return jacobian(lambda value: loss(case, **{by: value}), case[by])
    return jacobian(lambda shift: loss(case, shifts={by: shift}), np.zeros((len(case["X"]), H)))


case = random_case(1)
other = {name: array for name, array in case.items() if name != "beta"}
X, C, V, S_init, beta = (case[name] for name in ("X", "C", "V", "S_init", "beta"))
U, W = [case[f"U_{g}"] for g in "rzn"], [case[f"W_{g}"] for g in "rzn"]
net, old = run(**case), run(**other)
A, (R, Z, N, Q, S) = [net[f"A{g}"] for g in "rzn"], (net[name] for name in "RZNQS")
dR, dZ, dN, dQ, dS = (gradient(case, name) for name in "RZNQS")
delta = [gradient(case, f"A{g}") for g in "rzn"]
Y = S @ V
dY = np.exp(Y) / np.exp(Y).sum(axis=1, keepdims=True) - C
t, T = 2, len(X) - 1
old_dS, old_delta = gradient(other, "S"), gradient(other, "An")
zeros = np.zeros((T + 1, H))
S_by_S = jacobian(lambda shift: run(**case, shifts={"S": shift})["S"], zeros)
A_by_S = jacobian(lambda shift: run(**other, shifts={"S": shift})["An"], zeros)


def at(arrays, step):
    return [array[step] for array in arrays]


VALUES = {
    (gru, "gate_preactivations"): ((X[t], S[t - 1], *U[:2], *W[:2]), at(A[:2], t)),
    (gru, "recurrent_candidate"): ((S[t - 1], W[2], beta), Q[t]),
    (gru, "candidate_preactivation"): ((X[t], R[t], Q[t], U[2]), A[2][t]),
    (gru, "gates"): (at(A, t), at((R, Z, N), t)),
    (gru, "hidden_state"): ((Z[t], N[t], S[t - 1]), S[t]),
    (gru_gradients, "hidden_gradient"): (
        (dY[t], *at((dS, Z, delta[0], delta[1], dQ), t + 1), V, *W),
        dS[t],
    ),
    (gru_gradients, "blend_gradients"): ((dS[t], S[t - 1], Z[t], N[t]), (dZ[t], dN[t])),
    (gru_gradients, "reset_gradients"): ((delta[2][t], R[t], Q[t]), (dR[t], dQ[t])),
    (gru_gradients, "preactivation_gradients"): (at((dR, dZ, dN, R, Z, N), t), at(delta, t)),
    (gru_weights, "input_weight_gradients"): ((X, *delta), [gradient(case, f"U_{g}") for g in "rzn"]),
    (gru_weights, "state_weight_gradients"): (
        (S_init, S, delta[0], delta[1], dQ),
        [gradient(case, f"W_{g}") for g in "rzn"],
    ),
    (gru_weights, "recurrent_bias_gradient"): ((dQ,), gradient(case, "beta")),
    (gru_weights, "input_gradient"): ((*at(delta, t), *U), gradient(case, "X")[t]),
    (gru_weights, "initial_state_gradient"): (
        (*at((dS, Z, delta[0], delta[1], dQ), 0), *W),
        gradient(case, "S_init"),
    ),
    (gru_jacobian, "state_jacobian"): ((*at((R, Z, N, Q), t), S[t - 1], *W), S_by_S[t, :, t - 1]),
    (gru_jacobian, "highway_state"): ((Z[t], N[t], S[t - 1]), S[t]),
    (gru_jacobian, "reset_before_candidate_jacobian"): (
        (old["S"][t - 1], old["R"][t], W[0], W[2]),
        A_by_S[t, :, t - 1],
    ),
    (gru_reset_before, "gates"): ((X[t], old["S"][t - 1], *U[:2], *W[:2]), (old["R"][t], old["Z"][t])),
    (gru_reset_before, "candidate_preactivation"): (
        (X[t], old["S"][t - 1], old["R"][t], U[2], W[2]),
        old["An"][t],
    ),
    (gru_reset_before, "hidden_state"): ((old["An"][t], old["Z"][t], old["S"][t - 1]), old["S"][t]),
    (gru_reset_before, "total_loss"): ((old["S"], C, V), loss(other)),
    (gru_reset_before, "candidate_delta"): ((old_dS[t], old["Z"][t], old["An"][t]), old_delta[t]),
    (gru_reset_before, "reset_gate_gradient"): (
        (old_delta[t], old["S"][t - 1], W[2]),
        gradient(other, "R")[t],
    ),
    (gru_reset_before, "candidate_weight_gradient"): (
        (S_init, old["S"], old["R"], old_delta),
        gradient(other, "W_n"),
    ),
}
UNCHECKED = {(gru, "gates"), (gru_weights, "recurrent_bias_gradient")}


@pytest.mark.parametrize("key", VALUES, ids=lambda key: f"{key[0].__name__}.{key[1]}")
def test_value(key):
    arguments, expected = VALUES[key]
    found = getattr(*key)(*arguments)
    pairs = zip(found, expected, strict=True) if isinstance(found, tuple) else [(found, expected)]
    assert all(close(a, b) for a, b in pairs)


@pytest.mark.parametrize(
    "key", [key for key in VALUES if key not in UNCHECKED], ids=lambda key: f"{key[0].__name__}.{key[1]}"
)
def test_wrong_shapes_are_named(key):
    assert rejects_another_axis(getattr(*key), VALUES[key][0])


def test_the_last_step_has_no_future():
    assert close(gru_gradients.hidden_gradient(dY[T], *np.zeros((5, H)), V, *W), dS[T])


def test_the_direct_path_alone():
    assert close(gru_jacobian.highway_jacobian(Z, 4, 2), np.diag(Z[3] * Z[4]))


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_bptt_agrees_with_the_forward_pass(steps, seed):
    after = random_case(seed, steps)
    before = {name: array for name, array in after.items() if name != "beta"}
    for function, case, order in ((gru_bptt, after, AFTER), (reset_before_gru_bptt, before, BEFORE)):
        value, *found = function(**case)
        assert close(value, loss(case))
        for by, each in zip(order, found, strict=True):
            assert close(each, gradient(case, by)), by


@pytest.mark.parametrize("by", AFTER)
def test_bptt_agrees_with_central_differences(by):
    found = gru_bptt(**case)[1 + AFTER.index(by)]
    assert close(found, central_difference(lambda value: gru_bptt(**{**case, by: value})[0], case[by]), 1e-7)


def random_batch(seed=3, batch=3):
    sequences = [random_case(seed + b) for b in range(batch)]
    stacked = {name: np.stack([s[name] for s in sequences], axis=1) for name in ("X", "C")}
    states = np.stack([s["S_init"] for s in sequences])
    return {**sequences[0], **stacked, "S_init": states, "L": np.array([5, 0, 2])}


def test_a_ragged_batch_is_its_sequences():
    batch = random_batch()
    value, *found = batched_gru_bptt(**batch)
    shared = {name: array for name, array in batch.items() if name not in ("L", "X", "C", "S_init")}
    cuts = list(enumerate(batch["L"] + 1))
    alone = [
        gru_bptt(X=batch["X"][:end, b], C=batch["C"][:end, b], S_init=batch["S_init"][b], **shared) for b, end in cuts
    ]
    assert close(value, sum(one[0] for one in alone))
    for position in range(8):
        assert close(found[position], sum(one[position + 1] for one in alone)), AFTER[position]
    for b, end in cuts:
        assert close(found[8][:end, b], alone[b][9])
        assert not found[8][end:, b].any()
        assert close(found[9][b], alone[b][10])


def test_the_batched_step():
    rows = [x[None] for x in (X[t], S[t - 1], R[t], Z[t], N[t], Q[t], S[t], dS[t])]
    x, previous, r, z, n, q, s, ds = rows
    assert all(close(a, b) for a, b in zip(gru_batched.gates(x, previous, *U[:2], *W[:2]), (r, z)))
    assert close(gru_batched.recurrent_candidate(previous, W[2], beta), q)
    assert close(gru_batched.candidate(x, r, q, U[2]), n)
    assert close(gru_batched.hidden_state(z, n, previous), s)
    found = gru_batched.preactivation_gradients(ds, r, z, n, q, previous)
    assert all(close(a[0], b[t]) for a, b in zip(found, delta))
    later = [array[t + 1][None] for array in (dS, Z, delta[0], delta[1], dQ)]
    assert close(gru_batched.hidden_gradient(dY[t][None], *later, V, *W), ds)


def test_the_initial_state_is_zero_by_default():
    short = {name: array for name, array in case.items() if name != "S_init"}
    pairs = zip(gru_bptt(**short), gru_bptt(**short, S_init=np.zeros(H)), strict=True)
    assert all((a == b).all() for a, b in pairs)


RECORDED, RECORDED_BEFORE = gated.recorded("gru"), gated.recorded("gru_reset_before")


def test_the_record_is_complete():
    for cases in (RECORDED, RECORDED_BEFORE):
        assert {value["X"].shape[:2] for value in cases.values()} == {(s, b) for s in (1, 2, 6) for b in (1, 3)}


@pytest.mark.parametrize("name", RECORDED)
def test_pytorch(name):
    torch = RECORDED[name]
    first, second = torch["bias_ih"].copy(), torch["bias_hh"]
    first[: 2 * H] += second[: 2 * H]
    inputs = gated.with_bias_rows(torch["weight_ih"], first, 3)
    states = gated.blocks(torch["weight_hh"], 3)
    ones = gated.with_ones(torch["X"])
    found = batched_gru_bptt(
        ones, torch["C"], torch["last"], *inputs, *states, second[2 * H :], torch["V"], torch["S_init"]
    )
    dU = np.concatenate(found[1:4], axis=1).T
    assert close(found[0], torch["loss"])
    assert close(dU[:, :-1], torch["dweight_ih"])
    assert close(dU[:, -1], torch["dbias_ih"])
    assert close(np.concatenate(found[4:7], axis=1).T, torch["dweight_hh"])
    assert close(np.concatenate([dU[: 2 * H, -1], found[7]]), torch["dbias_hh"])
    for each, expected in zip((found[8], found[9][..., :-1], found[10]), ("V", "X", "S_init"), strict=True):
        assert close(each, torch[f"d{expected}"]), expected


@pytest.mark.parametrize("name", RECORDED_BEFORE)
def test_pytorch_with_the_reset_gate_before_the_product(name):
    torch = RECORDED_BEFORE[name]
    inputs = gated.with_bias_rows(torch["weight_ih"], torch["bias_ih"] + torch["bias_hh"], 3)
    states, ones = gated.blocks(torch["weight_hh"], 3), gated.with_ones(torch["X"])
    found = []
    for b, end in enumerate(torch["last"] + 1):
        single = (ones[:end, b], torch["C"][:end, b], *inputs, *states, torch["V"], torch["S_init"][b])
        found.append(reset_before_gru_bptt(*single))
    total = [sum(one[position] for one in found) for position in range(8)]
    assert close(total[0], torch["loss"])
    dU = np.concatenate(total[1:4], axis=1).T
    assert close(dU[:, :-1], torch["dweight_ih"])
    assert close(dU[:, -1], torch["dbias_ih"])
    assert close(np.concatenate(total[4:7], axis=1).T, torch["dweight_hh"])
    assert close(total[7], torch["dV"])
    assert close(np.stack([one[9] for one in found]), torch["dS_init"])
