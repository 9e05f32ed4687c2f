"""Makes the variants: which there are, which groups they form, and which list has one for each of its lines."""

from collections.abc import Iterator

from procedures.language.conditions.compiling import Scope
from procedures.language.making.draft import Draft
from procedures.language.model.parts import Variant
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.words import children, entries_of, text_of, texts_of


def declare_variants(draft: Draft) -> None:
    """Tell the draft which variants there are before anything selects by them."""
    nodes = entries_of(draft.resolved.own, "variants")
    groups: dict[str, tuple[str, ...]] = {}
    for id, node in children(nodes):
        group = node.get("group")
        if isinstance(group, Scalar) and group.text in nodes.keys:
            message = f"group '{group.text}' of '{id}' is a variant itself"
            draft.problems.add(group.place, "group-is-variant", message, "choose another name for the group")
        elif isinstance(group, Scalar):
            groups[group.text] = (*groups.get(group.text, ()), id)
    draft.groups = {**groups, **{id: (id,) for id in nodes.keys}}
    per = draft.resolved.own.get("variant_per")
    if isinstance(per, Scalar):
        draft.variant_per = per.text.removeprefix("form.")


def check_variant_list(draft: Draft) -> None:
    """The list whose lines have a variant each is a list, and has no column of that name."""
    written = draft.resolved.own.get("variant_per")
    if not isinstance(written, Scalar) or draft.variant_per is None:
        return
    if not entries_of(draft.resolved.own, "variants").keys:
        message = f"the lines of '{draft.variant_per}' have no variants to choose from"
        draft.problems.add(written.place, "variant-needed", message, "add 'variants'")
    if list_of(draft, draft.resolved.own, "variant_per") is None:
        return
    columns = entries_of(entries_of(draft.resolved.form, draft.variant_per), "fields")
    if "variant" in columns.keys:
        message = f"each line of '{draft.variant_per}' has its variant already"
        draft.problems.add(columns.keys["variant"], "bad-id", message, "choose another id")


def list_of(draft: Draft, node: Entries, key: str = "per") -> str | None:
    """Read the list a place is about, or say that it is none."""
    written = node.get(key)
    if not isinstance(written, Scalar):
        return None
    lists = {f"form.{one.id}": one.id for one in draft.form if one.type == "rows"}
    if written.text not in lists:
        hint = "lists: " + ", ".join(lists) if lists else "a list is a field of type rows"
        draft.problems.add(written.place, "per-not-rows", f"'{written.text}' is no list of the form", hint)
    return lists.get(written.text)


def make_variants(draft: Draft) -> tuple[Variant, ...]:
    scope = draft.at_line(draft.filed, draft.variant_per)
    made = tuple(_variants(draft, scope))
    _check_all_or_none(draft)
    return made


def _variants(draft: Draft, scope: Scope) -> Iterator[Variant]:
    for id, node in children(entries_of(draft.resolved.own, "variants")):
        yield Variant(
            id=id,
            label=texts_of(node, "label") or {},
            group=text_of(node, "group"),
            when=draft.condition(node, "when", scope),
        )


def _check_all_or_none(draft: Draft) -> None:
    nodes = dict(children(entries_of(draft.resolved.own, "variants")))
    without = [id for id, node in nodes.items() if "when" not in node.keys]
    if without and len(without) < len(nodes):
        place = entries_of(draft.resolved.own, "variants").keys[without[0]]
        hint = "the form decides for all variants, or the applicant chooses"
        draft.problems.add(place, "variants-not-exclusive", f"'{without[0]}' has no 'when', others have", hint)
