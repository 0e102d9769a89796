"""Who may do what: roles, sessions, the gate to personal data, masks, encryption and the audit chain."""
