"""What of plan 1 the property desk uses already: versions of the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from app.archive import rules as archive
from app.archive import schemes
from app.demo import makers
from app.kit.columns import today
from app.kit.errors import RuleError

Login = Callable[..., FlaskClient]


def test_p01_22_a_new_version_of_the_rules_holds_from_its_day_and_old_files_keep_theirs(
    site: Any, tmp_path: Any
) -> None:
    """A scheme is loaded by version with the day it takes effect; files keep the version they were made under."""
    old = makers.make_file(makers.make_unit(site=site))
    body = yaml.safe_load((schemes.FOLDER / "office_tower.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "office_tower.yaml"
    changed = {**body, "order": "oldest_first"}
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleError, match="office_tower"):
        schemes.load(path)
    tomorrow = today() + dt.timedelta(days=1)
    for revision, begins in ((4, today()), (5, tomorrow)):
        told = {**changed, "revision": revision, "effective_from": begins.isoformat()}
        path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        schemes.load(path)
    new = makers.make_file(makers.make_unit(site=site))
    assert (old.scheme.revision, new.scheme.revision) == (3, 4)
    assert archive.schemes.current("office_tower").revision == 4
