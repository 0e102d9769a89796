"""Which language a reader sees: what they chose, else what their browser asks for, else 简体."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, has_request_context, request, session
from flask_babel import Domain, get_locale
from werkzeug.wrappers import Response

DEFAULT = "zh_Hans"
KEY = "language"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Language:
    """`code` as the catalogues are named, `tag` as HTML names it, `name` in itself."""

    code: str
    tag: str
    name: str


LANGUAGES = [
    Language("zh_Hans", "zh-Hans", "简体"),
    Language("zh_Hant", "zh-Hant", "繁體"),
    Language("en", "en", "English"),
]
CODES = tuple(language.code for language in LANGUAGES)
TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


class Catalogues(Domain):
    """Flask-Babel's catalogues, found by the locale itself: a page asks for its words some hundred times."""

    latest: tuple[Any, Any] = (None, None)

    def get_translations(self) -> Any:
        locale, latest = _locale(), self.latest
        if locale is None:
            return super().get_translations()
        if locale is latest[0]:  # the same request asks again
            return latest[1]
        if locale not in self.cache:
            self.cache[locale] = super().get_translations()
        self.latest = (locale, self.cache[locale])
        return self.cache[locale]


catalogues = Catalogues()


def choose() -> str:
    """The locale selector of Flask-Babel."""
    if not has_request_context():
        return DEFAULT
    for wanted in (session.get(KEY), request.cookies.get(KEY)):
        if wanted in CODES:
            return str(wanted)
    return asked_for(list(request.accept_languages.values()))


def asked_for(tags: list[str]) -> str:
    """The first of a browser's languages, best first, that the console speaks."""
    for tag in tags:
        plain = tag.lower().replace("_", "-")
        if plain.startswith(TRADITIONAL):
            return "zh_Hant"
        if plain == "zh" or plain.startswith("zh-"):
            return "zh_Hans"
        if plain == "en" or plain.startswith("en-"):
            return "en"
    return DEFAULT


def current() -> Language:
    """The language this answer is written in."""
    return next((language for language in LANGUAGES if language.code == code()), LANGUAGES[0])


def code() -> str:
    """The reader's language as the catalogues name it."""
    return str(_locale() or DEFAULT)


def _locale() -> Any:
    """Flask-Babel's `get_locale`, which looks four times for the place where it has left it."""
    try:
        return g._flask_babel.babel_locale or get_locale()
    except (AttributeError, RuntimeError):  # not asked yet; outside of any request
        return get_locale()


def say(names: Mapping[str, str]) -> str:
    """What is written in every language, in the reader's."""
    return names.get(code()) or names[DEFAULT]


def keep(response: Response, code: str) -> Response:
    """Remember the choice for the session and, beyond it, in a cookie of one year."""
    if code in CODES:
        session[KEY] = code
        response.set_cookie(
            KEY,
            code,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        )
    return response
