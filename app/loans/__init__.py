"""Loans 出借: files that leave the office for some days, on a slip that both sign, and come back counted."""
