"""Where papers lie and how they fare there, rule by rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.archive import boxes, filing, held, renumbering
from app.archive import rules as archive
from app.archive.models import Document
from app.archive.trails import FileNumber, PlaceMove
from app.demo import makers, storage_makers
from app.demo import storage as demo
from app.kit import columns, moves
from app.kit.columns import today
from app.kit.errors import RuleError, StaleError
from app.kit.session import AppendOnlyError, db
from app.security import audit
from app.storage import certificates, climate, inspections, places, stocktakes, tenths
from app.storage.inspections import Look
from app.storage.models import Certificate, CertificateLine, ClimateReading, Inspection, StockTake, StoreRoom


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with force_locale("en"):
        yield


def step(table: Any, record: Any, name: str, by: Any = None, **said: Any) -> None:
    moves.walk(table, record, name, by=by, write=audit.write, **said)
    db.session.flush()


# --- places ---


def test_a_place_cannot_stand_in_itself_however_deep(site: Any) -> None:
    room = storage_makers.make_place(site, "room")
    cabinet = storage_makers.make_place(parent=room, kind="cabinet")
    shelf = storage_makers.make_place(parent=cabinet, kind="shelf")
    for inner in (cabinet, shelf):
        with pytest.raises(RuleError, match="cannot stand in itself"):
            places.move_to(cabinet, parent=inner, reason="试")
    with pytest.raises(RuleError):
        places.move_to(room, parent=shelf, reason="试")
    assert [each.id for each in places.path(shelf)] == [room.id, cabinet.id, shelf.id]


def test_a_move_leaves_a_line_that_nobody_changes(site: Any, cast: Any) -> None:
    here, there = (storage_makers.make_place(site, "cabinet") for _ in range(2))
    box = storage_makers.make_place(parent=here)
    step(places.MOVES, box, "move_to", cast["archivist"], parent=there, reason="整理")
    line = db.session.scalars(select(PlaceMove).where(PlaceMove.moved_id == box.id)).one()
    assert (line.from_place_id, line.to_place_id, line.user_id) == (here.id, there.id, cast["archivist"].id)
    line.reason = "别的"
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_a_place_stays_in_its_site_and_a_full_one_in_use(site: Any) -> None:
    elsewhere = storage_makers.make_place(makers.make_site(), "cabinet")
    box = storage_makers.make_place(site)
    with pytest.raises(RuleError, match="another site"):
        places.move_to(box, parent=elsewhere, reason="试")
    file = makers.make_file(makers.make_unit(site=site))
    boxes.put(file, box)
    with pytest.raises(RuleError, match="still lies"):
        step(places.MOVES, box, "give_up", reason="破损")
    boxes.put(file, storage_makers.make_place(site))
    step(places.MOVES, box, "give_up", reason="破损")
    with pytest.raises(RuleError, match="no longer used"):
        boxes.put(file, box)


def test_a_list_of_files_goes_into_a_box_at_once_or_not_at_all(site: Any, cast: Any) -> None:
    floor, other = makers.make_floor(site, "7F"), makers.make_floor(site, "8F")
    files = [makers.make_file(makers.make_unit(floor=floor)) for _ in range(3)]
    box = storage_makers.make_place(site, floor=floor, floor_id=floor.id)
    wrong = makers.make_file(makers.make_unit(floor=other))
    with pytest.raises(RuleError, match="of floor 7F"), db.session.begin_nested():
        boxes.put_all([*files, wrong], box, by=cast["archivist"])
    db.session.expire_all()
    assert all(file.place_id != box.id for file in files)
    assert boxes.put_all(files, box, by=cast["archivist"], reason="装盒") == 3
    lines = db.session.scalars(select(PlaceMove).where(PlaceMove.to_place_id == box.id)).all()
    assert {line.file_id for line in lines} == {file.id for file in files}
    assert boxes.kept_in(box) == sorted(files, key=lambda file: file.unit.number)


# --- numbers ---


def test_a_renumbered_file_keeps_its_old_number_in_the_concordance(site: Any, cast: Any) -> None:
    file = makers.make_filed_file(makers.make_unit(site=site), by=cast["archivist"])
    old = file.number
    archive.label_printed(file)
    step(archive.MOVES, file, "renumber", cast["archivist"], number=" 鸿借字第001号 ", reason="统一编号")
    line = db.session.scalars(select(FileNumber).where(FileNumber.file_id == file.id)).one()
    assert (file.number, file.state, line.old, line.new) == ("鸿借字第001号", "filed", old, "鸿借字第001号")
    assert file.label_is_wrong  # the printed label says the old number


def test_a_number_that_is_or_was_another_files_is_refused(site: Any, cast: Any) -> None:
    first, second = (makers.make_file(makers.make_unit(site=site)) for _ in range(2))
    old = first.number
    with pytest.raises(RuleError, match="another file's"):
        renumbering.renumber(second, number=first.number, reason="试")
    renumbering.renumber(first, number="新-001", reason="统一编号")
    with pytest.raises(RuleError, match="another file's"):
        renumbering.renumber(second, number=old, reason="试")
    renumbering.renumber(first, number=old, reason="改回")  # its own old one it may have again
    elsewhere = makers.make_file(makers.make_unit(site=makers.make_site()))
    renumbering.renumber(elsewhere, number=second.number, reason="别处同号")


def test_a_new_file_is_not_given_a_number_of_the_concordance(site: Any) -> None:
    unit = makers.make_unit("0901", site=site)
    file = makers.make_file(unit)
    renumbering.renumber(file, number="0901-02", reason="试")
    renumbering.renumber(file, number="0901-A", reason="试")
    assert archive.next_number(unit, file.scheme) == "0901-03"


def test_a_schemes_template_may_say_hong_jie_zi_di_001_hao(site: Any) -> None:
    """鸿借字第001号: a word, 第, three digits, 号 (P11.07)."""
    file = makers.make_file(makers.make_unit(site=site))
    file.scheme.body = {**file.scheme.body, "file_number": "鸿借字第{sequence:03d}号"}
    first = archive.next_number(file.unit, file.scheme)
    assert first == "鸿借字第002号"  # the unit has had one file
    renumbering.renumber(file, number=first, reason="按规则编号")
    assert archive.next_number(file.unit, file.scheme) == "鸿借字第003号"


# --- the filing check ---


def test_a_paper_waits_until_it_has_passed_the_check(site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    paper = makers.make_document(file, ink_is_good=False, is_complete=False)
    assert paper.state == "waiting"
    with pytest.raises(RuleError, match="ink does not last"):
        filing.file_paper(paper, is_complete=True)
    with pytest.raises(RuleError, match="page is missing"):
        filing.file_paper(paper, ink_is_good=True)
    with pytest.raises(RuleError, match="filing check"):
        archive.file_away(file, by=cast["archivist"])
    step(filing.MOVES, paper, "file_paper", cast["archivist"], ink_is_good=True, is_complete=True)
    with pytest.raises(RuleError, match="moved on|状态已变"):
        step(filing.MOVES, paper, "file_paper", cast["archivist"], ink_is_good=True, is_complete=True)
    assert (paper.state, paper.filed_on) == ("filed", today())
    archive.file_away(file, by=cast["archivist"])


@pytest.mark.parametrize("missing", ["ink_is_good", "is_complete"])
def test_either_tick_that_is_missing_keeps_the_file_open(site: Any, missing: str) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    ticks: dict[str, Any] = {missing: False}
    makers.make_document(file, **ticks)
    with pytest.raises(RuleError, match="1 papers have not passed"):
        archive.file_away(file)


def test_what_was_born_in_the_console_has_passed_the_check(site: Any, cast: Any) -> None:
    from app.complaints import rules as complaints

    file = makers.make_file(makers.make_unit(site=site))
    complaint = makers.make_complaint(file.unit, kind="inquiry")
    moves.walk(complaints.MOVES, complaint, "conclude", by=cast["clerk"], write=audit.write, answer="已答复")
    paper = db.session.scalars(select(Document).where(Document.source == "Complaint")).one()
    assert filing.has_passed(paper) and paper.filed_on == today()


# --- certificates ---


def test_a_certificate_carries_its_files_number_and_the_database_sees_to_it(site: Any, cast: Any) -> None:
    """P11.07: a number that is no file's is refused by the database, whoever writes it."""
    certificate = storage_makers.make_certificate(makers.make_file(makers.make_unit(site=site)), by=cast["archivist"])
    assert certificate.number == certificate.file.number
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(Certificate).where(Certificate.id == certificate.id).values(number="别的号"))
    renumbering.renumber(certificate.file, number="鸿借字第009号", reason="统一编号")
    db.session.expire_all()
    assert certificate.number == certificate.file.number == "鸿借字第009号"


def test_certificates_lie_in_a_safe_apart_by_file(site: Any, cast: Any) -> None:
    safe = storage_makers.make_safe(site)
    files = [makers.make_file(makers.make_unit(site=site)) for _ in range(2)]
    one, two = (storage_makers.make_certificate(file, place=safe, by=cast["archivist"]) for file in files)
    again = storage_makers.make_certificate(files[0], place=safe)
    assert one.place.kind == "envelope" and one.place.parent_id == safe.id
    assert one.place_id == again.place_id != two.place_id
    with pytest.raises(RuleError, match="kept apart"):
        storage_makers.make_certificate(files[1], place=one.place)
    with pytest.raises(RuleError, match="one of the site's safes"):
        storage_makers.make_certificate(files[1], place=storage_makers.make_place(site, "cabinet"))
    with pytest.raises(RuleError, match="one of the site's safes"):
        storage_makers.make_certificate(files[1], place=storage_makers.make_safe(makers.make_site()))
    with pytest.raises(RuleError, match="stays in a safe"):
        places.move_to(one.place, parent=storage_makers.make_place(site, "cabinet"), reason="试")


def test_a_certificate_goes_out_comes_back_and_is_given_back_under_both_signatures(site: Any, cast: Any) -> None:
    certificate = storage_makers.make_certificate(makers.make_file(makers.make_unit(site=site)), by=cast["archivist"])
    with pytest.raises(RuleError, match="comes back"):
        certificates.lend(certificate, lent_to="石磊", due_on=today() - dt.timedelta(days=1), reason="年检")
    step(certificates.MOVES, certificate, "lend", lent_to="石磊", due_on=today(), reason="年检")
    assert list(certificates.here_of(certificate.file))
    step(certificates.MOVES, certificate, "take_back")
    with pytest.raises(RuleError, match="the customer has not"):
        certificates.give_back(certificate, returned_to="林晚", keeper_signature="M1 1L2 2")
    with pytest.raises(RuleError, match="the keeper has not"):
        certificates.give_back(certificate, returned_to="林晚", customer_signature="M1 1L2 2")
    signed = {"customer_signature": "M1 1L2 2", "keeper_signature": "M3 3L4 4"}
    step(certificates.MOVES, certificate, "give_back", cast["archivist"], returned_to="林晚", **signed)
    told = db.session.scalars(select(CertificateLine).order_by(CertificateLine.id)).all()
    assert [line.what for line in told] == ["received", "lent", "back", "returned"]
    assert not list(certificates.here_of(certificate.file))


def test_what_a_keeper_has_in_the_safe_is_in_their_hands(site: Any, cast: Any) -> None:
    certificate = storage_makers.make_certificate(makers.make_file(makers.make_unit(site=site)), by=cast["archivist"])
    mine = [each for each in held.everything_held_by(cast["archivist"]) if each.kind == "certificate"]
    assert [each.key for each in mine] == [certificate.id]
    _ask, pass_on = held.holders["certificate"]
    assert pass_on is not None
    pass_on(certificate.id, cast["supervisor"], by=cast["archivist"])
    assert certificate.keeper_id == cast["supervisor"].id
    assert not [each for each in held.everything_held_by(cast["archivist"]) if each.kind == "certificate"]


def test_a_file_with_a_certificate_in_the_safe_is_not_destroyed(site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    assert certificates.here_of in archive.may_destroy
    assert not list(certificates.here_of(file))
    storage_makers.make_certificate(file, by=cast["archivist"])
    assert "certificate" in str(next(iter(certificates.here_of(file))))


# --- climate ---


@pytest.mark.parametrize(
    ("typed", "tenths_"), [("21.5", 215), ("215", 215), ("21", 210), ("100", 1000), ("-35", -350), ("8,5", 85)]
)
def test_a_figure_is_typed_with_or_without_a_point(typed: str, tenths_: int) -> None:
    assert tenths.read(typed) == tenths_


@pytest.mark.parametrize("typed", ["", "abc", "21.55", "1e3", "21 5", "９９９９", "--1"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        tenths.read(typed)


@pytest.mark.parametrize(
    ("temperature", "humidity", "finding"),
    [
        (140, 450, "fine"),
        (240, 600, "fine"),
        (139, 500, "out"),
        (241, 500, "out"),
        (200, 449, "out"),
        (200, 601, "out"),
    ],
)
def test_the_limits_themselves_are_still_within(site: Any, temperature: int, humidity: int, finding: str) -> None:
    assert storage_makers.make_reading(storage_makers.make_store_room(site), temperature, humidity).finding == finding


@pytest.mark.parametrize(
    ("first", "second", "hours", "finding"),
    [
        ((200, 500), (220, 550), 8, "fine"),
        ((200, 500), (221, 500), 8, "swing"),
        ((200, 500), (200, 449), 8, "both"),
        ((200, 500), (221, 500), 25, "fine"),
    ],
)
def test_too_much_change_in_a_day_is_marked(
    site: Any, first: tuple[int, int], second: tuple[int, int], hours: int, finding: str
) -> None:
    room, noon = storage_makers.make_store_room(site), dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    climate.log(room, *first, at=noon)
    assert climate.log(room, *second, at=noon + dt.timedelta(hours=hours)).finding == finding


def test_a_wrong_reading_stays_and_a_new_line_names_it(site: Any, cast: Any) -> None:
    wrong = storage_makers.make_reading(storage_makers.make_store_room(site), 300, 500, by=cast["archivist"])
    right = climate.put_right(wrong, 203, 500, by=cast["archivist"])
    assert (wrong.finding, right.finding, right.corrects_id, right.read_at) == ("out", "fine", wrong.id, wrong.read_at)
    assert list(db.session.scalars(climate.between(today(), today()))) == [right]
    with pytest.raises(RuleError, match="already"):
        climate.put_right(wrong, 204, 500)
    wrong.temperature = 204
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_a_rooms_limits_make_sense_and_are_its_own(site: Any) -> None:
    with pytest.raises(RuleError, match="above the upper"):
        storage_makers.make_store_room(site, coldest=25)
    cold = storage_makers.make_store_room(site, coldest=2, warmest=10)
    assert storage_makers.make_reading(cold, 80, 500).finding == "fine"
    with pytest.raises(RuleError, match="limits already"):
        climate.add_room(StoreRoom(place=cold.place))
    with pytest.raises(RuleError, match="Choose a room"):
        climate.add_room(StoreRoom(place=storage_makers.make_place(site, "box")))


# --- inspections ---


def looked(inspection: Inspection, **found: str) -> dict[int, Look]:
    """Every line in order but those said otherwise."""
    return {line.id: Look(found.get(line.key, "fine"), "", line.version) for line in inspection.lines}


def test_an_inspection_in_order_is_settled_at_once(site: Any, cast: Any) -> None:
    inspection = storage_makers.make_inspection(storage_makers.make_place(site, "room"), by=cast["archivist"])
    assert {"wet", "insects", "corrosion"} < {line.key for line in inspection.lines}
    with pytest.raises(RuleError, match="not looked at yet"):
        step(inspections.MOVES, inspection, "finish")
    inspections.look(inspection, looked(inspection))
    step(inspections.MOVES, inspection, "finish", cast["archivist"])
    assert (inspection.state, inspection.closed_on) == ("closed", today())


def test_what_is_not_in_order_needs_measures_a_day_and_an_outcome(site: Any, cast: Any) -> None:
    inspection = storage_makers.make_inspection(storage_makers.make_place(site, "room"), by=cast["archivist"])
    inspections.look(inspection, looked(inspection, insects="trouble"))
    with pytest.raises(RuleError, match="what is done"):
        step(inspections.MOVES, inspection, "finish")
    inspection.measures = "投放防虫药"
    with pytest.raises(RuleError, match="when it is looked at again"):
        step(inspections.MOVES, inspection, "finish")
    inspection.follow_up_on = today() + dt.timedelta(days=7)
    step(inspections.MOVES, inspection, "finish")
    assert inspection.state == "follow_up"
    with pytest.raises(RuleError, match="what became of it"):
        step(inspections.MOVES, inspection, "settle", outcome=" ")
    step(inspections.MOVES, inspection, "settle", cast["archivist"], outcome="未再发现虫害")
    assert inspection.state == "closed"
    with pytest.raises(RuleError, match="over"):
        inspections.look(inspection, looked(inspection))


def test_a_line_that_somebody_changed_meanwhile_is_not_overwritten(site: Any) -> None:
    inspection = storage_makers.make_inspection(storage_makers.make_place(site, "room"))
    seen = looked(inspection, fire="trouble")
    inspections.look(inspection, looked(inspection))
    with pytest.raises(StaleError):
        inspections.look(inspection, seen)


@pytest.mark.parametrize(
    ("last", "every", "due"),
    [
        (dt.date(2026, 1, 15), 3, dt.date(2026, 4, 15)),
        (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
        (dt.date(2025, 12, 31), 12, dt.date(2026, 12, 31)),
    ],
)
def test_a_room_is_due_so_many_months_after_its_last_inspection(last: dt.date, every: int, due: dt.date) -> None:
    assert inspections.due_on(StoreRoom(inspect_every=every), last) == due


def test_a_room_that_was_never_inspected_is_due(site: Any) -> None:
    room = storage_makers.make_store_room(site)
    assert inspections.overdue([room]) == [room]
    storage_makers.make_inspection(room.place)
    assert inspections.overdue([room]) == []


# --- counts ---


def test_a_count_lists_what_should_be_there_and_keeps_what_is_not(site: Any, cast: Any) -> None:
    room = storage_makers.make_place(site, "room")
    box = storage_makers.make_place(parent=room)
    files = [makers.make_file(makers.make_unit(site=site)) for _ in range(2)]
    boxes.put_all(files, box)
    safe = storage_makers.make_place(parent=room, kind="safe")
    certificate = storage_makers.make_certificate(files[0], place=safe)
    count = storage_makers.make_stock_take(room, by=cast["archivist"])
    assert [line.file or line.certificate for line in count.lines] == [*files, certificate]
    with pytest.raises(RuleError, match="being counted already"):
        storage_makers.make_stock_take(room)
    with pytest.raises(RuleError, match="not counted yet"):
        step(stocktakes.MOVES, count, "finish")
    results = ["found", "missing", "found"]
    ticks = {line.id: Look(said, "", line.version) for line, said in zip(count.lines, results, strict=True)}
    stocktakes.tick(count, ticks)
    step(stocktakes.MOVES, count, "finish", strays="一份无号文件")
    assert (count.expected, count.found, count.missing, count.state) == (3, 2, 1, "done")
    assert room.id in stocktakes.of_this_year() and box.id in stocktakes.of_this_year()


def test_last_years_count_does_not_count(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    box = storage_makers.make_place(site)
    boxes.put(makers.make_file(makers.make_unit(site=site)), box)
    count = storage_makers.make_stock_take(box)
    count.state, count.finished_on = "done", dt.date(today().year - 1, 12, 31)
    db.session.flush()
    assert box.id not in stocktakes.of_this_year()
    count.finished_on = dt.date(today().year, 1, 1)
    db.session.flush()
    assert box.id in stocktakes.of_this_year()
    later = columns.now() + dt.timedelta(days=400)
    monkeypatch.setattr(columns, "clock", lambda: later)
    assert box.id not in stocktakes.of_this_year()


def test_an_empty_place_is_not_counted(site: Any) -> None:
    with pytest.raises(RuleError, match="Nothing lies"):
        storage_makers.make_stock_take(storage_makers.make_place(site))


def test_readings_of_another_room_are_no_swing(site: Any) -> None:
    storage_makers.make_reading(storage_makers.make_store_room(site), 150, 500)
    assert storage_makers.make_reading(storage_makers.make_store_room(site), 230, 500).finding == "fine"
    assert db.session.scalar(select(ClimateReading).limit(1)) is not None


def test_a_year_in_the_store_of_the_made_up_tower_can_be_lived(site: Any, cast: Any) -> None:
    """What the demo does, from the first day to the last."""
    for _ in range(3):
        makers.make_file(makers.make_unit(site=site))
    desk: Any = SimpleNamespace(site=site, people=cast)
    for _back, happens in sorted(demo.live_storage(desk, 200), key=lambda planned: -planned[0]):
        happens()
    assert db.session.scalar(select(func.count(ClimateReading.id))) == 61
    assert {one.state for one in db.session.scalars(select(Inspection))} == {"closed"}
    assert {one.state for one in db.session.scalars(select(Certificate))} == {"held", "returned"}
    count = db.session.scalars(select(StockTake)).one()
    assert (count.state, count.missing) == ("done", 0) and count.expected >= 5
