"""Where neighbouring rooms are joined: peers never import each other, they meet here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import Flask, url_for

from app import exchange, home, printing, search, speakers, telling
from app.applications import page as applications_page
from app.archive import alarms, custody_page, opening, scans, sealing
from app.archive import held as archive_held
from app.archive import page as file_page
from app.archive import rules as archive
from app.arrears import page as arrears_page
from app.arrears import rules as arrears
from app.campaigns import held as campaigns_held
from app.complaints import held as complaints_held
from app.complaints import page as complaints_page
from app.complaints import rules as complaints
from app.customers import rules as customers
from app.customers.models import Contact, Customer
from app.deposits import page as deposits_page
from app.deposits import refunds
from app.estate import rules as estate
from app.estate.facts import site_facts
from app.estate.papers import site_of
from app.exchange import views as exchange_views
from app.fitout import page as fitout_page
from app.fitout import rules as fitout
from app.fitout import settling
from app.handovers import clearing
from app.incidents import held as incidents_held
from app.incidents import page as incidents_page
from app.jobs import rules as jobs
from app.jobs import tasks as job_tasks
from app.kit import declared, exports, fresh, guard, nav
from app.kit.labels import _l
from app.loans import held as loans_held
from app.loans import page as loans_page
from app.loans import register as loans_register
from app.loans import reminders as loan_reminders
from app.loans import returning
from app.loans import rules as loans
from app.lookups import grants, reviews, seen
from app.lookups import held as requests_held
from app.lookups import page as lookups_page
from app.market import held as market_held
from app.market import page as market_page
from app.market import profiles as market_profiles
from app.moving import keys as moving_keys
from app.moving import page as moving_page
from app.moving import rules as moving
from app.notices import page as notices_page
from app.operations import exports as long_exports
from app.operations import overview as operations
from app.printing import long as long_prints
from app.printing import reports as printed_reports
from app.privacy import consents, erasing, reach
from app.privacy import page as privacy_page
from app.privacy import tasks as data_tasks
from app.registers import conditions as register_conditions
from app.registers import held as registers_held
from app.registers import known as known_registers
from app.registers import page as registers_page
from app.registers import rights as register_rights
from app.repairs import held as repairs_held
from app.repairs import page as repairs_page
from app.repairs import rules as repairs
from app.reporting import paper
from app.reporting import rules as reporting
from app.retention import holds, judging
from app.retention import holds as retention_holds
from app.retention import page as retention_page
from app.search.declared import declared as search_kinds
from app.security import accounts, audit, details, gate, given, overview, partitions, sessions
from app.storage import certificates as storage_certificates
from app.storage import held as storage_held
from app.storage import page as storage_page
from app.storage import place_page
from app.telling import rules as telling_rules
from app.telling import sending, trials
from app.trades import allocating, appointments, attending, following
from app.trades import granted as trades_granted
from app.trades import held as trades_held
from app.trades import page as trades_page
from app.visits import feed as visits_feed
from app.visits import held as visits_held
from app.visits import page as visits_page
from app.visits import plans as visit_plans
from app.visits import rules as visits


def join(app: Flask) -> None:
    """Hand every room what only the rooms above or beside it know."""
    _gate()
    _rules()
    _held()
    _first_page()
    _file_page()
    _work()
    for room in (job_tasks, search, printing, exchange, telling):
        room.init_app(app)


def _gate() -> None:
    """What the gate asks of rooms above it."""
    guard.hand_in(gate, audit.write)
    if gate.forget not in fresh.followers:
        fresh.followers.append(gate.forget)
    gate.ask_scope = estate.sites_of
    sessions.along |= {
        "rights": given.rights_as_text,
        "sites": estate.sites_as_text,
        "registers": known_registers.stamp_of,
    }
    gate.ask_sealed, gate.ask_sealed_many = sealing.sealed_file_of, sealing.sealed_files_of
    nav.shown_where |= {group: partial(works_with, work) for group, work in WORK_OF_GROUP.items()}
    gate.narrowed[Contact] = sealing.without_former_contacts
    gate.narrowed.update(trades_granted.NARROWED)
    gate.ask_grant, gate.ask_grants = grants.live_grant, grants.live_grants
    given.declared["Register"] = register_rights.may
    known_registers.watch()
    declared.declared_for = known_registers.views_for
    search_kinds.more[:] = [known_registers.all_of_them]


WORK_OF_GROUP = {
    "Following up": "follow_ups",
    "Marketing": "market",
    "Campaigning": "campaigns",
    "Archives": "archives",
}


def works_with(work: str) -> bool:
    """A group of the menu is for whose sites work with it."""
    return work in estate.works_of_reader()


def _rules() -> None:
    """What follows in one room from what happens in another."""
    customers.moved_in[:] = [archive.take_in, visit_plans.join, moving.open_move_in]
    customers.moved_out[:] = [visit_plans.leave]
    archive.may_leave[:] = [arrears.in_the_way, repairs.in_the_way, fitout.in_the_way]
    archive.may_leave += [moving_keys.in_the_way, moving.without_move_out]
    archive.may_leave += [loans.in_the_way]
    reviews.registers["loans"] = loans_register.lines_of
    archive.may_destroy[:] = [retention_holds.in_the_way, loans.keeps, storage_certificates.here_of]
    complaints.to_visit[:] = repairs.to_visit[:] = [visits.plan_return]
    refunds.proposed[:], refunds.paid[:] = [settling.propose], [settling.follow]
    visits.done[:] = [complaints.visited, repairs.visited]
    visits_feed.others[:] = [appointments.to_come]
    scans.may_keep[:] = scans.may_show[:] = [consents.without_consent]
    erasing.may_erase[:] = [kept_for_retention]
    opening.may_open[:] = [market_profiles.may_open]
    attending.made[:], allocating.allocated[:] = [following.plan], [following.pass_to_holder]
    following.finished[:], returning.may_return[:] = [loans.note_follow_up], [following.in_the_way]
    trades_page.openers[:] = [loans_page.follow_up_links]


def kept_for_retention(customer: Customer, contact: Contact | None) -> Iterator[Any]:
    """What retention says about erasing somebody: a legal hold holds everybody, a period the customer as a whole."""
    for file in reach.files_of(customer):
        yield from holds.in_the_way(file) if contact is not None else judging.in_the_way(file)


def _held() -> None:
    """What somebody may have in hand, by kind: (who holds what, how it passes to another)."""
    archive_held.holders |= {
        "file": (archive_held.held_by, archive_held.pass_on),
        "certificate": (storage_held.held_by, storage_held.pass_on),
        "repair": (repairs_held.held_by, repairs_held.pass_on),
        "visit": (visits_held.held_by, visits_held.pass_on),
        "complaint": (complaints_held.held_by, complaints_held.pass_on),
        "request": (requests_held.requests_held_by, None),
        "loan": (loans_held.held_by, None),
        "task": (incidents_held.held_by, incidents_held.pass_on),
        "data_task": (data_tasks.held_by, data_tasks.pass_on),
        "entry": (registers_held.held_by, registers_held.pass_on),
        "action": (market_held.actions_held_by, market_held.pass_action_on),
        "evaluation": (market_held.evaluations_held_by, market_held.pass_evaluation_on),
        "customer": (trades_held.customers_held_by, trades_held.pass_customer_on),
        "follow_up": (trades_held.follow_ups_held_by, trades_held.pass_follow_up_on),
        "sheet": (trades_held.sheets_held_by, None),
        "campaign_task": (campaigns_held.held_by, campaigns_held.pass_on),
        "campaign": (campaigns_held.received_by, campaigns_held.pass_receiving_on),
    }
    accounts.still_holds[:] = [clearing.counts]
    accounts.may_take[:] = [register_conditions.missing]


def _first_page() -> None:
    """Who speaks on the first page, top to bottom; the same is told by mail."""
    home.speakers[:], home.days[:] = speakers.SPEAKERS, speakers.DAYS
    telling_rules.speakers = home.speakers
    telling_rules.reminders[:] = [loan_reminders.cards]


def _file_page() -> None:
    """Who has a chapter on a file's page and on its tab of custody, top to bottom; what is warned of at its head."""
    file_page.chapters[:] = [
        file_page.papers,
        arrears_page.chapter,
        complaints_page.chapter,
        repairs_page.chapter,
        visits_page.chapter,
        trades_page.chapter,
        deposits_page.chapter,
        fitout_page.chapter,
        notices_page.chapter,
        applications_page.chapter,
        moving_page.chapter,
        registers_page.chapter,
        market_page.chapter,
    ]
    file_page.custody[:] = [
        lookups_page.chapter,
        loans_page.chapter,
        custody_page.chapter,
        storage_page.chapter,
        retention_page.chapter,
        incidents_page.chapter,
        privacy_page.chapter,
    ]
    of_any_file = (file_page.papers, registers_page.chapter, trades_page.chapter, market_page.chapter)
    file_page.of_units[:] = [chapter for chapter in file_page.chapters if chapter not in of_any_file]
    alarms.alarms[:] = [
        loans_page.ALARM,
        incidents_page.ALARM,
        retention_page.ALARM,
        *storage_page.ALARMS,
        privacy_page.ALARM,
        market_page.ALARM,
    ]
    place_page.openers[:] = [loans_page.place_links]


def _work() -> None:
    """Long work and what it is made of; what codes in the audit are called."""
    work = jobs.kind
    work("import", _l("Bring in a roster"), ("apply", "Import"))(
        lambda job, progress: exchange_views.run_import(job.payload, progress)
    )
    work("trial_message", _l("Trial message"), ("trial", "TellingChoice"))(
        lambda job, _progress: trials.run(job.payload)
    )
    work("print", _l("Long print"), ("print_form", "Print"))(
        lambda job, progress: long_prints.run(job.payload, progress)
    )
    work("export", _l("Workbook"), ("show", "Job"), reads=True)(long_exports.run)
    work("rebuild_search", _l("Prepare the search anew"), ("rebuild_search", "Operations"))(operations.rebuild)
    exports.later = long_exports.later
    exchange_views.start_job = trials.start_job = long_prints.start_job = jobs.start
    job_tasks.every_minute[:] = [
        loan_reminders.remind,
        sending.tell,
        long_prints.ready.sweep,
        long_exports.ready.sweep,
        partitions.tick,
    ]
    reporting.print_report = print_report
    overview.more_links[:] = [seen.links_of]
    details.words_of |= {"report": reporting.title_of, "key": file_page.code_word, "class": file_page.code_word}


def print_report(shown: reporting.Shown) -> Any:
    """A report on the printing room's sheet, under the name of its site or the reader's first."""
    site = site_of(shown.asked.site_id)
    back = url_for("ReportView.show", key=shown.report.key, **dict(shown.asked.args))  # type: ignore[arg-type]
    return printed_reports.print_page(paper.told(shown), site_facts(site), site.id, by=gate.user(), back=back)
