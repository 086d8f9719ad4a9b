"""JupyterHub for one server: a learner logs in, gets the course in a folder of their own, and answers there.

What is set by the environment, so that this file need not be edited:

DATELINE_HANDOUT   the zip that `course.py handout` made (needed)
DATELINE_STATE     where the hub keeps its database and cookie secret (default: /srv/jupyterhub)
DATELINE_TRIAL     1: no system accounts. Anybody logs in with the password in DATELINE_PASSWORD, and all learners run under one account
                   of the system. For trying the course on one machine, never for a class: learners could read each other's answers.

Without DATELINE_TRIAL each learner is an account of this server (PAM), and their notebooks run under that account. Put the hub behind
a proxy that speaks HTTPS.
"""

import os
import pwd
import subprocess
import sys
from pathlib import Path

from dateline.jupyter import write_settings

HERE = Path(__file__).resolve().parent
TRIAL = os.environ.get("DATELINE_TRIAL") == "1"
STATE = Path(os.environ.get("DATELINE_STATE", "/srv/jupyterhub"))
HANDOUT = Path(os.environ["DATELINE_HANDOUT"]).resolve()
START = "/lab/workspaces/course/tree/course/notebooks/00-start.ipynb"

write_settings()  # no news from elsewhere, and every cell on the page so that a screen reader finds it
c = get_config()  # noqa: F821 - JupyterHub gives it

# ---- who may come in ---------------------------------------------------------------------------------------------------
c.Authenticator.allow_all = True
c.JupyterHub.authenticator_class = "dummy" if TRIAL else "pam"
if TRIAL:
    c.DummyAuthenticator.password = os.environ["DATELINE_PASSWORD"]

# ---- what each learner gets ----------------------------------------------------------------------------------------------
c.JupyterHub.spawner_class = "simple" if TRIAL else "jupyterhub.spawner.LocalProcessSpawner"
if TRIAL:
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")
c.Spawner.cmd = [str(Path(sys.executable).with_name("jupyterhub-singleuser"))]
c.Spawner.default_url = START
c.Spawner.args = ["--ContentsManager.pre_save_hook=dateline.authoring.notebooks.keep_printed_form"]
if TRIAL and os.geteuid() == 0:
    c.Spawner.args += ["--allow-root"]  # in a trial everybody is whoever started the hub
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 20
c.JupyterHub.active_server_limit = 200


def home_of(spawner):
    """The learner's home folder."""
    return Path(spawner.home_dir if TRIAL else pwd.getpwnam(spawner.user.name).pw_dir)


def pull(spawner):
    """Before a learner's server starts: put the handout, or what is new in it, into the learner's folder, under the learner's account."""
    home = home_of(spawner)
    account = {} if TRIAL else {"user": spawner.user.name, "group": pwd.getpwnam(spawner.user.name).pw_gid, "extra_groups": []}
    if TRIAL:
        home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(HERE / "pull.py"), str(HANDOUT), str(home / "course")]
    subprocess.run(command, check=True, cwd="/", env={"HOME": str(home), "PATH": os.environ["PATH"]}, **account)
    spawner.environment = {
        "DATELINE_COURSE": str(home / "course"),
        "DATELINE_ANSWERS": str(home / "answers"),
        "MPLCONFIGDIR": str(home / ".cache" / "matplotlib"),
    }


c.Spawner.pre_spawn_hook = pull

# ---- the hub itself --------------------------------------------------------------------------------------------------------
STATE.mkdir(parents=True, exist_ok=True)
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.bind_url = os.environ.get("DATELINE_BIND", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = os.environ.get("DATELINE_HUB_BIND", "http://127.0.0.1:8081")
c.ConfigurableHTTPProxy.api_url = os.environ.get("DATELINE_PROXY_API", "http://127.0.0.1:8001")
if os.environ.get("CONFIGURABLE_HTTP_PROXY"):
    c.ConfigurableHTTPProxy.command = [os.environ["CONFIGURABLE_HTTP_PROXY"]]

# A server that nobody uses for an hour is stopped; answers are on disk long before.
c.Spawner.args += ["--MappingKernelManager.cull_idle_timeout=3600", "--ServerApp.shutdown_no_activity_timeout=3600"]
