"""Incidents with files: lost, damaged, leaked or taken; who answers for it, the penalty, the paper made again."""
