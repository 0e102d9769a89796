"""How long papers are kept, what is held back, and how what is no longer needed is appraised and destroyed."""
