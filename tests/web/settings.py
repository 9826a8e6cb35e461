"""The platform's settings under test: a data folder of its own, on SQLite unless GONGKAI_TEST_DATABASE names another."""

import os
import tempfile

os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="gongkai-test-")
os.environ["DATABASE_URL"] = os.environ.get("GONGKAI_TEST_DATABASE", "")

from gongkai.web.settings.platform import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - `gongkai serve` fills it
if not os.environ["DATABASE_URL"]:
    # A file, so that threads and processes of a test really are different connections; it need not outlive a crash.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
