"""Finds texts that a reader would see but that nobody marked for translation, in templates and in Python."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

from expo.messages import KEYWORDS

READ_ATTRIBUTES = {"alt", "aria-description", "aria-label", "data-label", "placeholder", "title"}
# Opening tags whose content is translated, or never rendered.
SKIPPED = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}
CAPITALISED_ARGUMENT = re.compile(r"""(?<!_\()(["'])([A-Z][^"']*[a-z][^"']*)\1""")
WORD = re.compile(r"[^\W\d_]{2,}")

# Words that only an Indonesian sentence holds.
INDONESIAN = re.compile(
    r"\b(anda|tidak|belum|sudah|yang|untuk|dengan|dari|dan|atau|pada|dapat|harus|akan|silakan"
    r"|ini|itu|masih|sedang|paling|lebih|agar|bila|jika|karena|oleh|kepada|menurut|sesudah|sebelum)\b",
    re.IGNORECASE,
)
READ_KEYWORDS = {"description", "empty_label", "help_text", "label", "short_description", "verbose_name"}
READ_KEYWORDS |= {"verbose_name_plural"}
MARKS = {*KEYWORDS, "translate"}


def in_template(source: str, *, html: bool) -> list[str]:
    """Texts of a template outside of translation tags: its words, readable attributes, and arguments of tags."""
    kept, arguments, closing = [], [], None
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            if closing:
                closing = None if name == closing else closing
            elif name in SKIPPED:
                closing = SKIPPED[name]
            elif name not in {"translate", "trans"}:
                arguments += [match[2] for match in CAPITALISED_ARGUMENT.finditer(token.contents)]
        elif token.token_type == TokenType.TEXT and not closing:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR and not closing:
            arguments += [match[2] for match in CAPITALISED_ARGUMENT.finditer(token.contents)]
            kept.append("\N{OBJECT REPLACEMENT CHARACTER}")
    text = "".join(kept)
    return [*(_html_texts(text) if html else text.splitlines()), *arguments]


def _html_texts(source: str) -> list[str]:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data):
        if self.lasttag not in {"script", "style"}:
            self.found.append(data)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if value and name in READ_ATTRIBUTES]


def has_words(text: str, allowed: set[str]) -> bool:
    return any(word not in allowed for word in WORD.findall(text))


def in_python(source: str, *, domain_errors: set[str]) -> Iterator[tuple[int, str]]:
    """Line and text of unmarked sentences: Indonesian ones anywhere, any literal where a label or an error stands."""
    tree = ast.parse(source)
    quiet = _docstrings(tree) | _marked(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in quiet and _is_indonesian(node.value):
            yield node.lineno, node.value
        for literal in _read_literals(node, domain_errors):
            if id(literal) not in quiet:
                yield literal.lineno, literal.value


def _is_indonesian(value) -> bool:
    return isinstance(value, str) and " " in value.strip() and bool(INDONESIAN.search(value))


def _read_literals(node: ast.AST, domain_errors: set[str]) -> list[ast.Constant]:
    if not isinstance(node, ast.Call):
        return []
    found = [keyword.value for keyword in node.keywords if keyword.arg in READ_KEYWORDS]
    if _name(node) in {"ValidationError", *domain_errors}:
        found += node.args[:1]
    return [part for part in found if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value]


def _marked(tree: ast.AST) -> set[int]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in MARKS]
    return {id(part) for call in calls for part in ast.walk(call)}


def _docstrings(tree: ast.AST) -> set[int]:
    """Strings that stand alone: nobody reads them at run time."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def domain_errors(paths: list[Path]) -> set[str]:
    """Names of the exceptions whose sentence is shown to a reader: DomainError and what derives from it."""
    bases = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
    names = {"DomainError"}
    while more := {name for name, parents in bases.items() if parents & names} - names:
        names |= more
    return names
