"""Measuring the tutor: key points in answers, retrieval on held-out questions, speed."""
