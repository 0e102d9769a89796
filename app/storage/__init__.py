"""Where papers lie and how they fare there: places, certificates, climate, inspections, stock-takes, in and out."""
