"""One action a move: it does the work and yields what is shown (parts) and what happened (events)."""
