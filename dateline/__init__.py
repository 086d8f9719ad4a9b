"""Reading the Dateline: the library behind the course.

The package is built in floors; a module imports only from floors below its own:
problems, places, texts, questions, grading, answers, cards, figures, lesson, notebooks, cli.
"""

__version__ = "0.2.0"
