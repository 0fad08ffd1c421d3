"""Networks carried to JAX and back: the same numbers, the same gradients, and what cannot be carried is refused."""

import doctest

import numpy as np
import pytest
from one_layer import LENGTHS, MODULES, initial_state, parameters, sequences
from plain import close

jax = pytest.importorskip("jax")
from rnnwb.bridges import jax_cells, jax_scan  # noqa: E402
from rnnwb.bridges.jax_scan import CELLS, forward, from_jax, loss, to_jax  # noqa: E402
from rnnwb.networks import encoder_decoder  # noqa: E402

pytestmark = pytest.mark.jax
KINDS = list(MODULES)


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def arrays(state):
    return list(state) if isinstance(state, tuple) else [state]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("simplex", [False, True], ids=["classes", "simplex"])
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["full", "ragged"])
def test_outputs_and_every_gradient_are_the_same(kind, simplex, lengths):
    ours, state, (X, C) = parameters(kind), initial_state(kind), sequences(simplex=simplex)
    differentiated = jax.jit(jax.value_and_grad(loss, argnums=(0, 1, 3)))
    value, (dparameters, dX, dS_init) = differentiated(to_jax(ours), X, C, state, lengths)
    found = MODULES[kind].gradients(ours, X, C, state, lengths, inputs=True)
    assert close(value, found.loss)
    for name, gradient in from_jax(dparameters)._asdict().items():
        assert close(gradient, getattr(found.parameters, name)), name
    assert close(dX, found.X)
    for theirs, array in zip(arrays(dS_init), arrays(found.S_init), strict=True):
        assert close(theirs, array)
    theirs, outputs = jax.jit(forward)(to_jax(ours), X, state, lengths), MODULES[kind].forward(ours, X, state, lengths)
    there = np.arange(len(X))[:, None] < (len(X) if lengths is None else lengths)
    there = np.broadcast_to(there, X.shape[:2])
    assert close(np.asarray(theirs.S)[there], outputs.S[there])
    assert close(np.asarray(theirs.Y)[there], outputs.Y[there])
    for last, array in zip(arrays(theirs.S_last), arrays(outputs.S_last), strict=True):
        assert close(last, array)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_there_and_back_is_exact(kind, dtype):
    ours = parameters(kind, dtype=dtype)
    there = to_jax(ours)
    assert all(isinstance(array, jax.Array) and array.dtype == dtype for array in there)
    back = from_jax(there)
    assert type(back) is type(there) is type(ours)
    for array, other in zip(ours, back):
        assert array.tobytes() == other.tobytes()
        assert array.shape == other.shape
        other[...] = 0
    assert all((array == other).all() for array, other in zip(ours, there))


@pytest.mark.parametrize("kind", KINDS)
def test_the_cells_make_the_step_of_scan(kind):
    ours, state, (X, _) = parameters(kind), initial_state(kind), sequences()
    there = to_jax(ours)
    after = CELLS[type(ours)](there, state, X[0] @ there.U + there.b)
    expected, _ = MODULES[kind].step(ours, X[0], state)
    for theirs, array in zip(arrays(after), arrays(expected), strict=True):
        assert close(theirs, array)


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_padding_has_no_effect(kind):
    ours, (X, C) = to_jax(parameters(kind)), sequences()
    spoilt_X, spoilt_C = X.copy(), C.copy()
    for b, length in enumerate(LENGTHS):
        spoilt_X[length:, b], spoilt_C[length:, b] = np.nan, 99
    differentiated = jax.jit(jax.value_and_grad(loss))
    clean = differentiated(ours, X, C, lengths=LENGTHS)
    spoilt = differentiated(ours, spoilt_X, spoilt_C, lengths=LENGTHS)
    for one, other in zip(jax.tree.leaves(clean), jax.tree.leaves(spoilt), strict=True):
        assert (one == other).all()


def test_the_comparison_would_notice_a_transpose():
    ours, (X, C) = parameters("tanh"), sequences()
    found = MODULES["tanh"].gradients(ours, X, C).parameters
    turned = from_jax(jax.jit(jax.grad(loss))(to_jax(ours._replace(W=ours.W.T)), X, C))
    assert not close(turned.U, found.U)


def test_double_precision_is_not_lost_in_silence():
    with jax.enable_x64(False), pytest.raises(TypeError, match=r"JAX is set to float32; call jax.config.update"):
        to_jax(parameters("tanh"))


def test_float32_stays_float32():
    ours, (X, C) = parameters("gru", dtype=np.float32), sequences(dtype=np.float32)
    with jax.enable_x64(False):
        found = from_jax(jax.jit(jax.grad(loss))(to_jax(ours), X, C))
    for array, other in zip(found, MODULES["gru"].gradients(ours, X, C).parameters):
        assert array.dtype == np.float32
        assert close(array, other, 1e-5)


def test_what_does_not_fit_is_refused():
    ours = parameters("tanh")
    with pytest.raises(TypeError, match="U is float64 but V is float32"):
        to_jax(ours._replace(V=ours.V.astype(np.float32)))
    with pytest.raises(ValueError, match=r"H is 3 in W, shape \(3, 3\), but 2 in V"):
        to_jax(ours._replace(V=ours.V[:2]))
    with pytest.raises(TypeError, match=r"encoder_decoder_layers.Parameters; those of rnnwb.networks.many_to_many"):
        to_jax(encoder_decoder.initial_parameters(D=2, H=3, K=4, seed=0))
    with pytest.raises(TypeError, match=r"builtins.dict; those of"):
        from_jax(ours._asdict())
    with pytest.raises(TypeError, match="U is a ndarray, not an array of JAX"):
        from_jax(ours)
    there = to_jax(ours)
    with pytest.raises(TypeError, match=r"V is bfloat16, not float32 or float64; try V.astype\(jnp.float32\)"):
        from_jax(there._replace(V=there.V.astype("bfloat16")))
    with pytest.raises(TypeError, match="U is float64 but W is float32"):
        from_jax(there._replace(W=there.W.astype("float32")))


@pytest.mark.parametrize("module", [jax_scan, jax_cells])
def test_the_examples_of_the_docstrings_run_as_jax_is_set_by_itself(module):
    with jax.enable_x64(False):
        found = doctest.testmod(module)
    assert found.attempted > 10
    assert not found.failed
