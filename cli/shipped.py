"""The page of what a release brings: the names a designer may use without declaring them."""

import re
from collections.abc import Iterable, Iterator

from procedures.language.model.parts import Texts
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import children, entries_of, text_of, texts, texts_of, words_of
from procedures.language.resolving.sources import Library

PROFILE = "nd118"
SHAPES: dict[str, Texts] = {
    "decision-paper": {
        "en": "Decision: grounds, what is decided for whom, who carries it out.",
        "vi": "Quyết định: căn cứ, giải quyết điều gì cho ai, ai thi hành.",
    },
    "list-paper": {
        "en": "List: what an employer filed, with the outcome of every line.",
        "vi": "Danh sách: danh sách đã nộp, kèm kết quả từng dòng.",
    },
    "certificate-paper": {
        "en": "Confirmation, notice, book, card: a heading, one sentence, the facts.",
        "vi": "Giấy xác nhận, thông báo, sổ, thẻ: tên văn bản, một câu, các thông tin.",
    },
}
_SHAPE = re.compile(r"^#let ([a-z]+-paper)\((.*)\) = \{$", re.MULTILINE)
_ARGUMENT = re.compile(r"(?:^|, )([a-z]+):")
SAID = {
    "title": {"en": "What is there already", "vi": "Những tên đã có sẵn"},
    "intro": {
        "en": "For designers. Made from the registry and the profile: `make pages` renews it, nobody edits it.\n"
        "These names may be used in any procedure; what is missing is declared in a registry, the sector's "
        "`common.yaml` or the procedure itself.\n[Tiếng Việt](../vi/shipped.md)",
        "vi": "Dành cho người thiết kế quy trình. Trang này được tạo từ danh mục chung và bộ tham số (`make pages`), "
        "không sửa bằng tay.\nThủ tục nào cũng dùng được các tên này; tên chưa có thì khai báo trong danh mục chung, "
        "`common.yaml` của lĩnh vực hoặc chính thủ tục.\n[In English](../en/shipped.md)",
    },
    "functions": {
        "en": "Functions: `by` of a step, `functions` of a unit",
        "vi": "Chức năng: `by` của bước, `functions` của đơn vị",
    },
    "agencies": {"en": "Agencies: `agency` of a unit", "vi": "Cơ quan: `agency` của đơn vị"},
    "books": {
        "en": "Books of numbers: `number_from`; a unit keeps a book where its `codes.books` has it",
        "vi": "Sổ cấp số: `number_from`; đơn vị giữ sổ nào thì ghi ở `codes.books` của đơn vị",
    },
    "submitters": {"en": "Kinds of submitters: `submitters`", "vi": "Đối tượng nộp: `submitters`"},
    "outcomes": {
        "en": "Outcomes with a label; any other says its own: `{then: …, label: {vi: …, en: …}}`",
        "vi": "Hướng xử lý đã có tên hiển thị; hướng khác ghi tên của mình: `{then: …, label: {vi: …, en: …}}`",
    },
    "connectors": {"en": "Connectors: `call`, `source`", "vi": "Hệ thống kết nối: `call`, `source`"},
    "shapes": {
        "en": 'Shapes of results: `#import "/nd118/result.typ": *` in a template',
        "vi": 'Dạng văn bản kết quả: `#import "/nd118/result.typ": *` trong tệp mẫu',
    },
    "calendars": {"en": "Calendars: `calendars` of scenarios", "vi": "Lịch: `calendars` của kịch bản"},
    "name": {"en": "name", "vi": "tên"},
    "kind": {"en": "kind", "vi": "loại"},
    "operation": {"en": "operation", "vi": "thao tác"},
    "takes": {"en": "takes", "vi": "đầu vào"},
    "gives": {"en": "gives", "vi": "đầu ra"},
    "ends": {"en": "outcomes", "vi": "hướng xử lý"},
    "arguments": {"en": "what may be said", "vi": "được ghi gì"},
    "meaning": {"en": "meaning", "vi": "ý nghĩa"},
}


def shipped_page(language: str) -> str:
    """Write the page in one language."""
    library = Library()
    registry = [source.entries for source in library.registry()]
    profile = library.profile(PROFILE)
    assert profile is not None
    said = {word: meant[language] for word, meant in SAID.items()}
    named = [said["name"], "vi", "en"]
    result = library.text(library.home / "profiles" / "templates" / PROFILE / "result.typ")
    calendars = sorted(file.stem for file in (library.home / "calendars").glob("*.yaml"))
    parts = [f"# {said['title']}", said["intro"]]
    for word in ("functions", "agencies", "books"):
        parts += _section(said[word], named, (_named(one, meant) for one, meant in _of(registry, word)))
    kinds = ((*_named(one, texts_of(of, "label")), f"`{text_of(of, 'kind')}`") for one, of in _submitters(registry))
    parts += _section(said["submitters"], [*named, said["kind"]], kinds)
    outcomes = (_named(one, texts(label)) for one, label in children(entries_of(profile.entries, "outcomes")))
    parts += _section(said["outcomes"], named, outcomes)
    calls = [said["operation"], said["takes"], said["gives"], said["ends"]]
    parts += _section(said["connectors"], calls, _operations(registry))
    shapes = (
        (f"`{name}`", _codes(_ARGUMENT.findall(given)), SHAPES[name][language]) for name, given in _shapes(result)
    )
    parts += _section(said["shapes"], [said["name"], said["arguments"], said["meaning"]], shapes)
    parts += [f"## {said['calendars']}", f"{_codes(calendars)}."]
    return "\n\n".join(parts) + "\n"


def _shapes(template: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _SHAPE.finditer(template)]


def _of(registry: Iterable[Entries], word: str) -> Iterator[tuple[str, Texts]]:
    for entries in registry:
        yield from ((name, texts(node)) for name, node in children(entries_of(entries, word)))


def _submitters(registry: Iterable[Entries]) -> Iterator[tuple[str, Entries]]:
    for entries in registry:
        yield from children(entries_of(entries, "submitter_kinds"))


def _operations(registry: Iterable[Entries]) -> Iterator[tuple[str, ...]]:
    for entries in registry:
        for connector, declared in children(entries_of(entries, "connectors")):
            for name, operation in children(entries_of(declared, "operations")):
                fields = (_codes(entries_of(operation, key).values) for key in ("takes", "gives"))
                yield f"`{connector}` `{name}`", *fields, _codes(words_of(operation, "outcomes"))


def _named(name: str, meant: Texts | None) -> tuple[str, str, str]:
    return f"`{name}`", (meant or {}).get("vi", ""), (meant or {}).get("en", "")


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _section(title: str, head: list[str], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"## {title}", "\n".join(f"| {' | '.join(row)} |" for row in lines)]
