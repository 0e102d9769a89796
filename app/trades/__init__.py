"""Customers followed up by plan, and allocated to those who call on them."""
