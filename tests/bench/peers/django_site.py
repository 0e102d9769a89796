"""Django's admin over the seeded tables."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings
from django.http import StreamingHttpResponse
from django.urls import path

HERE = sys.modules[__name__]


class Estate(AppConfig):
    """This page is an app, too."""

    label = "estate"
    path = os.path.dirname(os.path.abspath(__file__))


settings.configure(
    SECRET_KEY="bench" * 10,
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_DATABASE"]}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    ROOT_URLCONF=__name__,
    STATIC_URL="/static/",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        Estate(__name__, HERE),
    ],
)
django.setup()

from django.contrib import admin  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402


class Table(models.Model):
    """What is here already: Django makes none of it."""

    class Meta:
        abstract = True
        managed = False
        app_label = "estate"


class Site(Table):
    name = models.CharField(max_length=100)

    class Meta(Table.Meta):
        abstract = False
        db_table = "site"

    def __str__(self) -> str:
        return str(self.name)


class Unit(Table):
    number = models.CharField(max_length=20)

    class Meta(Table.Meta):
        abstract = False
        db_table = "unit"

    def __str__(self) -> str:
        return str(self.number)


class Customer(Table):
    site = models.ForeignKey(Site, models.PROTECT)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    licence_number = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=60, blank=True)

    class Meta(Table.Meta):
        abstract = False
        db_table = "customer"

    def __str__(self) -> str:
        return str(self.name)


class Contact(Table):
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)

    class Meta(Table.Meta):
        abstract = False
        db_table = "contact"


class Tenancy(Table):
    unit = models.ForeignKey(Unit, models.PROTECT)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta(Table.Meta):
        abstract = False
        db_table = "tenancy"


class Echo:
    """What Django's page on CSV shows: a file that gives back each line instead of keeping it."""

    def write(self, value: str) -> str:
        return value


@admin.action(description="Export as CSV")
def export_csv(_modeladmin: Any, _request: Any, queryset: Any) -> StreamingHttpResponse:
    """The chosen rows, streamed; fetched in chunks, which is kinder to Django than its page's example."""
    writer = csv.writer(Echo())

    def lines() -> Iterator[Any]:
        for each in queryset.select_related("site").iterator():
            yield writer.writerow([each.name, each.site.name, each.name_en, each.industry, each.licence_number])

    return StreamingHttpResponse(lines(), content_type="text/csv")


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ("name", "site", "name_en", "industry", "licence_number")
    search_fields = ("name",)
    ordering = ("name",)
    list_per_page = 25
    actions = (export_csv,)


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    list_display = ("name", "phone")
    search_fields = ("phone",)
    list_per_page = 25


@admin.register(Tenancy)
class TenancyAdmin(admin.ModelAdmin):
    list_display = ("unit", "starts_on", "ends_on")
    fields = ("unit", "starts_on", "ends_on", "remark")


urlpatterns = [path("admin/", admin.site.urls)]


def prepare() -> str:
    """Django's own tables, somebody who may do everything, and the cookie of a session of theirs."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user, _made = get_user_model().objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    sys.stdout.write(prepare() + "\n")
else:
    application = get_wsgi_application()
