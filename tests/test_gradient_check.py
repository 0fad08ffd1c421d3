import numpy as np
import pytest

from rnnwb.gradient_check import central_difference, complex_step_gradient

x = np.random.default_rng(2).normal(size=(2, 3))


def f(x):
    return np.sum(np.tanh(x) ** 2) + x[0, 1] * x[1, 2]


def exact(x):
    gradient = 2 * np.tanh(x) * (1 - np.tanh(x) ** 2)
    gradient[0, 1] += x[1, 2]
    gradient[1, 2] += x[0, 1]
    return gradient


def test_complex_step_is_exact_and_leaves_its_argument_alone():
    before = x.copy()
    assert np.abs(complex_step_gradient(f, x) - exact(x)).max() < 1e-15
    assert np.abs(complex_step_gradient(f, x, step=1e-100) - exact(x)).max() < 1e-15
    assert (x == before).all()


def test_central_difference_is_close_and_leaves_its_argument_alone():
    before = x.copy()
    assert np.abs(central_difference(f, x) - exact(x)).max() < 1e-9
    assert 1e-6 < np.abs(central_difference(f, x, step=1e-2) - exact(x)).max() < 1e-3
    assert (x == before).all()


def test_integers_and_scalars_are_points_too():
    assert complex_step_gradient(lambda x: x**2, np.array(3)).tolist() == 6.0
    assert round(float(central_difference(lambda x: x**2, np.array(3))), 6) == 6.0


def test_a_function_that_drops_imaginary_parts_is_refused():
    with pytest.raises(TypeError, match="drops the imaginary part"):
        complex_step_gradient(lambda x: np.sum(x.real), x)
