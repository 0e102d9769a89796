"""Archives proper: fonds, volumes and items, finding aids, ledgers by holder, transfer sets, opening to the public."""
