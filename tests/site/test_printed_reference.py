"""The reference as mkdocstrings prints it: every name once, every example true where it stands, every field named."""

from __future__ import annotations

import doctest
import re
import shutil
import sys
from collections import Counter
from html import escape, unescape
from inspect import isclass, isfunction
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.utils.yaml import yaml_load

pytestmark = pytest.mark.xdist_group("the printed reference")
ROOT = Path(__file__).parents[2]
HEADING = re.compile(r'<h[2-6] id="(rnnwb[\w.]*)" class="doc doc-heading">')
CODE = re.compile(r'<div class="(?:doc-signature )?highlight"><pre>(.*?)</pre>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ITEM = re.compile(r"<b><code>(?:<[^>]+>)*(\*{0,2}\w+)")
FOREIGN = ("rnnwb.bridges.pytorch", "rnnwb.bridges.jax_")
"""What needs libraries that are not installed here."""

Entries = list[tuple[str, str]]


def printed(folder: Path, text: str) -> Entries:
    """Names and HTML of all entries of a page, with the site's own options."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(text, encoding="utf-8")
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        plugins = yaml_load(file)["plugins"]
    (handlers,) = (plugin["mkdocstrings"] for plugin in plugins if "mkdocstrings" in plugin)
    python = handlers["handlers"]["python"]
    python["paths"] = [str(ROOT / "src")]
    python["options"]["extensions"] = [{"rnnwb.site.reference": {"docs": str(folder / "docs")}}]
    config: dict[str, Any] = {"theme": "material", "site_name": "reference", "plugins": [{"mkdocstrings": handlers}]}
    config |= {"docs_dir": str(folder / "docs"), "site_dir": str(folder / "site")}
    (folder / "mkdocs.yml").write_text("{}", encoding="utf-8")
    build(load_config(str(folder / "mkdocs.yml"), **config))
    _, *parts = HEADING.split((folder / "site" / "index.html").read_text(encoding="utf-8"))
    shutil.rmtree(folder)
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> Entries:
    """All entries of all pages of the reference."""
    pages = sorted((ROOT / "docs" / "reference").glob("*.md"))
    parts = [line for page in pages for line in page.read_text("utf-8").splitlines() if line.startswith(":::")]
    assert len(parts) > 20
    return printed(tmp_path_factory.mktemp("reference"), "\n\n".join(parts))


def described(entries: Entries) -> dict[str, object]:
    """What the entries describe, but for what this environment cannot import."""
    return {name: resolve_name(name) for name, _ in entries if not name.startswith(FOREIGN)}


def repeated(entries: Entries) -> set[str]:
    """Names of functions and classes that have an entry under another name as well."""
    own = {
        name: id(found)
        for name, found in described(entries).items()
        if (isfunction(found) or isclass(found)) and found.__module__.startswith("rnnwb.")
    }
    often = Counter(own.values())
    return {name for name, found in own.items() if often[found] > 1}


def examples_of(html: str) -> list[str]:
    """The examples of an entry as text."""
    texts = (unescape(TAG.sub("", code)) for code in CODE.findall(html))
    return [text for text in texts if text.startswith(">>> ")]


def failing(entries: Entries) -> set[str]:
    """Names of entries with an example that does not hold in the module under whose name it is printed."""
    return {name for name in described(entries) if not holds(name, "".join(examples_of(dict(entries)[name])))}


def holds(name: str, example: str) -> bool:
    """Whether an example holds in the module that the name begins with."""
    words = name.split(".")
    module = next(m for i in range(len(words), 0, -1) if (m := sys.modules.get(".".join(words[:i]))))
    test = doctest.DocTestParser().get_doctest(example, dict(vars(module)), name, None, None)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    return runner.run(test, out=lambda _: None).failed == 0


def without_member(entries: Entries) -> set[str]:
    """Fields of named tuples that are not listed or not among the arguments, and members of protocols without an entry."""
    missing = set()
    names = {name for name, _ in entries}
    for name, found in described(entries).items():
        html = dict(entries)[name]
        for field in getattr(found, "_fields", ()):
            signature = unescape(TAG.sub("", "".join(CODE.findall(html)[:1])))
            defaults: dict[str, object] = getattr(found, "_field_defaults", {})
            argument = f"{field}={defaults[field]}" if field in defaults else field
            if field not in ITEM.findall(html) or not re.search(rf"[(,\s]{re.escape(argument)}[,)\n]", signature):
                missing.add(f"{name}.{field}")
        if isclass(found) and getattr(found, "_is_protocol", False):
            missing |= {f"{name}.{m}" for m in vars(found) if not m.startswith("_")} - names
    return missing


def test_nothing_is_printed_twice(entries: Entries) -> None:
    names = [name for name, _ in entries]
    assert len(names) == len(set(names)) > 700
    assert repeated(entries) == set()


def test_what_a_module_passes_on_is_named_there_with_a_link(entries: Entries) -> None:
    links = re.findall(r'href="#(rnnwb[\w.]+)"', dict(entries)["rnnwb.networks.lstm"])
    assert {f"rnnwb.networks.many_to_many.{name}" for name in ("forward", "gradients", "loss", "step")} < set(links)


def test_every_example_holds_in_the_module_under_whose_name_it_is_printed(entries: Entries) -> None:
    assert sum(len(examples_of(html)) for _, html in entries) > 500
    assert failing(entries) == set()


def test_every_field_and_every_member_is_named(entries: Entries) -> None:
    assert without_member(entries) == set()


def test_arguments_of_any_number_have_their_stars_and_no_default(entries: Entries) -> None:
    for name, argument in [
        ("rnnwb.shapes.require_shapes", "*expected"),
        ("rnnwb.networks.encoder_decoder_layers.initial_parameters", "**options"),
    ]:
        html = dict(entries)[name]
        assert argument in ITEM.findall(html)
        assert not re.search(r"default:\s*<code>(\(\)|\{\})</code>", html)


def test_what_another_module_describes_is_noticed_under_this_one(entries: Entries) -> None:
    (example,) = examples_of(dict(entries)["rnnwb.networks.many_to_many.gradients"])
    code = f'<div class="highlight"><pre>{escape("".join(example.partition(">>> parameters")[1:]))}</pre></div>'
    copied = [(f"rnnwb.networks.{module}.gradients", code) for module in ("many_to_many", "lstm", "gru")]
    assert repeated(copied) == {name for name, _ in copied}
    assert failing(copied) == {"rnnwb.networks.lstm.gradients", "rnnwb.networks.gru.gradients"}


def test_a_field_and_a_member_that_are_not_named_are_noticed() -> None:
    bare = [("rnnwb.networks.recurrence.Piece", ""), ("rnnwb.training.loop.LossAndGradients", "")]
    fields = {f"rnnwb.networks.recurrence.Piece.{name}" for name in ("start", "stop", "trace")}
    members = {f"rnnwb.training.loop.LossAndGradients.{name}" for name in ("loss", "parameters")}
    assert without_member(bare) == fields | members
