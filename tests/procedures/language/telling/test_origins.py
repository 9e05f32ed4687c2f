"""The resolved text: all that a version stands on, each value with the file and line where it can be read."""

import re

import pytest

from procedures.language.grammar.tables import keys_of
from procedures.language.loader import Loaded
from procedures.language.reading.nodes import Entries, read
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems
from procedures.language.telling.origins import BUILT_IN, resolved_text
from tests.procedures.language.house import House
from tests.procedures.language.telling.texts import EVERYTHING

COMMENT = re.compile(r"  # (?P<file>[\w./-]+):(?P<line>[0-9]+)$|  # built in$")


def test_each_value_names_the_place_it_stands_in(house: House) -> None:
    text = _text(house, house.load())

    assert _origin(text, "  answer_within: 20 calendar days") == "procedure.yaml:22"
    assert _origin(text, "  check_within: 8 working hours") == "profiles/nd118.yaml:13"
    paper = "  visit_book: {label: {vi: Sổ khám bệnh, en: Visit book}}"
    line = house.path("catalogue/bhxh/common.yaml").read_text().splitlines().index(paper) + 1
    assert _origin(text, paper) == f"catalogue/bhxh/common.yaml:{line}"
    assert _origin(text, "  leader: {vi: Lãnh đạo, en: Leader}").startswith("registry/functions.yaml:")


def test_a_place_is_where_the_value_can_be_read(house: House) -> None:
    house.write(EVERYTHING)
    checked = 0

    for line in _text(house, house.load()).splitlines():
        found = COMMENT.search(line)
        if found is None or found["file"] is None:
            continue
        file = house.file.parent / found["file"] if found["file"] == "procedure.yaml" else house.root / found["file"]
        words = re.findall(r"\w+", line[: found.start()])
        assert words[-1] in file.read_text().splitlines()[int(found["line"]) - 1], line
        checked += 1
    assert checked > 200


def test_what_nobody_says_is_built_in(house: House) -> None:
    house.change(", resume: asking_step", "", name="profiles/nd118.yaml")

    assert _origin(_text(house, house.load()), "  resume: asking_step") == BUILT_IN


def test_every_single_value_has_an_origin(house: House) -> None:
    house.write(EVERYTHING)

    bare = [line for line in _text(house, house.load()).splitlines() if not COMMENT.search(line)]

    assert [line for line in bare if not line.endswith(":")] == []


def test_the_text_is_yaml_and_has_the_task_defaults_of_the_profile(house: House) -> None:
    document = plain(_read(_text(house, house.load())))

    assert isinstance(document, dict) and isinstance(document["steps"], list)
    [review, *_] = document["steps"]
    assert isinstance(review, dict) and isinstance(review["task"], dict)
    assert review["task"]["escalate"] == [
        {"moment": "1 working day before", "to": "holder"},
        {"moment": "due", "to": "head"},
    ]


@pytest.mark.parametrize("text", [None, EVERYTHING], ids=["1.014140", "everything"])
def test_the_resolved_text_is_the_same_version(house: House, text: str | None) -> None:
    """What is written out stands for itself: loaded again it has the identity of the version it came from."""
    loaded = (house.write(text) if text else house).load()
    assert loaded.procedure is not None
    chapters = re.split(r"^(?=\w+:)", _text(house, loaded), flags=re.MULTILINE)

    # A section of verification without a limit for it is refused where the procedure says it itself.
    known = set(keys_of("procedure")) - (set() if text else {"verification"})
    own = "".join(chapter for chapter in chapters if chapter.partition(":")[0] in known)

    assert house.write(own).procedure().digest == loaded.procedure.digest


def _text(house: House, loaded: Loaded) -> str:
    assert loaded.procedure is not None, [house.shown(problem) for problem in loaded.problems]
    return "\n".join(resolved_text(loaded.procedure, loaded.resolved, house.root)) + "\n"


def _origin(text: str, start: str) -> str:
    [line] = [line for line in text.splitlines() if line.startswith(start)]
    return line.rpartition("  # ")[2]


def _read(text: str) -> Entries:
    entries = read(text.encode(), "text", Problems())
    assert entries is not None
    return entries
