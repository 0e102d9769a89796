"""Reading a filed file: requests, approvals and grants."""
