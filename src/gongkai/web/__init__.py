"""The platform: agencies, people, records and the public portal, on Django."""
