"""What may be read at each step: the names of its place, minus what may not have happened on some way there."""

from collections.abc import Iterable
from dataclasses import replace

from procedures.language.conditions.compiling import Scope
from procedures.language.conditions.names import Names
from procedures.language.flow.certainty import Certainty
from procedures.language.flow.flow import Facts, Flow
from procedures.language.flow.tracks import Sure
from procedures.language.flow.ways import LINE, StepWays, Ways
from procedures.language.making.draft import Draft, absent_in
from procedures.language.making.situations import situations
from procedures.language.making.stepvalues import StepValues
from procedures.language.model.parts import EVERYONE, Expression, Selectors
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.words import children, flag_of, text_of


class StepScopes:
    """Follows the flow in every situation first, since what is sure at a step hangs on all ways to it."""

    def __init__(self, draft: Draft, ways: Ways) -> None:
        self._draft = draft
        self._ways = ways
        self.values = StepValues(draft, ways)
        refuses = text_of(draft.resolved.sections["supplement"], "on_expiry") == "refuse"
        self.flows = tuple(
            Flow(ways, one, Facts(self.values.set_by(one), draft.place, self._may_be_empty, expiry_refuses=refuses))
            for one in situations(draft, ways)
        )
        self.certainty = Certainty(ways, self.flows)
        self._names: dict[str | None, Names] = {}

    def all_names(self) -> Names:
        """Declare whatever may be read at some step, for the tables that read it."""
        return self._declared(self._ways.steps.values())

    def entering(self, step: StepWays) -> Scope:
        """What may be read on entering a step; where nothing leads there, which is reported by itself, everything."""
        sure = self.certainty.entering.get(step.id)
        return self._scope(step.sequence, sure, self._place(step))

    def paying(self, fee: str) -> Scope | None:
        """What may be read wherever a step asks for a fee; None where none does, or only inside lines."""
        asking = [step for step in self._ways.steps.values() if step.kind == "pay" and text_of(step.body, "fee") == fee]
        scopes = [self.entering(step) for step in asking]
        if not scopes or any(scope.line is not None for scope in scopes):
            return None
        absent = {name: why for scope in scopes for name, why in scope.absent.items()}
        return replace(scopes[0], absent=absent)

    def granted(self, step: StepWays) -> Scope:
        """What may be read of a line that was granted, to be summed up."""
        return self._scope(f"{step.id}/{LINE}", self.certainty.granted.get(f"{step.id}/{LINE}"), EVERYONE)

    def form(self, step: StepWays, entering: Scope) -> Scope:
        """Conditions inside a step's form may read its other fields, as they are being filled in."""
        others = {name: why for name, why in entering.absent.items() if not name.startswith(f"{step.id}.")}
        return replace(entering, absent=others | absent_in(step.id, self.values.forms[step.id]))

    def _scope(self, sequence: str, sure: Sure | None, place: Selectors) -> Scope:
        lines = self._ways.lines_around(sequence)
        if lines not in self._names:
            self._names[lines] = self._names_at(lines)
        absent = {**absent_in("intake", self._draft.intake), **({} if sure is None else self._unsure(sure))}
        line = self._list_of(lines) if lines else None
        scope = Scope(self._names[lines], absent, line=line, in_lines=self._in_other_lines(lines))
        return self._draft.narrowed(scope, place)

    def _in_other_lines(self, lines: str | None) -> dict[str, str]:
        around = {id: self._ways.lines_around(step.sequence) for id, step in self._ways.steps.items()}
        return {id: each for id, each in around.items() if each is not None and each != lines}

    def _place(self, step: StepWays) -> Selectors:
        """Collect for whom a step is: what it says itself, within what its branch and all around it say."""
        own = self._draft.place(step.node)
        owner = self._ways.owner(step.sequence)
        if owner is None:
            return own
        around = self._place(owner)
        branch = owner.branches.get(step.sequence)
        if branch is not None:
            when = branch.get("when")
            told = Expression(text=when.text) if isinstance(when, Scalar) else None
            around = _within(self._draft.place(branch), around).model_copy(update={"when": told or around.when})
        return _within(own, around)

    def _unsure(self, sure: Sure) -> dict[str, str]:
        absent: dict[str, str] = {}
        for id in self._ways.steps:
            names = [one.id for one in (*self.values.forms[id], *self.values.gives[id])]
            paths = [f"{id}.{name}" for name in (*names, *self.values.counts[id])]
            absent |= {path: f"not every way here sets it in '{id}'" for path in paths if path not in sure}
            if f"{id}.outcome" not in sure:
                absent[f"{id}.outcome"] = f"not every way here passes '{id}'"
        return absent

    def _list_of(self, each: str) -> str:
        return (text_of(self._ways.steps[each].body, "of") or "").removeprefix("form.")

    def _may_be_empty(self, step: StepWays) -> bool:
        """A list that must be filled in has a line."""
        node = self._draft.resolved.form.get(self._list_of(step.id))
        return not isinstance(node, Entries) or not flag_of(node, "required", default=True)

    def _names_at(self, lines: str | None) -> Names:
        """Declare everything but the steps of other lines, which have a value for each line and none for the case."""
        others = self._in_other_lines(lines)
        names = self._declared(step for id, step in self._ways.steps.items() if id not in others)
        list = self._list_of(lines) if lines else ""
        if columns := self._draft.columns(list):
            names.add_line(list, columns)
        self._draft.add_tables(names)
        return names

    def _declared(self, steps: Iterable[StepWays]) -> Names:
        names = self._draft.names(filed_only=False)
        names.add_documents(id for id, _ in children(self._draft.resolved.documents))
        names.add_today()
        for step in steps:
            fields = (*self.values.forms[step.id], *self.values.gives[step.id])
            outcomes = [way.name for way in step.ways]
            names.add_step(step.id, fields, outcomes=outcomes, counts=self.values.counts[step.id])
        return names


def _within(inner: Selectors, outer: Selectors) -> Selectors:
    """Narrow the selectors of a place by those of the place it stands in; where nobody fits both, nobody gets there."""
    narrowed = {
        name: tuple(one for one in ours if not theirs or one in theirs) or ours or theirs
        for name in ("variants", "channels", "submitters")
        for ours, theirs in ((getattr(inner, name), getattr(outer, name)),)
    }
    return outer.model_copy(update=narrowed)
