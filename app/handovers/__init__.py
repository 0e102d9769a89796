"""Hand-over lists that two people sign."""
