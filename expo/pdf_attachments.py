"""Attaching a file to a PDF that typst has set, as an incremental update: not a byte of what it wrote changes.

typst attaches nothing to a PDF/A-2, because it can't tell whether the attachment is a PDF/A itself; whoever calls this
can. Knows the form that typst writes (a plain cross-reference table, a catalogue without names) and refuses others.
"""

import hashlib
import re
import zlib

TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
PDF = b"application#2Fpdf"


def attach(pdf: bytes, name: str, content: bytes, description: str) -> bytes:
    """``pdf`` with the PDF ``content`` attached as ``name`` (ASCII). The same input gives the same bytes."""
    trailer, previous = _trailer(pdf)
    size = int(_one(rb"/Size (\d+)", trailer))
    root = int(_one(rb"/Root (\d+) 0 R", trailer))
    catalogue = _one(rb"\n%d 0 obj\n<<(.*?)>>\nendobj" % root, pdf)
    if b"/Names" in catalogue:
        raise ValueError("the document has names already")
    label = _text(name)
    files = b"/Names<</EmbeddedFiles<</Names[%s %d 0 R]>>>>" % (label, size)
    about = b"<</Type/Filespec/F%s/UF%s/Desc%s/EF<</F %d 0 R/UF %d 0 R>>>>"
    objects = {
        root: b"<<" + catalogue + files + b">>",
        size: about % (label, label, _text(description), size + 1, size + 1),
        size + 1: _stream(content),
    }
    return pdf + _update(len(pdf), objects, trailer, previous, size + len(objects) - 1)


def _trailer(pdf: bytes) -> tuple[bytes, int]:
    found = TRAILER.search(pdf, max(0, len(pdf) - 4096))
    if not found:
        raise ValueError("not the kind of PDF that typst writes")
    return found[1], int(found[2])


def _one(pattern: bytes, where: bytes) -> bytes:
    found = re.findall(pattern, where, re.DOTALL)
    if len(found) != 1:
        raise ValueError(f"{pattern!r} found {len(found)} times")
    return found[0]


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    about = b"<</Type/EmbeddedFile/Subtype/%s/Params<</Size %d/CheckSum<%s>>>/Filter/FlateDecode/Length %d>>"
    checksum = hashlib.md5(content, usedforsecurity=False).hexdigest().encode()
    return about % (PDF, len(content), checksum, len(packed)) + b"\nstream\n" + packed + b"\nendstream"


def _update(start: int, objects: dict[int, bytes], trailer: bytes, previous: int, size: int) -> bytes:
    body, places = b"", {}
    for number, content in objects.items():
        places[number] = start + len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, at) for number, at in sorted(places.items()))
    first = _one(rb"/ID\[\((.*?)\)\(.*?\)\]", trailer)
    second = hashlib.sha256(body).hexdigest()[:32].encode()
    kept = re.sub(rb"/Size \d+|/ID\[\(.*?\)\(.*?\)\]", b"", trailer, flags=re.DOTALL)
    ending = b"trailer\n<</Size %d/Prev %d/ID[(%s)<%s>]%s>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + ending % (size, previous, first, second, kept, start + len(body))


def _text(text: str) -> bytes:
    """A text string: UTF-16 in hexadecimal, so that nothing needs escaping."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().upper().encode() + b">"
