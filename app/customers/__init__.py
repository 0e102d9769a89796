"""Who: firms and persons, their contacts with history, and their tenancies."""
