"""What the programs are called on the page."""

from __future__ import annotations

from rnnwb.site.measured.record import Size

PEERS = {
    "torch_module": "torch.nn",
    "torch_module_two_threads": "torch, 2 threads",
    "torch_compiled": "torch.compile",
    "torch_loop": "PyTorch loop",
    "jax_scan": "JAX scan",
    "hips_autograd": "HIPS autograd",
    "character_rnn": "min-char-rnn style",
}
WAYS = {
    "all_at_once": "ours, all at once",
    "states_kept": "ours",
    "checkpoints": "ours, checkpoints",
    "truncated": "ours, truncated",
    "torch_module": "torch.nn",
    "jax_scan": "JAX scan",
    "jax_checkpoints": "JAX, checkpoints",
}
OURS = ("all_at_once", "states_kept", "checkpoints", "truncated")
CELLS = {"tanh": "tanh", "lstm": "LSTM", "gru": "GRU"}
DTYPES = ("float64", "float32")
PRODUCTS = "matrix_products"


def size_name(size: Size) -> str:
    """A size as short as it can be said.

    >>> size_name(Size(16, 20, 1, 8, 8))
    'H16 T20 B1'
    """
    return f"H{size.H} T{size.T} B{size.B}"
