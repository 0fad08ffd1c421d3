"""The small random network that is played with, and its gradients as the package computes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from rnnwb.bptt import bptt, hidden_states
from rnnwb.gradient_flow.jacobians import earlier_gradient_norm, long_state_jacobian
from rnnwb.losses import softmax_cross_entropy_gradient
from rnnwb.truncated.chunked import chunked_bptt
from rnnwb.truncated.passes import truncated_bptt

STEPS, D, H, K = 41, 2, 6, 3
SEED, DIGITS = 7, 4

Kind = str
"""How the gradient is truncated: none (not at all), windows or chunks."""


@dataclass(frozen=True)
class Setting:
    """Where the sliders stand."""

    norm: float = 0.8
    last: int = 20
    kind: Kind = "none"
    steps: int = 5


@dataclass(frozen=True)
class Network:
    """Inputs, targets and weights; the recurrent weights are orthogonal, of spectral norm 1."""

    X: np.ndarray
    C: np.ndarray
    U: np.ndarray
    W: np.ndarray
    V: np.ndarray

    def as_json(self) -> str:
        """The arrays as the page's script reads them."""
        return json.dumps({name: array.tolist() for name, array in vars(self).items()}, separators=(",", ":"))


@cache
def network() -> Network:
    """The network of all readers, rounded so that the page's script has the same numbers."""
    random = np.random.default_rng(SEED)
    X, U, V = 0.4 * random.normal(size=(STEPS, D)), random.normal(size=(D, H)), 0.2 * random.normal(size=(H, K))
    W, C = np.linalg.qr(random.normal(size=(H, H)))[0], np.eye(K, dtype=int)[random.integers(K, size=STEPS)]
    return Network(*(np.round(array, DIGITS) for array in (X, C, U, W, V)))


def gradient_norms(setting: Setting) -> np.ndarray:
    """Lengths of the gradient of each loss (rows) with respect to each state (columns); 0 above the diagonal."""
    net, W = network(), setting.norm * network().W
    S = hidden_states(net.X[: setting.last + 1], net.U, W, np.zeros(H))
    dS = softmax_cross_entropy_gradient(S @ net.V, net.C[: len(S)]) @ net.V.T
    norms = np.zeros((len(S), len(S)))
    for t in range(len(S)):
        for tau in range(t + 1):
            norms[t, tau] = earlier_gradient_norm(dS[t], long_state_jacobian(S, W, t, tau))
    return norms


def kept(setting: Setting) -> np.ndarray:
    """Which of these entries a truncated pass takes into account."""
    t, tau = np.indices((setting.last + 1, setting.last + 1))
    near = {"none": t >= 0, "windows": tau > t - setting.steps, "chunks": t // setting.steps == tau // setting.steps}
    return near[setting.kind] & (tau <= t)


def bias(setting: Setting) -> float:
    """How far the truncated gradient of the recurrent weights is from the whole one, relative to it."""
    net, count = network(), setting.last + 1
    arguments = (net.X[:count], net.C[:count], net.U, setting.norm * net.W, net.V)
    whole = bptt(*arguments)[2]
    if setting.kind == "windows":
        truncated = truncated_bptt(*arguments, k1=1, k2=setting.steps)[2]
    elif setting.kind == "chunks":
        truncated = chunked_bptt(*arguments, (np.arange(count) % setting.steps == 0).astype(int))[2]
    else:
        truncated = whole
    return float(np.linalg.norm(truncated - whole) / np.linalg.norm(whole))
