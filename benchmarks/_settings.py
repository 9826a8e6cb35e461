"""The platform's settings with the page of the peer beside its own addresses."""

from gongkai.web.settings.platform import *  # noqa: F403

ROOT_URLCONF = "benchmarks._urls"
