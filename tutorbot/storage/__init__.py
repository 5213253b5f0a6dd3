"""The learner store: append-only events and the projections folded from them, in any SQL database."""
