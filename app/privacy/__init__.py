"""Personal data: the register of what is kept and why, consents, and what a person may ask for (PIPL)."""
