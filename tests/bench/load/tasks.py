"""What comes up at each kind of desk, and how often."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench.load.desk import Desk
from tests.bench.load.looking import (
    export_a_list,
    find_a_unit,
    find_a_word,
    first_page,
    look_at_a_list,
    read_a_report,
    read_the_audit,
    walk_the_files,
    walk_the_units,
)
from tests.bench.load.writing import (
    amend_a_complaint,
    amend_a_repair,
    ask_for_a_file,
    decide,
    mend,
    send_a_technician,
    take_a_complaint,
    take_a_repair,
    take_money,
    visit_a_tenant,
)

Task = Callable[[Desk], None]
AT_THE_DESK: dict[Task, int] = {
    first_page: 8, find_a_unit: 22, find_a_word: 8, walk_the_units: 8, walk_the_files: 6, look_at_a_list: 10,
    take_a_complaint: 6, take_a_repair: 8, amend_a_complaint: 3, amend_a_repair: 3, send_a_technician: 7,
    visit_a_tenant: 4, ask_for_a_file: 4, take_money: 5,
}  # fmt: skip
OF_ROLE: dict[str, dict[Task, int]] = {
    "clerk": AT_THE_DESK,
    "technician": {mend: 10, first_page: 2},
    "supervisor": {decide: 10, find_a_unit: 6, look_at_a_list: 6, first_page: 3, export_a_list: 4, take_a_complaint: 2},
    "manager": {decide: 12, find_a_word: 4, read_a_report: 3, first_page: 3, export_a_list: 2},
    "director": {first_page: 3, read_a_report: 5, walk_the_files: 3, look_at_a_list: 3},
    "archivist": {walk_the_files: 6, find_a_unit: 4, export_a_list: 2, first_page: 2},
    "auditor": {read_the_audit: 6, export_a_list: 2, first_page: 2},
}


def next_task(desk: Desk) -> Task:
    """What comes up next, as often as it does at such a desk."""
    known = OF_ROLE[desk.role]
    return desk.chance.choices(list(known), list(known.values()))[0]
