"""Whether one formula is another, an entry of it, or an instance of it."""

from __future__ import annotations

from dataclasses import fields

from rnnwb.equations import syntax as s
from rnnwb.equations.affine import Affine, affine, combined

Binding = dict[str, Affine]


def unify(pattern: object, instance: object, binding: Binding | None = None) -> Binding | None:
    """What the index letters of `pattern` stand for where it covers `instance`.

    A whole array covers its entries, a whole sequence its steps.

    Returns:
        The value of each letter, or None where the pattern does not cover the instance.
    """
    known: Binding = {} if binding is None else binding
    if isinstance(pattern, s.Node) and isinstance(instance, s.Node):
        wanted, given = affine(pattern), affine(instance)
        if wanted is not None:
            return None if given is None else _solved(pattern, wanted, given, known)
    if type(pattern) is not type(instance):
        return None
    if isinstance(pattern, s.Quantity) and isinstance(instance, s.Quantity):
        return _quantities(pattern, instance, known)
    if isinstance(pattern, tuple) and isinstance(instance, tuple):
        return _all(pattern, instance, known)
    if isinstance(pattern, s.Node):
        names = [f.name for f in fields(pattern) if f.compare]
        return _all(tuple(getattr(pattern, n) for n in names), tuple(getattr(instance, n) for n in names), known)
    return known if pattern == instance else None


def _solved(pattern: s.Node, wanted: Affine, given: Affine, known: Binding) -> Binding | None:
    """The binding under which two index expressions are equal, with at most one letter unknown."""
    letters = s.free_indices(pattern)
    rest: Affine | None = given
    unknown = [name for name in wanted if name in letters and name not in known]
    for name, coefficient in wanted.items():
        if name not in unknown:
            term = known[name] if name in letters else {name: 1.0}
            rest = combined(rest, term, -coefficient)
    if not unknown:
        return known if rest == {} else None
    if len(unknown) > 1 or abs(wanted[unknown[0]]) != 1 or rest is None:
        return None
    known[unknown[0]] = combined({}, rest, 1 / wanted[unknown[0]]) or {}
    return known


def _quantities(pattern: s.Quantity, instance: s.Quantity, known: Binding) -> Binding | None:
    if pattern.symbol is not instance.symbol:
        return None
    times = () if pattern.times is None else (pattern.times,)
    parts = () if pattern.parts is None else (pattern.parts,)
    others = (*((instance.times,) if times else ()), *((instance.parts,) if parts else ()))
    return _all((*times, *parts), others, known)


def _all(patterns: tuple[object, ...], instances: tuple[object, ...], known: Binding) -> Binding | None:
    if len(patterns) != len(instances):
        return None
    for pattern, instance in zip(patterns, instances, strict=True):
        if unify(pattern, instance, known) is None:
            return None
    return known
