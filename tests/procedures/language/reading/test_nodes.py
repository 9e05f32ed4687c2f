"""YAML as the language takes it: what it types, what it refuses, where things stand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.language.reading.nodes import MAX_BYTES, MAX_DEPTH, Entries, Items, Scalar, read
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems


def test_only_true_false_and_plain_numbers_are_typed() -> None:
    written = "a: true\nb: no\nc: 012\nd: 15:00\ne: 2026-03-02\nf: 12\ng: 12.5\nh: '12'\ni: 1e5\nj: .5\nk: -5\nl: yes\n"

    values = plain(_read(written))

    assert values == {
        "a": True,
        "b": "no",
        "c": "012",
        "d": "15:00",
        "e": "2026-03-02",
        "f": 12,
        "g": 12.5,
        "h": "12",
        "i": "1e5",
        "j": ".5",
        "k": "-5",
        "l": "yes",
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a: 1\na: 2\n", "p.yaml:2:1: duplicate-key 'a' stands twice (first in line 1)"),
        ("a:\tx\n", "p.yaml:1:3: yaml-syntax there is a tab (indent and separate with blanks)"),
        ("a: &x 1\n", "p.yaml:1:4: yaml-syntax '&x' is an anchor (a text that begins with & needs quotes)"),
        ("a: *x\n", "p.yaml:1:4: yaml-syntax '*x' is an alias (write it out, or use 'like')"),
        ("a: !form.x\n", "p.yaml:1:4: yaml-syntax '!form.x' is a tag (a condition that begins with ! needs quotes)"),
        (
            "a: {<<: {b: 1}}\n",
            "p.yaml:1:5: yaml-syntax '<<' merges maps, which this language does not "
            "(write the keys out, or use 'like')",
        ),
        ("a: null\n", "p.yaml:1:1: empty-value 'a' has no value (give it a value or leave the key out)"),
        ("a: ~\n", "p.yaml:1:1: empty-value 'a' has no value (give it a value or leave the key out)"),
        ("b: 1\na:\n", "p.yaml:2:1: empty-value 'a' has no value (give it a value or leave the key out)"),
        (
            "a: {vi: khám bệnh, chữa bệnh}\n",
            "p.yaml:1:20: empty-value 'chữa bệnh' has no value (a text with a comma inside { } needs double quotes)",
        ),
        ("a: [x, ]\nb: [~]\n", "p.yaml:2:5: empty-value this line of the list is empty (remove it)"),
        (
            "a: 1\n---\nb: 2\n",
            "p.yaml:2:1: yaml-syntax the file has more than one document (remove the line '---')",
        ),
        (
            "? [a]\n: 1\n",
            "p.yaml:1:3: yaml-syntax a key is a word, not a list or map (a text with brackets needs double quotes)",
        ),
        (
            "- a\n",
            "p.yaml:1:1: yaml-syntax the file is no map of keys (begin with 'procedure: \"1.000000\"')",
        ),
        ("", "p.yaml:1:1: yaml-syntax the file is no map of keys (begin with 'procedure: \"1.000000\"')"),
        (
            "a: b: c\n",
            "p.yaml:1:5: yaml-syntax mapping values are not allowed in this context (a text with a colon needs double "
            "quotes)",
        ),
    ],
)
def test_what_the_language_leaves_out_of_yaml_is_refused_at_its_place(written: str, expected: str) -> None:
    problems = Problems()

    read(written.encode(), "p.yaml", problems)

    assert [expected] == [str(problem) for problem in problems.sorted]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"a: " + b"[" * (MAX_DEPTH + 5), id="deep"),
        pytest.param(b"a: " + b"[" * 100_000, id="very deep"),
        pytest.param(b"a: '" + b"x" * MAX_BYTES + b"'", id="large"),
        pytest.param(b"a: '" + b"x" * 30_000 + b"'", id="long text"),
        pytest.param(b"a: [" + b"1," * 60_000 + b"1]", id="many values"),
        pytest.param("a: \N{LATIN SMALL LETTER E WITH ACUTE}".encode("latin-1"), id="not UTF-8"),
        pytest.param(b"a: \x00b", id="control character"),
        pytest.param(b"a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n", id="multiplying aliases"),
        pytest.param(b"a: {b: [", id="unclosed"),
        pytest.param(b'a: "b', id="unclosed quote"),
        pytest.param(b"%YAML 9.9\n---\na: 1\n", id="other version"),
    ],
)
def test_hostile_input_ends_with_one_problem(content: bytes) -> None:
    problems = Problems()

    root = read(content, "p.yaml", problems)

    assert root is None
    assert ["yaml-syntax"] == [problem.code for problem in problems.sorted]


def test_a_character_of_a_text_is_found_behind_quotes_and_escapes() -> None:
    root = _read("a: \"x \\\"Nguyễn\\\" \\u00e1z\"\nb: 'it''s'\nc: phép\n")

    places = [_scalar(root, "a").place_of(12).column, _scalar(root, "b").place_of(3).column]

    assert [4 + 1 + 12 + 2 + 5, 4 + 1 + 3 + 1] == places
    assert 4 + 3 == _scalar(root, "c").place_of(3).column


def test_a_text_over_several_lines_is_known_by_its_start() -> None:
    root = _read("a: |\n  one\n  two\n")

    assert _scalar(root, "a").place == _scalar(root, "a").place_of(5)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    problems = Problems()

    root = read(content, "p.yaml", problems)

    assert root is not None or problems.has_errors


@given(
    st.recursive(
        st.booleans() | st.integers(0, 10**15) | st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner)
        ),
        max_leaves=15,
    )
)
def test_what_is_written_as_json_is_read_as_it_was_meant(value: object) -> None:
    root = _read("a: " + json.dumps(value, ensure_ascii=False) + "\n")

    assert {"a": value} == plain(root)


def _read(text: str) -> Entries:
    problems = Problems()
    root = read(text.encode(), "p.yaml", problems)
    assert isinstance(root, Entries), problems.sorted
    return root


def _scalar(root: Entries, key: str) -> Scalar:
    node = root.get(key)
    assert isinstance(node, Scalar) and not isinstance(node, Items)
    return node
