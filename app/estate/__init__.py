"""Where: sites, buildings, floors and units, and the places papers are kept in."""
