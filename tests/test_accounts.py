"""A server with real accounts: what one can read of another's answers, of the class's results, of the keys, of what was handed in.

It needs root and `useradd`, makes two accounts for as long as it lasts, and takes them away again.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_hub import PEOPLE, hub

from dateline.folders import course_folder, open_to_others

POSSIBLE = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("useradd") and shutil.which("userdel")
pytestmark = pytest.mark.skipif(not POSSIBLE, reason="real accounts need Linux, root, useradd and userdel")
LEFT = shutil.ignore_patterns(".*", "__pycache__", "answers", "benchmarks", "docs", "mutants", "node_modules", "tests")
ANSWER = """
from dateline.answers.store import all_answers, save_answer
from dateline.answers.document import encode
from dateline.hub import receipts
save_answer("1", "voices-p4", value={"p4.s2": "leader"}, first={"p4.s2": "leader"})
print(receipts.post(encode(all_answers())))
"""


class Server:
    """A server on which one learner has answered, handed in, and was graded."""

    def __init__(self, place: Path, python: list[str], library: str) -> None:
        self.place, self.python, self.library = place, python, library
        self.anna, self.mallory = (f"dl-{name}-{secrets.token_hex(3)}" for name in ("anna", "mallory"))

    def home(self, name: str) -> Path:
        """The home of an account."""
        return self.place / "home" / name

    def run(self, *words: str, name: str = "root", **variables: str) -> str:
        """Run the course's Python as an account with the umask that systems have, and return what it says."""
        own = {"PATH": os.environ["PATH"], "PYTHONPATH": self.library, "HOME": str(self.home(name)), **variables}
        every, as_whom = [*self.python, *words], None if name == "root" else name
        others: list[str] = []
        done = subprocess.run(
            every, env=own, cwd=self.place, umask=0o022, capture_output=True, text=True, user=as_whom, group=as_whom, extra_groups=others
        )
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    def readable(self, name: str) -> list[str]:
        """Every file below the server's folder, but for the library, that an account can read."""
        words = ["find", str(self.place), "-path", str(self.place / "lib"), "-prune", "-o", "-type", "f", "-readable", "-print"]
        done = subprocess.run(words, user=name, group=name, extra_groups=[], capture_output=True, text=True, check=False)
        return sorted(str(Path(line).relative_to(self.place)) for line in done.stdout.splitlines())


def python_for_all() -> tuple[list[str], str]:
    """A Python that every account can start, with what the course needs of packages; skips where there is none."""
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    for python in (sys.executable, f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"):
        words = [python, "-c", "import filelock, msgspec, typer"]
        try:
            done = subprocess.run(
                words, user=65534, group=65534, extra_groups=[], env={"PYTHONPATH": packages}, capture_output=True, check=False
            )
        except OSError:
            continue
        if done.returncode == 0:
            return [python], packages
    pytest.skip("no other account can start a Python with the course's packages")


@pytest.fixture(scope="module")
def server(shared_place: Path) -> Iterator[Server]:
    """The whole way of deploy/README.md, less the hub's own pages: accounts, handout, answers, hand in, collect, grade."""
    python, packages = python_for_all()
    lib, course = shared_place / "lib", shared_place / "course"
    shutil.copytree(course_folder() / "dateline", lib / "dateline", ignore=shutil.ignore_patterns("__pycache__"))
    found = Server(shared_place, python, f"{lib}:{packages}")
    shutil.copytree(course_folder(), course, ignore=LEFT)
    course.chmod(0o700)
    (shared_place / "home").mkdir()
    (shared_place / "state").mkdir(mode=0o700)
    PEOPLE["real-token"] = {**PEOPLE["anna-token"], "name": found.anna}
    try:
        for name in (found.anna, found.mallory):
            subprocess.run(["useradd", "--create-home", "--home-dir", str(found.home(name)), "--user-group", name], check=True)
            found.home(name).chmod(0o700)
        with hub() as port:
            lived(found, port)
            yield found
    finally:
        del PEOPLE["real-token"]
        for name in (found.anna, found.mallory):
            subprocess.run(["userdel", name], check=False, capture_output=True)


def lived(server: Server, port: int) -> None:
    """One learner's way through the course, and the teacher's."""
    place, home = server.place, server.home(server.anna)
    of_course = {"DATELINE_COURSE": str(place / "course")}
    server.run("-m", "dateline", "handout", str(place / "course" / "out"), "--lessons", "1.1", **of_course)
    with (place / "course" / "out.zip").open("rb") as packed:
        words = [*server.python, "-m", "dateline.hub.pull", "-", str(home / "course")]
        own = {"PATH": os.environ["PATH"], "PYTHONPATH": server.library}
        subprocess.run(words, stdin=packed, user=server.anna, group=server.anna, extra_groups=[], env=own, cwd="/", check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    told = {"JUPYTERHUB_API_URL": f"http://127.0.0.1:{port}/hub/api", "JUPYTERHUB_SERVICE_URL": address}
    told |= {"DATELINE_INBOX": str(place / "state" / "inbox.sqlite"), "PYTHONPATH": server.library}
    service = subprocess.Popen([*server.python, "-m", "dateline.hub"], env=told, umask=0o022, cwd="/")
    try:
        wait_for(f"{address}/services/handin/health")
        answering = {"DATELINE_COURSE": str(home / "course"), "DATELINE_ANSWERS": str(home / "answers")}
        sending = {"DATELINE_HANDIN": f"{address}/services/handin", "JUPYTERHUB_API_TOKEN": "real-token"}
        assert server.run("-c", ANSWER, name=server.anna, **answering, **sending).endswith("receipt 1\n")
        graded = ("grade", "--from-hub", f"{address}/services/handin", "--out", str(place / "graded"))
        server.run("-m", "dateline", *graded, **of_course, DATELINE_COLLECT_TOKEN="grader-token")
        mode = {path.name: path.stat().st_mode & 0o777 for path in (place / "state").iterdir()}
        assert mode.keys() == {"inbox.sqlite", "inbox.sqlite-wal", "inbox.sqlite-shm"}
        assert set(mode.values()) == {0o600}
    finally:
        service.terminate()
        service.wait(20)
    server.run(str(place / "course" / "deploy" / "collect.py"), str(place / "collected"), server.anna)
    server.run("-m", "dateline", "grade", str(place / "collected"), "--out", str(place / "graded-by-hand"), **of_course)


def wait_for(address: str) -> None:
    """Until something answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nothing answers at {address}")


def test_the_class_was_graded_both_ways(server: Server) -> None:
    for folder in ("graded", "graded-by-hand"):
        assert server.anna in (server.place / folder / "gradebook.csv").read_text(encoding="utf-8-sig")


def test_another_account_can_read_nothing_of_it(server: Server) -> None:
    assert server.readable(server.mallory) == sorted(
        str(path.relative_to(server.place)) for path in server.home(server.mallory).rglob("*") if path.is_file()
    )


def test_a_learner_can_read_their_own_home_and_nothing_else(server: Server) -> None:
    own = server.readable(server.anna)
    assert f"home/{server.anna}/answers/module-1.json" in own
    assert f"home/{server.anna}/answers/handed-in.json" in own
    assert [path for path in own if not path.startswith(f"home/{server.anna}/")] == []
    assert [path for path in own if "/solutions/" in path] == []


@pytest.mark.parametrize(
    ("mode", "group", "is_open"), [(0o750, "own", False), (0o750, "shared", True), (0o700, "shared", False), (0o755, "own", True)]
)
def test_a_group_of_ones_own_is_nobody_else(server: Server, mode: int, group: str, is_open: bool) -> None:
    folder = server.place / "group"
    folder.mkdir(exist_ok=True)
    shutil.chown(folder, server.anna, server.anna if group == "own" else server.mallory)
    folder.chmod(mode)
    assert open_to_others(folder) is is_open
    folder.rmdir()


@pytest.mark.parametrize(("folder", "seen"), [("course", "course/solutions/"), ("graded", ""), ("state", ""), ("collected", "")])
def test_the_search_would_see_what_is_open(server: Server, folder: str, seen: str) -> None:
    place = server.place / folder
    before = place.stat().st_mode
    place.chmod(0o755)
    found = [path for path in server.readable(server.mallory) if path.startswith(f"{folder}/")]
    place.chmod(before)
    if seen:
        assert any(path.startswith(seen) for path in found)
    else:  # each file is private by itself too
        assert found == []
