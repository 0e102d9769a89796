"""What kinds, states and reasons of deposits are called."""

from __future__ import annotations

from app.kit.labels import _l

DEPOSIT_KINDS = {
    "rent": _l("Rent deposit"),
    "fitout": _l("Fit-out deposit"),
    "permit": _l("Permit deposit"),
    "key": _l("Key deposit"),
    "card": _l("Access card deposit"),
}
DEPOSIT_STATES = {
    "due": _l("Due"),
    "part": _l("Received in part"),
    "received": _l("Received in full"),
    "refund_asked": _l("Refund asked"),
    "refund_checked": _l("Refund checked"),
    "refund_approved": _l("Refund approved"),
    "part_returned": _l("Returned in part"),
    "returned": _l("Paid back"),
    "kept": _l("Kept"),
    "withdrawn": _l("No longer asked"),
}
DEPOSIT_TONES = {
    "due": "warn", "part": "warn", "received": "good", "refund_asked": "warn", "refund_checked": "warn",
    "refund_approved": "warn", "part_returned": "info", "returned": "quiet", "kept": "quiet",
    "withdrawn": "quiet",
}  # fmt: skip
LINE_REASONS = {
    "opening": _l("Brought forward from the roster"),
    "received": _l("Received"),
    "refunded": _l("Refunded"),
    "deducted": _l("Deducted"),
    "correction": _l("Correction"),
}
METHODS = {
    "cash": _l("Cash"),
    "transfer": _l("Bank transfer"),
    "cheque": _l("Cheque"),
    "card": _l("Bank card"),
}
REFUND_STATES = {
    "asked": _l("Waits to be checked"),
    "checked": _l("Waits for approval"),
    "approved": _l("Waits to be paid"),
    "paid": _l("Paid out"),
    "refused": _l("Refused"),
}
REFUND_TONES = {"asked": "warn", "checked": "warn", "approved": "warn", "paid": "good", "refused": "bad"}
DEDUCTION_REASONS = {
    "structure": _l("Damage to the structure"),
    "common_parts": _l("Damage to common parts"),
    "equipment": _l("Damage to equipment"),
    "violation": _l("Violation"),
    "arrears": _l("Arrears"),
    "other": _l("Other"),
}
