"""The deposit ledger: lines that are only ever added."""
