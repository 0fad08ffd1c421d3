"""What a block states about its indices and its inputs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.resolve import read
from rnnwb.equations.sampling import DOMAINS
from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Scope

FIRST = re.compile(r"_\\?\w+$")
_ASCII = {"<=": r"\le ", ">=": r"\ge ", "!=": r"\ne "}


@dataclass(frozen=True)
class Options:
    """Ranges (`for`, `fails`, `holds`) and the domains of inputs (`given`)."""

    domains: tuple[s.Domain, ...]
    given: dict[str, str]
    fails: tuple[s.Domain, ...]
    holds: tuple[s.Domain, ...]
    fails_text: str
    holds_text: str


def read_options(block: Block, scope: Scope) -> Options:
    """The options of a block.

    Raises:
        EquationError: if a range is not a chain of relations, or a domain is unknown.
    """
    said = block.options
    return Options(
        domains=_domains(block, scope, "for"),
        given=_given(block, scope),
        fails=(*_domains(block, scope, "for"), *_domains(block, scope, "fails")),
        holds=_domains(block, scope, "holds"),
        fails_text=said.get("fails", ""),
        holds_text=said.get("holds", ""),
    )


def _domains(block: Block, scope: Scope, option: str) -> tuple[s.Domain, ...]:
    found = []
    for part in filter(None, (p.strip() for p in block.options.get(option, "").split(","))):
        tex = re.sub("<=|>=|!=", lambda m: _ASCII[m[0]], part)
        source = Source(tex, block.page, block.line)
        chain = read(source, scope, "chain")
        assert isinstance(chain, s.Relation)
        letters = [n for n in s.walk(chain) if isinstance(n, s.Index)]
        if not letters:
            raise source.error(0, f"the option {option!r} speaks of no index", f"write {option}: 0 <= t < T")
        found.append(s.Domain(letters[0], (chain,)))
    return tuple(found)


def _given(block: Block, scope: Scope) -> dict[str, str]:
    given = {}
    for part in filter(None, (p.strip() for p in re.split("[;,]", block.options.get("given", "")))):
        source = Source(part, block.page, block.line)
        name, _, domain = part.rpartition(" ")
        symbol = _symbol("".join(name.split()), scope)
        if symbol is None:
            raise source.error(0, f"{name or part!r} is not a declared symbol", "write `given: W diagonal`")
        if domain not in DOMAINS:
            raise source.error(
                len(name) + 1, f"there is no domain {domain!r}", f"domains are {', '.join(sorted(DOMAINS))}"
            )
        given[symbol] = domain
    return given


def _symbol(name: str, scope: Scope) -> str | None:
    """The symbol of this name, or the sequence that begins with it, such as S_t for S_{-1}."""
    return next((symbol for symbol in scope.symbols if name in (symbol, FIRST.sub("_{-1}", symbol))), None)
