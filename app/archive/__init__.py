"""One unit, one file: schemes, files, papers and their scans."""
