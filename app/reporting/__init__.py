"""Turns what rooms count into a page, pictures, a spreadsheet, JSON and paper; adding a report is adding one file."""
