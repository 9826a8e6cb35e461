"""Both stores keep the same promises; the storage behind S3 may be down, slow or wrong and nothing is half."""

import contextlib
import gc
import hashlib
import io
import json
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from gongkai.errors import InvalidInput
from gongkai.web.files import store as stores
from gongkai.web.files import store_s3
from gongkai.web.files.store import LocalStore, StorageFailed, Stored
from gongkai.web.files.store_s3 import S3Store
from tests.web.together import at_once

BUCKET = "gongkai"
LIMIT = 20 * 2**20
KEYS = {"key": "made-up", "secret": "made-up-secret", "region": "us-east-1"}


_made = []


def connect(*given, **more):
    """A store whose connections are closed after the test."""
    made = store_s3.connect(*given, **more)
    _made.append(made)
    return made


@pytest.fixture(autouse=True)
def _closed():
    yield
    while _made:
        if isinstance(made := _made.pop(), S3Store):
            made.client._http.clear()


@pytest.fixture(scope="module")
def endpoint():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, tmp_path, request):
    name = f"{BUCKET}-{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"
    store = connect(endpoint, name, tmp_path / "passing", **KEYS)
    store.client.make_bucket(name)
    return store


@pytest.fixture(params=["local", "s3"])
def store(request, tmp_path):
    return LocalStore(tmp_path / "files") if request.param == "local" else request.getfixturevalue("bucket")


def put(store, content, limit=LIMIT):
    return store.put(io.BytesIO(content), limit)


def read(store, digest):
    with store.open(digest) as opened:
        return opened.read()


def left(store):
    """Passing files of this machine that are still there."""
    folder = store.passing if isinstance(store, S3Store) else store.root / stores.INCOMING
    return list(folder.glob("*")) if folder.exists() else []


@pytest.mark.parametrize("size", [0, 1, 5 * 2**20 - 1, 11 * 2**20 + 7])
def test_a_content_comes_back_as_it_was_given(store, size):
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    stored = put(store, content)
    assert stored == Stored(hashlib.sha256(content).hexdigest(), size)
    assert read(store, stored.digest) == content
    assert left(store) == []


def test_an_opened_content_can_be_read_from_any_place(store):
    with store.open(put(store, b"0123456789").digest) as opened:
        assert opened.read(3) == b"012"
        assert opened.seek(8) == 8
        assert opened.read() == b"89"
        assert opened.seek(0) == 0
        assert len(opened.read()) == 10


def test_what_is_too_large_is_refused_and_nothing_is_kept(store):
    with pytest.raises(InvalidInput, match=r"files\.too_large"):
        put(store, b"x" * (2**20 + 1), 2**20)
    assert list(store.older_than(time.time() + 10)) == []
    assert left(store) == []


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../secret", "g" * 64, "A" * 64, "0" * 63])
def test_there_is_nothing_but_what_was_given(store, digest):
    with pytest.raises(FileNotFoundError):
        store.open(digest)


def test_contents_are_old_by_when_they_were_last_given(store):
    one, two = put(store, b"one").digest, put(store, b"two").digest
    assert list(store.older_than(time.time() - 5)) == []
    assert sorted(store.older_than(time.time() + 5)) == sorted([one, two])
    time.sleep(2.1)
    between = time.time() - 0.5
    put(store, b"two")
    assert list(store.older_than(between)) == [one]


def test_what_is_old_is_taken_away_and_what_was_given_again_stays(store):
    one, two = put(store, b"one").digest, put(store, b"two").digest
    time.sleep(2.1)
    between = time.time() - 0.5
    put(store, b"two")
    assert (store.remove(one, between), store.remove(two, between)) == (True, False)
    assert read(store, two) == b"two"
    with pytest.raises(FileNotFoundError):
        store.open(one)
    assert store.remove(one, between)


def test_what_is_given_while_it_is_taken_away_is_there_afterwards(store):
    """Whoever was told that a content is kept finds it, whatever somebody else takes away at the same moment."""
    digest = put(store, b"wanted").digest

    def give():
        for _ in range(8):
            put(store, b"wanted")

    def take():
        for _ in range(8):
            store.remove(digest, time.time() - 3600)

    at_once(lambda act: act(), [give, give, take, take], workers=4)
    assert read(store, digest) == b"wanted"


def test_a_store_that_works_says_so(store):
    store.check()


def test_a_content_given_at_the_very_moment_of_its_removal_stays(bucket, monkeypatch):
    """The race taken apart: the remover has seen the old object, then it is given again, then the remover goes on."""
    digest = put(bucket, b"wanted").digest
    seen = bucket._objects

    def given_meanwhile(of):
        found = seen(of)
        monkeypatch.setattr(bucket, "_objects", seen)
        put(bucket, b"wanted")
        return found

    monkeypatch.setattr(bucket, "_objects", given_meanwhile)
    assert not bucket.remove(digest, time.time() + 1.5 - store_s3.GRAIN)
    assert read(bucket, digest) == b"wanted"


def test_an_object_under_one_name_for_good_would_have_been_lost_in_that_race(bucket):
    """The control: with one name a content the remover takes away what was given after he looked."""
    client, name = bucket.client, "plain"
    client.put_object(bucket.bucket, name, io.BytesIO(b"old"), 3)
    client.stat_object(bucket.bucket, name)
    client.put_object(bucket.bucket, name, io.BytesIO(b"new"), 3)
    client.remove_object(bucket.bucket, name)
    assert list(client.list_objects(bucket.bucket)) == []


def test_a_content_given_often_is_one_object(bucket):
    for _ in range(4):
        digest = put(bucket, b"same").digest
    assert len(bucket._objects(digest)) == 1


def test_bytes_that_are_not_those_of_the_digest_are_never_shown(bucket):
    digest = put(bucket, b"right").digest
    (_, name) = bucket._objects(digest)[0]
    bucket.client.put_object(bucket.bucket, name, io.BytesIO(b"wrong"), 5)
    with pytest.raises(StorageFailed) as refused:
        bucket.open(digest)
    assert refused.value.facts == {"why": "WrongContent"}
    assert left(bucket) == []


def test_objects_of_others_in_the_bucket_are_nobodys_business(bucket):
    bucket.client.put_object(bucket.bucket, "notes/today.txt", io.BytesIO(b"x"), 1)
    assert list(bucket.older_than(time.time() + 10)) == []


def test_a_bucket_that_is_not_there_is_said(endpoint, tmp_path):
    store = connect(endpoint, "nowhere", tmp_path, **KEYS)
    for act in (store.check, lambda: put(store, b"x"), lambda: store.open("0" * 64)):
        with pytest.raises(StorageFailed) as refused:
            act()
        assert refused.value.facts == {"why": "NoSuchBucket"}
    assert left(store) == []


@contextlib.contextmanager
def answering(answer):
    """A server that gives the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            answer(self)

        do_PUT = do_HEAD = do_POST = do_DELETE = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def plain(status, body=b"", **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    return answer


WRONG_ANSWERS = {
    "a page": plain(200, b"<html>canary</html>", Content_Type="text/html"),
    "refused": plain(
        403, b"<Error><Code>AccessDenied</Code><Message>canary</Message></Error>", Content_Type="application/xml"
    ),
    "broken": plain(500, b"canary"),
    "busy": plain(503, b"canary"),
    "cut off": plain(200, b"<x>", Content_Type="application/xml", Content_Length="500"),
}


def _refused(store):
    for act in (lambda: put(store, b"content"), lambda: store.open("0" * 64)):
        with pytest.raises(StorageFailed) as refused:
            act()
        assert "canary" not in str(refused.value)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", WRONG_ANSWERS)
def test_wrong_answers_are_errors_and_nothing_is_half(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(store_s3, "ANSWER", 2)
    with answering(WRONG_ANSWERS[kind]) as address:
        _refused(connect(address, BUCKET, tmp_path, **KEYS))
    _made.clear()
    # The library leaves the connection of an answer that it could not read to the collector.
    gc.collect()
    assert list((tmp_path / stores.INCOMING).glob("*")) == []


def test_a_server_that_is_down_or_silent_is_said_in_time(tmp_path, monkeypatch):
    monkeypatch.setattr(store_s3, "ANSWER", 0.5)
    with contextlib.closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(20)
        port = silent.getsockname()[1]
        for address in (f"http://127.0.0.1:{port}", "http://127.0.0.1:9"):
            store = connect(address, BUCKET, tmp_path, **KEYS)
            begun = time.monotonic()
            with pytest.raises(StorageFailed):
                store.check()
            with pytest.raises(StorageFailed):
                put(store, b"x")
            with pytest.raises(StorageFailed):
                list(store.older_than(1.0))
            assert time.monotonic() - begun < 45
            assert left(store) == []


@pytest.fixture
def set_up(monkeypatch, tmp_path, settings):
    settings.FILES = tmp_path / "files"

    def make(endpoint, bucket):
        for name, value in {"BUCKET": bucket, "ENDPOINT": endpoint, "KEY": "made-up", "SECRET": "made-up"}.items():
            monkeypatch.setenv(f"GONGKAI_S3_{name}", value)

    yield make
    with contextlib.suppress(InvalidInput):
        _made.append(stores.store())
    stores._bucket.cache_clear()


@pytest.mark.django_db
def test_the_platform_keeps_files_in_the_bucket_that_is_set_and_health_says_how_it_is(
    client, bucket, endpoint, set_up
):
    from gongkai.web.files.actions import keep
    from gongkai.web.files.responses import download

    set_up(endpoint, bucket.bucket)
    file = keep(b"%PDF-1.7 made up", "年报.pdf")
    assert read(bucket, file.digest) == b"%PDF-1.7 made up"
    assert client.get(reverse("portal:health")).status_code == 200
    sent = download(file)
    assert (sent["Content-Length"], b"".join(sent.streaming_content)) == ("16", b"%PDF-1.7 made up")
    set_up("http://127.0.0.1:9", bucket.bucket)
    answer = client.get(reverse("portal:health"))
    assert (answer.status_code, json.loads(answer.content)["files"]) == (503, "failed")
    # Ends what a request ends, the database's connection included.
    sent.close()


def test_what_is_missing_for_a_bucket_is_named(set_up, monkeypatch):
    set_up("", BUCKET)
    with pytest.raises(InvalidInput, match=r"files\.s3_endpoint"):
        stores.store()
    set_up("http://127.0.0.1:9", BUCKET)
    monkeypatch.setitem(sys.modules, "minio", None)
    with pytest.raises(InvalidInput, match=r"files\.s3_missing"):
        stores.store()


def test_without_a_bucket_the_library_is_not_imported(settings, tmp_path):
    settings.FILES = tmp_path
    assert isinstance(stores.store(), LocalStore)


@pytest.mark.django_db
def test_a_report_waits_for_a_storage_that_is_down_however_often_it_was_tried(set_up):
    from datetime import timedelta

    from django.utils import timezone

    from gongkai.web.files.models import File
    from gongkai.web.notices.effects import Effect
    from gongkai.web.notices.models import Lease
    from gongkai.web.notices.sweep import tick
    from gongkai.web.reports import reading

    set_up("http://127.0.0.1:9", BUCKET)
    file = File.objects.create(digest="0" * 64, size=1, name="a.pdf")
    given_up, now = [], timezone.now()
    read_it = Effect(
        "made",
        lambda _now: ["k"],
        lambda *_: None,
        lambda _key: reading.read(file),
        lambda *_: given_up.append(1),
        tries=2,
    )
    for _ in range(4):
        assert tick(now, [read_it]).failed == 1
        now += timedelta(seconds=11)
    assert given_up == []
    assert Lease.objects.get().failure == "StorageFailed"
