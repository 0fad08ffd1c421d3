"""Parameters in a file: arrays by name in NumPy's .npz format, without pickle."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from rnnwb.networks.parameters import AnyParameters, mapped, named_arrays


def save(path: str | Path, parameters: Any) -> None:
    """Write parameters to a file, which gets exactly this name; one of this name is replaced once all is written.

    Args:
        path: the file.
        parameters: of any network, or gradients in their place.

    Raises:
        OSError: if it cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from rnnwb.networks import many_to_many
    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> with TemporaryDirectory() as folder:
    ...     save(f"{folder}/network.npz", parameters)
    ...     again = load(f"{folder}/network.npz", parameters)
    >>> bool((again.W == parameters.W).all())
    True
    """
    arrays: Any = named_arrays(parameters)
    unfinished = Path(f"{path}.part")
    with unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    unfinished.replace(path)


def load(path: str | Path, like: AnyParameters) -> AnyParameters:
    """Read parameters from a file.

    Args:
        path: the file.
        like: parameters of the same network, such as fresh ones: names, shapes and type must be theirs.

    Returns:
        What the file holds, in the structure of `like`.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is damaged, or holds other arrays than `like`.

    >>> from tempfile import TemporaryDirectory
    >>> from rnnwb.networks.many_to_many import initial_parameters
    >>> trained = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> fresh = initial_parameters(D=2, H=3, K=4, seed=1)
    >>> with TemporaryDirectory() as folder:
    ...     save(f"{folder}/network.npz", trained)
    ...     found = load(f"{folder}/network.npz", like=fresh)
    >>> type(found) is type(fresh), bool((found.W == trained.W).all())
    (True, True)
    """
    found, expected = _read(path), named_arrays(like)
    if found.keys() != expected.keys():
        missing, surplus = (
            ", ".join(a.keys() - b.keys()) or "nothing" for a, b in ((expected, found), (found, expected))
        )
        raise ValueError(
            f"{path} does not hold parameters of {type(like).__name__}: it lacks {missing} and has {surplus} besides"
        )
    for name, array in expected.items():
        for what in ("shape", "dtype"):
            in_file, wanted = getattr(found[name], what), getattr(array, what)
            if in_file != wanted:
                raise ValueError(f"{name} has {what} {in_file} in {path}, but {wanted} in the network to be filled")
    names = iter(expected)
    return mapped(lambda _: found[next(names)], like)


def _read(path: str | Path) -> dict[str, np.ndarray]:
    """All arrays of a file.

    Raises:
        ValueError: if it is no .npz file, or a damaged one.
    """
    try:
        with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    except FileNotFoundError:
        raise
    except (ValueError, OSError, EOFError, TypeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is not a file that save has written, or it is damaged: {error}") from error
