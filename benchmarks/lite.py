"""The same lesson in JupyterLite, for `book.py` to measure beside the book: made in a temporary folder, of which nothing is left.

JupyterLite has its best chance here. Its versions are the newest of 0.8 that fit each other, with the very Pyodide of the book, a patch
newer than the kernel's own 314.0.6, and its standard library whole. The site holds one application, Notebook, which is less than JupyterLab
and could be read sooner (4.4 s beside 6.1 s, tried once under load); no source maps, no shared packages that
it does not use, no other notebook. Every wheel lies on the same server, stands in a lock file of the site's own and is loaded with Pyodide
at once (`loadPyodideOptions.packages`), so that micropip looks nothing up. The course comes as one wheel: the files of the book's two zips,
msgspec and the zones of the clocks among them, with the few for widgets that the book does without. So matplotlib is not there, as in the
book; and neither is jedi, five megabytes for completing code, in whose place stands an empty wheel. Answers are kept on JupyterLite's
drive, which a reload leaves alone, as the book's are. Two things had to be mended: Pyodide gives messages of widgets another nothing than
Python's (`convertNullToNone`), and a file lock waits on that drive until it gives up, so there is none.
"""

import contextlib
import hashlib
import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, TimeoutError

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from shelf import Shelf

from dateline.book.parts import PYODIDE, packed
from dateline.folders import course_folder

VERSION = "0.8.6"
TOOLS = (f"jupyterlite-core[contents]=={VERSION}", f"jupyterlite-pyodide-kernel=={VERSION}")
WIDGETS = ("anywidget==0.11.0", "jupyterlab-widgets==3.0.16")
"""Their sides in the page; what they want of Python has no place in the environment that builds."""
WHEELS = (
    *("ipython==9.18.1", "ipywidgets==8.1.9", "anywidget==0.11.0", "micropip==0.11.1", "packaging", "comm", "traitlets", "psygnal"),
    *("decorator", "ipython-pygments-lexers", "matplotlib-inline", "prompt-toolkit", "pygments", "stack-data", "wcwidth"),
    *("executing", "asttokens", "pure-eval", "typing-extensions"),
)
"""What a kernel with widgets imports in the browser, all of it pure Python."""
OF_THE_KERNEL = ("ipykernel", "piplite", "pyodide_kernel")
"""Wheels that come with JupyterLite's kernel."""
NO_LOCK = """class Timeout(Exception): ...


class FileLock:
    def __init__(self, *_, **__): ...
    def __enter__(self): ...
    def __exit__(self, *_): ...
"""
PACKAGE = Path(__file__).parents[1] / "dateline"
NOTEBOOK = "11-who-is-speaking.ipynb"
SETTINGS = "@jupyterlite/pyodide-kernel-extension:kernel"
OPTIONS = {"convertNullToNone": True, "env": {"HOME": "/home/pyodide", "DATELINE_ANSWERS": "/drive/answers"}}


class MissingError(Exception):
    """JupyterLite cannot be had here. The message says in one line what is missing."""


@contextlib.contextmanager
def lite(folder: Path, book: Shelf) -> Iterator[Shelf | None]:
    """A site of JupyterLite with the lesson, served as the book is; None where it cannot be made, and a line that says why."""
    try:
        served = Shelf(site(folder, book.folder))
    except MissingError as error:
        print(f"JupyterLite is left out: {error}", flush=True)
        yield None
        return
    yield served
    served.stop()


def address(served: Shelf) -> str:
    """Where the lesson is."""
    return f"http://127.0.0.1:{served.port}/notebooks/index.html?path={NOTEBOOK}"


def run_all(page: Page) -> None:
    """The clicks that a reader needs before there is a card, made again where none has come in a minute: seldom they come to nothing."""
    for _ in range(3):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator("[data-command='runmenu:run-all']").click()
        with contextlib.suppress(TimeoutError):
            return page.locator("form[data-exercise]").first.wait_for(timeout=60_000)
        print("JupyterLite: no card a minute after Run All Cells; chosen again", flush=True)


def site(folder: Path, book: Path) -> Path:
    """Build the site; returns its folder. `book` is the folder of a book, of which the course and Pyodide are taken."""
    home, python = folder / "home", folder / "venv" / "bin" / "python"
    try:
        venv.create(python.parents[1], with_pip=True)
    except subprocess.CalledProcessError:
        raise MissingError("a virtual environment with pip cannot be made here (Debian: sudo apt install python3-venv)") from None
    pip(python, "install", *TOOLS)
    pip(python, "install", "--no-deps", *WIDGETS)
    pyodide = home / "static" / "pyodide"
    pyodide.mkdir(parents=True)
    fetch(python, pyodide)
    kernel = python.parents[1] / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    for wheel in (wheel for name in OF_THE_KERNEL for wheel in kernel.glob(f"{name}-*.whl")):
        (pyodide / wheel.name).write_bytes(wheel.read_bytes())
    for name, files in {"dateline": course(book), "filelock": {"filelock.py": NO_LOCK.encode()}, "jedi": {}}.items():
        write_wheel(pyodide, name, files)
    names = lock(pyodide)
    (home / "files").mkdir()
    (home / "files" / NOTEBOOK).write_bytes((course_folder() / "notebooks" / NOTEBOOK).read_bytes())
    settings = {"disablePyPIFallback": True, "loadPyodideOptions": {**OPTIONS, "packages": names}}
    configuration = {"litePluginSettings": {SETTINGS: settings}}
    (home / "jupyter-lite.json").write_text(json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": configuration}))
    leaner = ("--no-sourcemaps", "--no-unused-shared-packages", "--apps", "notebooks")
    command = ("-m", "jupyterlite_core", "build", "--lite-dir", str(home), "--contents", str(home / "files"), *leaner)
    run(python, *command, "--output-dir", str(folder / "site"), cwd=home)
    return folder / "site"


def pip(python: Path, what: str, *words: str) -> None:
    """Let the environment's own pip do something and keep nothing."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-cache-dir", "--retries", "1")
    run(python, "-m", "pip", what, *quiet, *words, cwd=python.parent)


def run(python: Path, *words: str, cwd: Path) -> None:
    """Run a program that writes nothing outside the folder; raises `MissingError` with what it said last."""
    own = {**os.environ, "JUPYTER_CONFIG_DIR": str(cwd / "config"), "JUPYTER_DATA_DIR": str(cwd / "data")}
    done = subprocess.run([python, *words], cwd=cwd, env=own, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        errors = [line for line in said if "error" in line.lower()] or said or ["it does not say why"]
        raise MissingError(f"{' '.join(words[:3])}: {errors[-1]}")


def fetch(python: Path, pyodide: Path) -> None:
    """Bring Pyodide as npm has laid it for the book, and the wheels from the package index."""
    laid = PACKAGE.parent / "node_modules" / "pyodide"
    if not laid.is_dir():
        raise MissingError("node_modules/pyodide is not there: run npm ci")
    for name in (*PYODIDE, "pyodide-lock.json"):
        (pyodide / name).write_bytes((laid / name).read_bytes())
    for_browsers = ("--python-version", "3.14", "--implementation", "py", "--platform", "any", "--only-binary=:all:")
    pip(python, "download", "--no-deps", *for_browsers, "--dest", str(pyodide), *WHEELS)


def course(book: Path) -> dict[str, bytes]:
    """The course and its packages as the book has them, with the side of the cards that Jupyter shows."""
    files = {}
    for name in ("course.zip", "packages.zip"):
        with zipfile.ZipFile(book / "course" / name) as archive:
            files |= {entry: archive.read(entry) for entry in archive.namelist() if ".dist-info/" not in entry}
    cards = [path for room in ("cards", "kinds") for path in (PACKAGE / room).iterdir() if path.suffix in (".py", ".js", ".css")]
    return files | {path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes() for path in cards}


def write_wheel(folder: Path, name: str, files: dict[str, bytes]) -> None:
    """A wheel of some files."""
    about = f"{name}-1.0.dist-info"
    whole = files | {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nGenerator: benchmark\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": b"",
    }
    (folder / f"{name}-1.0-py3-none-any.whl").write_bytes(packed(whole))


def lock(pyodide: Path) -> list[str]:
    """Name the wheels in the lock file, and nothing else; returns their names."""
    file = pyodide / "pyodide-lock.json"
    entries = {entry["name"]: entry for entry in map(entry_of, sorted(pyodide.glob("*.whl")))}
    file.write_text(json.dumps({"info": json.loads(file.read_text())["info"], "packages": entries}))
    return list(entries)


def entry_of(wheel: Path) -> dict[str, object]:
    """What a lock file says of a wheel."""
    name, version = wheel.name.split("-")[:2]
    with zipfile.ZipFile(wheel) as archive:
        tops = {entry.split("/")[0].removesuffix(".py") for entry in archive.namelist() if entry.endswith(".py")}
    return {
        "name": re.sub(r"[-_.]+", "-", name).lower(),
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(tops),
        "depends": [],
        "unvendored_tests": False,
    }
