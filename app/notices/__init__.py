"""Notices and letters 往来函: issued with a name, received with a signature, filed."""
