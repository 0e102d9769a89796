"""Surveys, links, corrective actions and evaluations on screen, and the page that customers answer on."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.kit import showing
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.market import actions, evaluations, links, policy, public, survey_screens, surveys
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation, Survey, SurveyAnswer


class SurveyAnswerView(RecordView):
    """What customers answered."""

    datamodel = SQLAInterface(SurveyAnswer)
    class_permission_name = "SurveyAnswer"
    route_base = "/survey-answers"
    titles = Titles(one=_l("Answer"), many=_l("Answers"), new=_l("Answer"))
    list_columns = ["survey", "customer", "answered_on", "score", "words", "filled_by"]
    search_columns = ["answered_on"]
    order_columns = ["answered_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Answer"), ["survey", "customer", "answered_on", "score", "words", "filled_by"])]
    add_columns = edit_columns = []


class AnswerLinkView(RecordView):
    """Links that were given out, and what came back."""

    datamodel = SQLAInterface(AnswerLink)
    class_permission_name = "AnswerLink"
    route_base = "/answer-links"
    titles = Titles(one=_l("Link for a customer"), many=_l("Links for customers"), new=_l("New link"))
    list_columns = ["profile", "kind", "survey", "expires_on", "state", "answered_at", "filled_by"]
    search_columns = ["kind", "state", "expires_on"]
    order_columns = ["expires_on", "answered_at"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Link for a customer"), ["profile", "survey", "expires_on"])]
    show_fieldsets = [
        (_l("Link for a customer"), ["profile", "kind", "survey", "expires_on", "state"]),
        (_l("What came back"), ["answered_at", "filled_by", "reason"]),
    ]
    edit_columns = []
    on_add = links.issue
    moves = links.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With what the customer filled in."""
        link = self.fetch(pk)
        page = survey_screens.with_answers(showing.show_page(self, link), link)
        return self.render_template("hudang/show.html", page=page)

    @expose("/<int:pk>/address", methods=["POST"])
    @has_access
    def address(self, pk: int) -> Any:
        """Where the customer answers; showing it is a line in the audit."""
        survey_screens.tell_address(self.fetch(pk))
        return redirect(self.url("show", pk=pk))


class CorrectiveActionView(RecordView):
    """What was low and is put right: done, verified by another, closed."""

    datamodel = SQLAInterface(CorrectiveAction)
    class_permission_name = "CorrectiveAction"
    route_base = "/corrective-actions"
    titles = Titles(one=_l("Corrective action"), many=_l("Corrective actions"), new=_l("Corrective action"))
    list_columns = ["number", "site", "survey", "question", "score", "target", "responsible", "due_on", "state"]
    search_columns = ["number", "state", "due_on"]
    order_columns = ["number", "due_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Corrective action"), ["number", "survey", "question", "score", "target", "responsible", "due_on"]),
        (_l("Measures taken"), ["cause", "measure", "prevention", "done_by", "done_on"]),
        (_l("Verification"), ["finding", "verified_by", "verified_on", "closed_on"]),
    ]
    add_columns = []
    edit_columns = ["responsible", "due_on"]
    edit_states = {"open"}
    form_choices = {"question": policy.questions}
    moves = actions.MOVES


class SurveyView(RecordView):
    """The surveys of the years."""

    datamodel = SQLAInterface(Survey)
    class_permission_name = "Survey"
    route_base = "/surveys"
    titles = Titles(one=_l("Survey"), many=_l("Surveys"), new=_l("New survey"))
    list_columns = ["number", "site", "kind", "year", "closes_on", "invited", "answered", "score", "state"]
    search_columns = ["number", "year", "state", "is_full", "closes_on"]
    order_columns = ["number", "year", "closes_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Survey"), ["site", "scheme", "kind", "year", "is_full", "closes_on", "target"])]
    show_fieldsets = [
        (_l("Survey"), ["number", "scheme", "kind", "year", "is_full", "closes_on"]),
        (_l("Result of the survey"), ["invited", "answered", "score", "target", "closed_on", "responsible"]),
    ]
    edit_columns = ["closes_on", "target"]
    edit_states = {"open"}
    form_choices = {"kind": policy.surveys}
    among = {"scheme": policy.among}
    on_add, on_edit = surveys.open_survey, surveys.check
    moves = surveys.MOVES
    related_views = [CorrectiveActionView, SurveyAnswerView, AnswerLinkView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With the scores question by question."""
        survey = self.fetch(pk)
        page = survey_screens.with_scores(showing.show_page(self, survey), survey)
        return self.render_template("hudang/show.html", page=page)


class EvaluationView(RecordView):
    """What the files tell the marketing manager, on time."""

    datamodel = SQLAInterface(Evaluation)
    class_permission_name = "Evaluation"
    route_base = "/evaluations"
    titles = Titles(one=_l("Evaluation"), many=_l("Evaluations"), new=_l("New evaluation"))
    list_columns = ["number", "site", "scheme", "due_on", "author", "reader", "state", "is_late", "delivered_at"]
    search_columns = ["number", "state", "is_late", "due_on"]
    order_columns = ["number", "due_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Evaluation"), ["site", "scheme", "author", "reader", "due_on"])]
    show_fieldsets = [
        (_l("Evaluation"), ["number", "scheme", "author", "reader", "due_on"]),
        (_l("What the files tell"), ["findings", "advice", "delivered_at", "is_late", "read_at"]),
    ]
    edit_columns = ["author", "reader", "due_on"]
    edit_states = {"due"}
    among = {"scheme": policy.among}
    on_add, on_edit = evaluations.order, evaluations.check
    moves = evaluations.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With the figures of the day it was delivered."""
        evaluation = self.fetch(pk)
        page = survey_screens.with_figures(showing.show_page(self, evaluation), evaluation)
        return self.render_template("hudang/show.html", page=page)


class AnswerView(BaseView):
    """Opened by customers, who have no account: whoever holds a live link answers once, and sees nothing of others."""

    route_base = "/answer"
    class_permission_name = "AnswerLink"

    @expose("/thanks")
    def thanks(self) -> Any:
        return self.render_template("market/thanks.html")

    @expose("/<token>", methods=["GET", "POST"])
    def answer(self, token: str) -> Any:
        return public.answered(self, token, request.remote_addr or "")
