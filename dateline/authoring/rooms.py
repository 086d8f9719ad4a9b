"""The picture of the package's rooms, from the order that is held by `import-linter` and from what each room says it is for."""

import ast
import tomllib
from pathlib import Path

from dateline.folders import course_folder
from dateline.html import Markup, html, join

WIDTH, ROW, LEFT = 860, 46, 14


def rooms() -> list[list[tuple[str, str, int]]]:
    """Floors from the top: the rooms of each with their subject and how many files they have. Empty where there is no such room."""
    contract = tomllib.loads((course_folder() / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    floors = [[_room(name.strip(" ()")) for name in floor.split("|")] for floor in contract["layers"]]
    return [found for floor in floors if (found := [room for room in floor if room])]


def _room(name: str) -> tuple[str, str, int] | None:
    package = Path(__file__).parent.parent
    files = sorted((package / name).glob("*.py")) if (package / name).is_dir() else [package / f"{name}.py"]
    if not files or not files[0].is_file():
        return None
    said = ast.get_docstring(ast.parse(files[0].read_text(encoding="utf-8"))) or ""
    return name, said.partition("\n\n")[0].replace("\n", " "), len(files)


def rooms_picture() -> Markup:
    """The picture as SVG, with a title and a description for those who do not see it."""
    floors = rooms()
    told = "; ".join(" beside ".join(name for name, _, _ in floor) for floor in floors)
    drawn = [
        _drawn(room, LEFT + column * (WIDTH // len(floor)), row, len(floor))
        for row, floor in enumerate(floors)
        for column, room in enumerate(floor)
    ]
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="t d">\n'
        '<title id="t">The rooms of the package</title>\n<desc id="d">From the top: {}. Each imports only from those below it.</desc>\n'
        "<style>rect {{ fill: #fff; stroke: #333; }} text {{ font: 14px Georgia, serif; fill: #111; }} .name {{ font-weight: bold; }} "
        ".small {{ font-size: 11.5px; fill: #333; }}</style>\n{}\n</svg>\n",
        WIDTH + 2 * LEFT,
        len(floors) * ROW + LEFT,
        told,
        join(drawn),
    )


def _drawn(room: tuple[str, str, int], x: int, row: int, beside: int) -> Markup:
    name, subject, files = room
    width = WIDTH // beside - (8 if beside > 1 else 0)
    room_for = width // 6 - 4
    short = subject if len(subject) <= room_for else subject[: room_for - 1].rpartition(" ")[0] + " …"
    count = f" · {files} files" if files > 1 else ""
    y = row * ROW + 8
    return html(
        '<rect x="{}" y="{}" width="{}" height="{}"/><text class="name" x="{}" y="{}">{}<tspan class="small">{}</tspan></text>'
        '<text class="small" x="{}" y="{}">{}</text>',
        *(x, y, width, ROW - 6, x + 10, y + 17, name, count, x + 10, y + 33, short),
    )
