"""Hudang 户档: the console is wired together here, and only here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder
from flask_migrate import Migrate
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from app.kit.session import HudangFlask, db

migrate = Migrate(directory=str(Path(__file__).parent.parent / "migrations"), compare_type=True)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The console as a Flask app. `settings` replace those of the environment (`config.load`)."""
    import config
    from app import cli, models, views
    from app.estate import papers
    from app.kit import printable, skin
    from app.printing import offering
    from app.security import roles, web
    from app.security.manager import HudangSecurityManager

    app = HudangFlask(__name__, static_folder=None)
    app.config.update(settings if settings is not None else config.load(os.environ))
    if proxies := app.config.get("PROXIES", 0):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.jinja_loader = room_templates()
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=False)
    _wire_rooms(app)
    web.init_app(app)
    skin.init_app(app, roles.ROLES)
    with app.app_context():
        builder = AppBuilder(app, db.session, security_manager_class=HudangSecurityManager, indexview=views.HomeView)
        views.register(builder)
        skin.after_views(app, builder)
    cli.register(app)
    printable.of_record, printable.of_list = offering.of_record, offering.of_list
    printable.print_record, printable.print_list = papers.print_shown, papers.print_listed
    assert models.metadata is not None
    return app


def room_templates() -> ChoiceLoader:
    """Templates of the skin by their own name, those of a room as `<room>/<name>`."""
    here = Path(__file__).parent
    rooms = {folder.parent.name: FileSystemLoader(folder) for folder in here.glob("*/templates")}
    return ChoiceLoader([FileSystemLoader(here / "kit" / "templates"), PrefixLoader(rooms)])


def _wire_rooms(app: Flask) -> None:
    """Hand the lower rooms what only upper rooms know."""
    from app import exchange, jobs, printing, search, telling
    from app.archive import rules as archive
    from app.archive import sealing
    from app.arrears import rules as arrears
    from app.complaints import rules as complaints
    from app.customers import rules as customers
    from app.customers.models import Contact
    from app.deposits import refunds
    from app.estate import rules as estate
    from app.fitout import rules as fitout
    from app.fitout import settling
    from app.kit import guard
    from app.lookups import rules as lookups
    from app.moving import keys as moving_keys
    from app.moving import rules as moving
    from app.repairs import rules as repairs
    from app.security import audit, gate
    from app.visits import plans as visit_plans
    from app.visits import rules as visits

    guard.hand_in(gate, audit.write)
    gate.ask_scope = estate.sites_of
    gate.ask_sealed, gate.ask_sealed_many = sealing.sealed_file_of, sealing.sealed_files_of
    gate.narrowed[Contact] = sealing.without_former_contacts
    gate.ask_grant, gate.ask_grants = lookups.live_grant, lookups.live_grants
    customers.moved_in[:] = [archive.take_in, visit_plans.join, moving.open_move_in]
    archive.may_leave[:] = [arrears.in_the_way, repairs.in_the_way, fitout.in_the_way]
    archive.may_leave += [moving_keys.in_the_way, moving.without_move_out]
    complaints.to_visit[:] = repairs.to_visit[:] = [visits.plan_return]
    refunds.proposed[:], refunds.paid[:] = [settling.propose], [settling.follow]
    visits.done[:] = [complaints.visited, repairs.visited]
    for room in (jobs.rules, search, printing, exchange, telling):
        room.init_app(app)
