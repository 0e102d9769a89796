"""What a declaration may not say, and what follows from it when an entry is written."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from app.demo.registers_makers import make_entry, take_step
from app.kit.errors import RuleError
from app.kit.moves import offered
from app.kit.session import attempt
from app.registers import checking, declaring, known
from app.registers.shape import KINDS
from app.registers.steps import moves_of
from tests.registers.conftest import BODY, named

Break = Callable[[dict[str, Any]], Any]
BROKEN: list[tuple[str, Break]] = [
    ("fields.0.label", lambda body: body["fields"][0]["label"].pop("en")),
    ("fields.0.kind", lambda body: body["fields"][0].update(kind="picture")),
    ("fields.0.key", lambda body: body["fields"][0].update(key="site_id")),
    ("fields.1.key", lambda body: body["fields"][1].update(key="topic")),
    ("fields.2.words", lambda body: body["fields"][2].pop("words")),
    ("fields.0.register", lambda body: body["fields"][0].update(register="meetings")),
    ("fields.3.default", lambda body: body["fields"][3].update(default="dear")),
    ("read.0", lambda body: body.update(read=["guest"])),
    ("key", lambda body: body.update(key="new")),
    ("single", lambda body: body.update(single=True)),
    ("number", lambda body: body.update(number="CC-{year}")),
    ("number", lambda body: body.update(number="CC-{sequence:q}")),
    ("due", lambda body: body.update(due="topic")),
    ("list.0", lambda body: body["list"].insert(0, "nothing")),
    ("moves.0.to", lambda body: body["moves"][0].update(to="nowhere")),
    ("moves.0.from.0", lambda body: body["moves"][0].update({"from": ["nowhere"]})),
    ("moves.0.asks.0", lambda body: body["moves"][0].update(asks=["nothing"])),
    ("moves.2.not_who.0", lambda body: body["moves"][2].update(not_who=["nobody"])),
    ("order.by", lambda body: body.update(order={"by": "secret"})),
    ("periodic.after", lambda body: body.update(periodic={"days": 3, "due": "deadline", "after": "never"})),
    ("condition_of_role.person", lambda body: body.update(
        condition_of_role={"roles": ["clerk"], "person": "topic", "state": "closed"})),
    ("acknowledge.version", lambda body: body.update(acknowledge={"roles": ["clerk"], "version": "owner"})),
    ("wall", lambda body: body.update(wall="topic")),
    ("held_by", lambda body: body.update(held_by="topic")),
]  # fmt: skip


@pytest.mark.no_app
@pytest.mark.parametrize(("where", "spoil"), BROKEN, ids=[f"{at} {where}" for at, (where, _) in enumerate(BROKEN)])
def test_what_does_not_fit_is_said_with_its_field(where: str, spoil: Break) -> None:
    body = copy.deepcopy(BODY)
    assert not list(checking.problems(body))
    spoil(body)
    assert where in {".".join(map(str, path)) for path, _words in checking.problems(body)}


@pytest.mark.no_app
def test_the_line_of_what_does_not_fit_is_named() -> None:
    text = yaml.safe_dump(BODY, allow_unicode=True, sort_keys=False)
    spoiled = text.replace("kind: money", "kind: gold")
    line = next(at for at, said in enumerate(spoiled.split("\n"), 1) if "kind: gold" in said)
    with pytest.raises(RuleError) as refused:
        checking.parse(spoiled)
    assert str(line) in str(refused.value) and "fields.3.kind" in str(refused.value)


def test_every_kind_of_field_is_stored_and_read(site: Any, cast: Any, login: Any) -> None:
    """One register with a field of each kind: typed into the form, read on the page."""
    fields = [{"key": f"f_{kind}", "kind": kind, "label": named(f"字段{kind}", f"Field {kind}")} for kind in KINDS]
    for field in fields:
        if field["kind"] in ("choice", "several"):
            field["words"] = {"one": named("一"), "two": named("二")}
        if field["kind"] == "entry":
            field["register"] = "spot_checks"
    declaring.declare(BODY)
    other = make_entry("spot_checks", site, topic="另一条")
    declaring.declare({"key": "all_kinds", "name": named("全"), "entry": named("条"), "read": ["everyone"],
                       "write": ["everyone"], "fields": fields})  # fmt: skip
    typed = {
        "f_text": "文字", "f_long_text": "长文", "f_number": "7", "f_money": "1.50", "f_date": "2026-03-01",
        "f_moment": "2026-03-01T08:00", "f_flag": "1", "f_choice": "two", "f_several": ["one", "two"],
        "f_person": cast["clerk"].id, "f_entry": other.id, "f_signature": "M1 1L2 2",
    }  # fmt: skip
    clerk = login("clerk")
    added = clerk.post("/registers/all_kinds/add", data=typed)
    assert added.status_code == 302
    entry: Any = known.model_of("all_kinds").__mapper__
    shown = clerk.get(added.headers["Location"]).text
    for words in ("文字", "长文", "7", "1.50", "2026-03-01 08:00", "一、二", str(cast["clerk"]), "另一条", "M1 1L2 2"):
        assert words in shown, words
    bare = clerk.post("/registers/all_kinds/add", data={"f_text": "只有文字"})
    assert bare.status_code == 302 and "只有文字" in clerk.get(bare.headers["Location"]).text
    assert (
        entry.single and clerk.get("/registers/all_kinds/?q=文字&f_money_from=1&f_money_to=2").text.count("文字") >= 1
    )


def test_numbers_have_no_gap_whatever_is_refused(spot_checks: Any, site: Any) -> None:
    first = make_entry("spot_checks", site, topic="一")
    with pytest.raises(ZeroDivisionError), attempt():
        make_entry("spot_checks", site, topic="不算")
        raise ZeroDivisionError
    second = make_entry("spot_checks", site, topic="二")
    assert [str(each.number)[-3:] for each in (first, second)] == ["001", "002"]


def test_a_barred_step_is_not_even_offered(spot_checks: Any, site: Any, cast: Any) -> None:
    entry = make_entry("spot_checks", site, by=cast["clerk"], topic="柜门")
    take_step(entry, "correct", cast["clerk"], outcome="已锁")
    table, may = moves_of(spot_checks.declared), lambda _verb, _permission: True
    assert [move.name for move in offered(table, entry, may, cast["clerk"])] == ["back"]
    assert {move.name for move in offered(table, entry, may, cast["manager"])} == {"back", "close"}


def test_a_state_that_entries_are_in_is_not_dropped(spot_checks: Any, site: Any) -> None:
    make_entry("spot_checks", site, topic="一")
    states = [{"key": "other", "name": named("别的")}, *BODY["states"][1:]]
    moves = [{**move, "from": ["other"], "to": "closed"} for move in BODY["moves"]]
    with pytest.raises(RuleError, match="found"):
        declaring.declare({**BODY, "states": states, "moves": moves})
