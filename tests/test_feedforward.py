import numpy as np
import pytest

from oracle import close, jacobian, random_case, rejects_another_axis, run
from rnnwb import feedforward
from rnnwb.many_to_many import backpropagation

case = random_case(3, steps=1)
X, C, U, V = case["X"][0], case["C"][0], case["U"], case["V"]


def network(X=X, U=U, V=V, **shifts):
    """The recurrent network with one step and an initial state of zeros has no recurrence."""
    zero = np.zeros(3)
    lifted = {name: value[None] for name, value in shifts.items()}
    return run(X[None], C[None], U, np.zeros((3, 3)), V, zero, **lifted)


def squared_error(**changed):
    return ((network(**changed).Y[0] - C) ** 2).sum() / 2


net = network()
A, S, Y, P = net.A[0], net.S[0], net.Y[0], net.P[0]
dY = jacobian(lambda shift: network(Y_shift=shift).E, np.zeros(4))
dS = jacobian(lambda shift: network(S_shift=shift).E, np.zeros(3))
dA = jacobian(lambda shift: network(A_shift=shift).E, np.zeros(3))
dU = jacobian(lambda U: network(U=U).E, U)
dV = jacobian(lambda V: network(V=V).E, V)
dX = jacobian(lambda X: network(X=X).E, X)

FORWARD = {
    "preactivation": ((X, U), A),
    "hidden_state": ((A,), S),
    "logits": ((S, V), Y),
    "probabilities": ((Y,), P),
    "cross_entropy": ((Y, C), net.E),
    "half_squared_error": ((Y, C), squared_error()),
    "half_squared_error_gradient": ((Y, C), jacobian(lambda shift: squared_error(Y_shift=shift), np.zeros(4))),
    "probability_gradient": ((P, C), jacobian(lambda P: -(C * np.log(P)).sum(), P)),
    "softmax_jacobian": ((P,), jacobian(lambda shift: network(Y_shift=shift).P[0], np.zeros(4))),
    "logits_gradient": ((Y, C), dY),
}
BACKWARD = {
    "logits_weight_jacobian": ((S, V), jacobian(lambda V: network(V=V).Y[0], V)),
    "output_weight_gradient": ((S, dY), dV),
    "hidden_gradient": ((dY, V), dS),
    "activation_jacobian": ((S,), jacobian(lambda shift: network(A_shift=shift).S[0], np.zeros(3))),
    "preactivation_gradient": ((dS, S), dA),
    "input_weight_gradient": ((X, dA), dU),
    "input_gradient": ((dA, U), dX),
}
CASES = [(getattr(feedforward, name), *values) for name, values in FORWARD.items()]
CASES += [(getattr(backpropagation, name), *values) for name, values in BACKWARD.items()]
UNCHECKED = {"hidden_state", "probabilities", "softmax_jacobian", "activation_jacobian"}


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


def test_backpropagation():
    for found, expected in zip(backpropagation.backpropagation(X, C, U, V), (net.E, dU, dV, dX), strict=True):
        assert close(found, expected)
    assert rejects_another_axis(backpropagation.backpropagation, (X, C, U, V))


def test_squared_error_gradients():
    found = backpropagation.squared_error_gradients(X, S, Y, C, V)
    assert close(found[0], jacobian(lambda U: squared_error(U=U), U))
    assert close(found[1], jacobian(lambda V: squared_error(V=V), V))
    assert rejects_another_axis(backpropagation.squared_error_gradients, (X, S, Y, C, V))
