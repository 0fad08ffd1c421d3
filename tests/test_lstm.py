import numpy as np
import pytest

import gated
from oracle import close, jacobian, rejects_another_axis
from rnnwb.gradient_check import central_difference
from rnnwb.lstm import batched as lstm_batched
from rnnwb.lstm import batched_gradients as lstm_batched_gradients
from rnnwb.lstm import ends as lstm_ends
from rnnwb.lstm import forward as lstm
from rnnwb.lstm import gradients as lstm_gradients
from rnnwb.lstm import highway as lstm_highway
from rnnwb.lstm import weights as lstm_weights
from rnnwb.lstm.bptt import batched_lstm_bptt, lstm_bptt

D, H, K = 2, 3, 4
WEIGHTS = [f"{kind}_{gate}" for kind in "UW" for gate in "ifgo"]
ORDER = (*WEIGHTS, "V", "X", "S_init", "M_init")


def random_case(seed=0, steps=6):
    random = np.random.default_rng(seed)
    case = {"X": random.normal(size=(steps, D)), "C": random.dirichlet(np.ones(K), size=steps)}
    case |= {name: random.normal(size=((D if name[0] == "U" else H), H)) for name in WEIGHTS}
    case |= {"V": random.normal(size=(H, K)), "S_init": random.normal(size=H), "M_init": random.normal(size=H)}
    for array in case.values():
        array.flags.writeable = False
    return case


def run(X, C, V, S_init, M_init, shifts=None, **weights):
    """The forward pass unit by unit; `shifts` are added to quantities, by name, step and unit."""
    shifts = shifts or {}
    found = {name: [] for name in ("Ai", "Af", "Ag", "Ao", "I", "F", "G", "O", "M", "S", "losses")}

    def keep(name, values, t):
        moved = [value + shifts[name][t][h] if name in shifts else value for h, value in enumerate(values)]
        found[name].append(moved)
        return moved

    S, M = S_init, M_init
    for t, (x, target) in enumerate(zip(X, C)):
        A = {}
        for gate in "ifgo":
            U, W = weights[f"U_{gate}"], weights[f"W_{gate}"]
            sums = [sum(x[d] * U[d][h] for d in range(D)) + sum(S[i] * W[i][h] for i in range(H)) for h in range(H)]
            A[gate] = keep(f"A{gate}", sums, t)
        I, F, O = (keep(gate.upper(), [1 / (1 + np.exp(-a)) for a in A[gate]], t) for gate in "ifo")  # noqa: E741
        G = keep("G", [np.sinh(a) / np.cosh(a) for a in A["g"]], t)
        M = keep("M", [F[h] * M[h] + I[h] * G[h] for h in range(H)], t)
        S = keep("S", [O[h] * np.sinh(M[h]) / np.cosh(M[h]) for h in range(H)], t)
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
net = run(**case)
X, C, V, S_init, M_init = (case[name] for name in ("X", "C", "V", "S_init", "M_init"))
U, W = [case[f"U_{g}"] for g in "ifgo"], [case[f"W_{g}"] for g in "ifgo"]
A, gates = [net[f"A{g}"] for g in "ifgo"], [net[g] for g in "IFGO"]
I_, F, G, O_, M, S = (net[name] for name in "IFGOMS")
dS, dM = gradient(case, "S"), gradient(case, "M")
d_gates = [gradient(case, name) for name in "IFGO"]
delta = [gradient(case, f"A{g}") for g in "ifgo"]
Y = S @ V
P = np.exp(Y) / np.exp(Y).sum(axis=1, keepdims=True)
dY, t, T = P - C, 2, len(X) - 1
nothing = np.zeros(H)


def at(arrays, step):
    return [array[step] for array in arrays]


def by_shift(of, by):
    """Derivative of a quantity at all steps with respect to another at all steps."""
    return jacobian(lambda shift: run(**case, shifts={by: shift})[of], np.zeros((T + 1, H)))


M_by_S, M_by_M, S_by_M = by_shift("M", "S"), by_shift("M", "M"), by_shift("S", "M")
VALUES = {
    (lstm, "preactivations"): ((X[t], S[t - 1], *U, *W), at(A, t)),
    (lstm, "gates"): (at(A, t), at(gates, t)),
    (lstm, "cell_state"): ((I_[t], F[t], G[t], M[t - 1]), M[t]),
    (lstm, "hidden_state"): ((O_[t], M[t]), S[t]),
    (lstm_gradients, "hidden_gradient"): ((dY[t], *at(delta, t + 1), V, *W), dS[t]),
    (lstm_gradients, "last_cell_gradient"): ((dS[T], O_[T], M[T]), dM[T]),
    (lstm_gradients, "cell_gradient"): ((dS[t], O_[t], M[t], F[t + 1], dM[t + 1]), dM[t]),
    (lstm_gradients, "gate_gradients"): ((dS[t], dM[t], I_[t], G[t], M[t], M[t - 1]), at(d_gates, t)),
    (lstm_gradients, "gate_jacobian"): ((I_[t],), by_shift("I", "Ai")[t, :, t]),
    (lstm_gradients, "preactivation_gradients"): ((*at(d_gates, t), *at(gates, t)), at(delta, t)),
    (lstm_weights, "input_weight_gradients"): ((X, *delta), [gradient(case, f"U_{g}") for g in "ifgo"]),
    (lstm_weights, "state_weight_gradients"): ((S_init, S, *delta), [gradient(case, f"W_{g}") for g in "ifgo"]),
    (lstm_ends, "input_gradient"): ((*at(delta, t), *U), gradient(case, "X")[t]),
    (lstm_ends, "initial_state_gradient"): ((*at(delta, 0), *W), gradient(case, "S_init")),
    (lstm_ends, "initial_cell_gradient"): ((F[0], dM[0]), gradient(case, "M_init")),
    (lstm_highway, "cell_by_state_jacobian"): (
        (I_[t], F[t], G[t], M[t - 1], W[0], W[1], W[2]),
        M_by_S[t, :, t - 1],
    ),
    (lstm_highway, "cell_jacobian"): ((F[t], M_by_S[t, :, t - 1], O_[t - 1], M[t - 1]), M_by_M[t, :, t - 1]),
    (lstm_highway, "long_cell_jacobian"): (
        (F[4], M_by_M[3, :, 1], M_by_S[4, :, 3], S_by_M[3, :, 1]),
        M_by_M[4, :, 1],
    ),
    (lstm_highway, "highway_cell_state"): ((I_[t], F[t], G[t], M[t - 1]), M[t]),
}


@pytest.mark.parametrize("key", VALUES, ids=lambda key: f"{key[0].__name__}.{key[1]}")
def test_value(key):
    arguments, expected = VALUES[key]
    found = getattr(*key)(*arguments)
    pairs = zip(found, expected, strict=True) if isinstance(found, tuple) else [(found, expected)]
    assert all(close(a, b) for a, b in pairs)


@pytest.mark.parametrize(
    "key", [key for key in VALUES if key != (lstm, "gates")], ids=lambda key: f"{key[0].__name__}.{key[1]}"
)
def test_wrong_shapes_are_named(key):
    assert rejects_another_axis(getattr(*key), VALUES[key][0])


def test_the_last_step_has_no_future():
    zeros = 4 * [nothing]
    assert close(lstm_gradients.hidden_gradient(dY[T], *zeros, V, *W), dS[T])
    assert close(lstm_gradients.cell_gradient(dS[T], O_[T], M[T], nothing, nothing), dM[T])


def test_the_direct_path_alone():
    jacobians = [lstm_highway.immediate_cell_jacobian(F[r]) for r in (4, 3)]
    assert close(lstm_highway.highway_jacobian(F, 4, 2), jacobians[0] @ jacobians[1])
    assert close(lstm_highway.highway_jacobian(F, 3, 3), np.eye(H))


def test_the_logistic_function_is_safe():
    with np.errstate(all="raise"):
        assert lstm.logistic(np.array([-800.0, 800.0])).tolist() == [0, 1]


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_bptt_agrees_with_the_forward_pass(steps, seed):
    case = random_case(seed, steps)
    value, *found = lstm_bptt(**case)
    assert close(value, loss(case))
    for by, each in zip(ORDER, found, strict=True):
        assert close(each, gradient(case, by)), by


@pytest.mark.parametrize("by", ORDER)
def test_bptt_agrees_with_central_differences(by):
    found = lstm_bptt(**case)[1 + ORDER.index(by)]
    assert close(found, central_difference(lambda value: lstm_bptt(**{**case, by: value})[0], case[by]), 1e-7)


def random_batch(seed=3, batch=3):
    sequences = [random_case(seed + b) for b in range(batch)]
    last = np.array([5, 0, 2])
    stacked = {name: np.stack([s[name] for s in sequences], axis=1) for name in ("X", "C")}
    states = {name: np.stack([s[name] for s in sequences]) for name in ("S_init", "M_init")}
    return {**sequences[0], **stacked, **states, "L": last}


def test_a_ragged_batch_is_its_sequences():
    batch = random_batch()
    value, *found = batched_lstm_bptt(**batch)
    alone = []
    for b, end in enumerate(batch["L"] + 1):
        one = {name: array for name, array in batch.items() if name not in ("L", "X", "C", "S_init", "M_init")}
        one |= {"X": batch["X"][:end, b], "C": batch["C"][:end, b]}
        alone.append(lstm_bptt(**one, S_init=batch["S_init"][b], M_init=batch["M_init"][b]))
    assert close(value, sum(one[0] for one in alone))
    for position in range(9):
        assert close(found[position], sum(one[position + 1] for one in alone)), ORDER[position]
    for b, end in enumerate(batch["L"] + 1):
        assert close(found[9][:end, b], alone[b][10])
        assert not found[9][end:, b].any()
        assert close(found[10][b], alone[b][11])
        assert close(found[11][b], alone[b][12])


def test_the_batched_step():
    batch = random_batch()
    weights = [batch[name] for name in WEIGHTS]
    X_t, states, cells = batch["X"][0], batch["S_init"], batch["M_init"]
    found = lstm_batched.gates(X_t, states, *weights)
    rows = [lstm.gates(*lstm.preactivations(x, s, *weights)) for x, s in zip(X_t, states)]
    assert all(close(a, np.stack(b)) for a, b in zip(found, zip(*rows)))
    M_t = lstm_batched.cell_state(*found[:3], cells)
    assert close(M_t, np.stack([lstm.cell_state(*row[:3], m) for row, m in zip(rows, cells)]))
    S_t = lstm_batched.hidden_state(found[3], M_t)
    assert close(S_t, np.stack([lstm.hidden_state(row[3], m) for row, m in zip(rows, M_t)]))


def test_the_batched_gradients():
    one = [array[t][None] for array in (dS, dM, *gates, M)]
    found = lstm_batched_gradients.preactivation_gradients(*one, M[t - 1][None])
    assert all(close(a[0], b[t]) for a, b in zip(found, delta))
    later = [d[t + 1][None] for d in delta]
    assert close(lstm_batched_gradients.hidden_gradient(dY[t][None], *later, V, *W)[0], dS[t])
    rows = [x[None] for x in (dS[t], O_[t], M[t], F[t + 1], dM[t + 1])]
    assert close(lstm_batched_gradients.cell_gradient(*rows)[0], dM[t])


def test_padding_has_no_gradient():
    last = np.array([1, 4])
    Y_2, C_2 = np.stack([Y, Y[::-1]], axis=1), np.stack([C, C[::-1]], axis=1)
    expected = jacobian(lambda y: lstm_batched.batch_loss(y, C_2, last), Y_2)
    found = np.stack([lstm_batched.logits_gradient(Y_2[s], C_2[s], last, s) for s in range(T + 1)])
    assert close(found, expected)


def test_the_initial_states_are_zero_by_default():
    zero = {"S_init": np.zeros(H), "M_init": np.zeros(H)}
    short = {name: array for name, array in case.items() if name not in zero}
    assert all((a == b).all() for a, b in zip(lstm_bptt(**short), lstm_bptt(**short, **zero), strict=True))


RECORDED = gated.recorded("lstm")


def test_the_record_is_complete():
    assert {value["X"].shape[:2] for value in RECORDED.values()} == {(s, b) for s in (1, 2, 6) for b in (1, 3)}
    assert RECORDED["lstm_6_3"]["last"].tolist() == [5, 4, 3]


@pytest.mark.parametrize("name", RECORDED)
def test_pytorch(name):
    torch = RECORDED[name]
    inputs = gated.with_bias_rows(torch["weight_ih"], torch["bias_ih"] + torch["bias_hh"], 4)
    states = gated.blocks(torch["weight_hh"], 4)
    found = batched_lstm_bptt(
        gated.with_ones(torch["X"]), torch["C"], torch["last"], *inputs, *states, torch["V"], torch["S_init"], torch["M_init"]
    )  # fmt: skip
    assert close(found[0], torch["loss"])
    assert close(np.concatenate(found[1:5], axis=1).T[:, :-1], torch["dweight_ih"])
    for bias in ("dbias_ih", "dbias_hh"):
        assert close(np.concatenate(found[1:5], axis=1)[-1], torch[bias])
    assert close(np.concatenate(found[5:9], axis=1).T, torch["dweight_hh"])
    for each, expected in zip(
        (found[9], found[10][..., :-1], *found[11:]), ("V", "X", "S_init", "M_init"), strict=True
    ):
        assert close(each, torch[f"d{expected}"]), expected


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_gated

    with np.load(gated.RECORD) as recorded:
        live = record_torch_gated.record()
        assert live.keys() == set(recorded)
        for name, value in live.items():
            assert close(value, recorded[name]), name
