"""Sites, buildings, floors and units as the desk sees them."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.estate import rules
from app.estate.models import Building, CalendarDay, Floor, Site, SiteUser, Unit
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class SiteView(RecordView):
    """The properties under management."""

    datamodel = SQLAInterface(Site)
    class_permission_name = "Site"
    route_base = "/sites"
    titles = Titles(one=_l("Site"), many=_l("Sites"), new=_l("New site"))
    list_columns = ["name", "short_name", "manager_firm", "telephone"]
    search_columns = ["name"]
    order_columns = ["name"]
    base_order = ("name", "asc")
    fieldsets = [(_l("Site"), ["name", "short_name", "address", "telephone", "manager_firm", "works"])]


class SiteUserView(RecordView):
    """Who works for which site."""

    datamodel = SQLAInterface(SiteUser)
    class_permission_name = "SiteUser"
    route_base = "/site-users"
    titles = Titles(one=_l("Assignment"), many=_l("Assignments"), new=_l("New assignment"))
    list_columns = ["site", "user"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Assignment"), ["site", "user"])]
    edit_columns = []
    on_add = rules.note_assignment
    can_delete = True


class BuildingView(RecordView):
    datamodel = SQLAInterface(Building)
    class_permission_name = "Building"
    route_base = "/buildings"
    titles = Titles(one=_l("Building"), many=_l("Buildings"), new=_l("New building"))
    list_columns = ["name", "site"]
    search_columns = ["name"]
    order_columns = ["name"]
    base_order = ("name", "asc")
    fieldsets = [(_l("Building"), ["site", "name"])]
    edit_columns = ["name"]


class FloorView(RecordView):
    datamodel = SQLAInterface(Floor)
    class_permission_name = "Floor"
    route_base = "/floors"
    titles = Titles(one=_l("Floor"), many=_l("Floors"), new=_l("New floor"))
    list_columns = ["name", "site", "building", "level"]
    search_columns = ["name"]
    order_columns = ["level", "name"]
    base_order = ("level", "asc")
    fieldsets = [(_l("Floor"), ["building", "name", "level"])]
    on_add = rules.place_floor


class UnitView(RecordView):
    """The let spaces."""

    datamodel = SQLAInterface(Unit)
    class_permission_name = "Unit"
    route_base = "/units"
    titles = Titles(one=_l("Unit"), many=_l("Units"), new=_l("New unit"))
    list_columns = ["number", "site", "building", "floor", "area_dm2", "use"]
    search_columns = ["number", "use"]
    order_columns = ["number", "area_dm2"]
    base_order = ("number", "asc")
    fieldsets = [(_l("Unit"), ["floor", "number", "area_dm2", "use", "remark"])]
    show_fieldsets = [(_l("Unit"), ["number", "site", "building", "floor", "area_dm2", "use", "remark"])]
    on_add = on_edit = rules.place_unit


class CalendarDayView(RecordView):
    """Days that are off or worked otherwise than the public calendar has them: promises of days go by it."""

    datamodel = SQLAInterface(CalendarDay)
    class_permission_name = "CalendarDay"
    route_base = "/calendar-days"
    titles = Titles(one=_l("Day in the calendar"), many=_l("Working days"), new=_l("New day"))
    list_columns = ["day_on", "kind", "name"]
    search_columns = ["day_on", "kind", "name"]
    order_columns = ["day_on"]
    base_order = ("day_on", "desc")
    fieldsets = [(_l("What the public calendar says otherwise"), ["day_on", "kind", "name"])]
    can_delete = True
