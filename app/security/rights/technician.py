"""Whoever repairs: their orders and nothing else."""

from __future__ import annotations

from app.security.rights.shared import EVERYBODY, SEARCH

TECHNICIAN = (
    EVERYBODY
    | SEARCH
    | {
        "Repair": "list show accept refuse pass_on pause resume finish print",
        "RepairStep": "list show",
        "RepairCost": "list show",
        "RepairPicture": "download add",
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "Entry": "list show add edit",
        "Register": "list",
        "Print": "print_form",
    }
)
