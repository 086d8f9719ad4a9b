"""The views of an exercise: a live card, and a printed form for paper, GitHub and screen readers."""
