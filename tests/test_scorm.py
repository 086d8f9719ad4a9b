"""The package for a school's system: its list, what is in it, and what a real runtime of SCORM 1.2 hears from it in a browser."""

import functools
import http.server
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, sync_playwright

from dateline.authoring.suite import chromium
from dateline.classroom.scorm import made_package, make_package
from dateline.faults import CourseError

RUNTIME = os.environ.get("SCORM_RUNTIME")
needs_runtime = pytest.mark.skipif(
    not (RUNTIME and chromium()), reason="SCORM_RUNTIME names no scorm12.min.js of scorm-again (npm), or there is no Chromium"
)
TITLE = "Reading <the> Dateline & more"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
TELL = "(said) => parent.postMessage({dateline: said}, location.origin)"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    (folder / "a b").mkdir(parents=True)
    (folder / "index.html").write_text("<!DOCTYPE html><title>First</title><h1>First</h1><a href='a%20b/ü.html'>on</a>", encoding="utf-8")
    (folder / "a b" / "ü.html").write_text("<!DOCTYPE html><title>Second</title><h1>Second</h1>", encoding="utf-8")
    (folder / "elsewhere").symlink_to("/etc/hostname")
    return folder


def test_the_package_lists_what_it_holds_and_holds_what_it_lists(pages: Path, tmp_path: Path) -> None:
    assert make_package(pages, tmp_path / "1.zip", TITLE) == 2
    make_package(pages, tmp_path / "2.zip", TITLE)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as packed:
        names = packed.namelist()
        root = ElementTree.fromstring(packed.read("imsmanifest.xml"))
        assert names == ["imsmanifest.xml", "scorm-start.html", "scorm.js", "a b/ü.html", "index.html"]
        assert "&lt;the&gt;" in packed.read("scorm-start.html").decode()
    name = {"i": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
    resource = root.find("i:resources/i:resource", name)
    assert resource is not None
    assert (resource.get(f"{ADLCP}scormtype"), resource.get("href")) == ("sco", "scorm-start.html")
    assert [file.get("href") for file in resource] == ["a%20b/%C3%BC.html", "index.html", "scorm-start.html", "scorm.js"]
    assert root.findtext("i:organizations/i:organization/i:item/i:title", namespaces=name) == TITLE
    assert root.findtext("i:metadata/i:schemaversion", namespaces=name) == "1.2"


def test_what_cannot_be_packed_is_said(pages: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"there is no first\.html in this folder"):
        make_package(pages, tmp_path / "1.zip", TITLE, "first.html")
    with pytest.raises(CourseError, match="the package would lie in the folder that it packs"):
        make_package(pages, pages / "1.zip", TITLE)
    (pages / "scorm.js").write_text("")
    with pytest.raises(CourseError, match=r"scorm\.js is in this folder"):
        make_package(pages, tmp_path / "1.zip", TITLE)
    assert not (tmp_path / "1.zip").exists()


def test_what_was_packed_is_said_and_that_it_is_no_grade(pages: Path, tmp_path: Path) -> None:
    said = made_package(pages, tmp_path / "book.zip")
    assert "a SCORM 1.2 package of 2 files" in said
    assert "it is no grade" in said
    assert (tmp_path / "book.zip").is_file()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing to say."""


@pytest.fixture
def school(pages: Path, tmp_path: Path) -> Iterator[Page]:
    """A page of a school's system around the package, with a public runtime of SCORM 1.2 as its API."""
    served = tmp_path / "school"
    make_package(pages, tmp_path / "p.zip", TITLE)
    zipfile.ZipFile(tmp_path / "p.zip").extractall(served / "package")
    (served / "runtime.js").write_bytes(Path(RUNTIME or "").read_bytes())
    runtime = '<script src="runtime.js"></script><script>window.API = new Scorm12API({autocommit: false});</script>'
    (served / "index.html").write_text(f'<!DOCTYPE html>{runtime}<iframe id="sco" src="package/scorm-start.html"></iframe>')
    (served / "alone.html").write_text('<!DOCTYPE html><iframe id="sco" src="package/scorm-start.html"></iframe>')
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        yield page
        browser.close()
    server.shutdown()


def heard(page: Page) -> dict[str, str]:
    """What the system knows of the learner."""
    wanted = ["lesson_status", "score.raw", "score.max"]
    return {name: str(page.evaluate("(name) => API.getCMIValue(name)", f"cmi.core.{name}")) for name in wanted}


@pytest.mark.skipif(
    not (RUNTIME and chromium()), reason="SCORM_RUNTIME names no scorm12.min.js of scorm-again (npm), or there is no Chromium"
)
def test_a_public_runtime_hears_that_it_was_opened_how_far_one_is_and_that_it_is_finished(school: Page) -> None:
    inner = school.frame_locator("#sco").frame_locator("iframe")
    inner.get_by_role("heading", name="First").wait_for()
    assert heard(school)["lesson_status"] == "incomplete"
    inner.get_by_role("link", name="on").click()
    second = inner.get_by_role("heading", name="Second")
    second.wait_for()
    tell = school.frames[-1].evaluate
    tell(TELL, {"practice": 61.6, "finished": False})
    school.wait_for_function("API.getCMIValue('cmi.core.score.raw') == '62'")
    assert heard(school)["lesson_status"] == "incomplete"
    for nonsense in ({"practice": 101}, {"practice": "99"}, {"finished": "yes"}, "words", None):
        tell(TELL, nonsense)
    tell(TELL, {"practice": 64, "finished": True})
    school.wait_for_function("API.getCMIValue('cmi.core.lesson_status') == 'completed'")
    assert heard(school)["score.raw"] == "64"
    school.evaluate("document.getElementById('sco').src = 'about:blank'")
    school.wait_for_function("API.isTerminated()")
    known = heard(school)
    assert (known["lesson_status"], known["score.raw"], known["score.max"]) == ("completed", "64", "100")
    assert not school.evaluate("API.lmsGetLastError() * 1")


@pytest.mark.skipif(
    not (RUNTIME and chromium()), reason="SCORM_RUNTIME names no scorm12.min.js of scorm-again (npm), or there is no Chromium"
)
def test_outside_a_schools_system_the_pages_are_there_all_the_same(school: Page) -> None:
    faults: list[str] = []
    school.on("pageerror", lambda error: faults.append(str(error)))
    school.goto(school.url.replace("index.html", "alone.html"))
    school.frame_locator("#sco").frame_locator("iframe").get_by_role("heading", name="First").wait_for()
    school.frames[-1].evaluate(TELL, {"practice": 5, "finished": True})
    assert faults == []
