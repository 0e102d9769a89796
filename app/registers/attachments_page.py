"""Attachments of entries over HTTP: let in cleaned, let out through the gate."""

from __future__ import annotations

from io import BytesIO

from flask import Response, abort, flash, redirect, request, send_file
from werkzeug.wrappers import Response as Answer

from app.archive import scans
from app.archive.views import told_if_refused
from app.kit.errors import RuleError
from app.kit.session import abandon_work
from app.registers import attaching
from app.registers.handing import bound
from app.security import gate


def download(key: str, pk: int) -> Response:
    """One file; refused while its entry is sealed to the reader."""
    bound(key, "show")
    attachment = attaching.fetch(key, pk) or abort(404)
    if gate.is_sealed(attachment, gate.DOWNLOAD):
        abort(403)
    content = scans.read(attachment)
    if content is None:  # `flask files verify` tells which
        abort(404)
    gate.note_read(attachment, gate.DOWNLOAD)
    name = attachment.original_name
    return send_file(BytesIO(content), attachment.media_type, as_attachment=True, download_name=name)


def add(key: str, pk: int) -> Answer:
    """Keep what was uploaded; each refused file is named with the reason."""
    bound(key, "edit").fetch(pk)
    abandon_work()  # files are cleaned while nobody waits for the database
    uploads = request.files.getlist("attachment")[: attaching.MOST]
    ready = [one for upload in uploads if (one := told_if_refused(upload, scans.make_ready)) is not None]
    view = bound(key, "edit")
    entry = view.fetch(pk)
    try:
        for one in ready:
            attaching.keep(entry, view.declared, one, by=gate.user())
    except RuleError as error:
        flash(str(error), "danger")
    return redirect(view.url("show", pk=pk))
