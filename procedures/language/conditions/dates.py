"""An expression that gives a date: a field of type date, or a choice between such fields."""

import base64

from procedures.language.conditions.celtree import Call, Path, Tree, decode
from procedures.language.conditions.compiling import Scope
from procedures.language.model.parts import Expression
from procedures.language.reading.nodes import Node
from procedures.language.reading.problems import Problems


def check_date(expression: Expression, node: Node, scope: Scope, problems: Problems) -> bool:
    if _gives_date(decode(base64.b64decode(expression.checked)), scope):
        return True
    problems.add(node.place, "bad-expression", f"'{expression.text}' gives no date", "name a field of type date")
    return False


def _gives_date(tree: Tree, scope: Scope) -> bool:
    match tree:
        case Path(name, test=False):
            named = scope.names.known.get(name)
            return named is not None and named.kind == "date"
        case Call("_?_:_", (_, first, second)):
            return _gives_date(first, scope) and _gives_date(second, scope)
    return False
