"""Handing in to a hub: who may post as whom, sizes, versions, receipts, the teacher's list, and the button of the course."""

import datetime
import json
import sqlite3
import stat
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from classes import as_zip
from fake_hub import Service, running

from dateline.answers import attempts
from dateline.answers.document import moment
from dateline.cards.acts import answers_file
from dateline.classroom.errands import Order, run_grade
from dateline.classroom.from_hub import read_hub
from dateline.faults import CourseError
from dateline.folders import course_folder, open_to_others
from dateline.hub import inbox as inbox_rules
from dateline.hub.collected import fetch, first_line, last_line, line
from dateline.hub.inbox import Inbox, RefusedError
from dateline.hub.pull import pull


def paper(choice: str = "leader", saved: str = "2026-11-20T20:03:00.000Z", **more: Any) -> bytes:
    answers = {"voices-p4": {"value": {"p4.s2": choice}, "saved": saved, "first": {"p4.s2": choice}}}
    return json.dumps({"schema": 3, "modules": {"1": answers}, **more}, indent=1).encode()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running(tmp_path / "inbox.sqlite") as found:
        yield found


# ---- who may do what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "post", "own", "collect"),
    [
        ("anna-token", 201, 200, 403),
        ("admin-token", 201, 200, 403),  # an admin hands in as anybody does, and reads what all did only with the scope for it
        ("kernel-token", 403, 403, 403),  # what JupyterHub gives a server of its own accord
        ("grader-token", 403, 403, 200),
        ("culler-token", 403, 403, 403),
        ("somebody-token", 401, 401, 401),
        ("", 401, 401, 401),
    ],
)
def test_who_may_hand_in_see_receipts_and_collect(service: Service, token: str, post: int, own: int, collect: int) -> None:
    assert service.ask("POST", "api/submissions", token, paper())[0] == post
    assert service.ask("GET", "api/submissions", token)[0] == own
    assert service.ask("GET", "api/collect", token)[0] == collect


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "jupyterhub-services=anna-token; token=anna-token"},
        {"Authorization": "Basic anna-token"},
        {"Authorization": "anna-token"},
        {"Authorization": "token "},
        {"X-Token": "anna-token"},
    ],
)
def test_nothing_but_a_token_in_its_header_says_who_somebody_is(service: Service, headers: dict[str, str]) -> None:
    assert service.ask("POST", "api/submissions?token=anna-token", "", paper(), headers)[0] == 401


def test_no_page_of_another_site_is_let_in(service: Service) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    status, _, headers = service.ask("OPTIONS", "api/submissions", "", b"", asked)
    assert status == 405
    assert not [name for name in headers if name.lower().startswith(("access-control", "set-cookie"))]


def test_a_file_that_says_it_is_somebody_else_is_the_accounts_all_the_same(service: Service) -> None:
    status, said, _ = service.ask("POST", "api/submissions", "ben-token", paper(learner="anna"))
    assert status == 400, "the document of the course holds no name"
    status, said, _ = service.ask("POST", "api/submissions?learner=anna", "ben-token", paper(), {"X-Learner": "anna"})
    assert (status, said["learner"]) == (201, "ben")
    assert service.ask("GET", "api/submissions", "anna-token")[1] == []
    assert service.ask("GET", f"api/submissions/{said['receipt']}", "anna-token")[0] == 404
    assert service.ask("GET", f"api/submissions/{said['receipt']}", "ben-token")[0] == 200


def test_a_hub_that_does_not_answer_is_said_and_nothing_is_taken(tmp_path: Path) -> None:
    with running(tmp_path / "inbox.sqlite", hub_is_there=False) as service:
        status, said, _ = service.ask("POST", "api/submissions", "anna-token", paper())
        assert (status, said["message"]) == (503, "The hub cannot be asked who you are just now. Try again in a minute.")
        assert service.ask("GET", "health")[:2] == (200, {"ok": True})


# ---- what is taken ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "It is not a file of answers of this course."),
        (b"[1]", "It is not a file of answers of this course."),
        (b"{", "It is not a file of answers of this course: "),
        (b'{"a": 1}', "It is not a file of answers of this course: "),
        (b'{"schema": 99, "modules": {}}', "It is not a file of answers of this course: its schema is 99"),
        (b'{"schema": 3, "modules": {}}', "There are no answers in it."),
        (b'{"schema": 3, "modules": {"1": {}}}', "There are no answers in it."),
        ("\ufeff".encode() + paper(), "It is not a file of answers of this course."),
        (paper().decode().encode("utf-16"), "It is not a file of answers of this course."),
        (b'{"schema": 3, "modules": {"1": ' + b"[" * 20_000 + b"}}", "It is not a file of answers of this course: "),
        (b'{"schema": 3, "modules": {"1": {"a": {"value": "\xff"}}}}', "It is not a file of answers of this course: "),
    ],
)
def test_what_is_no_file_of_answers_is_refused_in_words(service: Service, raw: bytes, said: str) -> None:
    status, told, _ = service.ask("POST", "api/submissions", "anna-token", raw)
    assert status == 400
    assert told["message"].startswith(said)
    assert service.ask("GET", "api/submissions", "anna-token")[1] == []


@pytest.mark.parametrize(("size", "status"), [(4_000_000, 201), (4_000_001, 413), (20_000_000, 413)])
def test_how_large_a_file_may_be(service: Service, size: int, status: int) -> None:
    raw = paper()
    got, said, _ = service.ask("POST", "api/submissions", "anna-token", raw + b" " * (size - len(raw)))
    assert got == status
    assert status == 201 or said["message"] == "It is larger than 4 MB, and a file of answers never is."


def test_the_same_again_has_the_same_receipt_and_every_version_is_kept(service: Service) -> None:
    first, second = paper("leader"), paper("outlet", "2026-11-20T20:04:00.000Z")
    statuses, receipts = zip(
        *[
            (status, said["receipt"])
            for raw in (first, first, second, second, first)
            for status, said, _ in [service.ask("POST", "api/submissions", "anna-token", raw)]
        ],
        strict=True,
    )
    assert statuses == (201, 200, 201, 200, 201)
    assert receipts == (1, 1, 2, 2, 3), "who goes back to an earlier version has handed that in last"
    own = service.ask("GET", "api/submissions", "anna-token")[1]
    assert [one["receipt"] for one in own] == [1, 2, 3]
    assert {one["learner"] for one in own} == {"anna"}
    assert service.ask("GET", "api/submissions/2", "anna-token")[1] == json.loads(second)


def test_when_something_came_is_the_services_clock(service: Service) -> None:
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=1)
    received = service.ask("POST", "api/submissions", "anna-token", paper(saved="2031-01-01T00:00:00Z"))[1]["received"]
    when = moment(received)
    assert when is not None
    assert before < when < datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=1)
    assert received.endswith("Z")


def test_what_has_a_receipt_is_there_after_a_new_start(tmp_path: Path) -> None:
    with running(tmp_path / "inbox.sqlite") as service:
        service.ask("POST", "api/submissions", "anna-token", paper())
    with running(tmp_path / "inbox.sqlite") as service:
        assert [one["receipt"] for one in service.ask("GET", "api/submissions", "anna-token")[1]] == [1]
        assert service.ask("POST", "api/submissions", "ben-token", paper())[1]["receipt"] == 2
    assert stat.S_IMODE((tmp_path / "inbox.sqlite").stat().st_mode) == 0o600


def test_nobody_fills_the_disk_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Inbox(tmp_path / "inbox.sqlite")
    monkeypatch.setattr(inbox_rules, "VERSIONS", 2)
    for second in (1, 2):
        box.take("anna", paper(saved=f"2026-11-20T20:03:0{second}Z"))
    with pytest.raises(RefusedError, match="no more room for you") as refused:
        box.take("anna", paper(saved="2026-11-20T20:03:03Z"))
    assert refused.value.status == 429
    assert box.take("anna", paper(saved="2026-11-20T20:03:02Z"))[1] is False, "what was taken keeps its receipt"
    assert box.take("ben", paper())[1]
    used = len(zlib.compress(paper()))
    monkeypatch.setattr(inbox_rules, "VERSIONS", 9)
    monkeypatch.setattr(inbox_rules, "ROOM", 2 * used)
    with pytest.raises(RefusedError):
        box.take("ben", b" " + paper() + b" " * 50)
        box.take("ben", paper())
    box.close()


def test_the_limits_are_those_that_the_notes_state() -> None:
    assert (inbox_rules.LARGEST, inbox_rules.VERSIONS, inbox_rules.ROOM) == (4_000_000, 1_000, 100_000_000)


# ---- the teacher's list ------------------------------------------------------------------------------------------------------


def test_the_list_holds_every_version_of_everybody_between_its_two_ends(service: Service) -> None:
    for token, choice, second in (("anna-token", "outlet", 1), ("ben-token", "leader", 2), ("anna-token", "leader", 3)):
        assert service.ask("POST", "api/submissions", token, paper(choice, f"2026-11-20T20:03:0{second}Z"))[0] == 201
    status, raw, headers = service.ask("GET", "api/collect", "grader-token")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "application/x-ndjson", "no-store")
    lines = [json.loads(line) for line in raw.splitlines()]
    assert lines[0] == {"handed_in": "dateline", "schema": 1}
    assert lines[-1] == {"end": 3}
    assert [(line["learner"], line["receipt"]) for line in lines[1:-1]] == [("anna", 1), ("ben", 2), ("anna", 3)]
    assert lines[3]["answers"] == json.loads(paper("leader", "2026-11-20T20:03:03Z"))


def test_a_class_is_graded_from_the_hub(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for token, choice, saved in (
        ("anna-token", "outlet", "2026-11-20T20:03:00Z"),
        ("ben-token", "outlet", "2026-11-20T20:03:00Z"),
        ("anna-token", "leader", "2026-11-20T20:04:00Z"),
    ):
        service.ask("POST", "api/submissions", token, paper(choice, saved))
    monkeypatch.setenv("DATELINE_COLLECT_TOKEN", "grader-token")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,email\ns1,Anna Berg,anna@school.example\ns2,Anna,x@school.example\ns3,Ben Lee,ben@school.example\n")
    fetch(service.address, tmp_path / "out" / "handed-in.ndjson")
    said = run_grade(Order(tmp_path / "out" / "handed-in.ndjson", tmp_path / "out", roster=roster, from_hub=True))
    assert said.startswith("2 learners handed something in, 2 graded, 1 of the roster handed nothing in.")
    table = (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8-sig")
    assert "by the hub's account" in table
    by_id = {line.split(",")[0]: line for line in table.splitlines()}
    assert "nothing was handed in" in by_id["s2"], "an account is no name: anna is not the learner called Anna"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[1:], "this is not the hub's list"),
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: [lines[0], lines[1], lines[-1]], "cut off"),
        (lambda lines: [lines[0], lines[1][:40]], "cut off"),
        (lambda lines: [b'{"handed_in":"dateline","schema":2}\n', *lines[1:]], "has the form 2"),
        (lambda lines: [paper()], "this is not the hub's list"),
        (lambda lines: [], "this is not the hub's list"),
    ],
)
def test_a_list_that_is_not_whole_is_no_list(service: Service, tmp_path: Path, change: Any, said: str) -> None:
    for token in ("anna-token", "ben-token"):
        service.ask("POST", "api/submissions", token, paper())
    lines = service.ask("GET", "api/collect", "grader-token")[1].splitlines(keepends=True)
    place = tmp_path / "list.ndjson"
    place.write_bytes(b"".join(lines))
    assert [one.source for one in read_hub(place)] == ["anna/receipt 1", "ben/receipt 2"]
    place.write_bytes(b"".join(change(lines)))
    with pytest.raises(CourseError, match=said):
        read_hub(place)


def test_the_newest_versions_are_read_where_somebody_handed_in_very_often(tmp_path: Path) -> None:
    box = Inbox(tmp_path / "inbox.sqlite")
    for number in range(203):
        box.take("anna", paper(saved=f"2026-11-20T20:{number // 60:02d}:{number % 60:02d}Z"))
    lines = [line(receipt, raw) for receipt, raw in box.everything()]
    place = tmp_path / "list.ndjson"
    place.write_bytes(first_line() + b"".join(lines) + last_line(len(lines)))
    found = read_hub(place)
    assert sorted(one.name.order for one in found) == list(range(4, 204))
    assert {one.note for one in found} == {"the first 3 of 203 versions are not read"}
    box.close()


@pytest.mark.parametrize(
    ("token", "said"),
    [("", "DATELINE_COLLECT_TOKEN is not set"), ("anna-token", "for the teacher alone"), ("no-token", "does not know this token")],
)
def test_fetching_without_the_right_leaves_what_was_fetched_before(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str, said: str
) -> None:
    place = tmp_path / "handed-in.ndjson"
    place.write_bytes(b"earlier")
    monkeypatch.setenv("DATELINE_COLLECT_TOKEN", token)
    with pytest.raises(CourseError, match=said):
        fetch(service.address, place)
    assert place.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.glob("*.part")] == []


# ---- the button of the course ---------------------------------------------------------------------------------------------------


@pytest.fixture
def on_the_hub(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("DATELINE_HANDIN", f"{service.address}/")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "anna-token")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # a token goes straight to the hub
    return service


def test_the_button_hands_in_and_shows_the_receipt(on_the_hub: Service, answers: Path) -> None:
    act = answers_file()
    attempts.save(attempts.open_exercise("exit-yard"), "agency")
    assert act.look()["button"] == "Hand in"
    assert act.look()["lines"][0].startswith("All your answers go to your teacher")
    state = act.press("mine")
    assert state["said"].startswith("Handed in 20")
    assert state["said"].endswith(", receipt 1.")
    assert state["file"] is None
    assert state["lines"][-1].startswith("Your answers are as you handed them in (20")
    assert state["lines"] == act.look()["lines"], "a card that follows the answers keeps what its button said"
    attempts.save(attempts.open_exercise("exit-yard"), "leader")
    assert act.look()["lines"][-1].endswith("receipt 1). Hand in again to send them as they are now.")
    assert act.press("mine")["said"].endswith("receipt 2.")
    assert act.press("mine")["said"].endswith("receipt 2.")
    kept = json.loads((answers / "handed-in.json").read_text())
    assert [one["receipt"] for one in kept] == [1, 2]
    assert stat.S_IMODE((answers / "handed-in.json").stat().st_mode) == 0o600
    with sqlite3.connect(on_the_hub.place) as table:
        assert table.execute("select learner, receipt from handed_in").fetchall() == [("anna", 1), ("anna", 2)]


@pytest.mark.parametrize(
    ("token", "address", "said"),
    [
        ("kernel-token", None, "Not handed in. This token may not be used for handing in."),
        ("wrong", None, "Not handed in. The hub does not know this token."),
        ("", None, "Not handed in. The token of your own server is needed here"),
        ("anna-token", "http://127.0.0.1:9", "Not handed in. The hand-in service cannot be reached."),
        ("anna-token", "nonsense", "Not handed in. The hand-in service cannot be reached."),
    ],
)
def test_where_the_service_does_not_take_it_the_file_is_there_with_the_reason(
    on_the_hub: Service, monkeypatch: pytest.MonkeyPatch, token: str, address: str | None, said: str
) -> None:
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", token)
    if address:
        monkeypatch.setenv("DATELINE_HANDIN", address)
    attempts.save(attempts.open_exercise("exit-yard"), "agency")
    state = answers_file().press("mine")
    assert state["said"].startswith(said)
    assert state["said"].endswith("Here is the file; give it to your teacher.")
    assert state["file"] is not None
    assert '"exit-yard"' in state["file"]["words"]


def test_a_receipt_that_cannot_be_read_is_none(on_the_hub: Service, answers: Path) -> None:
    attempts.save(attempts.open_exercise("exit-yard"), "agency")
    (answers / "handed-in.json").write_bytes(b"\xff{")
    act = answers_file()
    assert not [line for line in act.look()["lines"] if "receipt" in line]
    assert act.press("mine")["said"].endswith("receipt 1.")
    assert act.look()["lines"][-1].endswith(", receipt 1).")


# ---- each learner's copy of the course ---------------------------------------------------------------------------------------------------


def handout(place: Path, **files: bytes) -> Path:
    return as_zip(place, iter([(f"course/{name.replace('__', '/').replace('_', '.')}", raw) for name, raw in files.items()]))


def test_a_pull_brings_what_is_new_and_keeps_what_a_learner_changed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = as_zip(tmp_path / "1.zip", iter([("c/a.ipynb", b"1"), ("c/b.txt", b"1"), ("c/../../evil", b"x")]))
    assert pull(first, home) == {"new": 2}
    assert not (tmp_path / "evil").exists()
    (home / "a.ipynb").write_bytes(b"mine")
    assert pull(first, home) == {"same": 2}
    second = as_zip(tmp_path / "2.zip", iter([("c/a.ipynb", b"2"), ("c/b.txt", b"2"), ("c/new.txt", b"2")]))
    assert pull(second, home) == {"new": 1, "replaced": 1, "kept": 1}
    assert (home / "a.ipynb").read_bytes() == b"mine"
    assert (home / "a.new.ipynb").read_bytes() == b"2"
    assert (home / "b.txt").read_bytes() == b"2"
    (home / "a.new.ipynb").unlink()
    assert pull(second, home) == {"same": 3}
    assert not (home / "a.new.ipynb").exists(), "a new version is put beside once"


@pytest.mark.parametrize("note", [b"", b'{"a.txt": "12', b"[]", b'{"a.txt": 3}', b"\xff\xfe", b"[" * 20_000])
def test_a_note_that_was_cut_off_loses_nothing(tmp_path: Path, note: bytes) -> None:
    home = tmp_path / "home"
    pull(handout(tmp_path / "1.zip", a_txt=b"1", b_txt=b"1"), home)
    (home / "b.txt").write_bytes(b"mine")
    (home / ".pulled.json").write_bytes(note)
    assert pull(handout(tmp_path / "2.zip", a_txt=b"1", b_txt=b"2", c_txt=b"2"), home) == {"same": 1, "kept": 1, "new": 1}
    assert (home / "b.txt").read_bytes() == b"mine"
    assert set(json.loads((home / ".pulled.json").read_text())) == {"a.txt", "b.txt", "c.txt"}


def test_what_stands_in_the_way_is_put_beside(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "data").write_bytes(b"a file where a folder is")
    (home / "data.mine").write_bytes(b"here already")
    (home / "a.txt").mkdir()
    (home / "a.txt" / "kept").write_bytes(b"a folder where a file is")
    (home / ".pulled.json").mkdir()
    (home / "gone").symlink_to(home / "nowhere")
    packed = handout(tmp_path / "1.zip", data__b_txt=b"1", a_txt=b"1", gone__c_txt=b"1")
    assert pull(packed, home) == {"new": 3}
    assert pull(packed, home) == {"same": 3}
    assert (home / "data" / "b.txt").read_bytes() == (home / "a.txt").read_bytes() == (home / "gone" / "c.txt").read_bytes() == b"1"
    assert (home / "data.mine").read_bytes() == b"here already"
    assert (home / "data.mine1").read_bytes() == b"a file where a folder is"
    assert (home / "a.txt.mine" / "kept").read_bytes() == b"a folder where a file is"


def test_one_file_that_cannot_be_written_keeps_no_other_away(tmp_path: Path) -> None:
    packed = tmp_path / "1.zip"
    with zipfile.ZipFile(packed, "w") as stored:
        for name, raw in (("a.txt", b"whole"), ("b.txt", b"broken"), ("c.txt", b"whole")):
            stored.writestr(f"course/{name}", raw)
    packed.write_bytes(packed.read_bytes().replace(b"broken", b"BROKEN"))  # its check sum is wrong now
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-m", "dateline.hub.pull", "-", str(home)], stdin=packed.open("rb"), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 files came; 1 file could not be written\n", "")
    assert sorted(path.name for path in home.iterdir()) == [".pulled.json", "a.txt", "c.txt"]
    cut = tmp_path / "cut.zip"
    cut.write_bytes(packed.read_bytes()[:-30])
    done = subprocess.run([sys.executable, "-m", "dateline.hub.pull", str(cut), str(home)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"Nothing new came into {home}: File is not a zip file.\n")


# ---- private -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("around", "mode", "is_open"),
    [(0o755, 0o755, True), (0o755, 0o701, True), (0o755, 0o704, True), (0o755, 0o700, False), (0o700, 0o755, False), (0o711, 0o755, True)],
)
def test_what_others_can_look_into(shared_place: Path, around: int, mode: int, is_open: bool) -> None:
    folder = shared_place / f"around-{around}-{mode}" / "out"
    folder.mkdir(parents=True)
    folder.parent.chmod(around)
    folder.chmod(mode)
    assert open_to_others(folder) is is_open


def test_results_are_not_written_where_others_look_in(shared_place: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Anna Berg.json").write_bytes(paper())
    out = shared_place / tmp_path.name
    out.mkdir()
    with pytest.raises(CourseError, match=f"other accounts of this machine can read {out}. Say chmod 700 {out}, or choose another folder."):
        run_grade(Order(tmp_path / "in", out))
    assert list(out.iterdir()) == []
    out.chmod(0o700)
    assert run_grade(Order(tmp_path / "in", out)).startswith("1 learner handed something in, 1 graded.")


def test_what_the_command_writes_about_a_class_is_for_this_account_alone(shared_place: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Anna Berg.json").write_bytes(paper())
    out = shared_place / tmp_path.name
    words = [sys.executable, "-m", "dateline", "grade", str(tmp_path / "in"), "--out", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, umask=0o022, cwd=course_folder(), check=False)
    assert done.returncode == 0, done.stderr
    for path in (out, *out.rglob("*")):
        assert not path.stat().st_mode & 0o077, path
    both = subprocess.run([*words, "--from-hub", "list"], capture_output=True, text=True, cwd=course_folder(), check=False)
    assert (both.returncode, both.stderr) == (1, "Name what was handed in, as SUBMISSIONS or by --from-hub, and only one of the two.\n")
