"""What a PDF says of its seal, read by a process of its own: a crafted file may cost that process, never a web worker.

Run as a script it reads a PDF from stdin and writes JSON to stdout; it imports nothing of the project, so that it
starts quickly and has nothing to lose.
"""

import json
import sys
import zlib

MEMORY = 500 * 1024 * 1024
SECONDS = 10  # a recap of 2,500 exhibitors takes four and a half
MOST_WORDS = 2000
MOST_OBJECTS = 200_000
MOST_STREAM = 64 * 1024 * 1024


def read_seal(data: bytes, name: str) -> dict:
    """``keywords`` of the attached PDF called ``name`` (None: no such), number of ``signatures``, and ``locked``.

    Every compressed stream is unpacked on the way, so a file whose contents were cut or changed is an
    UnreadableError.
    """
    from reports.child import read_in_child

    return read_in_child(__file__, [name], data)


def main(name: str) -> None:
    import io
    import logging
    import resource

    from pypdf import PdfReader

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted:
        json.dump({"keywords": None, "signatures": 0, "locked": True}, sys.stdout)
        return
    if not len(reader.pages):
        raise ValueError("no pages")
    check_streams(reader)
    found = attached(reader, name)
    keywords = None
    if found is not None:
        inner = PdfReader(io.BytesIO(found))
        check_streams(inner)
        information = inner.metadata
        keywords = str(information.get("/Keywords", "") if information else "")[:MOST_WORDS]
    json.dump({"keywords": keywords, "signatures": signatures(reader), "locked": False}, sys.stdout)


def check_streams(reader) -> None:
    """Unpack every deflated stream to its end, as its checksum asks; ValueError or zlib.error where one is damaged."""
    numbers = [number for objects in reader.xref.values() for number in objects]
    if len(numbers) > MOST_OBJECTS:
        raise ValueError("too many objects")
    for number in numbers:
        element = reader.get_object(number)
        data = getattr(element, "_data", None)
        if isinstance(data, bytes) and element.get("/Filter") == "/FlateDecode":
            unpack(data)


def unpack(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(data, MOST_STREAM)
    if not unpacking.eof:
        raise ValueError("a stream is cut off, or unpacks to too much")
    return plain


def attached(reader, name: str) -> bytes | None:
    for attachment in reader.attachment_list:
        if attachment.name == name:
            return attachment.content
    return None


def signatures(reader) -> int:
    """Fields of the document's form that hold an electronic signature."""
    form = reader.trailer["/Root"].get("/AcroForm")
    fields = form.get_object().get("/Fields", []) if form else []
    found = 0
    for field in list(fields)[:1000]:
        value = field.get_object().get("/V")
        if value is not None and "/ByteRange" in value.get_object():
            found += 1
    return found


if __name__ == "__main__":
    main(sys.argv[1])
