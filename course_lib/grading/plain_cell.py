"""Reading a cell: does every part of it belong to the kinds of code that change nothing shared?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from course_lib.grading.vocabulary import CONTEXTS, EXCEPTIONS, MODULES, SPECIAL_METHODS, TYPING, WORDS

TRANSPOSED = frozenset({"T", "mT"})  # upper case, and no class
BASES = EXCEPTIONS | {"Module", "object"}
STATEMENTS = (
    *(ast.FunctionDef, ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While, ast.If, ast.With),
    *(ast.Raise, ast.Try, ast.Assert, ast.Import, ast.ImportFrom, ast.Expr, ast.Pass, ast.Break, ast.Continue),
    ast.Delete,
)
EXPRESSIONS = (
    *(ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp),
    *(ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Yield, ast.YieldFrom, ast.Compare, ast.Call, ast.JoinedStr),
    *(ast.FormattedValue, ast.Constant, ast.Attribute, ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple),
    ast.Slice,
)
PARTS = (
    *(ast.comprehension, ast.ExceptHandler, ast.arguments, ast.arg, ast.keyword, ast.alias, ast.withitem),
    *(ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop),
)
ALLOWED = (*STATEMENTS, *EXPRESSIONS, *PARTS)
TYPES = (ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Constant, ast.BinOp, ast.BitOr, ast.Load)


class NotPlainError(Exception):
    """The cell may do more than define its names."""


@dataclass(frozen=True)
class Classes:
    """Names that mean classes in a notebook. A class is shared, so it may be called, and asked for, and nothing else.

    Attributes:
        own: those that cells define.
        imported: those that cells take from modules.

    """

    own: frozenset[str]
    imported: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.own | self.imported


def is_literal(node: ast.AST | None, *, fixed: bool) -> bool:
    """Tell whether a value is written out as constants; `fixed` asks for one that nothing can change."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.Dict):
        return not fixed and all(is_literal(item, fixed=False) for item in (*node.keys, *node.values))
    if isinstance(node, ast.List | ast.Set):
        return not fixed and all(is_literal(item, fixed=False) for item in node.elts)
    return isinstance(node, ast.Tuple) and all(is_literal(item, fixed=fixed) for item in node.elts)


def demand(holds: object) -> None:
    """Give up where something does not hold."""
    if not holds:
        raise NotPlainError


class CellReader(ast.NodeVisitor):
    """Reads the statements of a cell; `me` is the name of a method's own instance."""

    def __init__(self, classes: Classes):
        self._classes = classes
        self._me: str | None = None

    def top(self, node: ast.stmt) -> None:
        """Demand that a statement of the top level only gives names."""
        if isinstance(node, ast.FunctionDef):
            self._function(node)
        elif isinstance(node, ast.ClassDef):
            self._class(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            self._constant(node, fixed=False)
        else:
            demand(isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) or _is_text(node))
            self.visit(node)

    def _constant(self, node: ast.Assign | ast.AnnAssign, *, fixed: bool) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        demand(all(isinstance(target, ast.Name) and not is_dunder(target.id) for target in targets))
        demand(node.value is not None and is_literal(node.value, fixed=fixed))
        if isinstance(node, ast.AnnAssign):
            self._type(node.annotation)

    def _function(self, node: ast.FunctionDef) -> None:
        demand(not is_dunder(node.name))
        self._defaults(node)
        self.visit(node)

    def _defaults(self, node: ast.FunctionDef) -> None:
        values = [*node.args.defaults, *(value for value in node.args.kw_defaults if value is not None)]
        demand(all(is_literal(value, fixed=True) for value in values))

    def _class(self, node: ast.ClassDef) -> None:
        demand(not node.decorator_list and not node.keywords and not is_dunder(node.name))
        demand(all(self._is_base(base) for base in node.bases))
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                self._method(part)
            elif isinstance(part, ast.Assign | ast.AnnAssign):
                self._constant(part, fixed=True)
            else:
                demand(isinstance(part, ast.Pass) or _is_text(part))

    def _is_base(self, base: ast.expr) -> bool:
        if isinstance(base, ast.Attribute):
            return base.attr == "Module" and isinstance(base.value, ast.Name | ast.Attribute)
        return isinstance(base, ast.Name) and base.id in BASES | self._classes.own

    def _method(self, node: ast.FunctionDef) -> None:
        demand(not is_dunder(node.name) or node.name in SPECIAL_METHODS)
        self._defaults(node)
        first = [*node.args.posonlyargs, *node.args.args][:1]
        self._me = first[0].arg if first and list(_bound(node)).count(first[0].arg) == 1 else None
        self.visit(node)
        self._me = None

    def generic_visit(self, node: ast.AST) -> None:
        """Go on where the kind of code is known."""
        demand(isinstance(node, ALLOWED))
        super().generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Read a function; a generator must not wait inside a `with`."""
        kinds = {type(inner) for inner in ast.walk(node)}
        demand(not node.decorator_list and not (ast.With in kinds and kinds & {ast.Yield, ast.YieldFrom}))
        self._type(node.returns)
        self.visit(node.args)
        for part in node.body:
            self.visit(part)

    def visit_arg(self, node: ast.arg) -> None:
        """Read an argument."""
        demand(not is_dunder(node.arg))
        self._type(node.annotation)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Read an assignment with a type."""
        self._type(node.annotation)
        self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        """Refuse a class, or `super`, as a value, and names with two underscores."""
        demand(not is_dunder(node.id) and node.id not in self._classes.all and node.id != "super")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Read an attribute: a known word, or anything of the own instance."""
        if isinstance(node.value, ast.Name) and node.value.id == self._me:
            demand(not is_dunder(node.attr))
            return
        demand(isinstance(node.ctx, ast.Load) and node.attr in WORDS - CONTEXTS and not _is_class_word(node.attr))
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        """Read a call; a class may be called, and asked for by `isinstance`."""
        self._callee(node)
        arguments = list(node.args)
        if isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            self._type(arguments.pop() if arguments else None)
        for part in (*arguments, *node.keywords):
            self.visit(part)

    def _callee(self, node: ast.Call) -> None:
        function = node.func
        if isinstance(function, ast.Name):
            demand(function.id != "super" or not (node.args or node.keywords))
            demand(not is_dunder(function.id))
        elif isinstance(function, ast.Attribute) and _is_class_word(function.attr):
            demand(function.attr in WORDS)
            self.visit(function.value)
        elif not (isinstance(function, ast.Attribute) and function.attr == "__init__" and _is_super(function.value)):
            self.visit(function)

    def visit_With(self, node: ast.With) -> None:
        """Read a `with`, where what changes for its duration may stand."""
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in CONTEXTS:
                for part in (call.func.value, *call.args, *call.keywords):
                    self.visit(part)
            else:
                self.visit(call)
            if item.optional_vars is not None:
                self.visit(item.optional_vars)
        for part in node.body:
            self.visit(part)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Read what is done about an exception."""
        self._type(node.type)
        for part in node.body:
            self.visit(part)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Read what is raised: an exception, or its class."""
        for part in (node.exc, node.cause):
            if isinstance(part, ast.Name):
                self._type(part)
            elif part is not None:
                self.visit(part)

    def visit_Import(self, node: ast.Import) -> None:
        """Demand known modules."""
        demand(all(alias.name in MODULES and not is_dunder(alias.asname or "") for alias in node.names))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Demand known modules and words; a class keeps its name."""
        if node.module == "__future__":
            return
        demand(node.level == 0 and (node.module in MODULES or node.module == "matplotlib"))
        for alias in node.names:
            is_class = alias.name[:1].isupper()
            demand(node.module != "matplotlib" or alias.name == "pyplot")
            demand(alias.name in WORDS - CONTEXTS or (node.module in TYPING and is_class))
            demand(not is_dunder(alias.asname or "") and not (is_class and alias.asname not in {None, alias.name}))

    def _type(self, node: ast.expr | None) -> None:
        """Read what stands for a type: classes are welcome, calls are not."""
        for part in ast.walk(node) if node is not None else ():
            demand(isinstance(part, TYPES))
            demand(not isinstance(part, ast.Name) or not is_dunder(part.id))
            demand(not isinstance(part, ast.Attribute) or part.attr in WORDS - CONTEXTS)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_class_word(word: str) -> bool:
    return word[:1].isupper() and word not in TRANSPOSED


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args


def _bound(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the names that a function binds at any depth, each as often as it is bound."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler | ast.FunctionDef) and node.name:
            yield node.name
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]


def is_dunder(name: str) -> bool:
    """Tell whether a name is one of Python's own."""
    return name.startswith("__")
