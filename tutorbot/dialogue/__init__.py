"""What was said and what to do next: events, their fold, reading, moves, policy, wording. Pure."""
