"""Finds forms, lays out the bilingual sheet, makes the PDF and numbers every copy."""
