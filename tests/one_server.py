"""Stands for a learner's server under a real hub: it answers, and gives back what it was given, so that a test sees a token as it is."""

import json
import os
from urllib.parse import urlsplit

from tornado import ioloop, web


class Given(web.RequestHandler):
    def get(self, *_: object) -> None:
        self.write(json.dumps({name: os.environ.get(name, "") for name in ("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_USER", "DATELINE_HANDIN")}))


web.Application([(".*", Given)]).listen(urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"]).port or 0, "127.0.0.1")
ioloop.IOLoop.current().start()
