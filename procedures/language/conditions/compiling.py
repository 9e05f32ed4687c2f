"""Conditions compiled when a file is loaded: typed against the names in scope, refused where a value may be absent."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cel_expr_python import cel

from procedures.language.conditions.absence import unguarded
from procedures.language.conditions.celbytes import canonical
from procedures.language.conditions.celtree import (
    Call,
    Constant,
    ListOf,
    Loop,
    Other,
    Path,
    Tree,
    decode,
    names_read,
    walk,
)
from procedures.language.conditions.evaluation import MAX_TEXT, environment
from procedures.language.conditions.functions import ALLOWED, SAYABLE
from procedures.language.conditions.names import DATES, PACKAGE, WHOLE, Names
from procedures.language.conditions.slips import slip_in
from procedures.language.model.parts import Expression
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.resolving.values import is_date

_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*?)(?:\n |\Z| \[INVALID)", re.DOTALL)
_UNDEFINED = re.compile(r"undefined field '([^']*)' not found in struct '([^']*)'")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_COMPARING = frozenset({"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"})
_SPOKEN = {"STRING": "text", "INT": "a whole number", "DOUBLE": "a number", "BOOL": "true or false"}
_COUNTED = ("rows", "size")
MAX_TREE, MAX_LOOPS = 500, 2


@dataclass(slots=True)
class Scope:
    """What may be read at one place: the names, and those among them that may be absent, with the reason.

    `line` is the list whose line the place is about; `unknown` are steps whose values come too late for a limit, and
    `in_lines` those that have a value for each line, by the step they stand in.
    """

    names: Names
    absent: Mapping[str, str] = field(default_factory=dict)
    line: str | None = None
    unknown: frozenset[str] = frozenset()
    in_lines: Mapping[str, str] = field(default_factory=dict)


class Compiler:
    """Compiles expressions and reports what is wrong with them, at the character in the file."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._environments: dict[int, tuple[Names, cel.Env]] = {}

    def condition(self, node: Scalar, scope: Scope) -> Expression | None:
        return self.expression(node, scope, expected="BOOL")

    def expression(self, node: Scalar, scope: Scope, *, expected: str = "") -> Expression | None:
        """Compile; None, with the reason among the problems, where the text is wrong."""
        try:
            compiled = self._environment(scope.names).compile(node.text)
        except RuntimeError as error:
            self._report(str(error), node, scope)
            return None
        type, serialised = compiled.return_type().name(), canonical(compiled.serialize())
        if expected and type != expected:
            message = f"'{node.text}' gives {_spoken(type)}, here stands {_spoken(expected)}"
            self._problems.add(node.place, "bad-expression", message)
            return None
        tree = decode(serialised)
        if not self._is_sayable(tree, node) or not self._is_sound(tree, node, scope):
            return None
        return Expression(
            text=node.text,
            checked=base64.b64encode(serialised).decode(),
            reads=names_read(tree),
            type=type.removeprefix(f"{PACKAGE}."),
        )

    def _environment(self, names: Names) -> cel.Env:
        if id(names) not in self._environments:
            self._environments[id(names)] = names, environment(names, names.pool())
        return self._environments[id(names)][1]

    def _is_sayable(self, tree: Tree, node: Scalar) -> bool:
        """Refuse what CEL can say and the language leaves out."""
        parts = list(walk(tree))
        if len(parts) > MAX_TREE:
            self._add(node, 0, f"the expression has more than {MAX_TREE} parts", "use a decision table")
            return False
        if _loops_in(tree) > MAX_LOOPS:
            self._add(node, 0, f"more than {MAX_LOOPS} loops inside each other", "a list has up to 200 lines")
            return False
        for part in parts:
            match part:
                case Call(function, _, at) if function not in ALLOWED:
                    known = "functions: " + ", ".join(SAYABLE)
                    self._add(node, at, f"'{function.strip('_@')}' does not exist here", known)
                    return False
                case Loop("other", _, _, at):
                    self._add(node, at, "'map', 'filter' and 'exists_one' do not exist here", "use exists or all")
                    return False
                case Other("{}" | ".", at):
                    self._add(node, at, "messages and maps do not exist here")
                    return False
                case Constant(None, at):
                    self._add(node, at, "this literal does not exist here", "write a text, a number, true or false")
                    return False
        return True

    def _is_sound(self, tree: Tree, node: Scalar, scope: Scope) -> bool:
        sound = True
        for read in unguarded(tree, scope.absent):
            sound = False
            hint = f"write has({read.absent}) && ..."
            message = f"'{read.path.name}' may be absent here: {scope.absent[read.absent]}"
            self._problems.add(node.place_of(read.path.at), "maybe-absent", message, hint)
        for part in walk(tree):
            sound = self._reads_well(part, node, scope) and sound
            if isinstance(part, Call) and (part.function in _COMPARING or part.function == "@in"):
                sound = self._compares_well(part, node, scope) and sound
        return sound

    def _reads_well(self, part: Tree, node: Scalar, scope: Scope) -> bool:
        """Values with parts are read part by part, and texts only where they cannot be too long."""
        for one in part.args if isinstance(part, Call) else part.elements if isinstance(part, ListOf) else ():
            named = scope.names.known.get(one.name) if isinstance(one, Path) and not one.test else None
            if isinstance(one, Path) and named and named.kind in WHOLE and (named.kind, _function(part)) != _COUNTED:
                self._add(node, one.at, f"'{one.name}' has parts", "read one of them, or size() of a list")
                return False
        named = scope.names.known.get(part.name) if isinstance(part, Path) and not part.test else None
        if isinstance(part, Path) and named and named.longest > MAX_TEXT:
            message = f"'{part.name}' may be longer than {MAX_TEXT:,} characters"
            self._add(node, part.at, message, f"give the field max_length: {MAX_TEXT}")
            return False
        return True

    def _compares_well(self, call: Call, node: Scalar, scope: Scope) -> bool:
        """A word beside a choice is one of its options, a text beside a date is a date."""
        path = next((one for one in call.args if isinstance(one, Path)), None)
        named = scope.names.known.get(path.name) if path else None
        if path is None or named is None:
            return True
        for constant in _texts(call):
            if named.options and constant.value not in named.options:
                hint = did_you_mean(str(constant.value), named.options)
                message = f"'{constant.value}' is no option of '{path.name}'"
                self._problems.add(node.place_of(constant.at), "unknown-option", message, hint)
                return False
            day = f"{constant.value}-01" if named.kind == "month" else str(constant.value)
            if named.kind in DATES and not is_date(day):
                message = f"'{constant.value}' beside '{path.name}' is no {named.kind}"
                self._problems.add(node.place_of(constant.at), "bad-date", message, "write it as 2026-03-02")
                return False
        return True

    def _report(self, error: str, node: Scalar, scope: Scope) -> None:
        """Say CEL's first complaint in the words of the language, at the character it means."""
        found = _ERROR.search(error)
        if found is None:
            self._add(node, 0, "too deep or too long", "make it simpler, or use a decision table")
            return
        line, column, complaint = int(found[1]), int(found[2]), found[3]
        offset = column - 1 if line == 1 else 0
        if undefined := _UNDEFINED.match(complaint):
            name, of = undefined[1], undefined[2].removeprefix(f"{PACKAGE}.")
            known = scope.names.messages.get(of, {})
            offset = node.text.find(name, offset) if name in node.text[offset:] else offset
            self._add(node, offset, f"undefined field '{name}' in {_variable(of)}", did_you_mean(name, known))
        elif undeclared := _UNDECLARED.match(complaint):
            name = undeclared[1].split(".")[0]
            start = max(node.text.rfind(name, 0, offset + len(name)), 0)
            if name in scope.unknown:
                message = f"the limit depends on '{undeclared[1]}', unknown at acceptance"
                self._problems.add(node.place_of(start), "deadline-undetermined", message)
                return
            hint = did_you_mean(name, [*scope.names.variables, *SAYABLE])
            if name in scope.in_lines:
                hint = f"each line of '{scope.in_lines[name]}' has its own: read a total"
            self._add(node, start, f"'{name}' is not known here", hint)
        elif overload := _OVERLOAD.match(complaint):
            self._add(node, offset, *_clash(overload[1], overload[2]))
        elif slip := slip_in(node.text):
            self._add(node, *slip)
        else:
            self._add(node, offset, complaint.removeprefix("Syntax error: ").splitlines()[0][:120])

    def _add(self, node: Scalar, offset: int, message: str, hint: str = "") -> None:
        self._problems.add(node.place_of(offset), "bad-expression", message, hint)


def _function(part: Tree) -> str:
    return part.function if isinstance(part, Call) else ""


def _loops_in(tree: Tree) -> int:
    """Count how deep loops stand inside each other."""
    match tree:
        case Loop(over=over, body=body):
            return max(_loops_in(over), 1 + _loops_in(body))
        case Call(args=parts) | ListOf(elements=parts):
            return max(map(_loops_in, parts), default=0)
    return 0


def _texts(call: Call) -> list[Constant]:
    parts = [part for one in call.args for part in (one.elements if isinstance(one, ListOf) else (one,))]
    return [part for part in parts if isinstance(part, Constant) and isinstance(part.value, str)]


def _clash(function: str, types: str) -> tuple[str, str]:
    sign = function.strip("_").replace("@", "")
    hint = ""
    if "int" in types and "double" in types:
        hint = "beside a number write 15.0, beside money or a count 15"
    elif "string" in types and any(one in types for one in ("int", "double", "bool")):
        hint = "numbers, true and false stand without quotes, texts with them"
    return f"'{sign}' does not take {types.replace(f'{PACKAGE}.', '')} together", hint


def _spoken(type: str) -> str:
    return _SPOKEN.get(type, type.removeprefix(f"{PACKAGE}."))


def _variable(message: str) -> str:
    if message.startswith("Row_"):
        return f"a line of '{message.removeprefix('Row_')}'"
    return message.removeprefix("Of_") if message.startswith("Of_") else message.lower()
