"""Where a learner stands: the record, the map, what comes back, tests before and after, the page of a whole text."""
