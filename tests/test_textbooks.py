"""The notations of two textbooks against a forward pass in plain loops."""

import numpy as np
import pytest

from oracle import D, H, K, close, jacobian, rejects_another_axis
from rnnwb.notations import d2l, goodfellow


def random_case(seed, steps):
    """Inputs with a row 0 that only the states use."""
    random = np.random.default_rng(seed)
    shapes = {"x": (steps + 1, D), "h": (H,), "U": (H, D), "W": (H, H), "V": (K, H), "b": (H,), "c": (K,)}
    case = {name: random.normal(size=shape) for name, shape in shapes.items()}
    return {**case, "y": random.dirichlet(np.ones(K), size=steps + 1)}


def run(x, h, U, W, V, b, c, y, f, h_shift=None, o_shift=None):
    """Loss and states, entry by entry; f is the activation."""
    L, states, outputs = 0, [h], [np.zeros(K)]
    h_shift = np.zeros((len(x), H)) if h_shift is None else h_shift
    o_shift = np.zeros((len(x), K)) if o_shift is None else o_shift
    for t in range(1, len(x)):
        a = [b[i] + sum(W[i][j] * h[j] for j in range(H)) + sum(U[i][d] * x[t][d] for d in range(D)) for i in range(H)]
        h = [f(a[i]) + h_shift[t][i] for i in range(H)]
        o = [c[k] + sum(V[k][i] * h[i] for i in range(H)) + o_shift[t][k] for k in range(K)]
        L = L - sum(y[t][k] * (o[k] - np.log(sum(np.exp(v) for v in o))) for k in range(K))
        states.append(np.array(h))
        outputs.append(np.array(o))
    return L, states, outputs


def gradients(case, f, names):
    """Complex-step gradients of the sum of the losses."""
    shifts = {"h_shift": np.zeros((len(case["x"]), H)), "o_shift": np.zeros((len(case["x"]), K))}
    full = {**case, **shifts}
    return {n: jacobian(lambda value, n=n: run(**{**full, n: value}, f=f)[0], full[n]) for n in names}


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_goodfellow(steps):
    case = random_case(1, steps)
    want = gradients(case, np.tanh, ("U", "W", "V", "b", "c", "h_shift", "o_shift"))
    L, h, o = run(**case, f=np.tanh)
    x, U, W, V = (case[name] for name in ("x", "U", "W", "V"))
    for t in range(1, steps + 1):
        a = goodfellow.preactivation(x[t], h[t - 1], U, W, case["b"])
        assert close(goodfellow.hidden_state(a), h[t])
        assert close(goodfellow.logits(h[t], V, case["c"]), o[t])
        do = goodfellow.logits_gradient(goodfellow.probabilities(o[t]), case["y"][t])
        assert close(do, want["o_shift"][t])
        dh = want["h_shift"]
        found = (
            goodfellow.hidden_gradient(dh[t + 1], h[t + 1], do, W, V)
            if t < steps
            else goodfellow.last_hidden_gradient(do, V)
        )
        assert close(found, dh[t])
    assert close(goodfellow.total_loss(np.array(o), case["y"]), L)
    found = goodfellow.weight_gradients(x, np.array(h), want["h_shift"], want["o_shift"])
    for name, value in zip(("c", "b", "V", "W", "U"), found, strict=True):
        assert close(value, want[name]), name


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_d2l(steps):
    case = {**random_case(2, steps), "b": np.zeros(H), "c": np.zeros(K)}
    want = {name: g / steps for name, g in gradients(case, lambda a: a, ("U", "W", "V", "h_shift", "o_shift")).items()}
    L, h, o = run(**case, f=lambda a: a)
    x, U, W, V = (case[name] for name in ("x", "U", "W", "V"))
    for t in range(1, steps + 1):
        assert close(d2l.hidden_state(x[t], h[t - 1], U, W), h[t])
        assert close(d2l.logits(h[t], V), o[t])
        assert close(d2l.logits_gradient(o[t], case["y"][t], steps), want["o_shift"][t])
        later = want["h_shift"][t + 1] if t < steps else np.zeros(H)
        assert close(d2l.hidden_gradient(later, want["o_shift"][t], W, V), want["h_shift"][t])
    assert close(d2l.mean_loss(np.array(o), case["y"]), L / steps)
    found = d2l.weight_gradients(x, np.array(h), want["h_shift"], want["o_shift"])
    for name, value in zip(("U", "W", "V"), found, strict=True):
        assert close(value, want[name]), name


@pytest.mark.parametrize(
    ("function", "shapes"),
    [
        (goodfellow.preactivation, [(D,), (H,), (H, D), (H, H), (H,)]),
        (goodfellow.logits, [(H,), (K, H), (K,)]),
        (goodfellow.last_hidden_gradient, [(K,), (K, H)]),
        (goodfellow.hidden_gradient, [(H,), (H,), (K,), (H, H), (K, H)]),
        (goodfellow.weight_gradients, [(6, D), (6, H), (6, H), (6, K)]),
        (d2l.hidden_state, [(D,), (H,), (H, D), (H, H)]),
        (d2l.logits, [(H,), (K, H)]),
        (d2l.hidden_gradient, [(H,), (K,), (H, H), (K, H)]),
        (d2l.weight_gradients, [(6, D), (6, H), (6, H), (6, K)]),
    ],
)
def test_wrong_shapes_are_named(function, shapes):
    assert rejects_another_axis(function, tuple(map(np.ones, shapes)))
