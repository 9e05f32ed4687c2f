"""`python -m bench.lint`: what `motcua check` costs: a procedure of a thousand lines, and the whole catalogue."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from cli.catalogue import played
from procedures.language.check import Around, check, check_procedure
from procedures.language.resolving.sources import HOME

LINES = 1_000
ROUNDS = 5
THOUSAND_LINES_SECONDS, CATALOGUE_SECONDS = 0.3, 10.0
_HEAD = """procedure: "9.000001"
version: 1
title: {vi: Thủ tục dài, en: A long procedure}
basis: ["1/QĐ-X"]
in_force: {from: 2026-01-01}
profile: nd118
channels: [counter, online]
submitters: [citizen]
"""
_STEP = """  - id: step_{n}
    skip_when: form.field_{n} == "b"
    task: {{by: benefits, within: 1 working hour, title: {{vi: Việc {n}, en: Work {n}}}}}
    outcomes: {{approve: step_{next}, reject: refuse, return: desk}}
"""
_END = """  - id: step_{n}
    task: {{by: benefits, within: 1 working day, title: {{vi: Quyết định, en: Decide}}}}
    outcomes: {{approve: paper, reject: refuse}}
  - id: paper
    document: {{template: decision, number_from: decisions, result: paper}}
  - id: sign
    sign:
      {{by: leader, documents: [paper], within: 1 working day, not_same_as: [step_{n}], title: {{vi: Ký, en: Sign}}}}
    outcomes: {{sign: end, return: desk}}
scenarios: scenarios.yaml
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = thousand_lines(Path(folder))
        long = _fastest(lambda: check_procedure(file))
    whole = _fastest(lambda: check([HOME], Around(play=played)), rounds=2)
    files = len(list((HOME / "catalogue").glob("*/*/v*/procedure.yaml")))
    print(f"a procedure of {LINES:,} lines: {long:.3f} s of the processor (at most {THOUSAND_LINES_SECONDS} s)")
    print(f"the catalogue, {files} procedures, scenarios played: {whole:.2f} s (at most {CATALOGUE_SECONDS:.0f} s)")
    sys.exit(long > THOUSAND_LINES_SECONDS or whole > CATALOGUE_SECONDS)


def thousand_lines(folder: Path) -> Path:
    """Write a procedure with as many fields, papers and steps as make a thousand lines."""
    for name in ("profiles", "registry"):
        shutil.copytree(HOME / name, folder / name)
    file = folder / "catalogue" / "long" / "9.000001" / "v1" / "procedure.yaml"
    file.parent.mkdir(parents=True)
    count = (LINES - _HEAD.count("\n") - _END.count("\n") - 6) // 6
    parts = range(1, count + 1)
    options = "{a: {vi: A, en: A}, b: {vi: B, en: B}}"
    fields = (
        f"  field_{n}: {{type: choice, options: {options}, personal: no, label: {{vi: Mục {n}, en: Field {n}}}}}\n"
        for n in parts
    )
    papers = (
        f'  paper_{n}: {{label: {{vi: Giấy {n}, en: Paper {n}}}, original: 1, when: form.field_{n} == "a"}}\n'
        for n in parts
    )
    steps = (_STEP.format(n=n, next=n + 1) for n in parts)
    text = "".join(
        [
            *(_HEAD, "form:\n", *fields, "documents:\n", *papers),
            *("deadline: {within: 60 working days}\n", "results:\n", "  paper: {label: {vi: Giấy, en: Paper}}\n"),
            *("steps:\n", *steps, _END.format(n=count + 1)),
        ]
    )
    file.write_text(text)
    return file


def _fastest(run: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Count the processor's time: what else runs on the machine does not matter."""
    spent = []
    for _ in range(rounds):
        started = process_time()
        run()
        spent.append(process_time() - started)
    return min(spent)


if __name__ == "__main__":
    main()
