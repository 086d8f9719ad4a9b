"""`python -m dateline` runs the course's commands."""

from dateline.cli import main

main()
