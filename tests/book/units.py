"""The unit tests named in `argv`, run where the book runs: the course's folder and this machine's pure packages are mounted."""

import io
import json
import os
import sys
import types
from contextlib import redirect_stdout
from unittest import mock

sys.path[:0] = ["/course", "/course/tests"]
sys.path.append("/packages")
os.chdir("/course")
# Properties are tried by the machine's own Python: their library has a compiled part that no browser can load.
sys.modules["hypothesis"] = types.ModuleType("hypothesis")
sys.modules["hypothesis"].HealthCheck = sys.modules["hypothesis"].settings = mock.MagicMock()
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
import pytest


class Counted:
    """Counts what passed and what did not."""

    def __init__(self):
        self.passed, self.failed = 0, []

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.passed:
            self.passed += 1
        if report.failed:
            self.failed.append(f"{report.nodeid}: {report.longreprtext[-600:]}")


counted = Counted()
said = io.StringIO()
with redirect_stdout(said):
    options = ["-p", "no:cacheprovider", "-p", "no:faulthandler", "-m", "not machine", "--assert=plain", "-q"]
    ended = pytest.main([*options, *argv], plugins=[counted])
json.dumps({"ended": int(ended), "passed": counted.passed, "failed": counted.failed, "said": said.getvalue()[-2000:]})
