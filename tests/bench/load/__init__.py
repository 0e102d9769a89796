"""Thirty people at their desks for ten minutes, over HTTP, on either database (`make load`; G19)."""
