"""The page of hits, and the few that are offered while typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import jsonify, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access

from app.kit.paging import Place, links
from app.kit.session import db
from app.search import asking, rules
from app.search.declared import declared
from app.security import gate

OFFERED = 8


@dataclass(frozen=True)
class Hit:
    """One hit as a page shows it."""

    kind: str
    kind_label: Any
    title: str
    subtitle: str
    url: str
    badge: Any
    rank: int


class SearchView(BaseView):
    """One box over everything the reader may see."""

    route_base = "/search"
    class_permission_name = "Search"
    default_view = "results"

    @expose("/")
    @has_access
    def results(self) -> Any:
        """A page of hits; with `go`, one unit or file of exactly that number opens at once."""
        typed, found = request.args.get("q", ""), hits(request.args.get("q", ""))
        exact = [hit for hit in found if hit.rank == 0 and declared.kinds[hit.kind].is_numbered]
        if request.args.get("go") and len(exact) == 1:
            return redirect(exact[0].url)
        asked = Place.read(request.args.get("page"), request.args.get("size")).clamped(len(found))
        shown = found[asked.offset : asked.offset + asked.size]
        pages = links(asked, len(found), False, lambda page: url_for("SearchView.results", q=typed, page=page))
        more = len(found) >= rules.MOST
        total = len(found)
        return self.render_template("hudang/search.html", q=typed, hits=shown, total=total, pages=pages, more=more)

    @expose("/suggest")
    @has_access
    def suggest(self) -> Any:
        """The first hits as JSON, while the reader types."""
        found = hits(request.args.get("q", ""), OFFERED + 1)
        offered = [
            {"kind": str(hit.kind_label), "title": hit.title, "subtitle": hit.subtitle, "url": hit.url,
             "badge": str(hit.badge)}
            for hit in found[:OFFERED]
        ]  # fmt: skip
        return jsonify(hits=offered, more=len(found) > OFFERED)


def hits(typed: str, most: int = rules.MOST) -> list[Hit]:
    """What the acting user may see of what matches, with addresses."""
    kinds = rules.seen_kinds()
    sites, asked = gate.site_ids() or [], typed[: asking.LONGEST_QUERY]
    found = rules.find(db.session(), asked, sites, kinds, most, everywhere=gate.is_everywhere())
    return [_hit(one, kinds) for one in found]


def _hit(found: rules.Found, kinds: list[str]) -> Hit:
    """A hit leads to the page it opens, or to its own where the reader may not open that."""
    own = declared.kinds[found.kind]
    aim = (found.opens, found.opens_id) if found.opens in kinds else (found.kind, found.record_id)
    return Hit(
        found.kind,
        own.label,
        found.title,
        found.subtitle,
        url_for(declared.kinds[aim[0]].view, pk=aim[1], **declared.kinds[aim[0]].view_args),
        own.badges.get(found.badge, ""),
        found.rank,
    )
