"""The scripts of *From one machine to many*, run as the page says, on two processes and on two devices."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TORCH, JAX = "examples/torch_machines.py", "examples/jax_machines.py"
LINE = re.compile(
    r"^(.*), (sum|mean over all steps|mean of the machines' means): largest difference (\S+)$", re.MULTILINE
)


def differences(command: list[str], **environment: str) -> dict[tuple[str, str], float]:
    """What a script prints: the largest difference from one machine, by who and what."""
    path = {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    found = subprocess.run(
        command, cwd=ROOT, env=os.environ | path | environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert found.returncode == 0, found.stderr
    return {(who, what): float(number) for who, what, number in LINE.findall(found.stdout)}


def hold(found: dict[tuple[str, str], float]) -> bool:
    """Whether both right losses give the gradient of one machine, and the wrong one does not."""
    wrong = {number for (_, what), number in found.items() if "means" in what}
    right = {number for (_, what), number in found.items() if "means" not in what}
    return max(right) < 1e-12 and min(wrong) > 1e-3


@pytest.mark.torch
def test_two_processes_give_the_gradient_of_one() -> None:
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    found = differences([*torchrun, TORCH])
    assert {who for who, _ in found} == {"machine 0, 3 sequences", "machine 1, 2 sequences"}
    assert len(found) == 6
    assert hold(found)


@pytest.mark.jax
def test_two_devices_give_the_gradient_of_one() -> None:
    found = differences([sys.executable, JAX], XLA_FLAGS="--xla_force_host_platform_device_count=2")
    assert {who for who, _ in found} == {"2 devices"}
    assert len(found) == 3
    assert hold(found)


@pytest.mark.parametrize("script", [TORCH, JAX])
def test_a_script_says_how_it_is_run_and_the_page_shows_it(script: str) -> None:
    said = ast.get_docstring(ast.parse((ROOT / script).read_text("utf-8"))) or ""
    command = said.removeprefix("Run:").strip()
    page = (ROOT / "docs/many-machines.md").read_text("utf-8")
    assert script in command
    assert f"$ {command}\n" in page
    assert f'--8<-- "{script}"' in page
