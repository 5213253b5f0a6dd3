"""What the tutor knows of a learner and what it makes of it. Pure."""
