"""Where a track is and what its visits are called: `agencies/residence` a branch, `review/3` a line, "" the root.

A path has a step and its branch or line in turn, a node is `path/step`, a visit `path/step:n`. A line is its place in
the list as filed, counted from 1, never its key, which is personal.
"""

from workflows.core.events import Key

ROOT = ""
_LINES = "*"


def join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def parent(path: str) -> str:
    """Give the track in which the parallel or each step stands that this one belongs to; the root is its own."""
    return path.rpartition("/")[0].rpartition("/")[0]


def owner(path: str) -> str:
    """Name that step; empty for the root."""
    return path.rpartition("/")[0].rpartition("/")[2]


def last(path: str) -> str:
    """Name the branch, or the place of the line."""
    return path.rpartition("/")[2]


def line(path: str) -> int | None:
    """Give the place of a line; ids begin with a letter, so a number is one."""
    name = last(path)
    return int(name) if name.isdecimal() else None


def is_branch(path: str) -> bool:
    return path != ROOT and line(path) is None


def is_within(path: str, outer: str) -> bool:
    """Is this the outer track or one that began in it?"""
    return outer == ROOT or path == outer or path.startswith(f"{outer}/")


def step_of(key: Key) -> str:
    """Name the step of a visit or node."""
    return key.rpartition("/")[2].partition(":")[0]


def path_of(key: Key) -> str:
    return key.rpartition("/")[0]


def visit_of(key: Key) -> int:
    return int(key.rpartition(":")[2])


def scope(path: str) -> str:
    """Give the prefix under which a track keeps its values: steps are met once in a case, but once in every line."""
    return path if line(path) is not None else ROOT


def named(path: str, step: str) -> str:
    """Name the values, form and doers of a step as this track keeps them: `assess`, or `review/3/assess` in a line."""
    return join(scope(path), step)


def lines_of(path: str) -> str:
    """Name all lines of the list a line belongs to: what is handed over for one is for all of them."""
    return join(path.rpartition("/")[0], _LINES)


def is_lines(path: str) -> bool:
    return last(path) == _LINES


def file_of(moved: str) -> str:
    """Name the track whose file moves: for the lines of a list it is that of the track they began in."""
    return parent(moved) if is_lines(moved) else moved


def upwards(path: str) -> tuple[str, ...]:
    """Give a track, the one it began in, and so on to the root."""
    return (path, *(upwards(parent(path)) if path else ()))
