"""Locust's part: each of its users is one person at a desk. Run by `crowd`, in an environment that has only locust.

LOAD_PEOPLE names the file of who they are, LOAD_TOLD where every answer's time and the journal of writes are put,
LOAD_SECONDS when they go home.
"""

from __future__ import annotations

import json
import os
import random
import time
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any

import gevent
from locust import constant, events, task
from locust.contrib.fasthttp import FastHttpUser
from locust.exception import StopUser

from tests.bench.load import desk, looking, tasks
from tests.bench.load.browser import Answer, Check, Fields, Wrong

SETTINGS: dict[str, Any] = json.loads(Path(os.environ["LOAD_PEOPLE"]).read_text(encoding="utf-8"))
WAITING: list[dict[str, Any]] = list(SETTINGS["people"])
UNTIL = time.monotonic() + float(os.environ["LOAD_SECONDS"])
at_work = len(WAITING)
times: list[tuple[str, float, str]] = []  # (what, ms, what was wrong)
journal: list[tuple[str, str, str]] = []


class OverHttp:
    """A browser behind the proxy that production has: it speaks HTTPS to people, and says from where they come."""

    def __init__(self, client: Any, place: int) -> None:
        self.client = client
        self.headers = {
            "X-Forwarded-For": f"10.0.0.{place + 1}",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": SETTINGS["host"],
            "Referer": f"https://{SETTINGS['host']}/",
            "Accept-Encoding": "gzip",
            "Accept-Language": "zh-CN,zh;q=0.9",
        }

    def ask(self, what: str, path: str, form: Fields | None = None, *, check: Check) -> Answer:
        method, more = ("GET", {}) if form is None else ("POST", {"Origin": f"https://{SETTINGS['host']}"})
        with self.client.request(
            method, path, name=what, data=form, headers=self.headers | more, allow_redirects=False, catch_response=True
        ) as response:
            told = response.headers or {}
            media = (told.get("Content-Type") or "").split(";")[0]
            answer = Answer(response.status_code, response.content or b"", media, told.get("Location") or "")
            wrong = _wrong(check, answer) if response.status_code else str(response.error)
            response.failure(wrong) if wrong else response.success()
        if wrong:
            raise Wrong(wrong)
        return answer

    def wait(self, least: float, most: float) -> None:
        gevent.sleep(random.uniform(least, most))


def _wrong(check: Check, answer: Answer) -> str:
    try:
        return check(answer)
    except ValueError as error:  # not the JSON or text that was waited for
        return str(error)


class Person(FastHttpUser):
    """Logs in, then works until the time is over; what has been begun is finished."""

    wait_time = constant(0)
    connection_timeout = network_timeout = 120.0

    def on_start(self) -> None:
        """Sit down and log in. Without that there is no use in going on: locust would send the next one for ever."""
        try:
            told = WAITING.pop(0)
            self.client.cookiejar.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))
            units, place = [desk.Unit(*unit) for unit in told.pop("units")], len(WAITING)
            browser, chance = OverHttp(self.client, place), random.Random(place)
            self.desk = desk.Desk(browser, units=units, chance=chance, tell=_note, **told)
            looking.log_in(self.desk, SETTINGS["password"])
        except Exception:
            self.environment.runner.quit()
            raise

    @task
    def work(self) -> None:
        if time.monotonic() > UNTIL:
            self.go_home()
        task = tasks.next_task(self.desk)
        try:
            task(self.desk)
        except Wrong:  # counted already; whoever is sent away looks up, and goes on with something else
            gevent.sleep(5)
        except Exception as error:  # a page that cannot be read
            times.append((task.__name__.replace("_", " "), 0.0, repr(error)))
        self.desk.browser.wait(*desk.NEXT)

    def go_home(self) -> None:
        """The last one switches off the light."""
        global at_work
        at_work -= 1
        if not at_work:
            self.environment.runner.quit()
        raise StopUser


def _note(step: str, what: str, mark: str) -> None:
    journal.append((step, what, mark))


@events.request.add_listener
def _time(name: str, response_time: float, exception: Any = None, **_more: Any) -> None:
    times.append((name, response_time, str(exception) if exception else ""))


@events.quitting.add_listener
def _put_down(**_more: Any) -> None:
    Path(os.environ["LOAD_TOLD"]).write_text(json.dumps({"times": times, "journal": journal}), encoding="utf-8")
