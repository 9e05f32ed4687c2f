"""Makes what people get of a procedure: results, and the messages that tell of it."""

from collections.abc import Iterator

from procedures.language.making.draft import Draft
from procedures.language.model.parts import Notice, Result
from procedures.language.reading.nodes import Entries
from procedures.language.reading.plain import plain_map
from procedures.language.reading.words import children, entries_of, text_of, texts_of, words_of

_SELECTORS = ("variants", "channels", "submitters", "when")


def make_results(draft: Draft) -> tuple[Result, ...]:
    return tuple(
        Result.model_validate(
            {
                **{key: value for key, value in plain_map(node).items() if key not in _SELECTORS},
                "id": id,
                "label": texts_of(node, "label") or {},
                "as_": text_of(node, "as") or "electronic",
                "selectors": draft.selectors(node, draft.decided),
            }
        )
        for id, node in children(draft.resolved.results)
    )


def make_notices(draft: Draft) -> tuple[Notice, ...]:
    """Make the profile's and the procedure's own, and of the fragments' those that are named or sent by themselves."""
    _find_unused(draft)
    return tuple(_notice(id, node, draft) for id, node in _spoken_of(draft))


def _spoken_of(draft: Draft) -> Iterator[tuple[str, Entries]]:
    own = {*entries_of(draft.resolved.own, "notices").keys, *entries_of(draft.resolved.profile, "notices").keys}
    named = set(draft.resolved.words())
    for id, node in children(draft.resolved.named("notices")):
        if id in own or id in named or text_of(node, "on") not in (None, "step"):
            yield id, node


def _find_unused(draft: Draft) -> None:
    """A notice of the procedure is sent by what happens (`on`), or by the step or section that names it."""
    named = {*draft.resolved.words(), *entries_of(draft.resolved.profile, "notices").keys}
    for id, node in children(entries_of(draft.resolved.own, "notices")):
        if id not in named and text_of(node, "on") in (None, "step"):
            place = entries_of(draft.resolved.own, "notices").keys[id]
            hint = "say 'on', name it in a step, or remove it"
            draft.problems.add(place, "unused-definition", f"nothing sends the notice '{id}'", hint)


def _notice(id: str, node: Entries, draft: Draft) -> Notice:
    return Notice.model_validate(
        {
            "id": id,
            "on": text_of(node, "on") or "step",
            "to": text_of(node, "to") or "applicant",
            "ways": words_of(node, "ways") or ("portal",),
            "subject": texts_of(node, "subject"),
            "text": texts_of(node, "text") or {},
            "selectors": draft.selectors(node, draft.filed),
        }
    )
