"""Archives proper: numbers, filing, one whole, standards, ledgers, transfers, opening."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.demo import fonds_makers as makers
from app.demo.makers import user
from app.fonds import (
    bag,
    checking,
    filing,
    keeping,
    ledgers,
    numbering,
    opening,
    public,
    rules,
    standards,
    transfers,
    whole,
)
from app.fonds.models import ArchivalItem, NumberChange
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import attempt, db
from app.kit.stored import PARTIAL
from tests.archive import stored_files
from tests.standing import Made, Standing

WITH_DATABASE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def everything(query: Any, _model: Any) -> Any:
    return query


def test_a_number_has_both_legal_spellings(site: Any) -> None:
    fonds = makers.make_fonds(site, number="Z109")
    item = makers.make_item(fonds)
    assert item.number == "Z109-WS·2011-Y-BGS-0001"
    assert item.other_number == "Z109-WS·2011·Y·办公室-0001"
    assert numbering.find(site.id, "Z109-WS·2011·Y·办公室-0001") is item
    in_words = makers.make_fonds(site, number="Z110", spelling="words")
    assert makers.make_item(in_words).number == "Z110-WS·2011·Y·办公室-0001"


def test_numbers_run_within_fonds_kind_year_period_and_department(site: Any) -> None:
    fonds = makers.make_fonds(site, number="Z109")
    said = [makers.make_item(fonds, **more).number for more in ({}, {}, {"year": 2012}, {"period": "D30"})]
    assert said == [
        "Z109-WS·2011-Y-BGS-0001", "Z109-WS·2011-Y-BGS-0002", "Z109-WS·2012-Y-BGS-0001", "Z109-WS·2011-D30-BGS-0001",
    ]  # fmt: skip


def test_what_lies_in_a_volume_has_its_number(site: Any) -> None:
    volume = makers.make_volume(makers.make_fonds(site, number="Z109"))
    assert volume.number == "Z109-KJ·2008-Y-BGS-0001"
    assert [item.number for item in volume.contents] == [f"{volume.number}-001", f"{volume.number}-002"]


def test_nothing_is_filed_before_it_is_classified_and_given_a_period(site: Any) -> None:
    item = makers.make_item(makers.make_fonds(site), state="collected", kind="", period="")
    with pytest.raises(RuleError, match="材料类别"):
        makers.take(makers.ITEM_MOVES, item, "classify", user("archivist"))
    with pytest.raises(RuleError):
        makers.take(makers.ITEM_MOVES, item, "file_item", user("archivist"))
    item.kind = "document"
    makers.take(makers.ITEM_MOVES, item, "classify", user("archivist"))
    assert (item.state, item.category) == ("classified", "document")
    with pytest.raises(RuleError) as refused:
        makers.take(makers.ITEM_MOVES, item, "give_period", user("archivist"), period="")
    assert refused.value.field == "period"


def test_a_volume_is_filed_with_all_that_lies_in_it(site: Any) -> None:
    volume = makers.make_item(makers.make_fonds(site), state="bound", level="volume", kind="technical")
    makers.make_item(volume.fonds, state="timed", volume=volume)
    db.session.refresh(volume)
    with pytest.raises(RuleError, match="1件尚未整理"):
        makers.bring_to(volume, "filed")


@pytest.mark.parametrize("day", ["2011", "20110230", "20111301", "20110015", "2011030a"])
def test_a_day_has_eight_digits_and_is_one(day: str) -> None:
    with pytest.raises(RuleError):
        filing.check_day(day)


@pytest.mark.parametrize("day", ["", "20110309", "20110300", "20110000", "20240229"])
def test_a_month_or_day_may_be_unknown(day: str) -> None:
    filing.check_day(day)


def test_professional_material_without_rules_is_filed_as_documents(site: Any) -> None:
    item = makers.make_item(makers.make_fonds(site, number="Z109"), kind="professional")
    assert item.category == "document" and item.number.startswith("Z109-WS·")


def test_the_standard_in_force_follows_category_level_and_year() -> None:
    def keys(*asked: Any) -> list[str]:
        return [each.key for each in standards.in_force(*asked)]

    assert keys("document", "item", 2016) == ["DA/T 22-2000"]
    assert keys("document", "item", 2017) == ["DA/T 22-2015"]
    assert keys("document", "volume", 2016) == ["GB/T 9705-2008", "国档发〔1987〕27号"]
    assert keys("accounting", "volume", 2015) == ["财会字〔1998〕32号"]
    assert keys("accounting", "volume", 2016) == ["财政部、国家档案局令第79号", "DA/T 39-2008"]
    assert keys("photo", "item", 2010, "digital") == ["DA/T 50-2014"]
    assert keys("photo", "item", 2010, "paper film") == ["GB/T 11821-2002"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("da/t5-0014", "DA/T 50-2014"),
        ("DA/T 6-2017", "DA/T 62-2017"),
        ("财会〔1998〕132号", "财会字〔1998〕32号"),
        ("财会（1998）132号", "财会字〔1998〕32号"),
        ("gb/t18894-2016", "GB/T 18894-2016"),
        ("79号令", "财政部、国家档案局令第79号"),
    ],
)
def test_misprints_of_the_source_are_understood(typed: str, right: str) -> None:
    found = standards.find(typed)
    assert found is not None and found.key == right


def test_a_standard_of_other_years_is_refused(site: Any) -> None:
    fonds = makers.make_fonds(site)
    with pytest.raises(RuleError, match="DA/T 22-2000") as refused:
        makers.make_item(fonds, year=2016, standard="DA/T 22-2015")
    assert refused.value.field == "standard"
    assert makers.make_item(fonds, year=2017).standard == "DA/T 22-2015"
    assert makers.make_item(fonds, kind="photo", carriers="digital", standard="da/t5-0014").standard == "DA/T 50-2014"


def test_a_closed_fonds_gives_nothing_away_and_takes_nothing_later(site: Any) -> None:
    closed, other = makers.make_fonds(site), makers.make_fonds(site)
    item = makers.make_item(closed)
    rules.close(closed, closed_on=dt.date(2024, 6, 30), reason="行政区划调整")
    closed.state = "closed"
    db.session.flush()
    with pytest.raises(RuleError, match="一个整体"):
        makers.take(makers.ITEM_MOVES, item, "move_to_fonds", user("archivist"), fonds=other, reason="分散")
    with pytest.raises(RuleError, match="2024"):
        makers.make_item(closed, year=2025)
    assert makers.make_item(closed, year=2024).fonds_id == closed.id
    with pytest.raises(RuleError), attempt():
        item.fonds = other
        db.session.flush()
    with pytest.raises(RuleError), attempt():
        db.session.delete(item)
        db.session.flush()
    with pytest.raises(RuleError), attempt():
        closed.state = "open"
        db.session.flush()


STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "key", "renumber", "delete", "collect", "into", "transfer"]), st.integers(0, 4)),
    max_size=10,
)


@WITH_DATABASE
@given(steps=STEPS)
def test_no_sequence_of_steps_splits_a_closed_fonds(site: Any, steps: list[tuple[str, int]]) -> None:
    with attempt_and_undo():
        closed, other = makers.make_fonds(site), makers.make_fonds(site)
        volume = makers.make_volume(closed)
        makers.make_item(closed)
        rules.close(closed, closed_on=dt.date(2024, 6, 30), reason="行政区划调整")
        closed.state = "closed"
        db.session.flush()
        before = of(closed)
        for step, place in steps:
            items = sorted(
                db.session.scalars(select(ArchivalItem).where(ArchivalItem.fonds_id == closed.id)), key=id_of
            )
            try:
                with attempt():
                    do(step, items[place % len(items)], other, volume)
                    db.session.flush()
            except RuleError:
                db.session.expire_all()
        assert before <= of(closed)


def do(step: str, item: ArchivalItem, other: Any, volume: ArchivalItem) -> None:
    if step == "move":
        makers.take(makers.ITEM_MOVES, item, "move_to_fonds", user("archivist"), fonds=other, reason="分散")
    elif step == "key":
        item.fonds_id = other.id
    elif step == "renumber":
        rules.renumber(item.fonds, number=f"Q{item.id % 1000}", reason="调整", by=user("archivist"))
    elif step == "delete":
        db.session.delete(item)
    elif step == "collect":
        makers.make_item(other, volume=volume)
    elif step == "into":
        makers.take(makers.ITEM_MOVES, makers.make_item(other), "move_to_fonds", user("archivist"), fonds=item.fonds,
                    reason="补收")  # fmt: skip
    else:
        makers.hand_over(makers.make_transfer(item.fonds), missing=1)


def id_of(item: ArchivalItem) -> int:
    return item.id


def of(fonds: Any) -> set[int]:
    return set(db.session.scalars(select(ArchivalItem.id).where(ArchivalItem.fonds_id == fonds.id)))


class attempt_and_undo:  # noqa: N801 - reads as the statement it is
    """Whatever is written inside is gone afterwards: each example begins anew."""

    def __enter__(self) -> None:
        self.nested = db.session.begin_nested()

    def __exit__(self, *_raised: Any) -> None:
        self.nested.rollback()
        db.session.expire_all()


def test_a_renumbered_fonds_is_found_by_what_it_was(site: Any) -> None:
    fonds = makers.make_fonds(site, number="Z109")
    item, volume = makers.make_item(fonds), makers.make_volume(fonds)
    inside = volume.contents[0]
    rules.renumber(fonds, number="q21", reason="全宗编号体系调整", by=user("archivist"))
    assert item.number == "Q21-WS·2011-Y-BGS-0001" and inside.number == f"{volume.number}-001"
    assert numbering.find(site.id, "Z109-WS·2011-Y-BGS-0001") is item
    lines = {line.old: line.new for line in db.session.scalars(select(NumberChange))}
    assert lines["Z109"] == "Q21" and len(lines) == 5
    with pytest.raises(RuleError, match="已占用"):
        makers.make_fonds(site, number="Z109")


def test_an_item_in_the_wrong_fonds_goes_into_the_right_one(site: Any) -> None:
    wrong, right = makers.make_fonds(site, number="Z109"), makers.make_fonds(site, number="Z110")
    volume = makers.make_volume(wrong)
    with pytest.raises(RuleError, match="整卷移动"):
        whole.move_to(volume.contents[0], by=user("archivist"), fonds=right, reason="归错")
    whole.move_to(volume, by=user("archivist"), fonds=right, reason="归错")
    assert volume.number == "Z110-KJ·2008-Y-BGS-0001"
    assert {item.fonds_id for item in volume.contents} == {right.id}
    assert [item.number for item in volume.contents] == [f"{volume.number}-001", f"{volume.number}-002"]


def test_keeping_for_another_needs_a_written_consent_and_ends_with_a_transfer(site: Any) -> None:
    fonds = makers.make_fonds(site)
    item = makers.make_copied_item(fonds)
    kept = makers.make_keeping(fonds)
    soon = today() + dt.timedelta(days=1)
    with pytest.raises(RuleError, match="书面同意"):
        makers.take(keeping.MOVES, kept, "consent", user("director"), consent_number=" ", consent_by="区档案局",
                    consent_on=today(), reach_on=soon)  # fmt: skip
    said = {"consent_number": "区档函〔2026〕7号", "consent_by": "区档案局", "consent_on": today(), "reach_on": soon}
    makers.take(keeping.MOVES, kept, "consent", user("director"), **said)
    with pytest.raises(RuleError, match="另获书面同意"):
        makers.take(keeping.MOVES, kept, "consent_anew", user("director"), **said)
    assert list(db.session.scalars(keeping.due())) == []
    kept.reach_on = today()
    db.session.flush()
    assert list(db.session.scalars(keeping.due())) == [kept]
    with pytest.raises(RuleError, match="请先移交"):
        makers.take(keeping.MOVES, kept, "end_keeping", user("archivist"))
    rules.close(fonds, closed_on=today(), reason="撤销")
    fonds.state = "closed"
    makers.hand_over(makers.make_transfer(fonds, kept.owner))
    assert kept.state == "ended" and item.holder_id == kept.owner_id == fonds.holder_id


def test_a_transfer_lists_everything_and_is_complete_only_when_nothing_lacks(site: Any) -> None:
    fonds = makers.make_fonds(site)
    first = makers.make_copied_item(fonds)
    bare = makers.make_item(fonds, title=first.title)
    makers.make_item(fonds, state="timed")
    drawn = makers.make_transfer(fonds, containers="box")
    assert len(drawn.lines) == 3
    words = [str(problem.words) for problem in checking.problems(drawn)]
    assert words[0].startswith("1件尚未归档") and words[1].startswith("2件重复") and "卷皮" in words[3]
    assert words[2].startswith("2件纸质档案既无数字副本")
    with pytest.raises(RuleError, match="清单尚不完整"):
        makers.take(transfers.MOVES, drawn, "complete", user("archivist"))
    bare.title, drawn.containers = "另一件", makers.CONTAINERS
    for item in (line.item for line in drawn.lines):
        makers.bring_to(item, "filed")
        if filing.lacks_copy(item):
            makers.take(makers.ITEM_MOVES, item, "record_no_copy", user("archivist"), reason="原件霉变，待修复后扫描")
    makers.take(transfers.MOVES, drawn, "complete", user("archivist"))
    assert drawn.state == "complete" and len(drawn.digest) == 64


def test_a_gap_in_the_running_numbers_is_told(site: Any) -> None:
    fonds = makers.make_fonds(site, number="Z109")
    items = [makers.make_item(fonds) for _ in range(3)]
    assert list(checking.gaps(items)) == []
    assert list(checking.gaps([items[0], items[2]])) == ["Z109-WS·2011-Y-BGS-0002"]


def test_what_was_missing_stays_with_the_giver(site: Any) -> None:
    fonds = makers.make_fonds(site)
    for _ in range(3):
        makers.make_copied_item(fonds)
    giver = fonds.holder
    drawn = makers.hand_over(makers.make_transfer(fonds), missing=1)
    left = transfers.not_transferred(fonds, giver)
    assert [item.id for item in left] == [drawn.lines[-1].item_id] and drawn.lines[-1].found == "missing"
    assert len(transfers.not_transferred(fonds, drawn.receiver)) == 2


def test_a_list_that_changed_after_it_was_complete_is_not_handed_over(site: Any) -> None:
    drawn = makers.make_transfer()
    makers.take(transfers.MOVES, drawn, "complete", user("archivist"))
    drawn.lines[0].item.pages += 1
    with pytest.raises(RuleError, match="有变动"):
        makers.take(transfers.MOVES, drawn, "hand_over", user("archivist"), receiver_handler="何远",
                    supervisor=user("supervisor"))  # fmt: skip


def test_only_what_was_judged_agreed_and_published_is_found_by_everybody(site: Any) -> None:
    fonds = makers.make_fonds(site)
    item, secret = makers.make_item(fonds, title="关于成立街道的通知"), makers.make_item(fonds, secrecy="secret")
    with pytest.raises(RuleError, match="解密"):
        makers.make_opening(site, [secret])
    batch = makers.make_opening(site, [item])
    assert public.search("街道").total == 0
    makers.publish(batch)
    found = public.search("街道 成立")
    assert [row.number for row in found.rows] == [item.number]
    assert set(found.rows[0]._fields) == {"id", "number", "title", "year", "category", "opened_on", "fonds", "holder"}
    makers.take(makers.ITEM_MOVES, item, "close_again", user("archivist"), reason="涉及个人信息")
    assert public.search().total == 0 and public.one(item.id) is None


def test_what_is_classified_after_it_was_opened_is_gone_at_once(site: Any) -> None:
    item = makers.make_item(makers.make_fonds(site))
    makers.publish(makers.make_opening(site, [item]))
    assert public.search().total == 1
    for name, value in (("secrecy", "secret"), ("state", "bound"), ("open_state", "controlled"), ("opened_on", None)):
        before = getattr(item, name)
        setattr(item, name, value)
        db.session.flush()
        assert public.search().total == 0 and public.one(item.id) is None, name
        setattr(item, name, before)
        db.session.flush()


def test_a_percent_sign_is_a_percent_sign(site: Any) -> None:
    makers.publish(makers.make_opening(site, [makers.make_item(makers.make_fonds(site), title="增长 20% 的报告")]))
    assert public.search("20%").total == 1 and public.search("%").total == 1 and public.search("2_%").total == 0


def test_who_listed_a_batch_does_not_agree_to_it(site: Any) -> None:
    batch = makers.make_opening(site, [makers.make_item(makers.make_fonds(site))])
    makers.take(opening.MOVES, batch, "submit", user("archivist"))
    with pytest.raises(RuleError):
        makers.take(opening.MOVES, batch, "approve", user("archivist"))
    makers.take(opening.MOVES, batch, "approve", user("manager"))
    with pytest.raises(RuleError):
        makers.take(opening.MOVES, batch, "approve_high", user("manager"))


KINDS = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["item", "volume"]),
        "kind": st.sampled_from(["document", "photo", "audiovisual", "object"]),
        "shelf_mm": st.integers(0, 900),
        "audio_count": st.integers(0, 9),
        "video_count": st.integers(0, 9),
        "photo_count": st.integers(0, 300),
        "object_count": st.integers(0, 9),
        "origin": st.sampled_from(["transferred", "collected", "donated", "deposited"]),
    }
)


@WITH_DATABASE
@given(said=st.lists(st.tuples(st.integers(0, 1), KINDS), max_size=8))
def test_the_ledger_is_the_sum_of_its_items(site: Any, said: list[tuple[int, dict[str, Any]]]) -> None:
    with attempt_and_undo():
        fonds = [makers.make_fonds(site), makers.make_fonds(site)]
        made = [makers.make_item(fonds[place], state="collected", **more) for place, more in said]
        counted = ledgers.by_holder(everything)
        for holder in {each.holder for each in fonds}:
            mine = [item for item in made if item.holder is holder]
            totals = counted.get(holder.id, ledgers.Totals())
            assert totals.volumes == sum(item.level == "volume" for item in mine)
            assert totals.items == sum(item.level == "item" for item in mine)
            for name, column in (("shelf_mm", "shelf_mm"), ("audio", "audio_count"), ("photos", "photo_count")):
                assert getattr(totals, name) == sum(getattr(item, column) for item in mine)
            assert totals.acquired == sum(item.origin in ("collected", "donated") for item in mine)
            assert totals.deposited == sum(item.origin == "deposited" for item in mine)
        parts = ledgers.by_category(everything)
        assert sum(parts.values(), start=ledgers.Totals()) == sum(counted.values(), start=ledgers.Totals())


def test_metres_are_exact() -> None:
    assert ledgers.Totals(shelf_mm=12_345).metres == "12.345"


def test_what_lies_in_a_volume_is_counted_once(site: Any) -> None:
    volume = makers.make_volume(makers.make_fonds(site))
    totals = ledgers.by_holder(everything)[volume.holder_id]
    assert (totals.volumes, totals.items) == (1, 0)


def test_coverage_leaves_notarial_archives_out(site: Any) -> None:
    fonds = makers.make_fonds(site, scheme_key="city_archive")
    makers.make_item(fonds)
    makers.make_item(fonds, state="collected", title="")
    makers.make_item(fonds, state="collected", title="", kind="notarial")
    assert ledgers.coverage(everything)[fonds.holder_id] == (1, 2)
    assert len(ledgers.uncovered(everything, 9)) == 1


@pytest.fixture(scope="module")
def _package(standing: Standing, tmp_path_factory: pytest.TempPathFactory) -> Made:
    def write() -> Path:
        drawn = makers.make_transfer()
        makers.take(transfers.MOVES, drawn, "complete", user("archivist"))
        return bag.write_folder(drawn, tmp_path_factory.mktemp("package"), read=kept_beside)

    return standing(write)


@pytest.fixture
def package(_package: Made, tmp_path: Path) -> Path:
    """A whole package, to be spoilt."""
    return shutil.copytree(_package(), tmp_path / "package")


@pytest.mark.parametrize("sign", [b"\xff", b"\x00", b"\n", b" "])
@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt", "bag-info.txt"])
def test_a_manifest_that_is_no_text_is_told_and_breaks_nothing(package: Path, name: str, sign: bytes) -> None:
    root, content = package, (package / name).read_bytes()
    for at in (0, 64, 70):
        changed = content[:at] + sign + content[at + 1 :]
        (root / name).write_bytes(changed)
        assert bool(bag.verify(root)) is (changed != content), (name, sign, at)


@WITH_DATABASE
@given(place=st.integers(0, 10**6), add=st.integers(1, 255))
def test_a_package_validates_and_a_changed_byte_is_found(
    site: Any, tmp_path_factory: Any, place: int, add: int
) -> None:
    with attempt_and_undo():
        drawn = makers.make_transfer()
        makers.take(transfers.MOVES, drawn, "complete", user("archivist"))
        root = bag.write_folder(drawn, tmp_path_factory.mktemp("bag"), read=kept_beside)
        assert bag.verify(root) == []
        validate(root)
        files = sorted(path for path in root.rglob("*") if path.is_file() and path.name != "tagmanifest-sha256.txt")
        chosen = files[place % len(files)]
        content = bytearray(chosen.read_bytes())
        at = place % len(content)
        content[at] = (content[at] + add) % 256
        chosen.write_bytes(bytes(content))
        assert bag.verify(root)
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever bagit says, it does not say yes
            validate(root)


def validate(root: Any) -> None:
    import bagit

    bagit.Bag(str(root)).validate()


def kept_beside(scan: Any) -> bytes | None:
    """In a test nothing is committed, so the file still waits for its name."""
    path = stored_files.path_of(scan)
    return (path if path.exists() else path.with_suffix(PARTIAL)).read_bytes()
