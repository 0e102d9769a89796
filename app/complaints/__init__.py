"""Complaints, suggestions, questions and praise: what was promised, who answers, how it was solved and judged."""
