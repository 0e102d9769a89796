"""A scheme's market part, read: its words in the reader's language, its thresholds as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.archive import access
from app.archive.models import Scheme
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say

Item = dict[str, Any]
Words = list[tuple[str, str]]


@dataclass(frozen=True)
class Policy:
    """What one scheme says of its market now."""

    scheme: Scheme
    part: dict[str, Any]

    def items(self, name: str) -> list[Item]:
        return list(self.part.get(name, []))

    def item(self, name: str, key: str) -> Item | None:
        """One of a list by its key, or None."""
        return next((each for each in self.items(name) if each["key"] == key), None)

    def words(self, name: str) -> Words:
        """(key, word) of a list."""
        return [(each["key"], say(each["name"])) for each in self.items(name)]

    def word(self, name: str, key: str) -> str:
        """What a key of a list is called; the key itself where the scheme no longer says."""
        found = self.item(name, key)
        return say(found["name"]) if found is not None else key

    def marks(self) -> Iterator[tuple[str, Item, Item]]:
        """("facet.word", facet, word) of every mark a customer may bear (P3.01, P3.05)."""
        for facet in self.items("facets"):
            for word in facet["words"]:
                yield f"{facet['key']}.{word['key']}", facet, word

    def fields(self) -> Iterator[tuple[str, Item, Item]]:
        """("group.field", group, field) of everything that is known of a customer (P3.02)."""
        for group in self.items("groups"):
            for field in group["fields"]:
                yield f"{group['key']}.{field['key']}", group, field

    def survey(self, key: str) -> Item:
        found = self.item("surveys", key)
        if found is None:
            raise RuleError(_l("The scheme has no such survey."), field="kind")
        return found


def policies() -> dict[str, Policy]:
    """Every scheme in force today that says something of a market, in its newest revision."""
    newest = {scheme.key: scheme for scheme in access.newest() if scheme.effective_from <= today()}
    return {key: Policy(scheme, scheme.body["market"]) for key, scheme in newest.items() if "market" in scheme.body}


def of_key(key: str) -> Policy:
    """The policy of a scheme; refused where it says nothing of a market."""
    found = policies().get(key)
    if found is None:
        raise RuleError(_l("This scheme says nothing of customers as a market."), field="scheme")
    return found


def of_survey(survey: Any) -> Policy:
    """What the scheme said in the version that the survey was opened under: a later one changes no survey."""
    return Policy(survey.scheme, survey.scheme.body["market"])


def among(query: Any) -> Any:
    """Only schemes in force that have a market part may be chosen."""
    return query.where(Scheme.id.in_([policy.scheme.id for policy in policies().values()]))


def about(of: Any) -> Iterable[Policy]:
    """The policies a record or a half-filled form can be under: its own, else every one."""
    if getattr(getattr(of, "survey", None), "scheme", None) is not None:
        return [of_survey(of.survey)]
    key = getattr(of, "scheme_key", "") or getattr(getattr(of, "scheme", None), "key", "")
    for name in ("survey", "profile") if not key else ():
        key = key or getattr(getattr(of, name, None), "scheme_key", "")
    found = policies()
    return [found[key]] if key in found else found.values()


def offering(pick: Callable[[Policy], Iterable[tuple[str, str]]]) -> Callable[[Any], Words]:
    """`form_choices` of a column whose words stand in the scheme."""

    def offered(of: Any) -> Words:
        found: dict[str, str] = {}
        for policy in about(of):
            for key, word in pick(policy):
                found.setdefault(key, word)
        return list(found.items())

    return offered


def _marks(policy: Policy) -> Iterator[tuple[str, str]]:
    for key, facet, word in policy.marks():
        yield key, f"{say(facet['name'])} {say(word['name'])}"


def _fields(policy: Policy) -> Iterator[tuple[str, str]]:
    for key, group, field in policy.fields():
        yield key, f"{say(group['name'])} · {say(field['name'])}"


def _questions(policy: Policy) -> Iterator[tuple[str, str]]:
    for survey in policy.items("surveys"):
        for question in survey["questions"]:
            yield f"{survey['key']}.{question['key']}", say(question["name"])


marks, fields, questions = offering(_marks), offering(_fields), offering(_questions)
grades = offering(lambda policy: policy.words("grades"))
credit_grades = offering(lambda policy: policy.words("credit_grades"))
payment_modes = offering(lambda policy: policy.words("payment_modes"))
sources = offering(lambda policy: policy.words("sources"))
surveys = offering(lambda policy: policy.words("surveys"))
