"""How fast the console is: a made-up estate of any size, measured beside its peers (`make bench`)."""
