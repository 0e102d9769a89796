"""A made-up office tower; its makers feed the tests too."""
