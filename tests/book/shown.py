"""What every page of the book shows before anything is answered, and how the learner stands then. Runs where the book runs."""

import json

from dateline.authoring.shipped import page_files, page_name
from dateline.book.worker import work


def asked(**message):
    return json.loads(work(json.dumps(message)))["answer"]


def shown():
    """The items of every page by its name, and where the learner stands."""
    return {page_name(path): asked(call="page", page=page_name(path)) for path in page_files()} | {"standing": asked(call="follow")}


json.dumps(shown(), sort_keys=True)
