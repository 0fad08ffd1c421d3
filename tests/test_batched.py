import numpy as np
import pytest

from oracle import BATCH, H, close, jacobian, random_batch, rejects_another_axis, run
from rnnwb.many_to_many import batched

case = random_batch(5)
X, C, U, W, V, S_init = case.values()


def sequences(X=X, U=U, W=W, V=V, S_init=S_init, **shifts):
    """Each sequence run alone."""
    return [
        run(X[:, b], C[:, b], U, W, V, S_init[b], **{name: shift[:, b] for name, shift in shifts.items()})
        for b in range(BATCH)
    ]


def loss(**changed):
    return sum(net.E for net in sequences(**changed))


nets = sequences()
A, S, Y = (np.stack([getattr(net, name) for net in nets], axis=1) for name in "ASY")
dY = jacobian(lambda shift: loss(Y_shift=shift), np.zeros(Y.shape))
delta = jacobian(lambda shift: loss(A_shift=shift), np.zeros(A.shape))
t = 2
CASES = {
    "preactivation": ((X[t], S[t - 1], U, W), A[t]),
    "hidden_state": ((A[t],), S[t]),
    "logits": ((S[t], V), Y[t]),
    "batch_loss": ((Y, C), loss()),
    "logits_gradient": ((Y[t], C[t]), dY[t]),
    "delta": ((dY[t], delta[t + 1], S[t], V, W), delta[t]),
    "output_weight_gradient": ((S, dY), jacobian(lambda V: loss(V=V), V)),
    "input_weight_gradient": ((X, delta), jacobian(lambda U: loss(U=U), U)),
    "state_weight_gradient": ((S_init, S, delta), jacobian(lambda W: loss(W=W), W)),
}


@pytest.mark.parametrize("name", CASES)
def test_value(name):
    arguments, expected = CASES[name]
    assert close(getattr(batched, name)(*arguments), expected)


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"hidden_state"}))
def test_wrong_shapes_are_named(name):
    assert rejects_another_axis(getattr(batched, name), CASES[name][0])


def test_the_last_step_has_no_future():
    assert close(batched.delta(dY[-1], np.zeros((BATCH, H)), S[-1], V, W), delta[-1])
