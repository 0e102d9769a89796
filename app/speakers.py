"""Who speaks on the first page, top to bottom; the same is told by mail."""

from __future__ import annotations

from app.applications import board as applications_board
from app.archive import board as archive_board
from app.arrears import board as arrears_board
from app.campaigns import board as campaigns_board
from app.complaints import board as complaints_board
from app.customers import board as customers_board
from app.deposits import board as deposits_board
from app.fitout import board as fitout_board
from app.fonds import board as fonds_board
from app.handovers import board as handovers_board
from app.incidents import board as incidents_board
from app.loans import board as loans_board
from app.lookups import board as lookups_board
from app.market import board as market_board
from app.moving import board as moving_board
from app.notices import board as notices_board
from app.privacy import board as privacy_board
from app.registers import board as registers_board
from app.repairs import board as repairs_board
from app.retention import board as retention_board
from app.storage import board as storage_board
from app.trades import board as trades_board
from app.visits import board as visits_board

SPEAKERS = [
    lookups_board.cards,
    loans_board.cards,
    incidents_board.cards,
    handovers_board.cards,
    retention_board.cards,
    fonds_board.cards,
    archive_board.cards,
    storage_board.cards,
    customers_board.cards,
    complaints_board.cards,
    visits_board.cards,
    trades_board.cards,
    repairs_board.cards,
    arrears_board.cards,
    deposits_board.cards,
    fitout_board.cards,
    notices_board.cards,
    applications_board.cards,
    moving_board.cards,
    privacy_board.cards,
    registers_board.cards,
    market_board.cards,
    campaigns_board.cards,
]
DAYS = [
    complaints_board.day,
    visits_board.day,
    trades_board.day,
    deposits_board.day,
    fitout_board.day,
    repairs_board.day,
    arrears_board.day,
    notices_board.day,
    applications_board.day,
    moving_board.day,
    storage_board.day,
    loans_board.day,
    registers_board.day,
    market_board.day,
    campaigns_board.day,
]
