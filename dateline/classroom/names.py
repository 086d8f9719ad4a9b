"""What each school's system writes into the names of a download, as a table of patterns, and how a name is shown and compared."""

import msgspec


class Named(msgspec.Struct, frozen=True):
    """What the outermost name of a hand-in says, in the words of the system that wrote it.

    `system` is `Canvas`, `Moodle`, `Blackboard`, `Brightspace`, `Teams`, `list`, `mail`, `folder` (one for each learner) or `file`.
    `who` is the name, `number` the system's own number (Canvas user id, Moodle participant), `account` a user name; what is not there is empty.
    `key` is the same for all files that the system names alike, so that they are one learner's, and `label` is what such a learner is called.
    `order` is the system's own order of files (Canvas: attachment id), `file` what the learner called it, `received` an ISO time or nothing.
    """

    system: str
    key: str
    label: str
    who: str = ""
    number: str = ""
    account: str = ""
    late: bool = False
    order: int = 0
    received: str = ""
    file: str = ""


def safe(words: str) -> str:
    """Words from outside as they may stand in a table, on a page and in a terminal: no control or direction marks, no formula, no tag.

    A page escapes them all the same. What is taken away leaves no trace, so `safe` is for showing, never for comparing.
    """
    raise NotImplementedError
