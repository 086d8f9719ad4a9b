"""A class on a JupyterHub: handing in by one press, the list of what came for the teacher, each learner's copy of the course."""
