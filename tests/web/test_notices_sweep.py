"""The sweep: what is due happens once, whoever is killed, however many run."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.notices import leases
from gongkai.web.notices.effects import Effect, registered
from gongkai.web.notices.models import Done, Lease
from gongkai.web.notices.sweep import tick
from tests.web import installation


def effect(due=("k",), carry_out=None, **more):
    happened = []
    made = Effect("made", lambda _now: iter(due), carry_out or (lambda key, _now, _p: happened.append(key)), **more)
    return made, happened


@pytest.mark.django_db
def test_what_is_due_happens_once_though_it_stays_due():
    made, happened = effect(("a", "b"))
    assert [tick(effects=[made]).done for _ in range(3)] == [2, 0, 0]
    assert happened == ["a", "b"]
    assert Lease.objects.count() == 0


@pytest.mark.django_db
def test_a_failure_undoes_what_was_written_waits_and_stops_no_other():
    def failing(_key, _now, _prepared):
        Done.objects.create(key="half")
        raise RuntimeError("secret words")

    made, _ = effect(carry_out=failing)
    other = Effect("other", lambda _now: ["x"], lambda *_: None)
    now = timezone.now()
    ticked = tick(now, [made, other])
    assert (ticked.failed, ticked.done) == (1, 1)
    assert sorted(Done.objects.values_list("key", flat=True)) == ["other:x"]
    lease = Lease.objects.get()
    assert (lease.tries, lease.failure, lease.until - now) == (1, "RuntimeError", timedelta(seconds=10))
    assert tick(now + timedelta(seconds=9), [made]).idle
    assert tick(now + timedelta(seconds=11), [made]).failed == 1


@pytest.mark.django_db
def test_an_effect_that_fails_too_often_is_given_up_once():
    given_up = []

    def failing(_key):
        raise MemoryError

    made, happened = effect(prepare=failing, give_up=lambda key, _now: given_up.append(key), tries=3)
    now = timezone.now()
    for _ in range(8):
        now += timedelta(hours=2)
        tick(now, [made])
    assert (given_up, happened) == (["k"], [])


@pytest.mark.django_db
def test_what_waits_after_failures_keeps_nothing_else_waiting():
    def failing_mostly(key, _now, _prepared):
        if key.startswith("bad"):
            raise RuntimeError

    made, _ = effect([*(f"bad{n}" for n in range(60)), "good"], failing_mostly)
    now = timezone.now()
    done = [tick(now, [made]).done for _ in range(4)]
    assert sum(done) == 1


@pytest.mark.django_db
def test_a_lease_is_free_again_after_its_deadline():
    now = timezone.now()
    assert leases.take("k", "one", now, timedelta(minutes=2)) == 1
    assert leases.take("k", "two", now + timedelta(seconds=119), timedelta(minutes=2)) == 0
    assert leases.take("k", "two", now + timedelta(seconds=121), timedelta(minutes=2)) == 2


@pytest.mark.django_db
def test_two_workers_whose_lease_ran_out_under_way_still_do_it_once():
    happened = []

    def slow(_key):
        if len(happened) == 0 and not Done.objects.exists():
            tick(timezone.now() + timedelta(hours=1), [quick])
        return

    def carry_out(key, _now, _prepared):
        happened.append(key)

    quick = Effect("made", lambda _now: ["k"], carry_out)
    outer = Effect("made", lambda _now: ["k"], carry_out, slow)
    ticked = tick(effects=[outer])
    assert happened == ["k"]
    assert (ticked.done, ticked.failed) == (0, 1)


def test_every_effect_has_a_name_of_its_own():
    names = [made.name for made in registered()]
    assert len(names) >= 2
    assert len(set(names)) == len(names)


TWO = """
import sys, time
from datetime import timedelta
from pathlib import Path
from gongkai.web.notices import leases
from gongkai.web.notices.effects import Effect
from gongkai.web.notices.models import Notification
from gongkai.web.notices.sweep import tick

{control}
def carry_out(key, now, prepared):
    Notification.objects.create(user="u", cause=key + "." + prepared, title="t")

def prepare(key):
    time.sleep(0.02)
    return sys.argv[0] + str(time.time_ns())

effect = Effect("{name}", lambda now: [f"k{{n}}" for n in range(20)], carry_out, prepare)
Path("{flag}.{number}").touch()
while not Path("{flag}").exists():
    time.sleep(0.001)
for _ in range({ticks}):
    tick(effects=[effect])
print("ended")
"""
CONTROL = """
leases.take = lambda *_: 1
leases.finish = lambda *_: None
"""
COUNT = (
    "from gongkai.web.notices.models import Notification, Done\n"
    "causes = list(Notification.objects.values_list('cause', flat=True))\n"
    "print(len(causes), len({cause.partition('.')[0] for cause in causes}))\n"
    "Notification.objects.all().delete()"
)


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    made = installation.create(tmp_path_factory.mktemp("sweep"))
    yield made
    installation.remove(made)


def both(platform, name, control, ticks):
    """Two sweeps begin at the same instant; return how many effects there are, and of how many keys."""
    flag = platform.folder / f"go-{name}"
    code = [TWO.format(control=control, name=name, flag=flag, number=n, ticks=ticks) for n in range(2)]
    running = [platform.begin(given) for given in code]
    deadline = time.monotonic() + 60
    while not all((platform.folder / f"go-{name}.{n}").exists() for n in range(2)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    flag.touch()
    ended = [process.communicate(timeout=120) for process in running]
    assert [out.strip() for out, _ in ended] == ["ended", "ended"], ended
    effects, keys = platform.printed(COUNT).split()
    return int(effects), int(keys)


def test_two_sweeps_at_once_do_each_effect_once(platform):
    assert both(platform, "locked", "", 3) == (20, 20)


def test_without_leases_and_marks_two_sweeps_do_them_twice(platform):
    effects, keys = both(platform, "control", CONTROL, 1)
    assert keys == 20
    assert effects == 40


KILLED = """
import os, signal
from gongkai.web.notices import leases, sweep
from gongkai.web.notices.effects import Effect
from gongkai.web.notices.models import Notification
from datetime import timedelta
from django.utils import timezone

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def carry_out(key, now, prepared):
    Notification.objects.create(user="u", cause=key, title="t")
    if "{point}" == "written, not committed":
        die()

def prepare(key):
    if "{point}" == "under way":
        die()

effect = Effect("{name}", lambda now: ["k"], carry_out, prepare)
if "{point}" == "lease taken":
    was = leases.take
    leases.take = lambda *given: (was(*given), die())
sweep.tick(timezone.now() + timedelta(minutes={minutes}), [effect])
if "{point}" == "committed":
    die()
print(Notification.objects.filter(cause="k").count())
Notification.objects.all().delete()
"""


@pytest.mark.parametrize(
    ("point", "happened"), [("lease taken", 0), ("under way", 0), ("written, not committed", 0), ("committed", 1)]
)
def test_a_sweep_killed_here_repeats_nothing_and_loses_nothing(platform, point, happened):
    name = point.replace(" ", "-").replace(",", "")
    status, _ = platform.run(KILLED.format(point=point, name=name, minutes=0))
    assert status == -9
    assert platform.printed(KILLED.format(point="", name=name, minutes=1)) == str(happened)
    if not happened:
        assert platform.printed(KILLED.format(point="", name=name, minutes=5)) == "1"


def test_the_command_ends_when_nothing_is_due(platform):
    code = "import sys; from gongkai.cli.entry import run; sys.exit(run(['sweep', '--once']))"
    said = platform.printed(code)
    assert said.startswith("巡检完成：办结 ")
    assert "失败 0 项" in said


@pytest.mark.django_db
def test_who_comes_to_a_lease_after_the_work_is_done_leaves_nothing_behind():
    now = timezone.now()
    assert leases.take("k", "one", now, timedelta(minutes=2)) == 1
    leases.finish("k", now)
    assert leases.take("k", "two", now, timedelta(minutes=2)) == 0
    assert Lease.objects.count() == 0
