"""The check of the cards' JavaScript: what it says where its tools are not there, and what it may fetch."""

import json
from pathlib import Path

import pytest

from dateline.authoring import javascript
from dateline.cards.code import source
from dateline.folders import course_folder


def test_without_node_the_check_is_left_out_with_one_line_that_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    assert javascript.check_javascript() == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "apt-get install nodejs" in said


def test_without_node_the_check_fails_where_everything_must_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    assert javascript.check_javascript() == 1


def test_the_versions_are_exact_and_the_lock_names_no_host() -> None:
    wanted = json.loads((course_folder() / "package.json").read_text())
    lock = json.loads((course_folder() / "package-lock.json").read_text())["packages"]
    assert set(wanted["dependencies"]) == {"pyodide"}, "what the book runs on, and nothing else"
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert not any("resolved" in package for package in lock.values())
    assert all("integrity" in package for name, package in lock.items() if name)


def test_the_files_of_the_cards_become_one_module_without_imports() -> None:
    lines = source().splitlines()
    assert [line for line in lines if line.startswith("import ")] == []
    assert [line for line in lines if line.startswith("export")] == ["export { render };"]
