"""Every mutant of every define and equation block is refused, or known to be true.

A false block is no subject: a mutant of what fails mostly fails as well.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutation.bench import Bench, Mutant
from mutation.operators import OPERATORS, description
from rnnwb.equations import syntax as s

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = ("/// define |", "/// equation |")
SURVIVORS = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text("utf-8"))
PAGES = sorted(p for p in DOCS.rglob("*.md") if any(b in f"\n{p.read_text('utf-8')}" for b in BLOCKS))
SHARE = 0.02
SAMPLE = 200
Key = tuple[str, str]


def listed() -> dict[Key, str]:
    """The survivors that are accepted, each with its reason."""
    return {(name, tex): entry["reason"] for entry in SURVIVORS["true"] for name, tex in entry["mutants"]}


def readable(bench: Bench, mutants: Iterator[Mutant]) -> Iterator[tuple[Mutant, s.Equation]]:
    """Mutants that say something, and something else than the original."""
    for mutant in mutants:
        if equation := bench.read(mutant):
            yield mutant, equation


def shown(keys: set[Key]) -> str:
    return "\n".join(f"  ['{name}', '{tex}']," for name, tex in sorted(keys))


def test_a_sample_of_all_mutants() -> None:
    """200 mutants, drawn from all pages."""
    drawn = [(bench, mutant) for bench in map(Bench.of, PAGES) for mutant in bench.mutants()]
    random.Random(0).shuffle(drawn)
    read = ((bench, *pair) for bench, mutant in drawn for pair in readable(bench, iter([mutant])))
    tried = [(mutant, bench.survives(mutant, equation)) for _, (bench, mutant, equation) in zip(range(SAMPLE), read)]
    new = {mutant.key for mutant, survives in tried if survives} - listed().keys()
    assert len(tried) == SAMPLE
    assert not new, f"taken for true:\n{shown(new)}"


@pytest.mark.mutation
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_all_mutants(page: Path) -> None:
    """The survivors are those that are listed, true elsewhere as well, and few."""
    bench = Bench.of(page)
    mutants = list(readable(bench, bench.mutants()))
    survivors = {m.key: (m, equation) for m, equation in mutants if bench.survives(m, equation)}
    print(f"{page.stem}: {len(mutants)} mutants, {len(survivors)} survive")
    known = {key for key in listed() if key[0] in bench.chapter.equations}
    assert not survivors.keys() - known, f"taken for true:\n{shown(survivors.keys() - known)}"
    assert not known - survivors.keys(), f"listed, but gone:\n{shown(known - survivors.keys())}"
    false = {key for key, pair in survivors.items() if not bench.elsewhere.survives(*pair)}
    assert not false, f"true at the usual sizes alone:\n{shown(false)}"
    assert len(survivors) <= SHARE * len(mutants)


def test_no_survivor_is_listed_for_an_equation_that_is_gone() -> None:
    names = {name for page in PAGES for name in Bench.of(page).chapter.equations}
    assert {name for name, _ in listed()} <= names


def test_every_listed_survivor_has_a_reason() -> None:
    assert all(reason.strip() for reason in listed().values())


def test_the_guide_lists_the_operators() -> None:
    text = (DOCS / "write-your-own.md").read_text("utf-8")
    items = "\n".join(f"{i}. {description(operator)};" for i, operator in enumerate(OPERATORS, 1))
    assert items.removesuffix(";") + "." in text


def test_a_mutant_that_is_false_is_caught_and_a_true_one_survives() -> None:
    """A positive control: the bench tells the two apart."""
    bench = Bench.of(DOCS / "feedforward.md")
    first = next(m for m, _ in readable(bench, bench.mutants()) if m.block.kind == "equation")
    assert not bench.survives(first, bench.read(first))  # type: ignore[arg-type]
    original = bench.chapter.equations[first.block.name]
    assert bench.survives(first, original)
