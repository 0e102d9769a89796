"""Hudang 户档: the console is wired together here, and only here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

from app.kit.session import HudangFlask, db


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The console as a Flask app. `settings` replace those of the environment (`config.load`)."""
    from app import models  # before any view: a view looks at its table, which points to others

    # isort: split
    import config
    from app import cli, joins, operations, views
    from app.estate import papers
    from app.kit import compression, printable, skin
    from app.printing import offering
    from app.security import roles, web
    from app.security.manager import HudangSecurityManager

    app = HudangFlask(__name__, static_folder=None)
    app.config.update(settings if settings is not None else config.load(os.environ))
    if proxies := app.config.get("PROXIES", 0):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.jinja_loader = room_templates()
    db.init_app(app)
    app.extensions["migrate"] = LocalProxy(lambda: _migrating(app))
    compression.init_app(app)
    joins.join(app)
    operations.init_app(app)
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


def _migrating(app: Flask) -> Any:
    """Flask-Migrate, read when somebody migrates: it takes the place of whoever asked for it."""
    from flask_migrate import Migrate

    folder = str(Path(__file__).parent.parent / "migrations")
    Migrate(app, db, directory=folder, compare_type=True, render_as_batch=False)
    return app.extensions["migrate"]


def room_templates() -> ChoiceLoader:
    """Templates of the skin by their own name, those of a room as `<room>/<name>`."""
    here = Path(__file__).parent
    rooms = {folder.parent.name: FileSystemLoader(folder) for folder in here.glob("*/templates")}
    return ChoiceLoader([FileSystemLoader(here / "kit" / "templates"), PrefixLoader(rooms)])
