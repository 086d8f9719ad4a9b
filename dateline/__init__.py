"""Reading the Dateline: the library behind the course.

It is built in rooms; a room imports only from rooms below its own. Their order stands in pyproject.toml, and a test step holds it.
"""

__version__ = "0.2.0"
