"""What each role may do, a page a role: permission -> verbs. `app/security/roles.py` is the table of them."""
