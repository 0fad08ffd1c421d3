"""Encoder and decoder against a forward pass written here, by complex step and by differences."""

from types import SimpleNamespace

import numpy as np
import pytest

from oracle import D, H, K, close, jacobian, rejects_another_axis
from rnnwb.encoder_decoder import batched as encoder_decoder_batched
from rnnwb.encoder_decoder import (
    context_gradients,
    context_steps,
    decoder_gradients,
    decoder_steps,
    encoder_gradients,
    initial_context,
    output_feedback,
    shared_context,
)
from rnnwb.encoder_decoder import forward as encoder_decoder
from rnnwb.encoder_decoder.bptt import batched_encoder_decoder_bptt, encoder_decoder_bptt
from rnnwb.gradient_check import central_difference

WEIGHTS = {"U_e": (D, H), "W_e": (H, H), "U_d": (K, H), "W_d": (H, H), "V_d": (H, K), "G": (H, H)}
BY = (*WEIGHTS, "X_e", "X_d", "S_e_init", "S_d_init")


def random_case(read=5, written=4, seed=0):
    random = np.random.default_rng([seed, read, written])
    case = {"X_e": random.normal(size=(read, D)), "X_d": random.normal(size=(written, K))}
    case["C"] = random.dirichlet(np.ones(K), size=written)
    case |= {name: random.normal(size=shape) for name, shape in WEIGHTS.items()}
    case |= {"S_e_init": random.normal(size=H), "S_d_init": random.normal(size=H)}
    for array in case.values():
        array.flags.writeable = False
    return case


def run(X_e, X_d, C, U_e, W_e, U_d, W_d, V_d, G, S_e_init, S_d_init, variant="", **moved):
    """Every quantity; `moved` holds what is added to the pre-activations, states and logits."""
    sizes = {"A_e": (len(X_e), H), "S_e": (len(X_e), H), "A_d": (len(X_d), H), "S_d": (len(X_d), H)}
    add = {name: np.zeros(size) for name, size in {**sizes, "Y": (len(X_d), K)}.items()} | moved
    A_e, S_e, A_d, S_d, Y, losses, X = [], [], [], [], [], [], []
    state = S_e_init
    for step, x in enumerate(X_e):
        A_e.append(np.einsum("d,dh->h", x, U_e) + np.einsum("i,ih->h", state, W_e) + add["A_e"][step])
        state = np.sinh(A_e[-1]) / np.cosh(A_e[-1]) + add["S_e"][step]
        S_e.append(state)
    context = state
    through = {"": G, "feedback": G, "shared": W_e, "initial": np.zeros((H, H))}[variant]
    state = context if variant == "initial" else S_d_init
    for t, x in enumerate(X_d):
        X.append(Y[-1] if variant == "feedback" and t else x)
        A_d.append(np.einsum("k,kh->h", X[-1], U_d) + np.einsum("i,ih->h", state, W_d))
        A_d[-1] = A_d[-1] + np.einsum("i,ih->h", context, through) + add["A_d"][t]
        state = np.sinh(A_d[-1]) / np.cosh(A_d[-1]) + add["S_d"][t]
        S_d.append(state)
        Y.append(np.einsum("h,hk->k", state, V_d) + add["Y"][t])
        losses.append(np.sum(C[t] * (np.log(np.sum(np.exp(Y[-1]))) - Y[-1])))
    names = ("A_e", "S_e", "A_d", "S_d", "Y", "losses", "X")
    arrays = {name: np.array(value) for name, value in zip(names, (A_e, S_e, A_d, S_d, Y, losses, X))}
    return SimpleNamespace(**arrays, E=sum(losses))


def slope(case, by, of=lambda net: net.E, variant=""):
    """Total derivative of what `of` picks from a run."""
    points = {"A_e": (len(case["X_e"]), H), "S_e": (len(case["X_e"]), H), "Y": (len(case["X_d"]), K)}
    points |= {"A_d": (len(case["X_d"]), H), "S_d": (len(case["X_d"]), H)}
    point = case[by] if by in case else np.zeros(points[by])
    return jacobian(lambda value: of(run(**{**case, by: value}, variant=variant)), point)


@pytest.mark.parametrize(("read", "written"), [(1, 1), (1, 2), (2, 1), (2, 2), (6, 3), (3, 6)])
def test_gradients_agree_with_complex_step(read, written):
    case = random_case(read, written)
    E, *gradients = encoder_decoder_bptt(**case)
    assert close(E, run(**case).E)
    for by, gradient in zip(BY, gradients, strict=True):
        assert close(gradient, slope(case, by)), by


@pytest.mark.parametrize("by", BY)
def test_gradients_agree_with_central_differences(by):
    case = random_case(seed=1)
    expected = central_difference(lambda value: encoder_decoder_bptt(**{**case, by: value})[0], case[by])
    assert close(encoder_decoder_bptt(**case)[1 + BY.index(by)], expected, 1e-7)


def ragged_batch():
    lengths = [(5, 4), (1, 3), (3, 1), (2, 2), (4, 4)]
    cases = [random_case(read, written, b) for b, (read, written) in enumerate(lengths)]
    padding = np.random.default_rng(9)
    batch = {"X_e": padding.normal(size=(5, 5, D)), "X_d": padding.normal(size=(4, 5, K))}
    batch["C"] = padding.dirichlet(np.ones(K), size=(4, 5))
    for b, one in enumerate(cases):
        one.update({name: cases[0][name] for name in WEIGHTS})
        for name in ("X_e", "X_d", "C"):
            batch[name][: len(one[name]), b] = one[name]
    batch |= {"L_e": np.array([n - 1 for n, _ in lengths]), "L_d": np.array([n - 1 for _, n in lengths])}
    batch |= {name: cases[0][name] for name in WEIGHTS}
    return cases, batch | {name: np.array([one[name] for one in cases]) for name in ("S_e_init", "S_d_init")}


def test_a_ragged_batch_is_its_pairs():
    cases, batch = ragged_batch()
    J, *found = batched_encoder_decoder_bptt(**batch)
    assert close(J, sum(run(**one).E for one in cases))
    for by, gradient in zip(BY[:6], found):
        assert close(gradient, sum(slope(one, by) for one in cases)), by
    for by, gradient in zip(BY[6:8], found[6:8], strict=True):
        for b, one in enumerate(cases):
            own = len(one[by])
            assert close(gradient[:own, b], slope(one, by)), by
            assert not gradient[own:, b].any()
    for by, gradient in zip(BY[8:], found[8:], strict=True):
        assert close(gradient, np.array([slope(one, by) for one in cases])), by


def test_states_are_zero_by_default():
    case, (_, batch) = random_case(), ragged_batch()
    for function, arguments in ((encoder_decoder_bptt, case), (batched_encoder_decoder_bptt, batch)):
        zero = {name: np.zeros(arguments[name].shape) for name in ("S_e_init", "S_d_init")}
        without = {name: value for name, value in arguments.items() if name not in zero}
        for a, b in zip(function(**without), function(**{**arguments, **zero}), strict=True):
            assert (a == b).all()


case = random_case(seed=2)
net = run(**case)
P = np.exp(net.Y) / np.exp(net.Y).sum(axis=1, keepdims=True)
X_e, X_d, C, U_e, W_e, U_d, W_d, V_d, G, S_e_init, S_d_init = case.values()
total = {by: slope(case, by) for by in (*BY, "A_e", "S_e", "A_d", "S_d", "Y")}
first = {by: slope(case, by, lambda net: net.losses[0]) for by in (*BY, "A_e", "S_e", "A_d", "S_d", "Y")}
second = {by: slope(case, by, lambda net: net.losses[1]) for by in total}
by_context = slope(case, "S_e", lambda net: net.S_d)[:, :, -1]
by_state = slope(case, "S_d", lambda net: net.S_d)
immediate = (1 - net.S_d[2] ** 2)[:, None] * G.T
context, t = net.S_e[-1], 2
VALUES = [
    (encoder_decoder.encoder_preactivation, (X_e[t], net.S_e[t - 1], U_e, W_e), net.A_e[t]),
    (encoder_decoder.encoder_state, (net.A_e[t],), net.S_e[t]),
    (encoder_decoder.teacher_forcing, (C[t - 1],), C[t - 1]),
    (encoder_decoder.decoder_preactivation, (X_d[t], net.S_d[t - 1], context, U_d, W_d, G), net.A_d[t]),
    (encoder_decoder.decoder_state, (net.A_d[t],), net.S_d[t]),
    (encoder_decoder.logits, (net.S_d[t], V_d), net.Y[t]),
    (decoder_steps.step_hidden_gradient, (first["Y"][0], V_d), first["S_d"][0]),
    (decoder_steps.step_preactivation_gradient, (first["S_d"][0], net.S_d[0]), first["A_d"][0]),
    (decoder_steps.previous_hidden_gradient, (second["A_d"][1], W_d), second["S_d"][0]),
    (decoder_steps.previous_preactivation_gradient, (second["S_d"][0], net.S_d[0]), second["A_d"][0]),
    (decoder_steps.first_input_weight_gradient, (X_d[0], first["A_d"][0]), first["U_d"]),
    (decoder_steps.first_state_weight_gradient, (S_d_init, first["A_d"][0]), first["W_d"]),
    (decoder_steps.first_output_weight_gradient, (net.S_d[0], first["Y"][0]), first["V_d"]),
    (context_steps.first_context_gradient, (first["A_d"][0], G), first["S_e"][-1]),
    (context_steps.second_context_gradient, (*second["A_d"][:2], G), second["S_e"][-1]),
    (context_steps.first_context_weight_gradient, (context, first["A_d"][0]), first["G"]),
    (context_steps.second_context_weight_gradient, (context, *second["A_d"][:2]), second["G"]),
    (context_steps.step_encoder_preactivation_gradient, (first["S_e"][-1], context), first["A_e"][-1]),
    (context_steps.step_encoder_hidden_gradient, (first["A_e"][-1], W_e), first["S_e"][-2]),
    (decoder_gradients.decoder_hidden_gradient, (total["Y"][t], total["A_d"][t + 1], V_d, W_d), total["S_d"][t]),
    (decoder_gradients.decoder_preactivation_gradient, (total["S_d"][t], net.S_d[t]), total["A_d"][t]),
    (decoder_gradients.decoder_delta, (total["Y"][t], total["A_d"][t + 1], net.S_d[t], V_d, W_d), total["A_d"][t]),
    (decoder_gradients.output_weight_gradient, (net.S_d, P - C), total["V_d"]),
    (decoder_gradients.decoder_input_weight_gradient, (X_d, total["A_d"]), total["U_d"]),
    (decoder_gradients.decoder_state_weight_gradient, (S_d_init, net.S_d, total["A_d"]), total["W_d"]),
    (decoder_gradients.decoder_input_gradient, (total["A_d"][t], U_d), total["X_d"][t]),
    (decoder_gradients.decoder_initial_state_gradient, (total["A_d"][0], W_d), total["S_d_init"]),
    (context_gradients.decoder_state_jacobian, (net.S_d[t], W_d), by_state[t, :, t - 1]),
    (
        context_gradients.immediate_context_jacobian,
        (net.S_d[t], G),
        by_context[t] - by_state[t, :, t - 1] @ by_context[t - 1],
    ),
    (context_gradients.total_context_jacobian, (immediate, by_state[t, :, t - 1], by_context[t - 1]), by_context[t]),
    (context_gradients.context_gradient, (total["A_d"], G), total["S_e"][-1]),
    (context_gradients.context_weight_gradient, (context, total["A_d"]), total["G"]),
    (encoder_gradients.encoder_hidden_gradient, (total["A_e"][t + 1], W_e), total["S_e"][t]),
    (encoder_gradients.encoder_preactivation_gradient, (total["S_e"][t], net.S_e[t]), total["A_e"][t]),
    (encoder_gradients.encoder_delta, (np.zeros(H), total["A_e"][t + 1], net.S_e[t], W_e), total["A_e"][t]),
    (encoder_gradients.encoder_delta, (total["S_e"][-1], np.zeros(H), context, W_e), total["A_e"][-1]),
    (encoder_gradients.encoder_input_weight_gradient, (X_e, total["A_e"]), total["U_e"]),
    (encoder_gradients.encoder_state_weight_gradient, (S_e_init, net.S_e, total["A_e"]), total["W_e"]),
    (encoder_gradients.encoder_input_gradient, (total["A_e"][t], U_e), total["X_e"][t]),
    (encoder_gradients.encoder_initial_state_gradient, (total["A_e"][0], W_e), total["S_e_init"]),
]
UNCHECKED = {"encoder_state", "teacher_forcing", "decoder_state", "state", "total_loss", "initial_state"}
UNCHECKED |= {"fed_back_output", "probabilities"}


def variant_values(module, name, through):
    """What every variant of the decoder has, at one step and in the whole."""
    net = run(**case, variant=name)
    slopes = {by: slope(case, by, variant=name) for by in ("A_d", "S_d", "Y", "A_e", "S_e", *WEIGHTS)}
    inputs = (net.X[t], net.S_d[t - 1], *through, U_d, W_d)
    weights = {"initial": (), "shared": (W_e,), "feedback": (G,)}[name]
    yield module.preactivation, (*inputs, *weights), net.A_d[t]
    yield module.state, (net.A_d[t],), net.S_d[t]
    yield module.logits, (net.S_d[t], V_d), net.Y[t]
    yield module.total_loss, (net.Y, C), net.E
    yield module.delta, (slopes["Y"][t], slopes["A_d"][t + 1], net.S_d[t], V_d, W_d), slopes["A_d"][t]
    last = slopes["S_e"][-1]
    if name == "initial":
        yield module.initial_state, (context,), context
        yield module.context_gradient, (slopes["A_d"][0], W_d), last
        yield module.state_weight_gradient, (context, net.S_d, slopes["A_d"]), slopes["W_d"]
    if name == "shared":
        yield module.context_gradient, (slopes["A_d"], W_e), last
        arguments = (S_e_init, net.S_e, slopes["A_e"], slopes["A_d"])
        yield module.shared_weight_gradient, arguments, slopes["W_e"]
    if name == "feedback":
        P = np.exp(net.Y) / np.exp(net.Y).sum(axis=1, keepdims=True)
        yield module.fed_back_output, (net.Y[t - 1],), net.X[t]
        yield module.probabilities, (net.Y[t],), P[t]
        yield module.logits_gradient, (P[t] - C[t], slopes["A_d"][t + 1], U_d), slopes["Y"][t]
        yield module.output_weight_gradient, (net.S_d, slopes["Y"]), slopes["V_d"]
        yield module.input_weight_gradient, (net.X, slopes["A_d"]), slopes["U_d"]


VALUES += variant_values(initial_context, "initial", ())
VALUES += variant_values(shared_context, "shared", (context,))
VALUES += variant_values(output_feedback, "feedback", (context,))


def label(x):
    return f"{x.__module__.split('.')[-1]}.{x.__name__}" if callable(x) else ""


@pytest.mark.parametrize(("function", "arguments", "expected"), VALUES, ids=label)
def test_value(function, arguments, expected):
    assert close(function(*arguments), expected)


CHECKED = [value[:2] for value in VALUES if value[0].__name__ not in UNCHECKED]


@pytest.mark.parametrize(("function", "arguments"), CHECKED, ids=label)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


@pytest.mark.parametrize("function", [encoder_decoder_bptt, batched_encoder_decoder_bptt])
def test_wrong_shapes_of_the_algorithm_are_named(function):
    arguments = case if function is encoder_decoder_bptt else ragged_batch()[1]
    for name in ("U_e", "U_d", "V_d", "G", "S_e_init"):
        with pytest.raises(ValueError, match="H is"):
            function(**{**arguments, name: arguments[name][..., : H - 1] if name != "V_d" else V_d[:2]})


def test_each_step_of_a_batch():
    batched = encoder_decoder_batched
    cases, batch = ragged_batch()
    b, weights = 3, [batch[name] for name in WEIGHTS]
    U_e, W_e, U_d, W_d, V_d, G = weights
    one = {**cases[b], "X_e": batch["X_e"][:, b], "X_d": batch["X_d"][:, b], "C": batch["C"][:, b]}
    net = run(**one)
    S_e = np.repeat(net.S_e[:, None], 2, axis=1)
    A_e = batched.encoder_preactivation(one["X_e"][1][None], net.S_e[0][None], U_e, W_e)
    assert close(A_e[0], net.A_e[1])
    assert close(batched.encoder_state(A_e)[0], net.S_e[1])
    assert close(batched.context(S_e, np.array([4, 1])), net.S_e[[4, 1]])
    given = (one["X_d"][1][None], net.S_d[0][None], net.S_e[-1][None], U_d, W_d, G)
    assert close(batched.decoder_preactivation(*given)[0], net.A_d[1])
    assert close(batched.decoder_state(net.A_d[1][None])[0], net.S_d[1])
    assert close(batched.logits(net.S_d[1][None], V_d)[0], net.Y[1])
    Y, C, last = net.Y[:, None], one["C"][:, None], np.array([2])
    assert close(batched.batch_loss(Y, C, last), sum(net.losses[:3]))
    dY, dA_d, dS_e, dA_e = (slope(one, by, lambda net: sum(net.losses[:3])) for by in ("Y", "A_d", "S_e", "A_e"))
    assert close(batched.logits_gradient(Y, C, last)[:, 0], dY)
    assert close(batched.decoder_delta(dY[:1], dA_d[1:2], net.S_d[:1], V_d, W_d)[0], dA_d[0])
    assert close(batched.context_gradient(dA_d[:, None], G)[0], dS_e[-1])
    ends = batched.encoder_delta(dS_e[-1:], np.zeros((1, H)), net.S_e[-1:], W_e, np.array([4]), np.array(4))
    assert close(ends[0], dA_e[-1])
    before = batched.encoder_delta(dS_e[-1:], dA_e[2:3], net.S_e[1:2], W_e, np.array([4]), np.array(1))
    assert close(before[0], dA_e[1])
