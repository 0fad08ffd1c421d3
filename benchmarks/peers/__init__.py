"""The programs beside which ours is measured, one a file; each says what it needs and which cells it has."""

from __future__ import annotations

import importlib
from types import ModuleType

PEERS = (
    "torch_module",
    "torch_compiled",
    "torch_loop",
    "jax_scan",
    "hips_autograd",
    "character_rnn",
    "torch_module_two_threads",
)
CORES = {"torch_module_two_threads": 2}
"""How many cores a peer gets; one unless it stands here."""


def load(name: str) -> ModuleType:
    """The module of a peer, which imports what it needs.

    Raises:
        ImportError: if that is not installed.
    """
    return importlib.import_module(f"{__name__}.{name}")
