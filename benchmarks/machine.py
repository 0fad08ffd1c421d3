"""One core and one thread for a process, and what is known of the machine that was measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "torch", "jax", "autograd")
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
XLA = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def environment() -> dict[str, str]:
    """The variables by which libraries learn to use one thread; they must be set before these are imported.

    A peer with two threads asks for them itself, so that ours has one beside it.
    """
    return {**os.environ, **dict.fromkeys(VARIABLES, "1"), "XLA_FLAGS": XLA, "JAX_PLATFORMS": "cpu"}


def keep_to_cores(cores: int) -> None:
    """Let this process run on so many cores and no others, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-cores:])


def description() -> dict[str, str]:
    """Processor, operating system and versions."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: found for name in PACKAGES if (found := _version(name))},
    }


def commit() -> str:
    """The commit that was measured, marked where files had been changed."""
    run = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return run.stdout.strip()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    """Name and vector units of the processor, as Linux gives them."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    facts: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        facts.setdefault(name.strip(), value.strip())
    flags, name = facts.get("flags", "").split(), facts.get("model name") or platform.processor()
    vectors = "with AVX-512" if "avx512f" in flags else "with AVX2" if "avx2" in flags else ""
    return f"{name} {vectors}".strip()
