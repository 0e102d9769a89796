"""Repairs: from the call to the return visit, with what they cost."""
