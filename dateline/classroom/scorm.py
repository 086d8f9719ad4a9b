"""A folder of plain pages as a SCORM 1.2 package, which a school's system serves and asks how far somebody has come.

It is told that the course was opened, whether it is finished, and what share of the practice was right. That share is worked out in the
learner's browser, where anybody can change it: it is no grade. A page says how things stand by a message to the window around it:
`parent.postMessage({dateline: {practice: 62, finished: false}}, location.origin)`, with `practice` in percent.
"""

import zipfile
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from dateline.faults import fail
from dateline.html import html

MANIFEST, START, SCRIPT = "imsmanifest.xml", "scorm-start.html", "scorm.js"
OWN = (MANIFEST, START, SCRIPT)
IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The moment of every entry, so that the same pages are the same bytes."""
FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>html, body, iframe {{ margin: 0; border: 0; width: 100%; height: 100%; display: block; }}</style>
<script src="{}"></script>
</head>
<body><iframe src="{}" title="{}"></iframe></body>
</html>
"""


def make_package(folder: Path, out: Path, title: str, page: str = "index.html") -> int:
    """Write the zip, which opens with `page`, and return how many files of the folder are in it; raises `CourseError` or `OSError`."""
    if not (folder / page).is_file():
        raise fail(str(folder), 0, f"there is no {page} in this folder", "Name the folder of the pages")
    if out.resolve().is_relative_to(folder.resolve()):
        raise fail(str(out), 0, "the package would lie in the folder that it packs", "Choose a place outside the folder")
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}
    taken = sorted(set(OWN) & files.keys())
    if taken:
        raise fail(str(folder), 0, f"{taken[0]} is in this folder, and the package has a file of that name", "Give the file another name")
    own = {
        MANIFEST: manifest(title, [*files, START, SCRIPT]),
        START: str(html(FRAME, title, SCRIPT, quote(page), title)).encode(),
        SCRIPT: (Path(__file__).parent / SCRIPT).read_bytes(),
    }
    with zipfile.ZipFile(out, "w") as packed:
        for name in [*OWN, *sorted(files)]:
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, own[name] if name in own else files[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return len(files)


def made_package(book: Path, out: Path) -> str:
    """Pack the book, and say in words what was made; raises `CourseError` or `OSError`."""
    files = make_package(book, out, "Reading the Dateline")
    return f"""
{out} is the same book as a SCORM 1.2 package of {files} files. A school's system hears from it that
it was opened, whether it is finished, and what share of the practice was right.
That is worked out in the reader's browser: it is no grade."""


def manifest(title: str, files: list[str]) -> bytes:
    """The list of what is in a package, as SCORM 1.2 wants it."""
    root = ElementTree.Element("manifest", {"identifier": "dateline", "version": "1.2", "xmlns": IMSCP, "xmlns:adlcp": ADLCP})
    about = ElementTree.SubElement(root, "metadata")
    ElementTree.SubElement(about, "schema").text = "ADL SCORM"
    ElementTree.SubElement(about, "schemaversion").text = "1.2"
    organizations = ElementTree.SubElement(root, "organizations", {"default": "course"})
    course = ElementTree.SubElement(organizations, "organization", {"identifier": "course"})
    ElementTree.SubElement(course, "title").text = title
    item = ElementTree.SubElement(course, "item", {"identifier": "item", "identifierref": "pages"})
    ElementTree.SubElement(item, "title").text = title
    resources = ElementTree.SubElement(root, "resources")
    told = {"identifier": "pages", "type": "webcontent", "adlcp:scormtype": "sco", "href": START}
    pages = ElementTree.SubElement(resources, "resource", told)
    for name in sorted(files):
        ElementTree.SubElement(pages, "file", {"href": quote(name)})
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
