"""What a scheme says of collecting customers, allocating them and following them up; `words` reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chinese_calendar import Holiday

from app.archive import access
from app.archive.models import Scheme
from app.archive.schemes.parts import Body, Part, Where
from app.archive.schemes.shape import KEY, NAMES, listed, record
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.security.models import canonical

CHANNELS: dict[str, Any] = {"phone": _l("By telephone"), "visit": _l("At the door")}
WHEN: dict[str, Any] = {"buyer": _l("Has bought"), "non_buyer": _l("Has not bought"), "all": _l("Everybody")}
RULES = ("collector", "area", "newcomer", "score")
PARTICULARS = ("name", "phone", "address", "area", "birth_year", "gender", "occupation", "household", "interests")
FEEDBACK = ("phone", "address", "bought", "feedback", "wishes")
WHOLE = {"type": "integer", "minimum": 0}
DAYS = {"type": "integer", "minimum": 0, "maximum": 3650}
NAMED = record(["key", "name"], key=KEY, name=NAMES)
SOME_CHANNELS = listed({"enum": list(CHANNELS)}, minItems=1, uniqueItems=True)

FIRST = record(
    ["name", "paper", "by", "required", "handed_to"],
    name=NAMES,
    paper=KEY,
    by=listed(KEY, minItems=1),
    required=listed({"enum": list(PARTICULARS)}, uniqueItems=True),
    handed_to=KEY,
)
EVENT = record(
    ["name", "paper", "by", "required", "kinds", "fill_within_days", "hand_within_days", "handed_to", "kept_by"],
    name=NAMES,
    paper=KEY,
    by=listed(KEY, minItems=1),
    required=listed({"enum": list(FEEDBACK)}, uniqueItems=True),
    kinds=listed(NAMED, minItems=1),
    fill_within_days=DAYS,
    hand_within_days=DAYS,
    handed_to=KEY,
    kept_by=KEY,
)
ALLOCATION = record(
    ["order", "to"],
    order=listed({"enum": list(RULES)}, minItems=1, uniqueItems=True),
    to=listed(KEY, minItems=1),
    newcomer_percent={"type": "integer", "minimum": 0, "maximum": 100},
    newcomer_days=DAYS,
    weights=record([], ability=WHOLE, efficiency=WHOLE, workload=WHOLE),
)
NOTICE = record(["version", "text"], version={"type": "integer", "minimum": 1}, text=NAMES)
COLLECTION = record(
    ["duties", "notice", "first", "allocation"],
    duties=listed(NAMED, minItems=1),
    notice=NOTICE,
    first=FIRST,
    event=EVENT,
    allocation=ALLOCATION,
)
LINE = record(
    ["who", "when", "purpose", "channels"],
    who=KEY,
    when={"enum": list(WHEN)},
    within_days=DAYS,
    ad_hoc={"type": "boolean"},
    purpose=NAMES,
    channels=SOME_CHANNELS,
)
OCCASION = record(
    ["key", "name", "who", "days_before"],
    key=KEY,
    name=NAMES,
    who=KEY,
    holiday={"enum": sorted(holiday.name for holiday in Holiday)},
    month={"type": "integer", "minimum": 1, "maximum": 12},
    day={"type": "integer", "minimum": 1, "maximum": 31},
    days_before=DAYS,
)
FOLLOW_UPS = record(
    ["lines", "paper"],
    paper=KEY,
    lines=listed(LINE),
    channels_needed={"type": "object", "additionalProperties": SOME_CHANNELS},
    occasions=listed(OCCASION),
)


def check_collection(body: Body) -> Iterator[tuple[Where, Any]]:
    """Duties and classes of paper that are named are there; who collected a customer comes first (P1.05)."""
    said = body["collection"]
    duties, papers = {one["key"] for one in said["duties"]}, {paper["key"] for paper in body["papers"]}
    named = [(("first", "by"), said["first"]["by"]), (("first", "handed_to"), [said["first"]["handed_to"]])]
    named.append((("allocation", "to"), said["allocation"]["to"]))
    if event := said.get("event"):
        named += [(("event", "by"), event["by"]), (("event", "handed_to"), [event["handed_to"]])]
        named.append((("event", "kept_by"), [event["kept_by"]]))
    for where, keys in named:
        yield from _unknown(("collection", *where), keys, duties)
    for name in ("first", "event"):
        if name in said and said[name]["paper"] not in papers:
            yield ("collection", name, "paper"), _l("there is no class of paper %(key)s", key=said[name]["paper"])
    order = said["allocation"]["order"]
    if "collector" in order[1:]:
        yield ("collection", "allocation", "order"), _l("who collected a customer comes before every other rule")
    if body["subject"] != "customer":
        yield ("subject",), _l("customers are collected by schemes whose files are about a customer")


def check_follow_ups(body: Body) -> Iterator[tuple[Where, Any]]:
    """A line has its days or is ad hoc; whoever it names has a duty in the scheme."""
    said, papers = body["follow_ups"], {paper["key"] for paper in body["papers"]}
    duties = {one["key"] for one in body.get("collection", {}).get("duties", [])}
    for place, line in enumerate(said["lines"]):
        yield from _unknown(("follow_ups", "lines", place, "who"), [line["who"]], duties)
        if ("within_days" in line) == bool(line.get("ad_hoc")):
            yield ("follow_ups", "lines", place), _l("a follow-up has its days, or is ad hoc")
    for who in said.get("channels_needed", {}):
        yield from _unknown(("follow_ups", "channels_needed", who), [who], duties)
    for place, occasion in enumerate(said.get("occasions", [])):
        yield from _unknown(("follow_ups", "occasions", place, "who"), [occasion["who"]], duties)
        if ("holiday" in occasion) == ("month" in occasion and "day" in occasion):
            yield ("follow_ups", "occasions", place), _l("an occasion is a holiday, or has its month and day")
    if said["paper"] not in papers:
        yield ("follow_ups", "paper"), _l("there is no class of paper %(key)s", key=said["paper"])


def _unknown(where: Where, keys: Iterable[str], duties: set[str]) -> Iterator[tuple[Where, Any]]:
    for key in keys:
        if key not in duties:
            yield where, _l("the scheme has no duty %(key)s", key=key)


PARTS = (
    Part(key="collection", schema=COLLECTION, check=check_collection),
    Part(key="follow_ups", schema=FOLLOW_UPS, check=check_follow_ups),
)


# --- read ---


def collecting() -> dict[str, Scheme]:
    """The schemes that collect customers, by key, each in the version in force."""
    in_force = {scheme.key: scheme for scheme in access.newest() if scheme.effective_from <= today()}
    return {key: scheme for key, scheme in in_force.items() if "collection" in scheme.body}


def scheme_of(key: str) -> Scheme:
    """The collecting scheme of that key; the only one there is where none is named. RuleError for any other."""
    known = collecting()
    if not key and len(known) == 1:
        return next(iter(known.values()))
    if key not in known:
        raise RuleError(_l("Choose a scheme that collects customers."), field="scheme_key")
    return known[key]


def part(key: str, name: str = "collection") -> dict[str, Any]:
    """What the scheme of that key says of collecting, or of following up; {} where nothing."""
    scheme = collecting().get(key)
    said: dict[str, Any] = (scheme.body.get(name) if scheme is not None else None) or {}
    return said


def duty_names(key: str) -> dict[str, Mapping[str, str]]:
    """The duties of a scheme by key, in three languages."""
    return {one["key"]: one["name"] for one in part(key).get("duties", [])}


def duty_name(key: str, duty: str) -> str:
    """What a scheme calls a duty; the key itself where it no longer says."""
    names = duty_names(key)
    return say(names[duty]) if duty in names else duty


def digest_of(notice: Mapping[str, Any]) -> str:
    """SHA-256 of a notice's words in all languages: which words were shown can be proved."""
    return hashlib.sha256(canonical(dict(notice["text"])).encode()).hexdigest()


def scheme_words(_draft: Any = None) -> list[tuple[str, Any]]:
    """The collecting schemes to choose from."""
    return [(key, say(scheme.body["name"])) for key, scheme in collecting().items()]


def duty_words(_draft: Any = None) -> list[tuple[str, Any]]:
    """Every duty of the collecting schemes."""
    return [(duty, say(names)) for key in collecting() for duty, names in duty_names(key).items()]


def event_words(_draft: Any = None) -> list[tuple[str, Any]]:
    """The kinds of event at which customers are met."""
    kinds = [one for key in collecting() for one in part(key).get("event", {}).get("kinds", [])]
    return [(one["key"], say(one["name"])) for one in kinds]


def notices() -> str:
    """What is shown before anybody agrees: the notice of each collecting scheme."""
    return "\n".join(say(part(key)["notice"]["text"]) for key in collecting())
