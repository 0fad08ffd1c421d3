"""Recorded cases of PyTorch's gated networks, in the shapes of the articles."""

from pathlib import Path

import numpy as np

RECORD = Path(__file__).parent / "data" / "torch_gated.npz"


def recorded(kind):
    """The cases of one kind of network by name, without those of another that begins alike."""
    cases = {}
    with np.load(RECORD) as record:
        for key in record:
            case, name = key.split("/")
            if case.rsplit("_", 2)[0] == kind:
                cases.setdefault(case, {})[name] = record[key]
    return cases


def with_ones(X):
    """Inputs with a component more that is always 1, so that the weights from it are the bias."""
    return np.concatenate([X, np.ones((*X.shape[:-1], 1))], axis=-1)


def blocks(array, count):
    """The matrices of the gates one by one, each transposed to lead from its row to its column."""
    return [block.T for block in np.split(array, count)]


def with_bias_rows(weight_ih, bias, count):
    """Input weights of the gates, each with its bias as the last row."""
    return blocks(np.concatenate([weight_ih, bias[:, None]], axis=1), count)
