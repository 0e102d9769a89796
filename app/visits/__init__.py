"""Calls on tenants: plans with their coverage, ad-hoc visits, and the return visits born of complaints and repairs."""
