"""Ports to the machinery: live frames, bytes, mail, journal, jobs, references. Knows no feature."""
