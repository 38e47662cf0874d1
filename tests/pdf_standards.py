"""What of PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) can be asked of a file without a full validator.

``violations(pdf)`` names what it finds, by the clause. No finding is no proof of the whole of either standard.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, StreamObject

ROLES = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
Figure Formula Form
"""
STANDARD = set(ROLES.split())
ACTIONS = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
           "/Rendition", "/Trans", "/GoTo3DView"}  # fmt: skip
CHILDREN = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
}  # fmt: skip
TEXT = {b"Tj", b"TJ", b"'", b'"', b"S", b"f", b"f*", b"B", b"B*", b"b", b"b*", b"s", b"Do", b"sh"}


def violations(pdf: bytes, *, attachments: bool = True) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf))
    found = [*header(pdf, reader), *structure(reader)]
    found += [what for page in reader.pages for what in unmarked(page, reader)]
    if attachments:
        found += [f"attachment {each.name}: {what}" for each in reader.attachment_list for what in attached(each)]
    return found


def structure(reader: PdfReader) -> list[str]:
    """All that is not asked of bytes nor of what is drawn."""
    return [*catalogue(reader), *objects(reader), *fonts(reader), *pages(reader), *tree(reader)]


def is_true(value) -> bool:
    """pypdf's false is true to Python."""
    return getattr(value, "value", False)


def attached(each) -> Iterator[str]:
    """6.8: an attachment is a PDF/A-1 or PDF/A-2 itself."""
    yield from violations(each.content, attachments=False)


def header(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4}", pdf):
        yield "A 6.1.2 header"
    if "/ID" not in reader.trailer or "/Encrypt" in reader.trailer:
        yield "A 6.1.3 trailer"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "A 6.1.3 data after the end"


def catalogue(reader: PdfReader) -> Iterator[str]:
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    for clause, pattern in (
        ("A 6.6.4 part", r"pdfaid:part\W+2\b"), ("A 6.6.4 conformance", r"pdfaid:conformance\W+A\b"),
        ("UA 5 part", r"pdfuaid:part\W+1\b"), ("UA 7.1 title", r"<dc:title>.*?<rdf:li[^>]*>[^<]+<"),
    ):  # fmt: skip
        if not re.search(pattern, xmp, re.DOTALL):
            yield clause
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)<", xmp, re.DOTALL)
    if title and reader.metadata.title.replace("&", "&amp;") != title[1]:
        yield "A 6.6.3 title in both places"
    marks = root.get("/MarkInfo", {})
    if not is_true(marks.get("/Marked")) or is_true(marks.get("/Suspects")):
        yield "UA 7.1 marked"
    if not is_true(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "UA 7.1 title displayed"
    if not re.fullmatch(r"[a-z]{2}(-[A-Za-z]+)*", str(root.get("/Lang", ""))):
        yield "UA 7.2 language"
    if {"/AA", "/OCProperties", "/Collection"} & set(root) or "/XFA" in root.get("/AcroForm", {}):
        yield "A 6.4 catalogue"
    intents = [each.get_object() for each in root.get("/OutputIntents", [])]
    if [each.get("/S") for each in intents] != ["/GTS_PDFA1"]:
        yield "A 6.2.3 output intent"
    for intent in intents:
        profile = intent["/DestOutputProfile"].get_object()
        data = profile.get_data()
        if data[36:40] != b"acsp" or data[8] > 4 or data[12:16] not in (b"mntr", b"prtr"):
            yield "A 6.2.3 profile"
        if {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(data[16:20]) != profile["/N"]:
            yield "A 6.2.3 components of the profile"
    for number in reader.pages:
        width, height = number.mediabox.width, number.mediabox.height
        if not (3 <= width <= 14400 and 3 <= height <= 14400):
            yield "A 6.1.13 size of a page"


def every_object(reader: PdfReader) -> Iterator:
    seen = {number for numbers in reader.xref.values() for number in numbers} | set(reader.xref_objStm)
    for number in sorted(seen):
        if number:
            yield IndirectObject(number, 0, reader).get_object()


def objects(reader: PdfReader) -> Iterator[str]:
    for each in every_object(reader):
        if not isinstance(each, DictionaryObject):
            continue
        if isinstance(each, StreamObject):
            filters = each.get("/Filter", [])
            used = set(filters if isinstance(filters, list) else [filters])
            if used & {"/LZWDecode", "/Crypt", "/JPXDecode"} or {"/F", "/FFilter", "/FDecodeParms"} & set(each):
                yield "A 6.1.7 filter"
        if each.get("/Subtype") == "/Image" and (
            is_true(each.get("/Interpolate")) or {"/Alternates", "/OPI"} & set(each)
        ):
            yield "A 6.2.8 image"
        if each.get("/Subtype") == "/PS" or "/Subtype2" in each or "/Ref" in each:
            yield "A 6.2.9 XObject"
        if each.get("/S") in ACTIONS or "/AA" in each:
            yield "A 6.5.1 action"
        if {"/TR", "/HTP"} & set(each) or each.get("/TR2", "/Default") != "/Default":
            yield "A 6.2.5 graphics state"
        if each.get("/Type") == "/Filespec" and "/EF" in each and not {"/F", "/UF"} <= set(each):
            yield "A 6.8 file specification"
        if "/DeviceCMYK" in (each.get("/ColorSpace"), each.get("/CS")):
            yield "A 6.2.4 colour"


def fonts(reader: PdfReader) -> Iterator[str]:
    for font in every_object(reader):
        if not isinstance(font, DictionaryObject) or font.get("/Type") != "/Font":
            continue
        if font.get("/Subtype") == "/Type0":
            below = font["/DescendantFonts"][0].get_object()
            system = below["/CIDSystemInfo"]
            if font["/Encoding"] not in ("/Identity-H", "/Identity-V") or system["/Ordering"] != "Identity":
                yield "A 6.2.11.3 encoding"
            if below["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in below:
                yield "A 6.2.11.3 CIDToGIDMap"
            yield from unicode_of(font)
        elif font.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2", "/Type3"):
            yield from unicode_of(font)
        if "/FontDescriptor" in font:
            descriptor = font["/FontDescriptor"].get_object()
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                yield f"A 6.2.11.4 {font.get('/BaseFont')} is not embedded"
        elif font.get("/Subtype") not in ("/Type0", "/Type3"):
            yield "A 6.2.11.4 a font without descriptor"


def unicode_of(font) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield f"A 6.2.11.7 {font.get('/BaseFont')} has no Unicode"
        return
    text = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    for block in re.findall(r"beginbf(?:char|range)(.*?)endbf", text, re.DOTALL):
        for line in block.strip().splitlines():
            target = re.findall(r"<([0-9A-Fa-f]+)>", line)[-1].upper()
            if target in ("0000", "FEFF", "FFFE"):
                yield "A 6.2.11.7 Unicode of nothing"
            if "E000" <= target[:4] <= "F8FF":
                yield "A 6.2.11.7.3 private use"


def pages(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        annotations = [each.get_object() for each in page.get("/Annots", [])]
        if "/StructParents" not in page:
            yield "UA 7.1 a page outside of the structure"
        if annotations and page.get("/Tabs") != "/S":
            yield "UA 7.18.3 order of tabs"
        for each in annotations:
            if each["/Subtype"] not in ("/Link", "/Widget") or int(each.get("/F", 0)) & 0b100111 != 0b100:
                yield f"A 6.3 annotation {each['/Subtype']}"
            if each["/Subtype"] == "/Link" and not ("/StructParent" in each and each.get("/Contents")):
                yield "UA 7.18.5 link"


def unmarked(page, reader: PdfReader) -> Iterator[str]:
    """7.1: whatever is drawn is marked as content or as decoration."""
    depth = 0
    content = ContentStream(page.get_contents(), reader)
    for _operands, operator in content.operations:
        if operator in (b"BMC", b"BDC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in TEXT and not depth:
            yield f"UA 7.1 {operator.decode()} is not marked"
            return


def tree(reader: PdfReader) -> Iterator[str]:
    root = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
    roles = {name.lstrip("/"): str(role).lstrip("/") for name, role in (root.get("/RoleMap") or {}).items()}
    if "/ParentTree" not in root:
        yield "UA 7.1 parent tree"
    if set(roles) & STANDARD:
        yield "UA 7.1 a standard role is given another meaning"
    level = 0
    for name, element, children in elements(root, roles):
        if name not in STANDARD:
            yield f"UA 7.1 role {name}"
        if name in CHILDREN and (strange := set(children) - CHILDREN[name]):
            yield f"UA 7.2 {name} holds {', '.join(sorted(strange))}"
        if name == "Figure" and not (element.get("/Alt") or element.get("/ActualText")):
            yield "UA 7.3 figure without words"
        if name == "TH" and not ({"/Scope"} & attributes(element) or "/ID" in element):
            yield "UA 7.5 header without scope"
        if name == "Note" and "/ID" not in element:
            yield "UA 7.9 note without name"
        if re.fullmatch("H[1-6]", name):
            if int(name[1]) > level + 1:
                yield f"UA 7.4.2 {name} after level {level}"
            level = int(name[1])


def attributes(element) -> set[str]:
    given = element.get("/A", [])
    given = given.get_object() if isinstance(given, IndirectObject) else given
    return {name for each in (given if isinstance(given, list) else [given]) for name in each.get_object()}


def elements(node, roles: dict[str, str]) -> Iterator[tuple[str, DictionaryObject, list[str]]]:
    """Every element in reading order: its role, itself, the roles of its children."""
    below = [each for each in kids(node) if isinstance(each, DictionaryObject) and "/S" in each]
    for each in below:
        yield role(each, roles), each, [role(kid, roles) for kid in kids(each) if "/S" in kid]
        yield from elements(each, roles)


def kids(node) -> list[DictionaryObject]:
    given = node.get("/K", [])
    given = given.get_object() if isinstance(given, IndirectObject) else given
    found = [each.get_object() for each in (given if isinstance(given, list) else [given])]
    return [each for each in found if isinstance(each, DictionaryObject)]


def role(element: DictionaryObject, roles: dict[str, str]) -> str:
    name = str(element["/S"]).lstrip("/")
    return roles.get(name, name)
