"""Schemes as data: what does not fit is named by line and field, drafts are put in force by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import schemes
from app.archive.models import Scheme
from app.archive.schemes.lines import line_of
from app.demo import makers
from app.kit.errors import RuleError
from app.kit.session import db

Login = Callable[..., FlaskClient]
TOWER = schemes.FOLDER / "office_tower.yaml"


def test_every_shipped_scheme_fits_and_has_a_key_of_its_own() -> None:
    keys = [schemes.read(path)["key"] for path in schemes.shipped()]
    assert len(keys) == len(set(keys)) and all((schemes.FOLDER / f"{key}.yaml").exists() for key in keys)


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("order: newest_first", "order: by_colour", "order"),
        ("subject: unit", "subject: planet", "subject"),
        ("key: licence, section: move_in", "key: licence, section: nowhere", "papers.9.section"),
        ("paper: identity, mode: copy", "paper: identify, mode: copy", "access.4.paper"),
        ("key: contractor, section", "key: fitout, section", "papers.15.key"),
        ("revision: 3", "revision: three", "revision"),
        ("{paper: fitout, clock: made", "{paper: fitouts, clock: made", "retention.1.paper"),
        ("key: lease, section", "key: Lease 1, section", "papers.17.key"),
    ],
)
def test_what_does_not_fit_is_named_by_line_and_field(before: str, after: str, where: str) -> None:
    text = TOWER.read_text(encoding="utf-8")
    assert text.count(before) == 1
    line = text[: text.index(before)].count("\n") + 1
    with pytest.raises(RuleError) as refused:
        schemes.parse(text.replace(before, after), "own.yaml")
    assert f"{where}" in str(refused.value) and str(line) in str(refused.value)


def test_a_text_that_is_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(RuleError, match="3"):
        schemes.parse("key: x\nname: y\n\t- [", "own.yaml")
    with pytest.raises(RuleError):
        schemes.parse("- just\n- a list\n", "own.yaml")


def test_a_line_is_found_or_the_nearest_around_it() -> None:
    text = "a: 1\nb:\n  - c: 2\n  - d: 3\n"
    assert [line_of(text, path) for path in (["a"], ["b", 1], ["b", 1, "d"], ["b", 7], ["z"], [])] == [1, 4, 4, 2, 1, 1]


def test_a_scheme_is_exported_the_same(app: Flask) -> None:
    out = app.test_cli_runner().invoke(args=["schemes", "export", "office_tower"])
    assert out.output == TOWER.read_text(encoding="utf-8")
    assert app.test_cli_runner().invoke(args=["schemes", "export", "nowhere"]).exit_code == 1
    for scheme in db.session.scalars(select(Scheme)):
        text = schemes.exported(scheme)
        assert schemes.parse(text, "same") == scheme.body
        scheme.source_text = ""  # one that was loaded before its text was kept
        assert schemes.digest_of(schemes.parse(schemes.exported(scheme), "same")) == scheme.digest


def draft_of(login: Login, name: str = "manager", **form: str) -> Scheme:
    """The tower's scheme, copied on screen."""
    shipped = schemes.current("office_tower")
    assert login(name).post(f"/schemes/{shipped.id}/move/copy", data=form).status_code == 302
    return db.session.scalars(select(Scheme).where(Scheme.state == "draft")).one()


def test_a_scheme_is_copied_edited_and_put_in_force_by_another(login: Login, site: Any) -> None:
    old = makers.make_file(makers.make_unit(site=site))
    draft, manager = draft_of(login), login("manager")
    assert (draft.key, draft.revision) == ("office_tower", 4)
    url, form = f"/schemes/{draft.id}", {"version": draft.version}
    wrong = draft.source_text.replace("order: newest_first", "order: by_colour")
    refused = manager.post(f"{url}/edit", data=form | {"source_text": wrong})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "line 11, order" in page and "order: by_colour" in page
    right = draft.source_text.replace("order: newest_first", "order: oldest_first")
    assert manager.post(f"{url}/edit", data=form | {"source_text": right}).status_code == 302
    assert manager.post(f"{url}/move/put_in_force", data={}).status_code == 403
    assert login("director").post(f"{url}/move/put_in_force", data={}).status_code == 302
    db.session.expire_all()
    new = makers.make_file(makers.make_unit(site=site))
    assert (old.scheme.body["order"], new.scheme.body["order"]) == ("newest_first", "oldest_first")
    again = manager.post(f"{url}/edit", data={"version": draft.version, "source_text": right})
    assert again.status_code == 422


def test_who_drafted_a_scheme_does_not_put_it_in_force(login: Login) -> None:
    draft, director = draft_of(login, "director"), login("director")
    refused = director.post(f"/schemes/{draft.id}/move/put_in_force", data={})
    assert refused.status_code == 302 and draft.state == "draft"
    assert "Somebody else puts it in force" in director.get(f"/schemes/{draft.id}").get_data(as_text=True)
    assert director.post(f"/schemes/{draft.id}/move/discard", data={}).status_code == 302
    assert draft.state == "discarded"
    assert schemes.current("office_tower").revision == 3


def test_a_scheme_of_ones_own_has_a_new_key(login: Login) -> None:
    shipped = schemes.current("office_tower")
    refused = login("manager").post(f"/schemes/{shipped.id}/move/copy", data={"new_key": "office_tower"})
    assert refused.status_code == 422 and "scheme of this key" in refused.get_data(as_text=True)
    bad = login("manager").post(f"/schemes/{shipped.id}/move/copy", data={"new_key": "Mein Schema"})
    assert bad.status_code == 422 and "Small letters" in bad.get_data(as_text=True)
    assert draft_of(login, new_key="our_tower").key == "our_tower"


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_a_schemes_page_tells_it_in_words(login: Login, language: str) -> None:
    for scheme in db.session.scalars(select(Scheme)):
        page = login("manager", language).get(f"/schemes/{scheme.id}").get_data(as_text=True)
        assert scheme.body["name"][language] in page and scheme.body["papers"][-1]["name"][language] in page
    exported = login("manager").get(f"/schemes/{schemes.current('office_tower').id}/export.yaml")
    assert exported.data.decode() == TOWER.read_text(encoding="utf-8")
    assert login("clerk").get(f"/schemes/{schemes.current('office_tower').id}").status_code == 403
