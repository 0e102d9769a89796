"""Registers that are declared, not programmed: fields, states and rights as data, in a scheme or on screen."""
