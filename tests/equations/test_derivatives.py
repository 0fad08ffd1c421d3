"""Derivatives against a forward pass in NumPy and central differences: total, immediate, across two clocks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_pages import PAGE, Array, Point, block, claim, refusal, verdicts

point = Point()
X, C, S_INIT, U, W = point.inputs()
LAST = len(X) - 1


def states(U: Array = U, W: Array = W, first: Array = S_INIT, moved: tuple[int, Array] | None = None) -> Array:
    """The states after every step; `moved` sets the one after a step to a value of its own."""
    found = [first]
    for t, x in enumerate(X):
        found.append(np.tanh(x @ U + found[-1] @ W))
        if moved and moved[0] == t:
            found[-1] = moved[1]
    return np.array(found[1:])


def loss(S: Array) -> float:
    return float(0.5 * ((S - C) ** 2).sum())


def slope(function: Callable[[Array], float], at: Array) -> Array:
    """Central differences of a function by every entry."""
    found = np.zeros_like(at)
    for entry in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[entry] = 1e-6
        found[entry] = (function(at + step) - function(at - step)) / 2e-6
    return found


def test_the_forward_pass() -> None:
    np.testing.assert_allclose([point("S_t", t=t) for t in range(LAST + 1)], states(), atol=1e-14)
    np.testing.assert_allclose(point("E"), loss(states()))


def test_total_derivatives() -> None:
    near = {"atol": 1e-7}
    np.testing.assert_allclose(point(r"\frac{\partial E}{\partial W}"), slope(lambda W: loss(states(W=W)), W), **near)
    np.testing.assert_allclose(point(r"\frac{\partial E}{\partial U}"), slope(lambda U: loss(states(U=U)), U), **near)
    first = slope(lambda first: loss(states(first=first)), S_INIT)
    np.testing.assert_allclose(point(r"\frac{\partial E}{\partial S_{t-1}}", t=0), first, **near)
    middle = slope(lambda S: loss(states(moved=(2, S))), states()[2])
    np.testing.assert_allclose(point(r"\frac{\partial E}{\partial S_t}", t=2), middle, **near)


def test_an_entry_of_a_derivative() -> None:
    whole = point(r"\frac{\partial S_T}{\partial W}")
    assert whole.shape == (3, 3, 3)
    assert point(r"\frac{\partial S_T^h}{\partial w_{ij}}", h=1, i=2, j=3) == whole[0, 1, 2]
    assert point(r"\left(\frac{\partial S_T}{\partial S_{T-1}}\right)_{ij}", i=1, j=2) == pytest.approx(
        (1 - states()[-1][0] ** 2) * W[1, 0]
    )


def test_the_immediate_derivative_holds_other_steps() -> None:
    S = states()
    immediate = point(r"\frac{\partial^+ S_t^j}{\partial w_{ij}}", t=3, i=1, j=2)
    assert immediate == pytest.approx((1 - S[3, 1] ** 2) * S[2, 0], rel=1e-13)
    total = point(r"\frac{\partial S_t^j}{\partial w_{ij}}", t=3, i=1, j=2)
    assert abs(total - immediate) > 1e-3
    at_start = [point(rf"\frac{{\partial{plus} S_t^j}}{{\partial w_{{ij}}}}", t=0, i=1, j=2) for plus in ("", "^{+}")]
    assert at_start[0] == at_start[1]


def test_the_immediate_derivative_follows_its_own_step() -> None:
    S = states()
    found = point(r"\frac{\partial^+ E_t}{\partial A_t}", t=3)
    np.testing.assert_allclose(found, (S[3] - C[3]) * (1 - S[3] ** 2), rtol=1e-13)
    assert not point(r"\frac{\partial^+ S_t}{\partial S_{t-2}}", t=3).any()
    assert point(r"\frac{\partial S_t}{\partial S_{t-2}}", t=3).any()


RECURSION = r"\delta_t = \left(S_t - C_t + [t < T] \delta_{t+1} W^\top\right) \odot \left(1 - S_t \odot S_t\right)"
SUM = r"\frac{\partial E}{\partial w_{ij}} = \sum_{t=0}^{T} \sum_{h=1}^{H}"
CLAIMS = {
    RECURSION: True,
    RECURSION.replace("[t < T]", "[t < T - 1]"): False,
    RECURSION.replace(r"W^\top", "W"): False,
    SUM + r"\frac{\partial E}{\partial S_t^h} \frac{\partial^+ S_t^h}{\partial w_{ij}}": True,
    SUM + r"\frac{\partial E}{\partial S_t^h} \frac{\partial S_t^h}{\partial w_{ij}}": False,
    SUM + r"\frac{\partial E_t}{\partial S_t^h} \frac{\partial S_t^h}{\partial w_{ij}}": True,
    SUM + r"\frac{\partial E_t}{\partial S_t^h} \frac{\partial^+ S_t^h}{\partial w_{ij}}": False,
    r"\frac{\partial S_t}{\partial S_{t-1}} = \operatorname{diag}(1 - S_t \odot S_t) W^\top": True,
    r"\frac{\partial S_t}{\partial S_{t-1}} = W \operatorname{diag}(1 - S_t \odot S_t)": False,
    r"\frac{\partial E}{\partial C_t} = C_t - S_t": True,
    r"\frac{\partial (p^3)}{\partial p} = 3 p^2": True,
    r"\frac{\partial (a q_{dhk})}{\partial q_{dik}} = a [h = i]": True,
    r"\frac{\partial (a^{101})}{\partial a} = 101 a^{100}": True,
    r"\frac{\partial (\max(a, b))}{\partial a} = [a > b]": True,
    r"\frac{\partial (|a|)}{\partial a} = \operatorname{sign}(a)": True,
    r"\frac{\partial (\| a z \|)}{\partial a} = \operatorname{sign}(a) \| z \|": True,
    r"\frac{\partial (\operatorname{sg}(a) a)}{\partial a} = a": True,
}  # fmt: skip


@pytest.mark.parametrize("tex", CLAIMS)
def test_claim(tex: str) -> None:
    assert claim(tex).holds == CLAIMS[tex]


@pytest.mark.parametrize("order", [r"\overleftarrow{\prod}", r"\prod"])
def test_the_order_of_a_matrix_product_is_as_printed(order: str) -> None:
    factors = r"_{s=t+1}^{T} \left(\operatorname{diag}(1 - S_s \odot S_s) W^\top\right)"
    verdict = claim(rf"\frac{{\partial S_T}}{{\partial S_t}} = {order}{factors}", "for: t < T")
    assert verdict.holds == ("over" in order)


REFUSED = {
    r"\frac{\partial (\max(a, a))}{\partial a} = 1": "a maximum at a tie",
    r"\frac{\partial (|a - a|)}{\partial a} = 0": "the derivative of |x| at zero",
    r"\frac{\partial (\|a z - a z\|)}{\partial a} = 0": "its derivative at zero",
    r"\frac{\partial (a^{1/2})}{\partial a} = a": "a fractional power of a number that is not positive",
    r"\frac{\partial (\|a W\|_2)}{\partial a} = a": "a matrix norm inside a derivative",
    r"\frac{\partial (\rho(a W))}{\partial a} = a": "spectral radius",
    r"\frac{\partial \delta_t^h}{\partial w_{ij}} = 0": "a derivative of a derivative",
    r"\frac{\partial \delta_t^h}{\partial C_s^j} = 0": "a derivative of a derivative",
    r"\frac{\partial^+ E}{\partial W} = W": "belongs to no single step",
    r"\frac{\partial^2 E}{\partial a^2} = 0": "does not fit here",
}  # fmt: skip


@pytest.mark.parametrize("tex", REFUSED)
def test_refused_inside_a_derivative(tex: str) -> None:
    assert REFUSED[tex] in refusal(tex)


def test_what_a_derivative_reads_is_known_whatever_came_before() -> None:
    first = block(r"\frac{\partial E}{\partial A_t^h} + a = a + \delta_t^h", name="first")
    assert "a derivative of a derivative" in refusal(
        r"\frac{\partial \delta_t^h}{\partial C_s^j} = 0", page=PAGE + first
    )


DECODER = PAGE.replace("| $Q$ |", r"""| $N$ | | | size | last output step |
| $\tau$ | | | $0, \dots, N$ | an output step |
| $F_\tau$ | $F_\tau^h$ | $H$ | $\tau \ge -1$ | decoder state |
| $L$ | | | | decoder loss |
| $Q$ |""") + block(r"F_\tau = \tanh(S_T + F_{\tau-1} W)", kind="define", name="decoder") + block(
    r"L = \sum_{\tau=0}^{N} \sum_{h=1}^{H} (F_\tau^h)^2", kind="define", name="decoder-loss"
)  # fmt: skip


@pytest.mark.parametrize("both", [True, False])
def test_two_clocks(both: bool) -> None:
    encoder = (
        r"\sum_{t=0}^{T} \sum_{h=1}^{H} \frac{\partial L}{\partial S_t^h} \frac{\partial^+ S_t^h}{\partial w_{ij}}"
    )
    decoder = r"\sum_{\tau=0}^{N} \sum_{h=1}^{H} \frac{\partial L}{\partial F_\tau^h} \frac{\partial^+ F_\tau^h}{\partial w_{ij}}"
    right = f"{encoder} + {decoder}" if both else decoder
    tex = rf"\frac{{\partial L}}{{\partial w_{{ij}}}} = {right}"
    assert verdicts(DECODER + block(tex))[-1].holds == both


def test_the_immediate_derivative_stops_at_the_other_clock() -> None:
    tex = r"\frac{\partial^+ F_\tau}{\partial S_T} = \operatorname{diag}(1 - F_\tau \odot F_\tau)"
    assert claim(tex, page=DECODER).holds
    assert claim(r"\frac{\partial^+ F_\tau}{\partial S_{T-1}} = 0", page=DECODER).holds
