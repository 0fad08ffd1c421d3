import numpy as np
import pytest

from rnnwb.shapes import require_shapes


def test_equal_sizes_pass():
    require_shapes(("D", np.ones(2)), ("H H", np.ones((3, 3))), ("D H", np.ones((2, 3))))


def test_both_shapes_are_named():
    with pytest.raises(ValueError, match=r"H is 3 in shape \(2, 3\) but 4 in shape \(4,\)"):
        require_shapes(("D H", np.ones((2, 3))), ("H", np.ones(4)))


def test_a_matrix_that_is_not_square():
    with pytest.raises(ValueError, match=r"H is 3 in shape \(3, 2\) but 2 in shape \(3, 2\)"):
        require_shapes(("H H", np.ones((3, 2))))


def test_number_of_axes():
    with pytest.raises(ValueError, match=r"shape \(2, 3\) does not fit \(time, B, D\)"):
        require_shapes(("time B D", np.ones((2, 3))))
