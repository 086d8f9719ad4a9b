"""The page of all commands, made from what each says of itself with `--help`."""

import typer
from typer.main import get_command
from typer.testing import CliRunner

HEAD = """# Commands

Made by `python3 course.py refresh` from what each command says of itself. On Windows write `py` instead of `python3`. Where the package is
installed with `pip install .`, write `dateline` instead of `python3 course.py`, and name the course's folder with `DATELINE_COURSE`.
"""


def commands_page(app: typer.Typer) -> str:
    """The page in Markdown: each command with its help, in the order in which they are declared."""
    return "\n".join([HEAD, *(f"## {name}\n\n```\n{_help(app, name)}\n```\n" for name in command_names(app))])


def _help(app: typer.Typer, name: str) -> str:
    said = CliRunner().invoke(app, [name, "--help"], prog_name="course.py", terminal_width=110, max_content_width=110)
    if said.exception:
        raise said.exception
    return said.output.strip()


def command_names(app: typer.Typer) -> list[str]:
    """The commands, as they are typed."""
    return list(getattr(get_command(app), "commands", {}))
