"""Finding and adding where things are."""

from __future__ import annotations

import re
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ScalarSelect, String, cast, func, select
from sqlalchemy.orm import aliased

from app.estate.models import Building, Floor, Place, Site, SiteUser, Unit
from app.kit.errors import RuleError
from app.kit.fresh import Make, made
from app.kit.labels import _l
from app.kit.session import db
from app.security import actor, audit, gate, sessions

MAIN_BUILDING = "主楼"


def add_site(name: str, *, by: Any = None, **more: Any) -> Site:
    """A new site; its name is unique."""
    site = Site(name=name.strip(), **more)
    db.session.add(site)
    db.session.flush()
    audit.write("add", site, {}, by=by)
    return site


def take_on(name: str, *, by: Any = None) -> Site:
    """A new site together with its people: who works for every site there is works for the new one too.

    Else a site that a command makes would be seen by nobody.
    """
    sites = select(func.count(Site.id)).scalar_subquery()
    everywhere = select(SiteUser.user_id).group_by(SiteUser.user_id).having(func.count(SiteUser.id) == sites)
    people = list(db.session.scalars(everywhere))
    site = add_site(name, by=by)
    for user_id in people:
        assign(site, db.session.get_one(User, user_id), by=by)
    return site


def find_site(name: str) -> Site | None:
    """The site called exactly `name`, or None."""
    return db.session.scalar(select(Site).where(Site.name == name.strip()))


def assign(site: Site, user: Any, *, by: Any = None) -> SiteUser:
    """Let `user` work for `site`; doing it twice changes nothing."""
    found = db.session.scalar(select(SiteUser).where(SiteUser.site_id == site.id, SiteUser.user_id == user.id))
    if found is not None:
        return found
    line = SiteUser(site_id=site.id, user_id=user.id)
    db.session.add(line)
    db.session.flush()
    audit.write("assign", line, {"site": site.name, "user": user.username}, by=by)
    return line


def note_assignment(line: SiteUser, *, by: Any = None) -> SiteUser:
    """An assignment made on screen says who was let into which site."""
    db.session.add(line)
    db.session.flush()
    audit.write("assign", line, {"site": line.site.name, "user": line.user.username}, by=by)
    return line


def sites_of(user: Any) -> list[int]:
    """Keys of the sites `user` works for; asked by the gate. What these sites work with is noted for the menu."""
    told = sessions.asked_along("sites", user.id)
    if told is None:
        told = db.session.scalar(select(sites_as_text(user.id)))
    every, _slash, mine = (told or "").partition("/")
    found = [one.partition(":") for one in mine.split(";") if one]
    actor.notes()[gate.EVERYWHERE, user.id] = every == str(len(found))
    actor.notes()["works", user.id] = {work for _site, _colon, works in found for work in works.split()}
    return [int(site_id) for site_id, _colon, _works in found]


def sites_as_text(user_key: Any) -> ScalarSelect[Any]:
    """How many sites there are, and those of a user with what they work with: "9/3:market campaigns;7:"."""
    said = cast(SiteUser.site_id, String) + ":" + Site.works
    every = select(cast(func.count(), String)).select_from(aliased(Site)).scalar_subquery()
    mine = func.coalesce(func.aggregate_strings(said, ";"), "")
    query = select(every + "/" + mine).select_from(SiteUser).join(Site)
    return query.where(SiteUser.user_id == user_key).scalar_subquery()


def works_of_reader() -> set[str]:
    """What the sites of the acting user work with, besides the property desk."""
    user = gate.user()
    if user is None or not gate.site_ids():
        return set()
    found: set[str] = actor.notes().get(("works", user.id)) or set()
    return found


def find_or_add_building(site: Site, name: str = "") -> Building:
    """The building of that name; a site without named buildings has one main building."""
    name = name.strip() or MAIN_BUILDING
    building = db.session.scalar(select(Building).where(Building.site_id == site.id, Building.name == name))
    if building is None:
        building = Building(site_id=site.id, site=site, name=name)
        db.session.add(building)
        db.session.flush()
    return building


def find_or_add_floor(building: Building, name: str) -> Floor:
    """The floor of that name in the building."""
    floor = db.session.scalar(select(Floor).where(Floor.building_id == building.id, Floor.name == name))
    if floor is None:
        floor = new_floor(building, name)
        db.session.add(floor)
        db.session.flush()
    return floor


def new_floor(building: Building, name: str, make: Make = made) -> Floor:
    return make(
        Floor, building_id=building.id, building=building, site_id=building.site_id, name=name, level=level_of(name)
    )


def place_floor(floor: Floor, *, by: Any = None) -> Floor:
    """A floor typed in on screen: its site follows from its building."""
    if floor.building is None:
        raise RuleError(_l("Choose a building."), field="building")
    if floor.site_id not in (None, floor.building.site_id):
        raise RuleError(_l("A floor stays in its site."), field="building")
    floor.site_id = floor.building.site_id
    floor.level = floor.level or level_of(floor.name)
    return floor


def level_of(floor_name: str) -> int:
    """A floor name's height for sorting: 3F -> 3, B2 -> -2, unknown -> 0."""
    match = re.search(r"\d+", floor_name)
    if match is None:
        return 0
    below = re.match(r"\s*(B|负|地下|-)", floor_name, re.IGNORECASE)
    return -int(match.group()) if below else int(match.group())


def add_unit(floor: Floor, number: str, *, by: Any = None, **more: Any) -> Unit:
    """A new unit; its number is unique in the building."""
    number = number.strip()
    if not number:
        raise RuleError(_l("A unit needs a number."), field="number")
    taken = select(Unit.id).where(Unit.building_id == floor.building_id, Unit.number == number)
    if db.session.scalar(taken) is not None:
        raise RuleError(_l("This building already has a unit of that number."), field="number")
    unit = Unit(
        site_id=floor.site_id, building_id=floor.building_id, floor_id=floor.id, floor=floor, number=number, **more
    )
    db.session.add(unit)
    db.session.flush()
    audit.write("add", unit, {"number": number}, by=by)
    return unit


def place_unit(unit: Unit, *, by: Any = None) -> Unit:
    """A unit typed in on screen: building and site follow from its floor."""
    floor = unit.floor
    if floor is None:
        raise RuleError(_l("Choose a floor."), field="floor")
    if unit.site_id not in (None, floor.site_id):
        raise RuleError(_l("A unit stays in its site."), field="floor")
    unit.site_id, unit.building_id = floor.site_id, floor.building_id
    unit.number = unit.number.strip()
    return unit


def place_of_floor(floor: Floor) -> Place:
    """The customer cabinet of a floor (P10.01), made when first needed."""
    code = cabinet_code(floor)
    place = db.session.scalar(select(Place).where(Place.site_id == floor.site_id, Place.code == code))
    if place is None:
        place = new_cabinet(floor)
        db.session.add(place)
        db.session.flush()
    return place


def cabinet_code(floor: Floor) -> str:
    return f"CAB-{floor.building_id}-{floor.name}"


def new_cabinet(floor: Floor, make: Make = made) -> Place:
    """The customer cabinet of a floor, not yet in the session."""
    name = f"{floor.name} 客户档案柜"
    return make(Place, site_id=floor.site_id, floor=floor, kind="cabinet", code=cabinet_code(floor), name=name)
