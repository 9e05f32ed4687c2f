"""A copy of the house's texts in a folder of the test, where one text at a time is broken."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from procedures.language.check import CheckedProcedure, check_procedure
from procedures.language.loader import Loaded, load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.reading.problems import Problem
from procedures.language.resolving.sources import HOME

CODE = "catalogue/bhxh/1.014140/v1"
CODE_OF = re.compile(r"[0-9]\.[0-9]{6}\Z")
EXAMPLES = Path(__file__).with_name("examples")


@dataclass(frozen=True, slots=True)
class House:
    root: Path

    @property
    def file(self) -> Path:
        return self.root / CODE / "procedure.yaml"

    def path(self, name: str) -> Path:
        return self.root / name

    def change(self, old: str, new: str, *, name: str = f"{CODE}/procedure.yaml") -> "House":
        """Replace a text that stands there once; a test that changes nothing would prove nothing."""
        path = self.root / name
        text = path.read_text()
        assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times"
        path.write_text(text.replace(old, new))
        return self

    def write(self, text: str) -> "House":
        self.file.write_text(text)
        return self

    def steps(self, text: str) -> "House":
        """Give the procedure other steps; the scenarios, which speak of the old ones, go."""
        own = self.file.read_text()
        self.file.with_name("scenarios.yaml").unlink(missing_ok=True)
        return self.write(own[: own.index("steps:\n")] + f"steps:\n{text}" + own[own.index("overrides:\n") :])

    def drop_overrides(self) -> "House":
        text = self.file.read_text()
        return self.write(text[: text.index("overrides:\n")] + text[text.index("scenarios:") :])

    def load(self) -> Loaded:
        return load_procedure(self.file)

    def check(self) -> CheckedProcedure:
        return check_procedure(self.file)

    def procedure(self) -> Procedure:
        loaded = self.load()
        assert loaded.procedure is not None, [str(problem) for problem in loaded.problems]
        return loaded.procedure

    def codes(self) -> list[str]:
        return [problem.code for problem in self.check().problems]

    def errors(self) -> list[str]:
        """Give the codes of what keeps the file from loading; what lint thinks of it is left out."""
        return [problem.code for problem in self.load().problems]

    def problems(self) -> list[str]:
        """Write the problems as people see them, without the folder of the test."""
        return [self.shown(problem) for problem in self.check().problems]

    def shown(self, problem: Problem) -> str:
        return str(problem).replace(f"{self.root}/", "").replace(f"{CODE}/", "")


def other_procedures(folder: str, names: list[str]) -> list[str]:
    """Leave out of a copy what is no text, and every procedure but the one that tests spoil."""
    kept = CODE.split("/")[2]
    return [one for one in names if one.endswith((".py", "__pycache__")) or (CODE_OF.match(one) and one != kept)]


def build(folder: Path) -> House:
    root = folder / "procedures"
    for name in ("profiles", "registry", "fragments", "catalogue"):
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, root / name, ignore=other_procedures)
    return House(root)


def build_examples(folder: Path) -> House:
    """Build the house with the procedures of the folder `examples`, which together use the whole language."""
    house = build(folder)
    shutil.copy(EXAMPLES / "registry.yaml", house.path("registry/examples.yaml"))
    for example in sorted(EXAMPLES.glob("*/procedure.yaml")):
        version = house.path(f"catalogue/bhxh/{example.parent.name}/v1")
        shutil.rmtree(version, ignore_errors=True)
        shutil.copytree(example.parent, version)
    return house
