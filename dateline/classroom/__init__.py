"""The classroom: handing the course out without its keys, collecting, grading, and seeing what the class missed."""
