"""Documents that an agency discloses of its own accord: drafting, examination, review, release, correction, withdrawal."""
