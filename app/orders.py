"""By what the lists are sorted, where no key or reference leads already: an index each, whose tie-break is the key.

A list of a million rows is walked along such an index (`app.kit.walking`); `tests/house` finds a sort without one.
"""

from __future__ import annotations

from sqlalchemy import Index, MetaData

ORDERS: dict[str, list[str]] = {
    "acceptance_expert": ["name", "signed_on"],
    "acceptance_item": ["position", "judged_on"],
    "access_rule": ["paper_class", "longest_hours"],
    "allocation": ["decided_at"],
    "allocation_policy": ["scheme_key"],
    "answer_link": ["answered_at"],
    "api_token": ["name", "expires_on", "last_used_at"],
    "application": ["number"],
    "appraisal": ["number", "drawn_on"],
    "appraisal_item": ["position"],
    "archival_item": ["number"],
    "blank_issue": ["number", "issued_on"],
    "building": ["name"],
    "campaign": ["number", "title", "begun_on"],
    "campaign_cost": ["booked_on"],
    "campaign_party": ["position", "name"],
    "campaign_phase": ["begins_on"],
    "campaign_task": ["position", "title", "department", "due_on", "done_on"],
    "certificate_line": ["at"],
    "clearance": ["number", "last_day_on"],
    "complaint": ["number"],
    "consent": ["number", "said_at"],
    "contact": ["name"],
    "contact_sheet": ["number", "submitted_at", "handed_over_at"],
    "corrective_action": ["number"],
    "custody_line": ["day"],
    "customer": ["industry"],
    "data_request": ["number"],
    "deposit": ["number", "due_on"],
    "deposit_line": ["booked_on", "receipt_number"],
    "deposit_refund": ["number", "asked_at", "paid_on"],
    "destruction": ["number", "drawn_on"],
    "destruction_item": ["position"],
    "due": ["number"],
    "due_payment": ["paid_on"],
    "duty_holder": ["since_on", "until_on"],
    "evaluation": ["number"],
    "event_sheet": ["number", "event_on", "made_on"],
    "expected_paper": ["position", "name"],
    "file": ["number", "opened_on"],
    "file_number": ["old", "new"],
    "fitout": ["number", "starts_on"],
    "fitout_worker": ["pass_number"],
    "floor": ["name"],
    "follow_up": ["number", "due_on"],
    "fonds": ["number", "title", "closed_on"],
    "fonds_note": ["made_on"],
    "grade_change": ["changed_on"],
    "handover": ["handed_on"],
    "handover_line": ["position"],
    "held_key": ["booked_on"],
    "holder": ["name", "covered_by_on"],
    "incident": ["number"],
    "inspection": ["number"],
    "keeper": ["from_on"],
    "legal_hold": ["placed_at", "until_on"],
    "letter_template": ["key"],
    "loan": ["number", "due_on"],
    "loan_reminder": ["reminded_at"],
    "loan_return": ["returned_at"],
    "lookup_request": ["created_at", "expires_at"],
    "market_profile": ["potential", "fresh_on", "next_review_on"],
    "moving": ["number"],
    "notice": ["number"],
    "number_change": ["new"],
    "opening": ["number", "drawn_on"],
    "opening_line": ["position"],
    "paper_change": ["created_at"],
    "party_check": ["done_on"],
    "place": ["code", "name"],
    "profile_datum": ["said_on"],
    "quality_note": ["number"],
    "register_review": ["month", "signed_at"],
    "repair": ["number"],
    "repair_step": ["at"],
    "retention_rule": ["paper_class"],
    "sale": ["number", "quantity"],
    "scheme": ["effective_from"],
    "score_line": ["booked_on", "points"],
    "stock_take": ["number"],
    "submission": ["round"],
    "submission_line": ["at"],
    "survey": ["number", "year"],
    "survey_answer": ["answered_on"],
    "telling_choice": ["channel"],
    "telling_line": ["created_at"],
    "term_request": ["number", "in_effect_on"],
    "transfer": ["number", "drawn_on"],
    "transfer_line": ["position"],
    "unit": ["area_dm2"],
    "violation": ["number"],
    "visit": ["number"],
    "visit_plan": ["name"],
}

STATES = ["complaint", "file", "repair", "visit"]  # the first page counts them by state, and there are many


def put_on(metadata: MetaData) -> None:
    """Have the tables know their indexes; once, when the page of tables is read."""
    for table, names in ORDERS.items():
        columns = metadata.tables[table].c
        for name in names:
            Index(f"ix_{table}_{name}_id", columns[name], columns["id"])
    for table in STATES:
        Index(f"ix_{table}_state", metadata.tables[table].c.state)
