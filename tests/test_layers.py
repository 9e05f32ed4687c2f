"""The floors of the house: each imports only from floors below it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = {
    "procedures",
    "workflows",
    "activities",
    "records",
    "api",
    "web",
    "cli",
    "worker",
    "settings",
    "logs",
    "tests",
    "bench",
}


@dataclass(frozen=True, slots=True)
class Floor:
    number: int
    package: str
    may_import: tuple[str, ...]
    never: tuple[str, ...]


CORE = ("procedures", "workflows.core")
BELOW_ACTIVITIES = (*CORE, "workflows.simulate", "activities.contracts", "records")
WAYS = ("workflows.payloads", "workflows.connection", "workflows.courier", "workflows.mending")
WORKFLOWS = (*WAYS, "workflows.orders", "workflows.case", "workflows.door")
BELOW_API = (*BELOW_ACTIVITIES, *WORKFLOWS)
ALL = (*BELOW_API, "activities", "api", "web", "cli", "worker", "settings", "logs")

# A module belongs to the longest name it begins with; a floor may always import from itself.
FLOORS = (
    Floor(0, "procedures", (), ("temporalio", "sqlalchemy", "fastapi")),
    Floor(1, "workflows.core", ("procedures",), ("temporalio", "sqlalchemy", "fastapi")),
    Floor(2, "workflows.simulate", CORE, ("temporalio", "sqlalchemy", "fastapi")),
    Floor(2, "activities.contracts", CORE, ("sqlalchemy", "fastapi")),
    Floor(2, "records", CORE, ("temporalio", "fastapi")),
    Floor(3, "activities", BELOW_ACTIVITIES, ("fastapi",)),
    Floor(4, "workflows.payloads", (*CORE, "activities.contracts"), ("sqlalchemy", "fastapi", "yaml")),
    Floor(4, "workflows.orders", (*CORE, "activities.contracts"), ("sqlalchemy", "fastapi", "yaml")),
    Floor(4, "workflows.case", (*CORE, "activities.contracts", "workflows.orders"), ("sqlalchemy", "fastapi", "yaml")),
    Floor(4, "workflows.connection", (*CORE, "activities.contracts", "workflows.payloads"), ("sqlalchemy", "fastapi")),
    Floor(
        4,
        "workflows.courier",
        (*CORE, "activities.contracts", "workflows.payloads", "workflows.connection"),
        ("sqlalchemy", "fastapi"),
    ),
    Floor(4, "workflows.mending", (*CORE, "activities.contracts"), ("sqlalchemy", "fastapi", "yaml")),
    Floor(4, "workflows.door", (*BELOW_ACTIVITIES, *WAYS), ("fastapi",)),
    Floor(5, "api", BELOW_API, ()),
    Floor(5, "api.app", (*BELOW_API, "api", "settings"), ()),
    Floor(6, "web", (*BELOW_API, "api", "settings"), ()),
    Floor(6, "cli", ALL, ()),
    Floor(6, "worker", ALL, ()),
    Floor(6, "settings", (), ("temporalio", "sqlalchemy", "fastapi")),
    Floor(6, "logs", (), ("temporalio", "sqlalchemy", "fastapi")),
)

# The language is a house of its own: each part imports only from parts named before it.
LANGUAGE = (
    "model",
    "reading",
    "grammar",
    "explanations",
    "resolving",
    "schema",
    "reference",
    "conditions",
    "applying",
    "flow",
    "making",
    "scenarios",
    "loader",
    "bundles",
    "templates",
    "telling",
    "lint",
    "check",
)


def test_every_floor_imports_only_from_floors_below_it() -> None:
    problems = [problem for file in _sources() for problem in _wrong_imports(file)]

    assert not problems, "\n" + "\n".join(problems)


def test_every_part_of_the_language_imports_only_from_parts_named_before_it() -> None:
    problems = [problem for file in (ROOT / "procedures" / "language").rglob("*.py") for problem in _late_parts(file)]

    assert not problems, "\n" + "\n".join(problems)


def test_only_the_settings_and_the_command_line_read_the_environment() -> None:
    readers = [f"{file.relative_to(ROOT)}:{line}" for file in _sources() for line in _environment_reads(file)]

    assert [reader for reader in readers if not reader.startswith(("settings.py", "cli/"))] == []


def test_the_workflow_brings_no_database_no_yaml_and_no_web_server_along() -> None:
    code = "import sys, workflows.case; print(sorted({'sqlalchemy', 'yaml', 'fastapi'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")


def test_a_floor_that_looks_up_is_named_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "procedures" / "wrong.py"
    file.parent.mkdir()
    file.write_text("import json\n\nfrom records import tables\nimport sqlalchemy\n")

    problems = list(_wrong_imports(file, root=tmp_path))

    assert problems == [
        "procedures/wrong.py:3: floor 0 (procedures) imports records.tables of floor 2 (records)",
        "procedures/wrong.py:4: floor 0 (procedures) never imports sqlalchemy",
    ]


def _sources() -> Iterator[Path]:
    for package in sorted(OURS - {"tests", "bench"}):
        if (ROOT / package).is_dir():
            yield from sorted((ROOT / package).rglob("*.py"))
        elif (ROOT / f"{package}.py").is_file():
            yield ROOT / f"{package}.py"


def _wrong_imports(file: Path, *, root: Path = ROOT) -> Iterator[str]:
    floor = _floor_of(_module_name(file, root))
    where = file.relative_to(root)
    if floor is None:
        if file.stat().st_size:
            yield f"{where}:1: belongs to no floor: name its floor in {Path(__file__).name}"
        return
    for line, name in _imports(file):
        top = name.partition(".")[0]
        if top in floor.never:
            yield f"{where}:{line}: floor {floor.number} ({floor.package}) never imports {top}"
        if top in OURS and not _may_import(floor, name):
            target = _floor_of(name)
            of = f"floor {target.number} ({target.package})" if target else top
            yield f"{where}:{line}: floor {floor.number} ({floor.package}) imports {name} of {of}"


def _late_parts(file: Path) -> Iterator[str]:
    own = _part_of(_module_name(file, ROOT))
    if own is None:
        return
    for line, name in _imports(file):
        part = _part_of(name)
        if part is not None and LANGUAGE.index(part) > LANGUAGE.index(own):
            yield f"{file.relative_to(ROOT)}:{line}: {own} imports {name}, which stands above it"


def _part_of(name: str) -> str | None:
    return name.split(".")[2] if name.startswith("procedures.language.") else None


def _may_import(floor: Floor, name: str) -> bool:
    # `from activities import contracts` is an import of activities.contracts: `name` is already the whole of it.
    target = _floor_of(name)
    own = target is not None and target.package == floor.package
    return own or any(_begins(name, allowed) for allowed in floor.may_import)


def _floor_of(name: str) -> Floor | None:
    return max((f for f in FLOORS if _begins(name, f.package)), key=lambda f: len(f.package), default=None)


def _begins(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _module_name(file: Path, root: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _environment_reads(file: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
            yield node.lineno
