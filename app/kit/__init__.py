"""What every room stands on: the session and its one commit, records, labels, moves and the record view."""
