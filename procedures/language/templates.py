"""Where the templates of a version's papers lie: its own folder, then its sector's, then its profile's."""

from pathlib import Path

from procedures.language.model.procedure import Procedure

_FOLDER = "templates"


def own_templates(version: Path, procedure: Procedure) -> dict[str, Path]:
    """Answer, by file name, what is published with a version: its own templates, and those it takes of its sector.

    `version` is the folder of the version. The profile's are the law's and are not copied.
    """
    own = _files(version / _FOLDER)
    sector = _files(version.parent.parent / _FOLDER)
    named = {f"{step.template}.typ" for step in procedure.all_steps if step.kind == "document"}
    return {**{name: file for name, file in sector.items() if name in named}, **own}


def known_templates(version: Path, procedure: Procedure, law: Path) -> dict[str, Path]:
    """Answer, by file name, all templates its steps may name, in any of the three places; `law` holds the profile's."""
    return {**_files(law), **_files(version.parent.parent / _FOLDER), **_files(version / _FOLDER)}


def _files(folder: Path) -> dict[str, Path]:
    return {file.name: file for file in sorted(folder.glob("*.typ"))}
