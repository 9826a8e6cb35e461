"""Annual reports: readings of files, corrections, waivers, publication."""
