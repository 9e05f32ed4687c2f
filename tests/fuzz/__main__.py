"""`make fuzz`: the reader of procedures against inputs made to break it; ends with the first that does."""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["procedures.language", "yaml"]):
    from procedures.language.check import check_procedure
    from procedures.language.reading.problems import Severity
    from procedures.language.resolving.sources import HOME, Library

CODE = "catalogue/bhxh/1.014140/v1"
GOOD = (HOME / CODE / "procedure.yaml").read_bytes()
LIBRARY = Library(HOME)
FILE = Path(tempfile.mkdtemp()) / "procedure.yaml"


def check_one(content: bytes) -> None:
    """Even bytes are read as a file, odd ones put into the middle of a good one: so the fuzzer gets past the doors."""
    if len(content) > 2 and content[0] % 2:
        place = int.from_bytes(content[1:3], "big") % len(GOOD)
        content = GOOD[:place] + content[3:] + GOOD[place + len(content) - 3 :]
    FILE.write_bytes(content)
    checked = check_procedure(FILE, LIBRARY)
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert (checked.procedure is None) == bool(errors)
    assert all(problem.place.line >= 1 and problem.message for problem in checked.problems)


def main() -> None:
    corpus = Path(sys.argv[-1])
    if corpus.is_dir() and not any(corpus.iterdir()):
        (corpus / "good").write_bytes(b"\x00" + GOOD)
    atheris.Setup(sys.argv, check_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
