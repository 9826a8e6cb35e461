"""Mail, notices in the site, and the sweep that does what is due."""
