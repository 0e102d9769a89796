"""Archives as other programs may read them: fonds, their items, and what was transferred."""

from __future__ import annotations

from app.fonds.views import ArchivalItemView, FondsView, TransferView
from app.kit.api import RecordApi


class FondsApi(RecordApi):
    """What one organisation left."""

    screen = FondsView
    class_permission_name = "Fonds"
    resource = "fonds"
    list_columns = ["number", "site", "title", "organisation", "holder", "scheme_key", "state", "closed_on"]
    show_columns = [*list_columns, "spelling", "close_reason", "file"]
    examples = {"number": "J045", "title": "某某煤业公司全宗"}


class ArchivalItemApi(RecordApi):
    """Items and volumes with their description, and whether they are open to the public."""

    screen = ArchivalItemView
    class_permission_name = "ArchivalItem"
    resource = "archival-items"
    list_columns = ["number", "site", "fonds", "level", "kind", "year", "period", "title", "open_state", "state"]
    show_columns = [
        *list_columns, "other_number", "holder", "volume", "category", "body", "body_code", "responsible",
        "document_number", "day", "pages", "secrecy", "standard", "filed_on", "opened_on", "place", "copies",
    ]  # fmt: skip
    examples = {"number": "J045-WS·2019-D30-BGS-0007", "title": "关于安全生产的通知", "year": 2019, "day": "20190315"}


class TransferApi(RecordApi):
    """Everything not yet transferred, as one set, to another holder."""

    screen = TransferView
    class_permission_name = "Transfer"
    resource = "transfers"
    list_columns = ["number", "site", "fonds", "giver", "receiver", "nature", "drawn_on", "state", "done_on"]
    show_columns = [*list_columns, "statement", "containers", "opinion", "digest"]
    examples = {"number": "YG-2026-00001"}
