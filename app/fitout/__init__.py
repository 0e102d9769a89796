"""Fit-outs 二次装修: application, permit, works, inspections, acceptance, and the settlement of the deposit."""
