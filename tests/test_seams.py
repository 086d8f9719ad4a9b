"""The two seams: somebody else may show the course, and keep its answers, and then nothing of Jupyter is needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

ELSEWHERE = """
import contextlib, json, sys

for name in ("IPython", "anywidget", "filelock", "ipywidgets", "matplotlib", "nbformat", "rtoml", "traitlets", "typer"):
    sys.modules[name] = None  # whatever asks for it fails

from dateline import lesson
from dateline.answers import store
from dateline.display import shown_by
from dateline.figures import voice_map


class Host:
    def __init__(self):
        self.published, self.models, self.later = [], [], []

    def publish(self, bundle, name="", update=False):
        self.published.append((name, update, bundle["text/plain"]))

    def show(self, thing):
        self.models.append(thing)

    def soon(self, act):
        self.later.append(act)


class Store:
    place = "a drawer"

    def __init__(self):
        self.documents = {}

    def modules(self):
        return sorted(self.documents)

    def read(self, module):
        return self.documents.get(module)

    def write(self, module, raw):
        self.documents[module] = raw

    def alone(self, module):
        return contextlib.nullcontext()

    def set_aside(self, module, why):
        return f"{module} was odd: {why}"

    def stamp(self):
        return sorted(self.documents.items())


host, kept = Host(), Store()
shown_by(host)
store.kept_in(kept)
lesson.exercise("predict-quotation")
lesson.look_back("predict-quotation")
lesson.hand_in()
lesson.workbench("l8")
voice_map("article")
card, act, bench = host.models
before = [plain for _, _, plain in host.published]
card.hear({"do": "check", "value": "relayed", "confidence": 90, "n": 1, "view": "v", "based": ""})
later = set(host.later)
for wished in later:
    wished()
act.hear({"do": "press", "name": "mine"})
tools = bench.spec_with(lambda model: model.spec["id"])["tools"]
print(json.dumps({
    "verdict": card.state["feedback"]["verdict"],
    "kept": list(json.loads(kept.documents["1"])["answers"]),
    "before": before,
    "after": [plain for _, update, plain in host.published if update],
    "file": [act.state["file"]["name"], list(json.loads(act.state["file"]["words"])["modules"])],
    "tools": [tool["model"] for tool in tools],
    "printed": [model.printed()[1][:20] for model in host.models],
}))
"""


def test_a_lesson_runs_where_there_is_no_jupyter_and_no_file_of_answers(answers: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["verdict"] == "Right."
    assert told["kept"] == ["predict-quotation"]
    assert told["before"][0].startswith("Not answered yet.")
    assert "At first you said: Somebody has published these words" in told["after"][0]
    assert told["file"] == ["mine.json", ["1"]]
    assert told["tools"][0].startswith("c8-")
    assert told["printed"][2] == "Workbench on Capston"
    assert not list(answers.parent.rglob("module-*.json")), "nothing is written to a file of answers"
