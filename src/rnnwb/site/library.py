"""All pages of a folder with their equations, checked once for one content of pages and package."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import rnnwb.equations as engine
from rnnwb.equations import docstrings
from rnnwb.equations.report import line
from rnnwb.site.keys import page_keys
from rnnwb.site.titles import in_words
from rnnwb.site.verdicts import verdicts

ROOT = Path(__file__).resolve().parents[1]
ENGINE_PACKAGES = ("rnnwb.equations", "rnnwb.site")
REFERENCE = re.compile(r"(?m)^::: ([\w.]+)[ ]*$")

_loaded_package = ""


class PageError(Exception):
    """A page that must not be published, with the reason a command would print."""


@dataclass(frozen=True)
class Entry:
    """One equation of the site: where it stands, its number and what the checker found."""

    name: str
    kind: str
    function: str | None
    body: str
    page: str
    line: int
    number: str
    verdict: engine.Verdict
    options: dict[str, str]

    @property
    def title(self) -> str:
        """The name in words."""
        return in_words(self.name)

    @property
    def anchor(self) -> str:
        """The permanent HTML id."""
        return f"eq-{self.name}"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The names of the equations that this one was evaluated with."""
        return tuple(name for name in self.verdict.rests_on if name != self.name)


@dataclass(frozen=True)
class Library:
    """The pages of one folder: front matter, text, equations and reference entries."""

    docs: Path
    fronts: dict[str, dict[str, object]]
    texts: dict[str, str]
    entries: dict[str, Entry]
    references: dict[str, str]
    keys: dict[str, str]
    book: engine.Book = field(repr=False)
    _marks: dict[tuple[str | None, str, bool], tuple[engine.Mark, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _chapters(self) -> engine.Library:
        return engine.Library(self.book)

    @cached_property
    def _pages(self) -> dict[str | None, engine.Page]:
        return {_relative(page.path, self.docs): page for page in self.book.pages}

    @cached_property
    def _blocks(self) -> dict[str, engine.Block]:
        return {block.name: block for block in self.book.blocks()}

    @cached_property
    def _uses(self) -> dict[str, list[Entry]]:
        uses: dict[str, list[Entry]] = {name: [] for name in self.entries}
        for entry in self.entries.values():
            for name in entry.rests_on:
                uses[name].append(entry)
        return uses

    def chapter(self, page: str | None) -> engine.Chapter | None:
        """What the formulas of a page mean; nothing for a text that is no page."""
        return self._chapters.chapter(self._pages[page]) if page in self._pages else None

    def marks(self, page: str | None, tex: str, display: bool) -> tuple[engine.Mark, ...]:
        """Where the symbols of a formula stand, found once for each formula of a page."""
        key = (page, tex, display)
        if key not in self._marks:
            chapter = self.chapter(page)
            self._marks[key] = engine.annotate(chapter, tex, display) if chapter and chapter.scope.symbols else ()
        return self._marks[key]

    def key(self, page: str) -> str:
        """What changes whenever the meaning of a page may."""
        return self.keys[(self.docs / page).as_posix()]

    def block(self, entry: Entry) -> engine.Block:
        """The block that an equation was read from."""
        return self._blocks[entry.name]

    def grounds(self, entry: Entry) -> list[Entry]:
        """The equations that this one rests on, in page order."""
        names = set(entry.rests_on)
        return [other for name, other in self.entries.items() if name in names]

    def uses(self, entry: Entry) -> list[Entry]:
        """The equations that rest on this one, those of its own page first."""
        return sorted(self._uses[entry.name], key=lambda other: other.page != entry.page)

    def entry(self, name: str, place: str) -> Entry:
        """The equation of this name, or an error that names who asked."""
        if name not in self.entries:
            raise PageError(f"{place}: there is no equation named {name} under {self.docs.name}/")
        return self.entries[name]

    def resting_on(self, function: str) -> list[Entry]:
        """The equations that link to a function, in the order of the articles."""
        found = [entry for entry in self.entries.values() if entry.function == function]
        return sorted(found, key=lambda entry: self.place(entry.page))

    def place(self, page: str) -> tuple[float, bool, str]:
        """What sorts articles in their order, each before what stands beside it, and other pages after them."""
        beside = self.fronts[page].get("beside")
        return float(str(self.fronts[str(beside or page)].get("series", "inf"))), beside is not None, page

    def reference_to(self, function: str) -> tuple[str, str] | None:
        """Page and id of a function's entry in the API reference, where there is one."""
        parts = function.split(".")
        parents = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        page = next((self.references[name] for name in parents if name in self.references), None)
        return (page, function) if page else None


def load(docs: Path) -> Library:
    """The checked library of a folder; raises where any equation is false or malformed."""
    if not docs.is_dir():
        raise PageError(f"the folder of pages {docs} does not exist")
    docs = _as_named_here(docs)
    pages = _digest(docs, "*.md")
    package = _digest(ROOT, "*.py", "*.lark")
    _forget_changed_functions(package)
    return _load(docs, pages, package)


def _as_named_here(docs: Path) -> Path:
    """The same path for one folder, however it is named, so that it is checked once."""
    whole, here = docs.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


@lru_cache(maxsize=8)
def _load(docs: Path, pages: str, package: str) -> Library:
    """The library for one content; the digests are what the cache is keyed by."""
    book = engine.scan([docs])
    fronts = {_relative(page.path, docs): page.front for page in book.pages}
    texts = {path.relative_to(docs).as_posix(): _body(path) for path in docs.rglob("*.md")}
    keys = page_keys(book, package)
    found = verdicts(book, keys)
    _refuse_false(found)
    entries = {entry.name: entry for entry in _entries(book, docs, found)}
    references = {function: page for page, text in texts.items() for function in REFERENCE.findall(text)}
    return Library(docs, fronts, texts, entries, references, keys, book)


def _refuse_false(found: Sequence[engine.Verdict]) -> None:
    failures = [line(verdict) for verdict in found if not verdict.holds]
    if failures:
        raise PageError("\n\n".join(failures))


def _entries(book: engine.Book, docs: Path, judged: Sequence[engine.Verdict]) -> Iterator[Entry]:
    found = {verdict.name: verdict for verdict in judged}
    for page in book.pages:
        equations = (block for block in page.blocks if block.kind != "symbols")
        for count, block in enumerate(equations, start=1):
            chapter = page.front.get("series", page.front.get("letter"))
            number = f"{count}" if chapter is None else f"{chapter}.{count}"
            yield Entry(
                block.name, block.kind, _full_name(block.function), block.body.strip(),
                _relative(page.path, docs), block.line, number,
                found[block.name], block.options,
            )  # fmt: skip


def _full_name(function: str | None) -> str | None:
    """The name with its package, which a page may leave out."""
    module = (function or "").rpartition(".")[0]
    inside = module and importlib.util.find_spec("rnnwb." + module.partition(".")[0])
    return f"rnnwb.{function}" if inside else function


def _relative(path: str | Path, docs: Path) -> str:
    return Path(path).relative_to(docs).as_posix()


def _body(path: Path) -> str:
    """The text of a page without its front matter."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)


def _digest(folder: Path, *patterns: str) -> str:
    paths = sorted(path for pattern in patterns for path in folder.rglob(pattern))
    states = ((path, path.stat()) for path in paths)
    return _content(tuple((path, state.st_mtime_ns, state.st_size) for path, state in states))


@lru_cache(maxsize=16)
def _content(files: tuple[tuple[Path, int, int], ...]) -> str:
    """The digest of files; they are read again only when one was written since."""
    contents = (f"{path}\0{path.read_text(encoding='utf-8')}\0" for path, *_ in files)
    return hashlib.sha256("".join(contents).encode()).hexdigest()


def _forget_changed_functions(package: str) -> None:
    """Let functions be imported afresh when the package changed under a running server."""
    global _loaded_package
    if _loaded_package not in ("", package):
        for name in [name for name in sys.modules if name.startswith("rnnwb.")]:
            if not name.startswith(ENGINE_PACKAGES):
                del sys.modules[name]
        for known in vars(docstrings).values():
            getattr(known, "cache_clear", bool)()
    _loaded_package = package
