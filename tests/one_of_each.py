"""One question of every kind with its key, as an author writes them, small enough to know by heart."""

from asking import listed
from lessons import WHY

TAIL = 'teach = "Keep."\nnext = "Do."\n'
XY = listed("choices", x="ex", y="why", z="zed")
AB = listed("items", a="Aye", b="Bee")
BELIEFS = 'misconception = { y = "were-heard", z = "same-clock" }\n'
CELLS = f'{TAIL}[q.items.a]\nright = ["x"]\n{WHY}{BELIEFS}[q.items.b]\nright = ["x"]\n{WHY}{BELIEFS}'
KINDS: dict[str, tuple[str, str]] = {
    "choose": ('kind = "choose"\n' + XY, f'right = ["x"]\nhalf = ["z"]\n{WHY}{BELIEFS}{TAIL}'),
    "match": (f'kind = "match"\n{AB}{XY}', CELLS),
    "ladder": (f'kind = "ladder"\n{AB}{XY}', CELLS),
    "grid": (
        'kind = "grid"\n' + listed("items", a="Aye") + f'columns = [{{ id = "c", text = "Sea", {XY.strip()} }}]\n',
        f'{TAIL}[q.items."a/c"]\nright = ["x"]\n{WHY}{BELIEFS}',
    ),
    "tag": ('kind = "tag"\ntext = "ferry"\nitems = ["p1.s1"]\n' + XY, f'{TAIL}[q.items."p1.s1"]\nright = ["x"]\n{WHY}{BELIEFS}'),
    "choose-many": ('kind = "choose-many"\n' + XY, f'right = ["x"]\noptional = ["z"]\n{WHY}{BELIEFS}{TAIL}'),
    "mark": (
        'kind = "mark"\ntext = "ferry"\nshow = ["p1.s2"]\n' + XY,
        f'{TAIL}fine = {{ "p1.s2" = "Plain." }}\n[[q.span]]\nat = "p1.s2"\nwords = "reportedly"\nright = ["x"]\n{WHY}{BELIEFS}',
    ),
    "order": (f'kind = "order"\n{AB}', f'order = [["a"], ["b"]]\nwhy = {{ a = "A.", b = "B." }}\n{TAIL}'),
    "number": (
        'kind = "number"\nlow = 0\nhigh = 9\n',
        f'value = 4\nnear = 2\nwhy = {{ right = "R.", low = "L.", high = "H." }}\n{TAIL}'
        'trap = [{ value = 0, why = "T.", misconception = "same-clock" }, { value = 9, why = "U." }]\n',
    ),
    "reading": ('kind = "number"\nlow = 0\nhigh = 100\n', f'data = "Perhaps"\n{TAIL}'),
    "range": ('kind = "range"\nlow = 0\nhigh = 100\n', f'data = "Perhaps"\nwhy = {{ right = "R.", narrow = "N.", wide = "W." }}\n{TAIL}'),
    "when": (
        f'kind = "when"\n{AB}',
        f'{TAIL}[q.items.a]\nright = ["2031-05-06"]\nwhy = {{ right = "R.", other = "O." }}\ntrap = {{ "2031-05-09" = "T." }}\n'
        'misconception = { "2031-05-09" = "same-clock" }\n[q.items.b]\nright = ["not stated"]\nwhy = { right = "R.", other = "O." }\n',
    ),
    "chain": (
        f'kind = "chain"\n{AB}',
        f'wrong = {{ a = "A.", b = "B." }}\n{TAIL}[[q.edge]]\nfrom = "a"\nto = "b"\nwhy = "W."\n',
    ),
    "desk": (
        'kind = "desk"\nbudget = 2\nitems = [{ id = "a", who = "W", date = "D", title = "T", inside = "I" }]\n',
        'holds = true\nenough = 1.0\nwhy = { nearer = "N.", farther = "F.", still = "S.", there = "T." }\n'
        f'items = {{ a = {{ worth = 1.0, leans = 1, why = "W." }} }}\n{TAIL}',
    ),
    "write": ('kind = "write"\n', f'model = ["M."]\n{TAIL}'),
}  # fmt: skip
MARKED = {"at": "p1.s2", "start": 3, "end": 13}
