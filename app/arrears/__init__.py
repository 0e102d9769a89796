"""What tenants owe, and where they broke the house rules."""
