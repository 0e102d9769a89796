"""Sales, terms, surveys, actions, notes and evaluations in the search box: by their number."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.kit.labels import _l
from app.market.models import NOTE_STATES, TERM_STATES, QualityNote, Sale, TermRequest
from app.market.survey_models import (
    ACTION_STATES,
    EVALUATION_STATES,
    SURVEY_STATES,
    CorrectiveAction,
    Evaluation,
    Survey,
)

SEARCHED = [
    by_number(_l("Sale"), Sale, weight=5),
    by_number(_l("Terms of payment"), TermRequest, badges=TERM_STATES, over={"refused", "withdrawn"}, weight=4),
    by_number(_l("Quality note"), QualityNote, badges=NOTE_STATES, over={"settled"}, weight=4),
    by_number(_l("Survey"), Survey, badges=SURVEY_STATES, over={"closed"}, weight=4),
    by_number(_l("Corrective action"), CorrectiveAction, badges=ACTION_STATES, over={"closed"}, weight=4),
    by_number(_l("Evaluation"), Evaluation, badges=EVALUATION_STATES, over={"read"}, weight=4),
]
