"""Reads what houses keep in sheets, shows what would change, and applies it."""
