"""What griffe does not tell by itself: the type of each of several results, and how a named tuple is made."""

from __future__ import annotations

import griffe

TUPLE = "NamedTuple"
VARIADIC = {griffe.ParameterKind.var_positional, griffe.ParameterKind.var_keyword}


def type_each_result(function: griffe.Function, most: int) -> None:
    """Write `tuple[ndarray, ...]` out, since griffe takes the type of a result from its place."""
    returns = function.returns
    if isinstance(returns, griffe.ExprSubscript) and isinstance(returns.slice, griffe.ExprTuple):
        first, *others = returns.slice.elements
        if list(map(str, others)) == ["..."]:
            returns.slice.elements = [first] * most


def take_no_default(function: griffe.Function) -> None:
    """Leave what stands for any number of arguments without the empty default that griffe gives it."""
    for parameter in function.parameters:
        if parameter.kind in VARIADIC:
            parameter.default = None


def give_constructor(cls: griffe.Class) -> None:
    """Give a named tuple the constructor that Python gives it, with the defaults of its fields."""
    if TUPLE not in map(str, cls.bases):
        return
    fields = [each for each in cls.attributes.values() if each.annotation and "property" not in each.labels]
    kind = griffe.ParameterKind.positional_or_keyword
    parameters = [
        griffe.Parameter("self", kind=kind),
        *(griffe.Parameter(each.name, annotation=each.annotation, kind=kind, default=each.value) for each in fields),
    ]
    cls.set_member("__init__", griffe.Function("__init__", parameters=griffe.Parameters(*parameters)))


def list_once(module: griffe.Module) -> None:
    """Name what a module hands on from others, with links, instead of saying all of it again."""
    handed_on = {
        name: member.target_path
        for name in map(str, module.exports or ())
        if isinstance(member := module.members[name], griffe.Alias)
    }
    if not handed_on or not module.docstring:
        return
    module.exports = [name for name in module.exports or () if str(name) not in handed_on]
    links = ", ".join(f"[`{name}`][{path}]" for name, path in handed_on.items())
    module.docstring.value += f"\n\nImported here from where they are described: {links}.\n"
