"""Every problem is told in Vietnamese too: the sentence, what to do about it, and what its code means."""

import ast
from collections.abc import Iterator

import pytest

from procedures.language.explanations.meanings import examples
from procedures.language.explanations.vietnamese import in_vietnamese, told, translated
from procedures.language.reading.problems import Place, Problem, Severity
from procedures.language.resolving.sources import HOME

LANGUAGE = HOME / "language"
TELLING = {"add", "find", "warn", "say", "Wrong", "_add", "_stop"}
# They make pages and values that people file, or only parts of sentences.
OTHERS = {"explanations", "telling", "reference", "schema", "grammar", "applying"}


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("'chanels' is not a key of procedure", "'chanels' không phải khóa của procedure"),
        ("did you mean 'channels'?", "có phải 'channels' không?"),
        ("outcome 'approve' of 'review' goes to 'sing'", "hướng 'approve' của 'review' dẫn đến 'sing'"),
        ("no document 'vist'", "không có giấy tờ 'vist'"),
        ("known: a, b; also in line 5, line 8", "hiện có: a, b; cũng ở dòng 5, dòng 8"),
        ("known: decision, notice", "hiện có: decision, notice"),
        ("two limits for x: lines 3 and 5", "hai thời hạn cho x: dòng 3 và 5"),
        ("'form.monthly' is not", "'form.monthly' thì không"),
        ("'text' is not a key of step", "'text' không phải khóa của bước"),
    ],
)
def test_a_sentence_is_translated_with_what_is_put_in(english: str, vietnamese: str) -> None:
    assert vietnamese == translated(english)


def test_a_finding_says_how_to_answer_it_and_what_its_code_means() -> None:
    place = Place("procedure.yaml", 21, 20)
    message = "this procedure has no limit"
    problem = Problem(place, "no-limit-declared", message, "say the limit", Severity.FINDING, "deadline")

    first, second = told(problem, "vi").splitlines()

    said = "thủ tục này không có thời hạn (ghi thời hạn, hoặc ghi overrides tại 'deadline' kèm lý do)"
    assert f"procedure.yaml:21:20: no-limit-declared {said}" == first
    assert second.startswith("    ")


def test_every_sentence_the_language_writes_has_its_vietnamese() -> None:
    written = {
        sentence
        for file in sorted(LANGUAGE.rglob("*.py"))
        if not OTHERS & {*file.parts}
        for sentence in _of(file.read_text())
    }

    assert 300 < len(written)
    assert [] == sorted(one for one in written if in_vietnamese(one.strip()) is None)


@pytest.mark.parametrize("code", sorted(examples()))
def test_what_an_example_is_told_has_its_vietnamese(code: str) -> None:
    message, _, hint = examples()[code].told.strip().partition(f" {code} ")[2].partition(" (")

    assert in_vietnamese(message) is not None
    assert (
        not hint
        or in_vietnamese(hint.removesuffix(")").partition(", or override")[0].strip()) is not None
        or (hint.startswith("override"))
    )


def _of(text: str) -> Iterator[str]:
    """Find sentences given to what tells problems, or put aside for it as message or hint; `x` is put in."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=arguments) if name in TELLING:
                yield from (said for one in arguments[1:] for said in _sentence(one) if " " in said.strip())
            case ast.Assign(targets=[ast.Name(id="message" | "hint")], value=value):
                yield from (said for said in _sentence(value) if " " in said.strip())


def _sentence(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr(values=parts):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in parts)
        case ast.IfExp(body=body, orelse=other):
            yield from (*_sentence(body), *_sentence(other))
        case ast.BoolOp(values=values):
            yield from (said for one in values for said in _sentence(one))
