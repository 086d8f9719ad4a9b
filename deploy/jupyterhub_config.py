"""JupyterHub for one server: a learner logs in, gets the course in a folder of their own, answers there, and hands in by one press.

What is set by the environment, so that this file need not be edited:

DATELINE_HANDOUT   the zip that `course.py handout` made (needed)
DATELINE_STATE     where the hub keeps its database, its secrets and what is handed in (default: /srv/jupyterhub)
DATELINE_GROUP     the system's group whose members may log in (default: learners)
DATELINE_ADMINS    accounts that look after the hub, with commas between them. They can open anybody's pages, and every learner is told so
                   on the page where one logs in. Without it there are none.
DATELINE_MEMORY    the most that one learner's server may use (default: 1G)
DATELINE_SPAWNER   systemd (the default: limits hold, each learner has a /tmp of their own) or local (where there is no systemd: no limits)
DATELINE_TRIAL     1: no system accounts. Anybody logs in with the password in DATELINE_PASSWORD, and all learners run under one account
                   of the system. For trying the course on one machine, never for a class: learners could read each other's answers.

Without DATELINE_TRIAL each learner is an account of this server (PAM), and their notebooks run under that account. Put the hub behind
a proxy that speaks HTTPS. README.md in this folder goes through all of it.
"""

import asyncio
import os
import pwd
import secrets
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

from dateline.folders import open_to_others
from dateline.jupyter import write_settings
from dateline.reading.install import lay

HERE = Path(__file__).resolve().parent
TRIAL = os.environ.get("DATELINE_TRIAL") == "1"
STATE = Path(os.environ.get("DATELINE_STATE", "/srv/jupyterhub"))
HANDOUT = Path(os.environ["DATELINE_HANDOUT"]).resolve()
ADMINS = [name for name in os.environ.get("DATELINE_ADMINS", "").replace(" ", "").split(",") if name]
SYSTEMD = not TRIAL and os.environ.get("DATELINE_SPAWNER", "systemd") == "systemd"
INBOX = os.environ.get("DATELINE_HANDIN_BIND", "http://127.0.0.1:8944")
PATIENCE = 60  # seconds for bringing the handout

os.umask(0o022)  # what is laid into the environment is for everybody
lay()
write_settings()  # no news from elsewhere, and every cell on the page so that a screen reader finds it
os.umask(0o077)  # from here on what is written is for the account that writes it; the hub, its services and local servers inherit this
c = get_config()  # noqa: F821 - JupyterHub gives it


# ---- what must not be open -------------------------------------------------------------------------------------------------
def refuse(what):
    """End before anybody can log in."""
    sys.exit(f"The hub is not started. {what}")


STATE.mkdir(parents=True, exist_ok=True)
if open_to_others(STATE):
    refuse(f"Other accounts can read {STATE}, where the answers of all will lie. Say chmod 700 {STATE}, then start again.")
if not TRIAL and (HERE.parent / "solutions").is_dir() and open_to_others(HERE.parent / "solutions"):
    refuse(f"Other accounts can read the keys in {HERE.parent / 'solutions'}. Say chmod 700 {HERE.parent}, then start again.")
try:
    with zipfile.ZipFile(HANDOUT) as packed:
        if any("/solutions/" in f"/{name}" for name in packed.namelist()):
            refuse(f"{HANDOUT} holds keys. Make the learners' copy with course.py handout, then start again.")
except (OSError, zipfile.BadZipFile) as error:
    refuse(f"{HANDOUT} cannot be read ({error}). Make it with course.py handout, then start again.")

# ---- who may come in -------------------------------------------------------------------------------------------------------
c.JupyterHub.authenticator_class = "dummy" if TRIAL else "pam"
if TRIAL:
    c.Authenticator.allow_all = True
    c.DummyAuthenticator.password = os.environ["DATELINE_PASSWORD"]
else:
    c.PAMAuthenticator.allowed_groups = {os.environ.get("DATELINE_GROUP", "learners")}
    c.PAMAuthenticator.open_sessions = False
c.Authenticator.admin_users = set(ADMINS)
if ADMINS:
    told = f"{', '.join(ADMINS)} look after this server and can open anybody's pages here. Your teacher reads what you hand in."
    c.JupyterHub.template_vars = {"announcement_login": told}

# ---- what each learner gets --------------------------------------------------------------------------------------------------
c.JupyterHub.spawner_class = "simple" if TRIAL else "systemd" if SYSTEMD else "jupyterhub.spawner.LocalProcessSpawner"
if TRIAL:
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")
if SYSTEMD:
    c.SystemdSpawner.isolate_tmp = c.SystemdSpawner.isolate_devices = c.SystemdSpawner.disable_user_sudo = True
    c.SystemdSpawner.unit_extra_properties = {"UMask": "0077"}  # a unit of systemd does not inherit the hub's
    c.Spawner.cpu_limit = 1.0
c.Spawner.mem_limit = os.environ.get("DATELINE_MEMORY", "1G")
c.Spawner.cmd = [str(Path(sys.executable).with_name("jupyterhub-singleuser"))]
c.Spawner.default_url = "/lab/workspaces/course"
c.Spawner.args = ["--MappingKernelManager.cull_idle_timeout=3600", "--ServerApp.shutdown_no_activity_timeout=7200"]
if TRIAL and os.geteuid() == 0:
    c.Spawner.args += ["--allow-root"]  # in a trial everybody is whoever started the hub
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 20
c.JupyterHub.active_server_limit = 200


class NotStartedError(Exception):
    """A learner's server is not started; the learner is shown why."""

    def __init__(self, why):
        self.jupyterhub_message = why
        super().__init__(why)


def home_of(spawner):
    """The learner's home folder, which nobody else may look into."""
    if TRIAL:
        home = Path(spawner.home_dir)
        home.mkdir(parents=True, exist_ok=True)
        return home
    home = Path(pwd.getpwnam(spawner.user.name).pw_dir)
    if not home.is_dir() or open_to_others(home):
        spawner.log.error("%s is not there, or other accounts can read it: chmod 700 %s", home, home)
        raise NotStartedError("Others could read your answers here. Ask whoever looks after this server to make your home private.")
    return home


async def bring_handout(spawner, home):
    """Put the handout, or what is new in it, into the learner's folder, under the learner's account. What fails keeps nobody out."""
    name = spawner.user.name
    account = {} if TRIAL else {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}
    variables = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ} | {"HOME": str(home)}
    try:
        with HANDOUT.open("rb") as handout:
            running = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "dateline.hub.pull", "-", str(home / "course")),
                **{"stdin": handout, "stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT},
                **{"cwd": "/", "env": variables, "start_new_session": True},
                **account,
            )
        try:
            said, _ = await asyncio.wait_for(running.communicate(), PATIENCE)
        except TimeoutError:
            running.kill()
            raise
        if running.returncode or b"could not" in said:
            spawner.log.warning("The handout for %s: %s", name, said.decode(errors="replace").strip()[-500:])
    except (TimeoutError, OSError, KeyError) as error:
        spawner.log.warning("The handout for %s did not come: %r", name, error)


async def before_start(spawner):
    """Before a learner's server starts: look at the home, bring the handout, say where things are."""
    home = home_of(spawner)
    await bring_handout(spawner, home)
    spawner.environment = {
        "DATELINE_COURSE": str(home / "course"),
        "DATELINE_ANSWERS": str(home / "answers"),
        "DATELINE_READING": "1",
        "DATELINE_HANDIN": f"{INBOX}/services/handin",
        "MPLCONFIGDIR": str(home / ".cache" / "matplotlib"),
    }


c.Spawner.pre_spawn_hook = before_start

# ---- handing in, collecting, and ending what nobody uses -------------------------------------------------------------------------


def kept_secret(name):
    """A secret of the hub's own, made once."""
    path = STATE / name
    if not path.is_file():
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()


HAND_IN = "access:services!service=handin"
c.JupyterHub.custom_scopes = {"custom:handin:collect": {"description": "Read what all learners handed in"}}
c.JupyterHub.services = [
    {
        "name": "handin",
        "url": INBOX,
        "command": [sys.executable, "-m", "dateline.hub"],
        "environment": {"DATELINE_INBOX": str(STATE / "inbox.sqlite"), "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        "display": False,
    },
    {"name": "teacher", "api_token": kept_secret("collect-token")},
]
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self", HAND_IN]},
    {"name": "collector", "scopes": [HAND_IN, "custom:handin:collect"], "services": ["teacher"]},
]
# A learner's own server may say that it is used, be opened by its learner, and hand in. Nothing else goes with its token.
c.Spawner.server_token_scopes = ["users:activity!user", "access:servers!server", HAND_IN]
if find_spec("jupyterhub_idle_culler"):  # a server that nobody uses for an hour is stopped; answers are on disk long before
    c.JupyterHub.services.append({"name": "idle", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]})
    scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
    c.JupyterHub.load_roles.append({"name": "idle", "scopes": scopes, "services": ["idle"]})

# ---- the hub itself ------------------------------------------------------------------------------------------------------------
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.bind_url = os.environ.get("DATELINE_BIND", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = os.environ.get("DATELINE_HUB_BIND", "http://127.0.0.1:8081")
c.ConfigurableHTTPProxy.api_url = os.environ.get("DATELINE_PROXY_API", "http://127.0.0.1:8001")
if os.environ.get("CONFIGURABLE_HTTP_PROXY"):
    c.ConfigurableHTTPProxy.command = [os.environ["CONFIGURABLE_HTTP_PROXY"]]
