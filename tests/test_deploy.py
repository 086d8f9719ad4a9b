"""The hub's configuration as JupyterHub reads it: what it allows, what it refuses to start with, what it does before a server starts."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.folders import course_folder

READ = """
import asyncio, json, os, runpy, sys
sys.prefix = os.getcwd()  # what is laid into an environment goes here
from traitlets.config import Config

c = Config()
found = runpy.run_path(sys.argv[1], init_globals={"get_config": lambda: c})
before = os.umask(0)


class User:
    name = sys.argv[2]


class Log:
    said = []

    def warning(self, words, *rest):
        self.said.append(words % rest)

    error = warning


class Spawner:
    home_dir, user, log, environment = sys.argv[3], User, Log(), {}


try:
    asyncio.run(found["before_start"](Spawner))
    shown = ""
except Exception as error:
    shown = getattr(error, "jupyterhub_message", repr(error))
print(json.dumps({
    "config": json.loads(json.dumps(c, default=lambda one: sorted(one) if isinstance(one, set) else f"{one}")),
    "umask": before, "shown": shown, "said": Log.said, "environment": Spawner.environment,
}))
"""
Read = Callable[..., Any]


@pytest.fixture
def read(shared_place: Path, tmp_path: Path) -> Read:
    """Read the configuration of a teacher's copy in a folder that others can reach, with what is set; what it says, or why it ends."""

    def reading(trial: bool = True, name: str = "anna", **variables: str) -> Any:
        words = [sys.executable, "-c", READ, str(copy / "deploy" / "jupyterhub_config.py"), name, str(tmp_path / "home" / name)]
        state, packed = tmp_path / "state", tmp_path / "handout.zip"
        own = {"DATELINE_STATE": str(state), "DATELINE_HANDOUT": str(packed), "PYTHONPATH": str(course_folder()), "PATH": "/usr/bin:/bin"}
        own |= {"DATELINE_TRIAL": "1", "DATELINE_PASSWORD": "a password"} if trial else {}
        done = subprocess.run(words, env=own | variables, capture_output=True, text=True, check=False, cwd=tmp_path)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]

    copy = shared_place / tmp_path.name
    shutil.copytree(course_folder() / "deploy", copy / "deploy")
    (copy / "solutions").mkdir()
    copy.chmod(0o700)
    with zipfile.ZipFile(tmp_path / "handout.zip", "w") as packed:
        packed.writestr("course/notebooks/a.txt", "1")
    return reading


def test_what_a_class_on_one_server_gets(read: Read) -> None:
    found = read(trial=False)
    config = found["config"]
    assert found["umask"] == 0o077
    assert config["JupyterHub"]["authenticator_class"] == "pam"
    assert "allow_all" not in config["Authenticator"]
    assert config["PAMAuthenticator"]["allowed_groups"] == ["learners"]
    assert config["Authenticator"]["admin_users"] == []
    assert config["JupyterHub"]["spawner_class"] == "systemd"
    assert config["Spawner"]["mem_limit"] == "1G"
    assert config["SystemdSpawner"] == {
        "isolate_tmp": True,
        "isolate_devices": True,
        "disable_user_sudo": True,
        "unit_extra_properties": {"UMask": "0077"},
    }
    assert config["Spawner"]["server_token_scopes"] == [
        "users:activity!user",
        "access:servers!server",
        "access:services!service=handin",
    ]
    roles = {role["name"]: role for role in config["JupyterHub"]["load_roles"]}
    assert roles["user"]["scopes"] == ["self", "access:services!service=handin"]
    assert roles["collector"] == {
        "name": "collector",
        "scopes": ["access:services!service=handin", "custom:handin:collect"],
        "services": ["teacher"],
    }


def test_who_looks_after_the_hub_is_named_to_the_class(read: Read) -> None:
    config = read(DATELINE_ADMINS="ida, jon")["config"]
    assert config["Authenticator"]["admin_users"] == ["ida", "jon"]
    assert config["JupyterHub"]["template_vars"]["announcement_login"].startswith("ida, jon look after this server and can open anybody")


def test_a_learner_gets_the_handout_and_the_way_to_hand_in(read: Read, tmp_path: Path) -> None:
    found = read()
    home = tmp_path / "home" / "anna"
    assert (tmp_path / "share/jupyter/lab/settings/overrides.json").stat().st_mode & 0o777 == 0o644, "all learners read the settings"
    assert (found["shown"], found["said"]) == ("", [])
    assert (home / "course" / "notebooks" / "a.txt").read_text() == "1"
    assert found["environment"]["DATELINE_ANSWERS"] == str(home / "answers")
    assert found["environment"]["DATELINE_HANDIN"] == "http://127.0.0.1:8944/services/handin"


def test_a_pull_that_fails_keeps_no_learner_out(read: Read, tmp_path: Path) -> None:
    home = tmp_path / "home" / "anna"
    home.mkdir(parents=True)
    (home / "course").write_text("a file where the course's folder goes")
    found = read()
    assert found["shown"] == ""
    assert found["environment"]["DATELINE_COURSE"] == str(home / "course")
    assert len(found["said"]) == 1
    assert found["said"][0].startswith("The handout for anna: ")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("state", "Other accounts can read {state}, where the answers of all will lie. Say chmod 700 {state}, then start again."),
        ("copy", "Other accounts can read the keys in {copy}/solutions. Say chmod 700 {copy}, then start again."),
        ("keys", "{handout} holds keys. Make the learners' copy with course.py handout, then start again."),
        ("handout", "{handout} cannot be read (File is not a zip file). Make it with course.py handout, then start again."),
    ],
)
def test_what_is_open_or_missing_keeps_the_hub_from_starting(read: Read, shared_place: Path, tmp_path: Path, spoil: str, said: str) -> None:
    state, handout, copy = shared_place / "open", tmp_path / "handout.zip", shared_place / tmp_path.name
    variables = {"DATELINE_STATE": str(state)} if spoil == "state" else {}
    state.mkdir(exist_ok=True)
    if spoil == "copy":
        copy.chmod(0o755)
    if spoil == "keys":
        with zipfile.ZipFile(handout, "a") as packed:
            packed.writestr("course/solutions/11.toml", "")
    if spoil == "handout":
        handout.write_bytes(b"no zip")
    told = read(trial=False, **variables)
    assert told == "The hub is not started. " + said.format(state=state, handout=handout, copy=copy)


@pytest.mark.parametrize(("mode", "starts"), [(0o700, True), (0o755, False), (0o711, False)])
def test_a_learner_whose_home_others_can_read_is_told_so(shared_place: Path, read: Read, mode: int, starts: bool, tmp_path: Path) -> None:
    home = shared_place / f"home-{mode}"
    home.mkdir()
    home.chmod(mode)
    fake = tmp_path / "sitecustomize.py"  # an account whose home this is
    fake.write_text(f"import os, pwd\npwd.getpwnam = lambda name: pwd.struct_passwd((name, 'x', {2}, {2}, '', {str(home)!r}, '/bin/sh'))\n")
    found = read(trial=False, PYTHONPATH=f"{tmp_path}:{course_folder()}")
    assert bool(found["environment"]) is starts
    words = "Others could read your answers here. Ask whoever looks after this server to make your home private."
    assert found["shown"] == ("" if starts else words)
