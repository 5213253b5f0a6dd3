"""Recipes: one per trained artefact. Nothing in the tutor imports them."""
