"""What is imported by what: NumPy alone in the core, and one direction between the layers."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "rnnwb"
LAYERS = ("bridges", "equations", "site", "command.py")
BRIDGES = {"pytorch.py": "torch", "jax_scan.py": "jax"}
NUMERIC = [p for p in PACKAGE.rglob("*.py") if p.relative_to(PACKAGE).parts[0] not in LAYERS]
LOADED = (
    "import sys, {module}; print(*sorted(m.split('.')[0] if not m.startswith('rnnwb.') else m for m in sys.modules))"
)


def loaded(module: str) -> set[str]:
    """Names of the modules that importing one module brings in."""
    command = [sys.executable, "-c", LOADED.format(module=module)]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def outside(names: set[str]) -> set[str]:
    """Those that belong neither to Python nor to this package."""
    before = loaded("sys")
    return {n for n in names - before if n.split(".")[0] not in {*sys.stdlib_module_names, "rnnwb"} and n[0] != "_"}


def imports(source: str) -> Iterator[str]:
    """The modules that a source text imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def numeric_strangers(source: str) -> set[str]:
    """What a numeric module may not import: all but NumPy, the types it annotates with, and a little of Python."""
    allowed = {"numpy", "rnnwb", "typing", "collections", "__future__", "math", "pathlib", "zipfile"}
    found = {name for name in imports(source) if name.split(".")[0] not in allowed}
    return found | {
        name for name in imports(source) if name.startswith(tuple(f"rnnwb.{x.removesuffix('.py')}" for x in LAYERS))
    }


def test_the_core_brings_in_numpy_alone() -> None:
    names = loaded("rnnwb")
    assert outside(names) <= {"numpy"}
    assert not [n for n in names if n.startswith(("rnnwb.equations", "rnnwb.bridges", "rnnwb.site", "rnnwb.command"))]


def test_the_test_above_would_notice() -> None:
    names = loaded("rnnwb.equations")
    assert "lark" in outside(names)
    assert "rnnwb.equations" in names


@pytest.mark.parametrize("path", NUMERIC, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_numeric_module_imports_numpy_alone(path: Path) -> None:
    assert not numeric_strangers(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "import scipy",
        "from rnnwb.equations import scan",
        "import torch",
        "import jax.numpy",
        "from rnnwb.bridges import pytorch",
    ],
)
def test_a_stranger_is_noticed(line: str) -> None:
    assert numeric_strangers(f"import numpy as np\n{line}\n")


@pytest.mark.parametrize("path", sorted((PACKAGE / "bridges").glob("*.py")), ids=lambda p: p.stem)
def test_a_bridge_imports_its_own_library_and_the_networks(path: Path) -> None:
    found = set(imports(path.read_text("utf-8")))
    ours = {module for module in found if module.startswith("rnnwb")}
    libraries = {Path(bridge).stem.split("_")[0]: library for bridge, library in BRIDGES.items()}
    library = libraries.get(path.stem.split("_")[0], "numpy")
    assert all(module.startswith(("rnnwb.bridges", "rnnwb.networks")) for module in ours)
    assert {module.split(".")[0] for module in found - ours} <= {"__future__", "typing", "numpy", library}


@pytest.mark.parametrize(("name", "library"), BRIDGES.items())
def test_a_bridge_says_what_it_lacks(name: str, library: str) -> None:
    module = f"rnnwb.bridges.{name.removesuffix('.py')}"
    hidden = f"import sys; sys.modules[{library!r}] = None; import {module}"
    found = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=False)
    assert f"{module} needs" in found.stderr
    assert f"pip install {library}" in found.stderr


@pytest.mark.parametrize("path", sorted((PACKAGE / "equations").glob("*.py")), ids=lambda p: p.stem)
def test_the_engine_knows_no_function_that_it_judges(path: Path) -> None:
    named = {name for name in imports(path.read_text("utf-8")) if name.startswith("rnnwb")}
    assert all(name.startswith("rnnwb.equations") for name in named)


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "site").rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_the_site_rests_on_the_engine_alone(path: Path) -> None:
    """What is drawn may also be computed with the functions whose numbers it shows."""
    named = {name for name in imports(path.read_text("utf-8")) if name.startswith("rnnwb")}
    if path.parent.name not in ("figures", "explore"):
        assert all(name.startswith(("rnnwb.equations", "rnnwb.site")) for name in named)
