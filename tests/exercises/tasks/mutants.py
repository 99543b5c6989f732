"""Makes every one-place change of a solution: the slips that pass as right too easily."""

import ast
import copy
import functools
from typing import NamedTuple

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
FUNCTIONS = ("max", "min", "sum", "abs", "len", "int", "round")
METHODS = ("max", "min", "sum", "mean", "argmax", "argmin")
NUMPY = ("max", "min", "sum", "mean", "argmax", "argmin", "exp", "log", "abs")
WRAPPERS = ("round", "int", "-", "not ")
SHARED_CHANCE = {"random": "random", "integers": "randint", "choice": "choice"}


class Mutant(NamedTuple):
    """A changed solution: the statement as it was and as it is, and all of the code."""

    before: str
    after: str
    code: str

    @property
    def name(self):
        """What was changed, in one line."""
        return f"{self.before} -> {self.after}"


@functools.cache
def mutants(code):
    """Return all mutants of a function, no two of them alike.

    >>> [mutant.after for mutant in mutants("def f(x):\\n    return x + 1")][:4]
    ['pass', 'return round(x + 1)', 'return int(x + 1)', 'return -(x + 1)']
    """
    tree = ast.parse(code)
    names, unchanged, found = _names(tree), ast.unparse(tree), {}
    for statement in ast.walk(tree.body[0]):
        for block, number in _blocks(statement):
            kept = block[number]
            for before, after in _changes(kept, names):
                block[number] = after
                text = ast.unparse(ast.fix_missing_locations(tree))
                if text != unchanged:
                    found.setdefault(text, Mutant(before, _line(after), text))
            block[number] = kept
    return list(found.values())


def _names(tree):
    """Return all names that the function sets or is given."""
    arguments = [argument.arg for argument in ast.walk(tree) if isinstance(argument, ast.arg)]
    stored = [
        name.id for name in ast.walk(tree) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    ]
    return sorted({*arguments, *stored} - {"_"})


def _blocks(node):
    """Yield (block, number) for every statement right below a node."""
    for place in ("body", "orelse"):
        block = getattr(node, place, None)
        if isinstance(block, list):
            for number in range(len(block)):
                yield block, number


def _line(statement):
    return ast.unparse(statement).splitlines()[0]


def _changes(statement, names):
    """Yield (line before, changed statement) for every change in a statement, not in the blocks below it."""
    before = _line(statement)
    yield before, ast.Pass()
    if isinstance(statement, ast.Break):
        yield before, ast.Continue()
    if isinstance(statement, ast.AugAssign):
        plain = ast.Assign([statement.target], statement.value)
        yield before, plain
        for operator in OPERATORS:
            yield before, ast.AugAssign(statement.target, operator(), statement.value)
    if isinstance(statement, ast.If):
        yield before, ast.If(ast.Constant(True), statement.body, statement.orelse)
        yield before, ast.If(ast.Constant(False), statement.body, statement.orelse)
    for field, value in ast.iter_fields(statement):
        for position, part in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(part, ast.expr):
                continue
            for changed in _expressions(part, names):
                after = copy.copy(statement)
                if isinstance(value, list):
                    values = list(value)
                    values[position] = changed
                    setattr(after, field, values)
                else:
                    setattr(after, field, changed)
                yield before, after


def _expressions(node, names):
    """Yield every expression that differs from a node in one place."""
    yield from _here(node, names)
    for field, value in ast.iter_fields(node):
        parts = value if isinstance(value, list) else [value]
        for position, part in enumerate(parts):
            inner = part.value if isinstance(part, ast.keyword) else part
            if not isinstance(inner, ast.expr):
                continue
            for changed in _expressions(inner, names):
                after = copy.copy(node)
                new = ast.keyword(part.arg, changed) if isinstance(part, ast.keyword) else changed
                setattr(
                    after, field, [*value[:position], new, *value[position + 1 :]] if value is parts else new
                )
                yield after


def _here(node, names):
    """Yield every change of the outermost part of an expression."""
    if isinstance(getattr(node, "ctx", None), ast.Store):
        yield from _targets(node, names)
        return
    yield from _wrapped(node)
    if isinstance(node, ast.Constant):
        yield from _constants(node.value)
    elif isinstance(node, ast.Name) and node.id in names:
        yield from (ast.Name(name, ast.Load()) for name in names if name != node.id)
    elif isinstance(node, ast.BinOp):
        yield from (ast.BinOp(node.left, kind(), node.right) for kind in OPERATORS)
        yield from (ast.BinOp(node.right, node.op, node.left), node.left, node.right)
    elif isinstance(node, ast.Compare):
        for kind in COMPARISONS:
            yield ast.Compare(node.left, [kind()], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from node.values
        yield ast.BoolOp(node.op, [ast.UnaryOp(ast.Not(), node.values[0]), *node.values[1:]])
    elif isinstance(node, ast.IfExp):
        yield from (ast.IfExp(node.test, node.orelse, node.body), node.body, node.orelse)
    elif isinstance(node, ast.Subscript):
        yield node.value
        if not isinstance(node.slice, ast.Slice | ast.Tuple):
            for kind in (ast.Add, ast.Sub):
                yield ast.Subscript(node.value, ast.BinOp(node.slice, kind(), ast.Constant(1)), ast.Load())
    elif isinstance(node, ast.Tuple | ast.List):
        yield from _orders(node)
    elif isinstance(node, ast.Dict):
        for number in range(len(node.keys)):
            rest = [number != other for other in range(len(node.keys))]
            keys = [key for key, stays in zip(node.keys, rest, strict=True) if stays]
            yield ast.Dict(keys, [value for value, stays in zip(node.values, rest, strict=True) if stays])
    elif isinstance(node, ast.Call):
        yield from _calls(node)


def _wrapped(node):
    """Yield an expression with a function around it."""
    if isinstance(node, ast.Constant | ast.Slice | ast.Attribute) or getattr(node, "id", "") in ("np", "rng"):
        return
    for wrapper in WRAPPERS:
        yield ast.parse(f"{wrapper}({ast.unparse(node)})", mode="eval").body


def _targets(node, names):
    """Yield changes on the left of `=`: another order, another name."""
    if isinstance(node, ast.Tuple):
        yield from _orders(node)
    elif isinstance(node, ast.Name) and node.id in names:
        yield from (ast.Name(name, ast.Store()) for name in names if name != node.id)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        rows, columns = node.slice.elts
        for place in (rows, columns, ast.Tuple([columns, rows]), ast.Constant(0)):
            yield ast.Subscript(node.value, place, ast.Store())


def _orders(node):
    """Yield a tuple or list with two neighbours swapped, or one entry less."""
    for number in range(len(node.elts)):
        rest = node.elts[:number] + node.elts[number + 1 :]
        if isinstance(getattr(node, "ctx", None), ast.Load):
            yield type(node)(rest, node.ctx)
        if number:
            yield type(node)(
                [*rest[: number - 1], node.elts[number], node.elts[number - 1], *rest[number:]], node.ctx
            )


def _constants(value):
    """Yield other constants."""
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in (value + 1, value - 1, -value, 2 * value, 0, 0.5 * value):
            yield ast.parse(repr(other), mode="eval").body
    elif isinstance(value, str):
        yield ast.Constant(value + "s")


def _calls(node):
    """Yield changes of a call: another function, an argument less, other bounds, another source of chance."""
    function = node.func
    for number in range(len(node.args)):
        yield ast.Call(function, node.args[:number] + node.args[number + 1 :], node.keywords)
        yield node.args[number]
    for number in range(len(node.keywords)):
        yield ast.Call(function, node.args, node.keywords[:number] + node.keywords[number + 1 :])
    if len(node.args) == 2:
        yield ast.Call(function, node.args[::-1], node.keywords)
    name = ast.unparse(function)
    others = FUNCTIONS if name in FUNCTIONS else ()
    if name.startswith("np.") and name[3:] in NUMPY:
        others = [f"np.{other}" for other in NUMPY]
    elif isinstance(function, ast.Attribute) and function.attr in METHODS:
        others = [f"{ast.unparse(function.value)}.{other}" for other in METHODS]
    for other in others:
        yield ast.Call(ast.parse(other, mode="eval").body, node.args, node.keywords)
    if name == "range":
        text = ast.unparse(node.args[0])
        for bounds in (f"{text} - 1", f"{text} + 1", f"1, {text}", "1", "1000", "10_000", f"0, {text}, 2"):
            yield ast.parse(f"range({bounds})", mode="eval").body
    if name.startswith("rng."):
        attribute = name.removeprefix("rng.")
        for source in (
            f"np.random.{SHARED_CHANCE[attribute]}",
            f"np.random.default_rng().{attribute}",
            f"np.random.default_rng(0).{attribute}",
        ):
            yield ast.Call(ast.parse(source, mode="eval").body, node.args, node.keywords)
    if name.endswith("action_space.n") or "action_space" in ast.unparse(node):
        yield ast.parse("env.action_space.sample()", mode="eval").body
