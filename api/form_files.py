"""Files as values of a form: what POST /files gave is looked up, so that name, size and digest are our own."""

from collections.abc import Iterable, Iterator, Mapping

from api.arguments import Telling
from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import FormField
from records.files import PREFIX, StoredFile, files_named
from records.pool import Db


async def with_files(
    db: Db, telling: Telling, fields: Iterable[FormField], values: Mapping[str, Json]
) -> dict[str, Json]:
    """Put what is known of each file in the place of its id; the files join the case with the command.

    A file nobody handed in becomes a value that is no file, which the check of the form then tells at its place.
    """
    asked = [field for field in fields if field.type == "file" or any(one.type == "file" for one in field.fields)]
    ids = [id for field in asked for id in _ids(field, values.get(field.id))]
    if not asked:
        return dict(values)
    known = await files_named(db, ids)
    for id in dict.fromkeys(ids):
        if id in known:
            telling.file(id)
    return {**values, **{field.id: _put(field, values[field.id], known) for field in asked if field.id in values}}


def _ids(field: FormField, value: Json) -> Iterator[str]:
    if field.type == "file":
        if (id := _id(value)) is not None:
            yield id
        return
    for line in value if isinstance(value, list) else ():
        for column in field.fields:
            if column.type == "file" and isinstance(line, dict):
                yield from _ids(column, line.get(column.id))


def _id(value: Json) -> str | None:
    """Read `<id>`, or `{"file": "file:<id>"}` as a form that was read back has it."""
    named = value.get("file") if isinstance(value, dict) else value
    return named.removeprefix(PREFIX) if isinstance(named, str) and named else None


def _put(field: FormField, value: Json, known: Mapping[str, StoredFile]) -> Json:
    if field.type == "file":
        return value if value in (None, "") else _file(known.get(_id(value) or ""))
    columns = [column for column in field.fields if column.type == "file"]
    return [_line(columns, line, known) for line in value] if isinstance(value, list) else value


def _line(columns: Iterable[FormField], line: Json, known: Mapping[str, StoredFile]) -> Json:
    if not isinstance(line, dict):
        return line
    return {**line, **{one.id: _put(one, line[one.id], known) for one in columns if one.id in line}}


def _file(file: StoredFile | None) -> Json:
    if file is None:
        return False
    kept: JsonObject = {"file": file.ref, "name": file.name, "size": file.size, "digest": file.digest}
    return kept
