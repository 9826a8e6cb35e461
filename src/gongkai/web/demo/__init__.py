"""The demonstration county: a made-up county with its agencies, people and reports, written by the same acts as real ones."""
