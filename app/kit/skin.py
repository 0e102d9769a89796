"""The skin: what every page is given, the language choice, and the skin's own files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, current_app, g, redirect, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.utils.base import get_safe_redirect
from werkzeug.routing import BuildError
from werkzeug.wrappers import Response

from app.kit import assets, language, nav, once, paging, shown
from app.kit.compiled import CompiledTemplates
from app.kit.guard import gate

FOREVER = "public, max-age=31536000, immutable"


def init_app(app: Flask, role_words: Mapping[str, Any] | None = None) -> None:
    """Give templates their words and pictures, and add the three addresses of the skin.

    `role_words` says what people call a role; security knows that and the kit does not.
    """
    app.extensions["role_words"] = role_words or {}
    app.config.setdefault("FAB_BASE_TEMPLATE", "hudang/base.html")
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = CompiledTemplates()
    app.jinja_env.globals.update(
        icon=assets.icon,
        asset_url=asset_url,
        shown=shown.shown,
        machine_time=shown.machine_time,
        figures=shown.FIGURES,
        most_counted=paging.COUNT_UP_TO,
        place_arguments=paging.PLACE,
        languages=language.LANGUAGES,
        language=language.current,
        rail=nav.rail,
        reader=reader,
        address_of=address_of,
        address_without=address_without,
        dialled=shown.dialled,
        plain_id=plain_id,
        new_once=once.new,
    )
    app.add_url_rule("/static/<address>", "skin.asset", send_asset)
    app.add_url_rule("/favicon.ico", "skin.favicon", send_favicon)
    app.add_url_rule("/language", "skin.language", set_language, methods=["POST"])


def after_views(app: Flask, builder: AppBuilder) -> None:
    """Replace FAB's choice of language, which knows its own session key only and never asks the browser."""
    babel = app.extensions["babel"]
    babel.locale_selector, babel.instance.domain_instance = language.choose, language.catalogues
    said = language.catalogues.get_translations
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: said().ugettext(words), lambda one, many, n: said().ungettext(one, many, n), newstyle=True
    )


def asset_url(name: str) -> str:
    """The address of one of the skin's files, its digest included."""
    return f"{request.script_root}/static/{assets.assets()[name].address}"


def send_asset(address: str) -> Response:
    """One of the skin's files; an old digest is gone."""
    asset = assets.by_address(address) or abort(404)
    response = current_app.response_class(asset.content, mimetype=asset.media_type)
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(asset.address)
    return response.make_conditional(request)


def send_favicon() -> Response:
    return send_asset(assets.assets()["favicon.svg"].address)


def set_language() -> Response:
    """Keep the reader's language and go back to the page they were on."""
    wanted = request.form.get("language", "")
    if wanted not in language.CODES:
        abort(400)
    return language.keep(redirect(get_safe_redirect(request.form.get("next", ""))), wanted)


def reader() -> dict[str, Any] | None:
    """Who is looking, for the user menu: name, roles; None when nobody has logged in."""
    user = gate.user() if hasattr(g, "user") else None
    if user is None or not getattr(user, "is_authenticated", True):
        return None
    words = current_app.extensions["role_words"]
    name = f"{user.first_name or ''} {user.last_name or ''}".strip() or user.username
    return {"name": name, "username": user.username, "roles": [words.get(role.name, role.name) for role in user.roles]}


def address_without(*names: str) -> str:
    """This page's address without the query arguments `names` and without the place in the list."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in {*names, *paging.PLACE}]
    return f"{request.script_root}{request.path}" + (f"?{urlencode(kept)}" if kept else "")


def plain_id(address: str) -> str:
    """An address as part of an HTML id: letters, digits and dashes."""
    return re.sub(r"[^0-9A-Za-z]+", "-", address).strip("-")


def address_of(*endpoints: str, **values: Any) -> str:
    """The address of the first of `endpoints` that exists here, or ""."""
    for endpoint in endpoints:
        try:
            return current_app.url_for(endpoint, **values)
        except BuildError:
            continue
    return ""
