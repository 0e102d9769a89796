"""Campaigns: who owes which papers of which years, phases and tasks, submission until it passes, scores."""
