"""The formatted part of a mail, set from its text: the two can't say different things.

The text's own habits are the markup. Paragraphs are divided by empty lines; lines that all begin with "- " are a list;
"Label: value" is a row of facts; one of our addresses, alone on its line or behind a label, is a button; a code alone
on its line stands large; the last line, our name, is the foot. Whatever people typed stays text: it is escaped, and
only addresses of this site become buttons.
"""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

FACT = re.compile(r"(?P<label>[^\s.?!,:-][^.?!,:]{0,34}):\s+(?P<value>\S.{0,140})")
CODE = re.compile(r"[A-Z0-9]{3,5}(-[A-Z0-9]{3,5}){0,3}")
NOTE = re.compile(r"(?P<words>.*\S)\s*\((?P<note>[^()]*)\)")
SENTENCES = re.compile(r"(?P<before>.*[.?!])\s+(?P<last>\S.*)")
LONGEST_LABEL = 60
FOOT = "UKM Virtual Expo"


@dataclass(frozen=True, slots=True)
class Board:
    """The signboard of the booth that a mail is about."""

    number: str
    name: str
    place: str = ""


@dataclass(slots=True)
class Block:
    """A piece of the mail. ``kind``: "text", "facts", "list", "button", "code"."""

    kind: str
    lines: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    label: str = ""
    note: str = ""


def set_mail(subject: str, body: str, language: str, board: Board | None = None) -> str:
    """The HTML of a mail, for any mail program: tables, styles in the tags, no pictures and no outside address."""
    context = {
        "subject": subject,
        "blocks": blocks_of(body),
        "board": board,
        "language": language,
        "site": settings.SITE_URL,
        "foot": FOOT,
    }
    with override(language):
        return render_to_string("expo/mail_layout.html", context)


def blocks_of(body: str) -> list[Block]:
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in paragraph.splitlines()]
        if lines == [FOOT]:
            continue
        blocks += paragraph_blocks(lines)
    return blocks


def paragraph_blocks(lines: list[str]) -> list[Block]:
    if len(lines) > 1 and all(line.startswith("- ") for line in lines):
        return [Block("list", lines=[line[2:] for line in lines])]
    blocks: list[Block] = []
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else ""
        if line.endswith(":") and is_ours(after):
            add_button(blocks, line, after)
        elif is_ours(line):
            if not blocks or blocks[-1].url != line:
                add_button(blocks, "", line)
        elif (ends := line.rpartition(": "))[0] and is_ours(ends[2]):
            add_button(blocks, ends[0], ends[2])
        elif fact := FACT.fullmatch(line):
            add(blocks, "facts").facts.append((fact["label"], fact["value"]))
        elif line.startswith("- "):
            add(blocks, "list").lines.append(line[2:])
        elif CODE.fullmatch(line) and any(sign in "-0123456789" for sign in line):
            blocks.append(Block("code", lines=[line]))
        else:
            add(blocks, "text").lines.append(line)
    return blocks


def add(blocks: list[Block], kind: str) -> Block:
    """The last block if it is of this kind, else a new one."""
    if not blocks or blocks[-1].kind != kind:
        blocks.append(Block(kind))
    return blocks[-1]


def add_button(blocks: list[Block], label: str, url: str) -> None:
    """A button, below what of its line is a sentence of its own or too long to stand on one."""
    label = label.rstrip(":").strip()
    if sentences := SENTENCES.fullmatch(label):
        add(blocks, "text").lines.append(sentences["before"])
        label = sentences["last"]
    note = NOTE.fullmatch(label)
    words, aside = (note["words"], note["note"]) if note else (label, "")
    if len(words) > LONGEST_LABEL:
        add(blocks, "text").lines.append(f"{words}:")
        words = ""
    blocks.append(Block("button", url=url, label=words, note=aside))


def is_ours(text: str) -> bool:
    return bool(settings.SITE_URL) and text.startswith(f"{settings.SITE_URL}/") and " " not in text
