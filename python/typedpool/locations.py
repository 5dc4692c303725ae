"""Where in a source file a function, a parameter, a class or a field stands.

Used only to report problems, so it reads and parses the file anew: nothing has to be kept for the good case.
"""

from __future__ import annotations

import ast
import inspect
import os
import sys
import tokenize
from types import CodeType
from typing import Any, Callable, List, Optional, Union

from typedpool.problems import Place

_FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]


def place_of_function(function: Callable[..., Any], parameter: Optional[str] = None) -> Place:
    """The `def` of a function, or one of its parameters (or `return`, its return annotation)."""
    # What the author wrote may be wrapped by another decorator.
    code: CodeType = getattr(inspect.unwrap(function), "__code__")
    file = os.path.abspath(code.co_filename)
    for node in ast.walk(_parse(file)):
        # A code object's first line is that of the first decorator.
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == code.co_name:
            if code.co_firstlineno in (node.lineno, *(decorator.lineno for decorator in node.decorator_list)):
                found = _parameter(node, parameter) or node
                return Place(file, found.lineno, found.col_offset + 1)
    return Place(file, code.co_firstlineno)


def place_of_class(cls: type, field: Optional[str] = None) -> Place:
    """A class, or the line that declares one of its fields."""
    file: Optional[str] = getattr(sys.modules.get(cls.__module__), "__file__", None)
    if file is None:
        return Place(None)
    for node in ast.walk(_parse(file)):
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
            found: ast.stmt = next((member for member in node.body if _declares(member, field)), node)
            return Place(os.path.abspath(file), found.lineno, found.col_offset + 1)
    return Place(os.path.abspath(file))


def _parse(file: str) -> ast.Module:
    try:
        with tokenize.open(file) as source:
            return ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _parameter(node: _FunctionNode, name: Optional[str]) -> Union[ast.arg, ast.expr, None]:
    if name == "return":
        return node.returns
    arguments = node.args
    every: List[Optional[ast.arg]] = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [arguments.vararg, arguments.kwarg]
    return next((argument for argument in every if argument is not None and argument.arg == name), None)


def _declares(member: ast.stmt, field: Optional[str]) -> bool:
    return isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name) and member.target.id == field
