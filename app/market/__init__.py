"""Customers as a market: facets, grades, composition, credit, where a datum comes from, surveys."""
