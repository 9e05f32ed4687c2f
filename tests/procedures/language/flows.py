"""Steps written as data, for tests of the flow: one line of the file each."""

import json
from typing import Any

from tests.procedures.language.house import House

Step = dict[str, Any]


def put(house: House, *steps: Step) -> House:
    """Give the procedure these steps; JSON is YAML in flow style."""
    return house.steps("".join(f"  - {json.dumps(step, ensure_ascii=False)}\n" for step in steps))


def task(id: str, outcomes: dict[str, Any], **more: Any) -> Step:
    return {"id": id, "task": {"by": "benefits", "title": {"vi": "Xét"}}, "outcomes": outcomes, **more}


def document(id: str, result: str | None = None, **more: Any) -> Step:
    made = {"result": result, "unsigned": True} if result else {}
    return {"id": id, "document": {"template": "decision", "number_from": "decisions", **made}, **more}


def sign(id: str, documents: list[str], outcomes: dict[str, Any] | None = None, **more: Any) -> Step:
    ways = {"outcomes": outcomes} if outcomes else {}
    return {"id": id, "sign": {"by": "leader", "title": {"vi": "Ký"}, "documents": documents}, **ways, **more}


def parallel(id: str, branches: dict[str, list[Step]], *, join: str = "all", **more: Any) -> Step:
    """`more` are keys of the step; `keys` those of parallel, `branch` those of a branch by its name."""
    keys, of_branch = more.pop("keys", {}), more.pop("branch", {})
    made = {
        name: {"label": {"vi": "Nhánh"}, "steps": steps, **of_branch.get(name, {})} for name, steps in branches.items()
    }
    return {"id": id, "parallel": {"join": join, "branches": made, **keys}, **more}


def decide(id: str, otherwise: str, **rows: str) -> Step:
    """Rows are targets by their condition."""
    return {"id": id, "decide": [*({"when": when, "then": to} for to, when in rows.items()), {"otherwise": otherwise}]}
