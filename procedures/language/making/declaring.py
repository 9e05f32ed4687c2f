"""Names come first: fields, variants, steps and tables are declared before any condition reads them."""

from dataclasses import replace

from procedures.language.conditions.compiling import Scope
from procedures.language.flow.ways import Ways
from procedures.language.making.draft import Draft, absent_in
from procedures.language.making.forms import make_fields, with_selectors
from procedures.language.making.steps import StepMaker
from procedures.language.making.tables import make_tables
from procedures.language.making.variants import check_variant_list, declare_variants
from procedures.language.reading.words import children, entries_of


def declare(draft: Draft, ways: Ways) -> StepMaker:
    """Tell the draft all there is to read, place by place; conditions of forms are compiled here."""
    declare_variants(draft)
    draft.form = make_fields(draft.resolved.form, draft, of="form")
    draft.know("form", draft.form)
    check_variant_list(draft)
    recorded = entries_of(draft.resolved.sections["intake"], "form")
    draft.intake = make_fields(recorded, draft, of="intake")
    draft.know("intake", draft.intake)
    steps = StepMaker(draft, ways)
    draft.tables = make_tables(draft, steps.names)
    draft.add_tables(steps.names)
    declare_form(draft)
    _declare_later(draft, frozenset(ways.steps))
    draft.intake = with_selectors(draft.intake, recorded, draft, draft.decided)
    return steps


def declare_form(draft: Draft) -> None:
    """Compile the conditions of the form in two passes: the first tells which fields are asked only of some."""
    names = draft.names(filed_only=True)
    draft.add_tables(names)
    draft.filed = draft.with_tables(Scope(names, absent_in("form", draft.form)))
    entries = draft.resolved.form
    draft.form = with_selectors(draft.form, entries, draft, draft.filed)
    draft.filed = draft.with_tables(Scope(names, absent_in("form", draft.form)))
    draft.form = with_selectors(draft.form, entries, draft, draft.filed)


def _declare_later(draft: Draft, steps: frozenset[str]) -> None:
    names = draft.names(filed_only=False)
    draft.add_tables(names)
    absent = {**draft.filed.absent, **absent_in("intake", draft.intake)}
    draft.decided = draft.with_tables(Scope(names, absent))
    draft.limited = replace(draft.decided, unknown=steps)
    with_documents = names.copied()
    with_documents.add_documents(id for id, _ in children(draft.resolved.documents))
    draft.charged = replace(draft.decided, names=with_documents)
