"""The page of all problems: what each code means, with a mistake, what is told of it, and how it is right."""

from collections.abc import Iterator

from procedures.language.explanations.meanings import GROUPS, Example, examples, explanations

TITLE = {"en": "Problems, code by code", "vi": "Các lỗi, theo từng mã"}
_OVERRIDES = "../../procedures.md#when-the-file-differs-from-the-catalogue"
INTRODUCTION = {
    "en": f"""`motcua check` tells each problem as `file:line:column: code message (hint)`.
Errors keep a file from loading; findings stand with an [override]({_OVERRIDES}); warnings change nothing.
The examples are lines of the procedures the language is tried on.""",
    "vi": f"""`motcua check` báo từng lỗi theo dạng `tệp:dòng:cột: mã thông báo (gợi ý)`.
Lỗi làm tệp không dùng được; phát hiện có thể giữ nguyên khi ghi rõ lý do ở [overrides]({_OVERRIDES});
cảnh báo không ảnh hưởng. Ví dụ là các dòng của những thủ tục dùng để thử ngôn ngữ.""",
}
GROUP = {
    "reading": {"en": "Reading the file", "vi": "Đọc tệp"},
    "parts": {"en": "Forms, papers, limits, tables", "vi": "Tờ khai, giấy tờ, thời hạn, bảng"},
    "flow": {"en": "Steps and where they lead", "vi": "Các bước và hướng đi"},
    "lint": {"en": "What a file that loads may still have wrong", "vi": "Điều còn có thể sai trong tệp đã đọc được"},
}
_SAID = {
    "en": {
        "wrong": "Wrong",
        "told": "Told",
        "right": "Right",
        "in": ", in `{}`",
        "version": "Version 1 stands beside this version {}.",
        "beside": "Beside it",
        "organisation": "Checked with `--organisation {}`.",
    },
    "vi": {
        "wrong": "Sai",
        "told": "Báo",
        "right": "Đúng",
        "in": ", trong `{}`",
        "version": "Đây là phiên bản {}, bên cạnh phiên bản 1.",
        "beside": "Bên cạnh có",
        "organisation": "Kiểm tra với `--organisation {}`.",
    },
}


def problems_page(language: str) -> str:
    parts = [f"# {TITLE[language]}", INTRODUCTION[language]]
    for group in GROUPS:
        parts.append(f"## {GROUP[group][language]}")
        for code, meaning in explanations(group).items():
            parts += [f"### `{code}`", meaning[language]]
            if example := examples().get(code):
                parts += _example(example, language)
    return "\n\n".join(parts) + "\n"


def _example(example: Example, language: str) -> Iterator[str]:
    said = _SAID[language]
    where = "" if example.file == "procedure.yaml" else said["in"].format(example.file)
    kind = "yaml" if example.of else "bash"
    if example.version > 1:
        yield said["version"].format(example.version)
    for name, text in example.beside.items():
        yield f"{said['beside']}:\n\n```yaml\n# {name}\n{text}```"
    if example.organisation:
        yield said["organisation"].format(example.organisation)
    yield f"{said['wrong']}{where}:\n\n```{kind}\n{example.bad}```"
    yield f"{said['told']}:\n\n```text\n{_placed(example.told)}```"
    yield f"{said['right']}:\n\n```{kind}\n{example.good}```"


def _placed(told: str) -> str:
    return f"procedure.yaml:{told}" if told[0].isdigit() else told
