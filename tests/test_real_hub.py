"""A real JupyterHub with the values for Kubernetes: logging in from a school's system (LTI 1.3), and what a learner's own token may do.

JupyterHub is no dependency of the course. Name a Python that has it, with jupyterhub-ltiauthenticator, and its proxy:
HUB_PYTHON=/path/to/python CONFIGURABLE_HTTP_PROXY=/path/to/configurable-http-proxy python3 course.py test
"""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from test_hub import paper

from dateline.folders import course_folder

PYTHON, PROXY = os.environ.get("HUB_PYTHON"), os.environ.get("CONFIGURABLE_HTTP_PROXY")
pytestmark = pytest.mark.skipif(not (PYTHON and PROXY), reason="HUB_PYTHON and CONFIGURABLE_HTTP_PROXY name no Python with JupyterHub")
ISSUER, CLIENT = "https://school.example", "client-1"
LOOKS = "l" * 32
CONFIG = """
import json, os, yaml
from pathlib import Path
c = get_config()
own = json.loads(os.environ["TRIED"])
for name in ("values.yaml", "lti.yaml"):
    hub = yaml.safe_load((Path(own["values"]) / name).read_text())["hub"]
    for section, settings in hub.get("config", {}).items():
        c[section].update(settings)
    for code in hub.get("extraConfig", {}).values():
        exec(code.replace("c.KubeSpawner", "c.Spawner"))
    if "loadRoles" in hub:
        c.JupyterHub.load_roles = [{"name": name, **role} for name, role in hub["loadRoles"].items()]
c.LTI13Authenticator.update(own["lti"])
port = own["ports"]
c.JupyterHub.services = [
    {"name": "handin", "url": f"http://127.0.0.1:{port['handin']}", "command": [own["python"], "-m", "dateline.hub"],
     "environment": {"DATELINE_INBOX": own["inbox"], "PYTHONPATH": own["course"]}},
    {"name": "teacher", "api_token": "t" * 32},
    {"name": "looks", "api_token": "l" * 32},
]
c.JupyterHub.load_roles.append({"name": "looks", "scopes": ["list:users", "read:users", "admin:auth_state"], "services": ["looks"]})
c.JupyterHub.spawner_class = "simple"
c.Spawner.cmd = [own["python"], own["server"]]
c.JupyterHub.bind_url = f"http://127.0.0.1:{port['public']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port['hub']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port['proxy']}"
c.ConfigurableHTTPProxy.command = [own["proxy"]]
"""


class Hub:
    """A hub on loopback and a school's system beside it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def api(self, path: str, token: str) -> Any:
        """What the hub's own interface says."""
        asked = urllib.request.Request(f"{self.address}/hub/api/{path}", headers={"Authorization": f"token {token}"})
        return json.loads(urllib.request.urlopen(asked, timeout=20).read())


class Person:
    """Somebody with a browser of their own, who knows forms and cookies."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def launch(self, hint: str) -> tuple[str, bytes]:
        """Begin to log in as the school's system does; returns where its form goes, and what is in it."""
        asked = {"iss": ISSUER, "login_hint": hint, "target_link_uri": f"{self.hub.address}/hub/home", "client_id": CLIENT}
        page = self.open(f"{self.hub.address}/hub/lti13/oauth_login?{urllib.parse.urlencode(asked)}", timeout=30).read().decode()
        action = re.search('action="([^"]+)"', page)
        assert action
        fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page)}
        return unescape(action[1]), urllib.parse.urlencode(fields).encode()

    def post(self, where: str, fields: bytes) -> int:
        """Send a form; returns the status in the end."""
        try:
            return int(self.open(where, fields, timeout=30).status)
        except urllib.error.HTTPError as error:
            return error.code


def ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    found = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return found


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    place = tmp_path_factory.mktemp("hub")
    here = Path(__file__).parent
    public, inner, proxy, handin, platform = ports(5)
    own = {
        "values": str(course_folder() / "deploy" / "kubernetes"),
        "course": str(course_folder()),
        "python": PYTHON,
        "proxy": PROXY,
        "server": str(here / "one_server.py"),
        "inbox": str(place / "inbox.sqlite"),
        "ports": {"public": public, "hub": inner, "proxy": proxy, "handin": handin},
        "lti": {
            "issuer": ISSUER,
            "client_id": [CLIENT],
            "authorize_url": f"http://127.0.0.1:{platform}/auth",
            "jwks_endpoint": f"http://127.0.0.1:{platform}/keys",
            "uri_scheme": "http",
        },
    }
    (place / "config.py").write_text(CONFIG)
    variables = {**os.environ, "TRIED": json.dumps(own), "JUPYTERHUB_CRYPT_KEY": "0" * 64}
    school = subprocess.Popen([str(PYTHON), str(here / "lti_platform.py"), str(platform), ISSUER, CLIENT])
    with (place / "log").open("w") as log:
        words = [str(PYTHON), "-m", "jupyterhub", "-f", "config.py"]
        running = subprocess.Popen(words, cwd=place, env=variables, stdout=log, stderr=log, start_new_session=True)
    try:
        for path in ("hub/health", "services/handin/health"):
            wait_for(f"http://127.0.0.1:{public}/{path}", running, place / "log")
        wait_for(f"http://127.0.0.1:{platform}/keys", school, place / "log")
        yield Hub(f"http://127.0.0.1:{public}")
    finally:
        school.terminate()
        school.wait(10)
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(60)
        shutil.rmtree(place)


def wait_for(address: str, program: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            assert program.poll() is None, log.read_text()[-3000:]
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}\n{log.read_text()[-3000:]}")


def test_a_launch_logs_in_under_the_systems_own_number_and_keeps_what_grades_would_need(hub: Hub) -> None:
    anna = Person(hub)
    assert anna.post(*anna.launch("4711")) == 200
    state = hub.api("users/4711", LOOKS)["auth_state"]
    assert state["sub"] == "4711"
    assert state["https://purl.imsglobal.org/spec/lti/claim/deployment_id"] == "deployment-7"
    assert state["https://purl.imsglobal.org/spec/lti/claim/context"]["id"] == "course-5"
    assert state["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]["lineitem"] == f"{ISSUER}/lineitems/9"


@pytest.mark.parametrize(
    ("wrong", "status"), [("audience", 401), ("issuer", 400), ("key", 400), ("nonce", 400), ("old", 400), ("unsigned", 400)]
)
def test_a_launch_that_is_not_for_us_lets_nobody_in(hub: Hub, wrong: str, status: int) -> None:
    mallory = Person(hub)
    assert mallory.post(*mallory.launch(f"wrong-{wrong}|{wrong}")) == status
    with pytest.raises(urllib.error.HTTPError) as refused:
        hub.api(f"users/wrong-{wrong}", LOOKS)
    assert refused.value.code == 404


def test_a_launch_counts_once_and_in_one_browser_alone(hub: Hub) -> None:
    anna, thief = Person(hub), Person(hub)
    where, fields = anna.launch("4712")
    assert thief.post(where, fields) == 400
    thief.launch("4799")
    assert thief.post(where, fields) == 400
    assert anna.post(where, fields) == 200
    assert anna.post(where, fields) == 400


def test_two_people_whose_numbers_differ_in_large_letters_alone_are_two(hub: Hub) -> None:
    for who in ("aBc", "abc", "Abc"):
        person = Person(hub)
        assert person.post(*person.launch(who)) == 200
    every = [hub.api(f"users/{one['name']}", LOOKS) for one in hub.api("users", LOOKS)]
    names = {one["auth_state"]["sub"]: one["name"] for one in every}
    assert names["abc"] == "abc"
    assert len({names[who] for who in ("aBc", "abc", "Abc")}) == 3
    assert all(names[who].startswith("x-") for who in ("aBc", "Abc"))


def test_the_token_of_a_learners_own_server_hands_in_and_does_nothing_else(hub: Hub) -> None:
    tokens = {}
    for who in ("5001", "5002"):
        person = Person(hub)
        assert person.post(*person.launch(who)) == 200
        person.open(f"{hub.address}/hub/spawn", timeout=60).read()
        for _ in range(100):
            try:
                tokens[who] = json.loads(person.open(f"{hub.address}/user/{who}/given", timeout=20).read())["JUPYTERHUB_API_TOKEN"]
                break
            except (urllib.error.HTTPError, ValueError):
                time.sleep(0.2)

    def ask(path: str, token: str, raw: bytes | None = None) -> tuple[int, bytes]:
        asked = urllib.request.Request(f"{hub.address}/{path}", data=raw, headers={"Authorization": f"token {token}"})
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    status, said = ask("services/handin/api/submissions", tokens["5001"], paper())
    assert (status, json.loads(said)["learner"]) == (201, "5001")
    assert ask("services/handin/api/submissions", tokens["5002"])[1] == b"[]"
    assert ask(f"services/handin/api/submissions/{json.loads(said)['receipt']}", tokens["5002"])[0] == 404
    assert ask("services/handin/api/collect", tokens["5001"])[0] == 403
    assert ask("services/handin/api/collect", LOOKS)[0] == 403
    status, raw = ask("services/handin/api/collect", "t" * 32)
    assert status == 200
    assert [json.loads(line).get("learner") for line in raw.splitlines()] == [None, "5001", None]
    assert ask("hub/api/users", tokens["5001"])[0] == 403
    assert ask("hub/api/users/5002/tokens", tokens["5001"])[0] in (403, 404)
    assert ask("services/handin/api/submissions", "nobody")[0] == 401
