"""The texts of the interface: Indonesian in the code, English in ``locale/en``; read and compiled with Babel alone.

Message ids are the Indonesian sentences, so our own texts need no Indonesian catalogue. ``locale/id`` holds, by hand,
what libraries say in English or in words other than ours. gettext's own tools are not needed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = b"""\
# English texts of UKM Virtual Expo. Kept by manage.py sync_messages; the ids are the Indonesian sentences.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")


@dataclass(frozen=True)
class Message:
    """One text as the code asks for it: ``ids`` has one element, or two where English needs a plural."""

    ids: tuple[str, ...]
    context: str | None
    place: str


@dataclass
class Report:
    """What the English catalogue lacks: texts without a translation, and translations that break their texts."""

    missing: list[Message] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def messages(root: Path) -> Iterator[Message]:
    """Every translatable text in the Python files and templates of the checkout."""
    apps = sorted(path.parent for path in root.glob("*/apps.py"))
    for app in apps:
        for path in sorted(app.rglob("*.py")):
            yield from _python_messages(path, root)
    yield from _directory_messages(root / "templates", root)


def library_messages(package: Path) -> Iterator[Message]:
    """Every translatable text in the Python files and templates of an installed package or a part of one."""
    for path in sorted(package.rglob("*.py")):
        yield from _python_messages(path, package)
    yield from _directory_messages(package, package)


def _directory_messages(directory: Path, root: Path) -> Iterator[Message]:
    for pattern in ("*.html", "*.txt", "*.svg"):
        for path in sorted(directory.rglob(pattern)):
            yield from _template_messages(path, root)


def _python_messages(path: Path, root: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        for line, function, texts, _comments in extract_python(file, list(KEYWORDS), [], {}):
            texts = texts if isinstance(texts, tuple) else (texts,)
            if all(isinstance(text, str) for text in texts if text is not None) and texts[0]:
                yield _message(function, [t for t in texts if t is not None], f"{path.relative_to(root)}:{line}")


def _template_messages(path: Path, root: Path) -> Iterator[Message]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in TEMPLATE_CALL.finditer(source):
        texts = list(ast.literal_eval(f"({match[2]},)"))
        line = source.count("\n", 0, match.start()) + 1
        yield _message(match[1], texts, f"{path.relative_to(root)}:{line}")


def _message(function: str, texts: list[str], place: str) -> Message:
    context = texts.pop(0) if "pgettext" in function else None
    plural = function.startswith(("ngettext", "npgettext"))
    return Message(tuple(texts[: 2 if plural else 1]), context, place)


def english_path() -> Path:
    return Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read_english() -> Catalog:
    path = english_path()
    if not path.exists():
        return Catalog(locale="en", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update_english() -> int:
    """Rewrite ``locale/en`` so that it holds just the texts in use, keeping translations. Returns how many lack one."""
    old, new = read_english(), Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in sorted(messages(Path(settings.BASE_DIR)), key=lambda m: (m.ids, m.context or "")):
        ids = message.ids if len(message.ids) > 1 else message.ids[0]
        known = old.get(message.ids[0], message.context)
        new.add(ids, known.string if known else "", context=message.context)
    english_path().parent.mkdir(parents=True, exist_ok=True)
    with english_path().open("wb") as file:
        file.write(HEADER)
        write_po(file, new, width=110, no_location=True, omit_header=True, sort_output=True)
    return len(check_english().missing)


def check_english() -> Report:
    """What the English catalogue lacks, compared with the code."""
    catalog, report, seen = read_english(), Report(), set()
    for message in messages(Path(settings.BASE_DIR)):
        if (message.ids, message.context) in seen:
            continue
        seen.add((message.ids, message.context))
        known = catalog.get(message.ids[0], message.context)
        strings = _strings(known.string) if known else ()
        if not strings or not all(strings):
            report.missing.append(message)
        elif any(_placeholders(message.ids[-1]) - _placeholders(text) for text in strings[-1:]):
            report.broken.append(f"{message.place}: {message.ids[0]}")
    return report


def _strings(value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%[sd]", text))


def compile_catalogues() -> None:
    """Write the ``.mo`` file beside every ``.po`` file that is newer than it."""
    for path in Path(settings.BASE_DIR, "locale").rglob("*.po"):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source:
            catalog = read_po(source, locale=path.parent.parent.name)
        with target.open("wb") as file:
            write_mo(file, catalog)
