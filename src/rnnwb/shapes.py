"""The check of shapes that the functions of the derivation share; `rnnwb.networks` has checks of its own."""

import numpy as np


def require_shapes(*expected: tuple[str, np.ndarray]) -> None:
    """Raise unless every axis that bears one name has one size.

    Args:
        *expected: pairs of the axes' names, such as "D H", and an array.

    Raises:
        ValueError: naming the two shapes that disagree.

    >>> require_shapes(("D", np.ones(2)), ("D H", np.ones((2, 3))))
    >>> require_shapes(("D", np.ones(2)), ("D H", np.ones((3, 2))))
    Traceback (most recent call last):
    ...
    ValueError: D is 2 in shape (2,) but 3 in shape (3, 2)
    """
    seen: dict[str, tuple[int, tuple[int, ...]]] = {}
    for axes, array in expected:
        names, shape = axes.split(), np.shape(array)
        if len(names) != len(shape):
            raise ValueError(f"shape {shape} does not fit ({', '.join(names)})")
        for name, size in zip(names, shape):
            first, where = seen.setdefault(name, (size, shape))
            if first != size:
                raise ValueError(
                    f"{name} is {first} in shape {where} but {size} in shape {shape}",
                )
