import numpy as np
import pytest

from oracle import H, close, derivative, jacobian, random_case, rejects_another_axis, run
from rnnwb.many_to_many import first_steps, untied
from rnnwb.many_to_many import gradients as many_to_many

case = random_case(4)
X, C, U, W, V, S_init = case.values()
net = run(**case)
A, S, Y = net.A, net.S, net.Y
T = len(X) - 1


def of_step(t, by):
    """Total derivative of the loss of step t."""
    return derivative(case, lambda net: net.losses[t], by)


def of_total(by):
    """Total derivative of the total loss."""
    return derivative(case, lambda net: net.E, by)


dY, dS, delta = of_total("Y_shift"), of_total("S_shift"), of_total("A_shift")
copies = np.stack([W] * (T + 1))
dR = jacobian(lambda copies: run(**case, W_copies=copies).E, copies)
t = 2
later = np.zeros(H)

FIRST = {
    "step_hidden_gradient": ((dY[t], V), of_step(t, "S_shift")[t]),
    "step_preactivation_gradient": ((of_step(t, "S_shift")[t], S[t]), of_step(t, "A_shift")[t]),
    "step_output_weight_gradient": ((S[t], dY[t]), of_step(t, "V")),
    "first_input_weight_gradient": ((X[0], of_step(0, "A_shift")[0]), of_step(0, "U")),
    "first_state_weight_gradient": ((S_init, of_step(0, "A_shift")[0]), of_step(0, "W")),
    "previous_hidden_gradient": ((of_step(t, "A_shift")[t], W), of_step(t, "S_shift")[t - 1]),
    "previous_preactivation_gradient": (
        (of_step(t, "S_shift")[t - 1], S[t - 1]),
        of_step(t, "A_shift")[t - 1],
    ),
    "second_input_weight_gradient": ((X[0], X[1], *of_step(1, "A_shift")[:2]), of_step(1, "U")),
    "step_state_weight_gradient": ((S_init, S, of_step(t, "A_shift")), of_step(t, "W")),
    "second_state_weight_gradient": ((S_init, S[0], *of_step(1, "A_shift")[:2]), of_step(1, "W")),
}
ANY = {
    "last_hidden_gradient": ((dY[T], V), dS[T]),
    "hidden_gradient": ((dY[t], delta[t + 1], V, W), dS[t]),
    "preactivation_gradient": ((dS[t], S[t]), delta[t]),
    "delta": ((dY[t], delta[t + 1], S[t], V, W), delta[t]),
    "output_weight_gradient": ((S, dY), of_total("V")),
    "input_weight_gradient": ((X, delta), of_total("U")),
    "state_weight_gradient": ((S_init, S, delta), of_total("W")),
    "input_gradient": ((delta[t], U), of_total("X")[t]),
    "initial_state_gradient": ((delta[0], W), of_total("S_init")),
}
UNTIED = {
    "state_weight_copy": ((W,), W),
    "untied_hidden_state": ((X[t], S[t - 1], U, W), S[t]),
    "untied_loss": ((S, C, V), net.E),
    "copy_gradient": ((S[t - 1], delta[t]), dR[t]),
    "sum_of_copy_gradients": ((dR,), of_total("W")),
}
CASES = [(getattr(first_steps, name), *values) for name, values in FIRST.items()]
CASES += [(getattr(many_to_many, name), *values) for name, values in ANY.items()]
CASES += [(getattr(untied, name), *values) for name, values in UNTIED.items()]
UNCHECKED = {"state_weight_copy", "sum_of_copy_gradients"}


@pytest.mark.parametrize(("function", "arguments", "expected"), CASES, ids=lambda x: getattr(x, "__name__", ""))
def test_value(function, arguments, expected):
    assert close(function(*arguments), expected)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [case[:2] for case in CASES if case[0].__name__ not in UNCHECKED],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


def test_the_last_step_has_no_future():
    assert close(many_to_many.hidden_gradient(dY[T], later, V, W), dS[T])
    assert close(many_to_many.delta(dY[T], later, S[T], V, W), delta[T])
