"""Where the templates of a version's papers lie: its own folder, then its sector's, then its profile's."""

from pathlib import Path

from procedures.language.model import Procedure

_FOLDER = "templates"


def own_templates(version: Path, procedure: Procedure) -> dict[str, Path]:
    """Answer, by file name, what is published with a version: its own templates, and those it takes of its sector.

    `version` is the folder of the version. The profile's are the law's and are not copied.
    """
    own = _files(version / _FOLDER)
    sector = _files(version.parent.parent / _FOLDER)
    named = {f"{step.template}.typ" for step in procedure.all_steps if step.kind == "document"}
    return {**{name: file for name, file in sector.items() if name in named}, **own}


def missing_templates(version: Path, procedure: Procedure, home: Path) -> tuple[str, ...]:
    """Name the document steps whose template is in none of the three places; `home` holds `profiles`."""
    known = {*own_templates(version, procedure), *_files(home / "profiles" / _FOLDER / procedure.profile)}
    drafts = [step for step in procedure.all_steps if step.kind == "document"]
    return tuple(step.id for step in drafts if f"{step.template}.typ" not in known)


def _files(folder: Path) -> dict[str, Path]:
    return {file.name: file for file in sorted(folder.glob("*.typ"))}
