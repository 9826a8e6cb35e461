"""Documents on their way: who may do what when, reviews, releases, corrections, withdrawals, numbers, validity."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.publications import actions, policies, text, way
from gongkai.web.publications.actions import Signature, Verdict
from gongkai.web.publications.models import Counter, Document, Edition, Step
from gongkai.web.publications.validity import validity
from tests.web.publications_office import (
    BODY,
    approved,
    do,
    drafted,
    fresh,
    office,
    passed,
    released,
    reviewed,
    values,
    word_file,
)
from tests.web.together import at_once

PEOPLE = ("clerk", "other", "first", "second", "third", "secrecy", "approver", "reader", "stranger")
LATER = timedelta(hours=1)


@pytest.fixture
def made():
    return office()


def refused(call, code):
    with pytest.raises(InvalidInput) as found:
        call()
    assert found.value.code == f"publications.{code}"


@pytest.mark.django_db
def test_a_document_goes_its_whole_way_and_every_act_is_in_the_audit(made):
    document = drafted(made)
    actions.attach(document, name="申请表.docx", content=word_file("申请表"), by=made.by("clerk"), seen=1)
    document = released(made, document)
    assert document.state == "released"
    assert document.awaits == "nothing"
    assert document.shown == document.current
    year = timezone.localdate().year
    assert document.index_number.endswith(f"/{year}-00001")
    document = do(made, "withdraw", document, "clerk", reason="含有不宜公开的内容")
    assert not policies.public().exists()
    document = do(made, "archive", document, "clerk")
    assert document.state == "archived"
    verbs = [entry.verb for entry in Entry.objects.filter(object_key=document.key).order_by("number")]
    assert verbs == [
        f"publications.{verb}" for verb in (
            "draft", "attach", "submit", "review", "review", "review", "secrecy_review", "approve", "release", "withdraw",
            "archive",
        )
    ]  # fmt: skip
    assert verify(made.county.chain).whole
    steps = [(step.kind, step.item != "") for step in document.steps.all()]
    assert len(steps) == 6
    assert steps.count(("secrecy_review", True)) == 2


ACTS = {
    "submit": (lambda made: drafted(made), {}, {"clerk", "other"}),
    "discard": (lambda made: drafted(made), {"reason": "不用了"}, {"clerk", "other"}),
    "revise": (lambda made: drafted(made), {"title": "新名称"}, {"clerk", "other"}),
    "review": (
        lambda made: do(made, "submit", drafted(made), "clerk"),
        {"proofread": True},
        {"first", "second", "third"},
    ),
    "secrecy_review": (
        lambda made: reviewed(made, drafted(made)), {"verdicts": {"body": Verdict("passed")}}, {"secrecy"},
    ),
    "approve": (
        lambda made: do(made, "secrecy_review", reviewed(made, drafted(made)), "secrecy", verdicts={"body": Verdict("passed")}),
        {}, {"approver"},
    ),
    "return_back": (
        lambda made: do(made, "submit", drafted(made), "clerk"), {"reason": "请补充"}, {"first", "second", "third"},
    ),
    "release": (lambda made: approved(made, drafted(made)), {}, {"clerk", "other"}),
    "schedule": (lambda made: approved(made, drafted(made)), {"at": timezone.now() + LATER}, {"clerk", "other"}),
    "correct_published": (
        lambda made: released(made), {"body": "<p>更正后的正文。</p>", "note": "更正一处"}, {"clerk", "other"},
    ),
    "withdraw": (lambda made: released(made), {"reason": "有误"}, {"clerk", "other"}),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(made, act):
    prepare, more, allowed = ACTS[act]
    document = prepare(made)
    seen = set()
    for name in PEOPLE:
        with transaction.atomic():
            now = fresh(document)
            try:
                getattr(actions, act)(now, by=made.by(name), seen=now.version, **more)
                seen.add(name)
            except PermissionDenied:
                pass
            transaction.set_rollback(True)
    print(f"{act}: {len(PEOPLE)} people")
    assert seen == allowed


@pytest.mark.django_db
def test_nobody_judges_what_they_wrote_and_nobody_reviews_twice(made):
    from gongkai.web.agencies.models import Member

    for role in ("reviewer", "secrecy_reviewer", "approver"):
        for name in ("clerk", "other"):
            Member.objects.create(user=made.people[name], agency=made.county, role=role, since=date(2019, 1, 1))
    document = do(made, "revise", drafted(made), "other", body="<p>另一人改过的正文。</p>")
    document = do(made, "submit", document, "clerk")
    for name in ("clerk", "other"):
        refused(lambda name=name: do(made, "review", document, name, proofread=True), "own_draft")
    document = do(made, "review", document, "first", proofread=True)
    refused(lambda: do(made, "review", document, "first", proofread=True), "reviewed_already")
    refused(lambda: do(made, "review", document, "second", proofread=False), "not_proofread")
    for name in ("second", "third"):
        document = do(made, "review", document, name, proofread=True)
    for name in ("clerk", "other"):
        refused(lambda name=name: do(made, "secrecy_review", document, name, verdicts=passed(document)), "own_draft")
    document = do(made, "secrecy_review", document, "secrecy", verdicts=passed(document))
    for name in ("clerk", "other"):
        refused(lambda name=name: do(made, "approve", document, name), "own_draft")


@pytest.mark.django_db
def test_steps_come_in_their_order_and_none_is_left_out(made):
    document = drafted(made)
    refused(lambda: do(made, "review", document, "first", proofread=True), "state")
    document = do(made, "submit", document, "clerk")
    refused(lambda: do(made, "approve", document, "approver"), "awaits")
    refused(lambda: do(made, "secrecy_review", document, "secrecy", verdicts=passed(document)), "awaits")
    refused(lambda: do(made, "release", document, "clerk"), "state")
    document = approved(made, do(made, "return_back", document, "first", reason="请补充依据", paragraph=3))
    assert document.steps.get(kind="return").paragraph == 3
    refused(lambda: do(made, "archive", document, "clerk"), "to_release")
    refused(lambda: do(made, "withdraw", document, "clerk", reason="x"), "state")


@pytest.mark.django_db
def test_the_secrecy_review_goes_item_by_item_and_what_is_unclear_waits(made):
    document = drafted(made)
    for number in (1, 2):
        actions.attach(
            document, name=f"附件{number}.txt", content=f"附件{number}".encode(), by=made.by("clerk"), seen=number
        )
    document = reviewed(made, document)
    first, second = (one.key for one in document.attachments.all())
    document = do(made, "secrecy_review", document, "secrecy", verdicts={"body": Verdict("passed")})
    assert document.awaits == "secrecy_review"
    refused(
        lambda: do(made, "secrecy_review", document, "secrecy", verdicts={first: Verdict("unclear")}), "no_reason"
    )
    refused(lambda: do(made, "secrecy_review", document, "secrecy", verdicts={"x": Verdict("passed")}), "no_item")
    said = {first: Verdict("unclear", "报请县保密局审定"), second: Verdict("passed")}
    document = do(made, "secrecy_review", document, "secrecy", verdicts=said)
    assert document.awaits == "secrecy_review"
    refused(lambda: do(made, "approve", document, "approver"), "awaits")
    document = do(
        made, "secrecy_review", document, "secrecy", verdicts={first: Verdict("passed", "县保密局答复可以公开")}
    )
    assert document.awaits == "approval"


@pytest.mark.django_db
def test_a_revised_document_begins_its_reviews_anew_and_says_how_many_were_lost(made):
    document = approved(made, drafted(made))
    document = do(made, "revise", document, "clerk", body="<p>改了一句。</p>")
    assert (document.state, document.current.number) == ("draft", 2)
    entry = Entry.objects.filter(verb="publications.revise").get()
    assert entry.result == {"fields": [], "reset": 5, "edition": 2}
    document = do(made, "submit", document, "clerk")
    assert (document.awaits, document.round) == ("first_review", 2)
    refused(lambda: do(made, "revise", document, "clerk"), "nothing_changed")
    assert Edition.objects.get(number=1).body == text.from_plain(BODY)


@pytest.mark.django_db
def test_a_township_with_few_people_asks_for_one_review_and_never_for_no_secrecy_review(made):
    for reviews in (0, 4):
        refused(
            lambda n=reviews: actions.set_procedure(made.county, reviews=n, by=made.by("clerk"), seen=0), "reviews"
        )
    actions.set_procedure(made.county, reviews=1, by=made.by("clerk"), seen=0)
    assert way.needed(made.county) == ("first_review", "secrecy_review", "approval")
    document = do(made, "review", do(made, "submit", drafted(made), "clerk"), "first", proofread=True)
    assert document.awaits == "secrecy_review"
    with pytest.raises(Stale):
        actions.set_procedure(made.county, reviews=2, by=made.by("clerk"), seen=0)
    actions.set_procedure(made.county, reviews=2, by=made.by("clerk"), seen=1)
    with pytest.raises(PermissionDenied):
        actions.set_procedure(made.county, reviews=1, by=made.by("first"), seen=2)


@pytest.mark.django_db
def test_leaders_sign_on_paper_and_nobody_enters_their_own_signature(made):
    document = do(made, "submit", drafted(made), "clerk")
    day, clerk = timezone.localdate(), made.people["clerk"].name
    sheet = {"scan": word_file("审批表"), "name": "审批表.docx"}
    names = [("first_review", "样一"), ("second_review", "样二"), ("third_review", "样三"),
             ("secrecy_review", "样四"), ("approval", "样五")]  # fmt: skip

    def signed(*signatures):
        return do(
            made, "sign_on_paper", document, "clerk",
            signatures=[Signature(kind, who, day) for kind, who in signatures], **sheet,
        )  # fmt: skip

    refused(lambda: signed(("second_review", "样二")), "paper_order")
    refused(lambda: signed(), "paper_order")
    refused(lambda: signed(("first_review", clerk)), "own_draft")
    refused(lambda: signed(("first_review", " ")), "no_signer")
    refused(lambda: signed(("first_review", "样一"), ("second_review", "样一")), "reviewed_already")
    assert not Step.objects.exists()
    document = do(made, "review", document, "first", proofread=True)
    refused(lambda: signed(("second_review", made.people["first"].name)), "reviewed_already")
    document = signed(*names[1:])
    assert (document.state, document.awaits) == ("approved", "release")
    assert document.steps.filter(signer="样五", signed_on=day, scan__isnull=False).get().on_paper
    assert do(made, "release", document, "clerk").public


@pytest.mark.django_db
def test_a_correction_goes_the_same_way_and_everybody_sees_the_edition_before_until_then(made):
    document = released(made)
    document = do(made, "correct_published", document, "clerk", body="<p>更正后的正文。</p>", note="第一段数字有误")
    assert (document.state, document.shown.number, document.current.number) == ("correcting", 1, 2)
    assert document in policies.public()
    dropped = do(made, "return_back", document, "first", reason="不用更正")
    assert (dropped.state, dropped.current.number) == ("released", 1)
    document = do(made, "correct_published", document, "clerk", body="<p>再次更正。</p>", note="第一段数字有误")
    for by in ("first", "second", "third"):
        document = do(made, "review", document, by, proofread=True)
    document = do(made, "secrecy_review", document, "secrecy", verdicts=passed(document))
    document = do(made, "approve", document, "approver")
    assert (document.state, document.shown.number) == ("released", 3)
    assert document.shown.published_at > Edition.objects.get(number=1, document=document).published_at
    wrong = "<p>身份证号码11010119900307889X</p>"
    refused(lambda: do(made, "correct_published", document, "clerk", body=wrong, note="补充"), "findings")


@pytest.mark.django_db
def test_a_withdrawn_document_may_be_mended_and_keeps_its_number(made):
    document = released(made)
    number = document.index_number
    document = do(made, "withdraw", document, "clerk", reason="附件有误")
    document = do(made, "revise", document, "clerk", title="样例县临时救助办法（修订）")
    refused(lambda: do(made, "discard", document, "clerk", reason="不用了"), "numbered")
    assert released(made, document).index_number == number
    assert released(made, drafted(made)).index_number[-5:] == "00002"


@pytest.mark.django_db
def test_what_is_not_disclosed_of_its_own_accord_is_filed_with_a_number_and_never_released(made):
    refused(lambda: drafted(made, attribute="withheld"), "no_basis")
    for attribute, reason in (("on_request", ""), ("withheld", "内部管理信息")):
        document = approved(made, drafted(made, attribute=attribute, attribute_reason=reason))
        refused(lambda d=document: do(made, "release", d, "clerk"), "not_proactive")
        refused(lambda d=document: do(made, "schedule", d, "clerk", at=timezone.now() + LATER), "not_proactive")
        document = do(made, "archive", document, "clerk")
        assert document.index_number
    assert not policies.public().exists()


@pytest.mark.django_db
def test_an_agency_without_a_code_is_told_before_anybody_reviews(made):
    document = drafted(made, by="stranger", agency=made.town, column="rural_policy")
    refused(lambda: do(made, "submit", document, "stranger"), "no_code")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "field"), ({"title": "字" * 301}, "field"), ({"abstract": "字" * 2001}, "field"),
        ({"topic": "weather"}, "topic"), ({"column": "rural_policy"}, "column"), ({"timing": "never"}, "field"),
        ({"formed_on": date(2999, 1, 1)}, "ahead"), ({"state": "released"}, "unknown_field"),
        ({"effective_on": date(2026, 2, 1), "expires_on": date(2026, 1, 1)}, "expires_before"),
    ],
)  # fmt: skip
def test_what_a_document_does_not_take_is_refused_in_words(made, change, code):
    refused(lambda: drafted(made, **change), code)
    assert not Document.objects.exists()
    assert not Entry.objects.filter(verb="publications.draft").exists()


@pytest.mark.django_db
def test_validity_follows_from_dates_and_from_other_documents(made):
    today = timezone.localdate()
    day = timedelta(days=1)
    plain, lapsing, coming = (
        released(made, **more) for more in ({}, {"expires_on": today}, {"effective_on": today + 5 * day})
    )
    amended, repealed = released(made), released(made)
    later = drafted(made, title="关于修改的决定")
    for kind, target in (("amends", amended), ("repeals", repealed)):
        later = fresh(later)
        actions.relate(later, kind=kind, target=target, since=today + day, by=made.by("clerk"), seen=later.version)
    assert validity(repealed, today + day) == "in_force"
    later = released(made, later)
    table = [
        (plain, today, "in_force"), (lapsing, today, "in_force"), (lapsing, today + day, "lapsed"),
        (coming, today, "not_yet"), (coming, today + 5 * day, "in_force"), (amended, today, "in_force"),
        (amended, today + day, "amended"), (repealed, today, "in_force"), (repealed, today + day, "repealed"),
    ]  # fmt: skip
    assert [validity(document, on) for document, on, _ in table] == [wanted for _, _, wanted in table]
    print(f"{len(table)} cases of validity")
    do(made, "withdraw", later, "clerk", reason="误发")
    assert validity(repealed, today + day) == "in_force"
    own = drafted(made)
    for target, named in ((own, ""), (drafted(made), ""), (None, " "), (plain, "又一份")):
        refused(
            lambda t=target, n=named: actions.relate(
                own, kind="amends", target=t, named=n, since=today, by=made.by("clerk"), seen=1
            ),
            "related_to",
        )


@pytest.mark.django_db
def test_index_numbers_have_no_gap_and_begin_anew_with_the_year(made, monkeypatch):
    documents = [approved(made, drafted(made)) for _ in range(4)]
    first = do(made, "release", documents[0], "clerk")
    with pytest.raises(Stale):
        actions.release(documents[1], by=made.by("clerk"), seen=1)
    second = do(made, "release", documents[1], "clerk")
    new_year = timezone.now().replace(year=timezone.localdate().year + 1, month=1, day=15)
    monkeypatch.setattr(timezone, "now", lambda: new_year)
    third = do(made, "release", documents[2], "clerk")
    assert [document.index_number[-10:] for document in (first, second, third)] == [
        f"{new_year.year - 1}-00001", f"{new_year.year - 1}-00002", f"{new_year.year}-00001",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_database_itself_keeps_what_cannot_be(made):
    document = released(made)
    wrong = [
        {"index_number": None}, {"shown": None}, {"released_at": None}, {"attribute": "on_request"},
        {"state": "withdrawn"}, {"state": "scheduled"}, {"state": "x"}, {"awaits": "x"}, {"attribute": "withheld"},
    ]  # fmt: skip
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)
    step = document.steps.filter(kind="first_review").get()
    step.pk, step.key = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        step.save(force_insert=True)
    print(f"{len(wrong) + 1} rows refused by the database")


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_wins_and_the_other_is_told(made):
    document = do(made, "submit", drafted(made), "clerk")

    def once(name):
        now = fresh(document)
        try:
            actions.review(now, by=made.by(name), seen=document.version, proofread=True)
        except Stale:
            return "stale"
        return name

    outcomes = at_once(once, ["first", "second", "third"], workers=3)
    assert outcomes.count("stale") == 2
    document = fresh(document)
    assert document.awaits == "second_review"
    assert document.steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_version_two_reviewers_would_both_have_gone_through(made):
    """The control: what the version keeps apart happens once it is not looked at, but for the database's own guard."""
    document = do(made, "submit", drafted(made), "clerk")

    def once(name):
        now = fresh(document)
        try:
            actions.review(now, by=made.by(name), seen=now.version, proofread=True)
        except GongkaiError:
            return False
        return True

    assert [once(name) for name in ("first", "second")] == [True, True]
    assert fresh(document).awaits == "third_review"


@pytest.mark.django_db(transaction=True)
def test_releases_at_once_take_numbers_without_gap_or_double(made):
    documents = [approved(made, drafted(made)) for _ in range(8)]

    def once(document):
        now = fresh(document)
        return actions.release(now, by=made.by("clerk"), seen=now.version).index_number

    numbers = sorted(int(number[-5:]) for number in at_once(once, documents, workers=4))
    assert numbers == list(range(1, 9))
    assert Counter.objects.get().last == 8


MOVES = ("submit", "review", "secrecy_review", "approve", "return_back", "revise", "release", "schedule", "unschedule",
         "correct_published", "withdraw", "archive", "discard")  # fmt: skip
ALLOWED = {
    "draft": {"submit", "revise", "discard"},
    "review": {"review", "secrecy_review", "approve", "return_back", "revise"},
    "approved": {"return_back", "revise", "release", "schedule"},
    "scheduled": {"return_back", "revise", "release", "schedule", "unschedule"},
    "released": {"correct_published", "withdraw"},
    "correcting": {"review", "secrecy_review", "approve", "return_back", "withdraw"},
    "withdrawn": {"revise", "archive"},
    "archived": set(),
    "discarded": set(),
}


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(moves=st.lists(st.sampled_from(MOVES), min_size=5, max_size=40))
def test_whatever_is_tried_in_whatever_order_the_document_stays_whole(moves):
    with transaction.atomic():
        made = office()
        document, numbers = drafted(made), {None}
        for turn, move in enumerate(moves):
            state, entries = document.state, Entry.objects.count()
            try:
                document = _move(made, document, move, turn)
                assert move in ALLOWED[state], (state, move)
                assert Entry.objects.count() == entries + 1
            except InvalidInput:
                document = fresh(document)
                assert document.state == state
                assert Entry.objects.count() == entries
            assert document.awaits == way.awaited(document)
            assert not document.public or (document.shown is not None and document.shown.published_at is not None)
            numbers.add(document.index_number)
            assert len(numbers) <= 2
            given_in_round = document.steps.filter(round=document.round, result="passed", kind__endswith="_review")
            reviewers = [one.by for one in given_in_round.exclude(kind="secrecy_review")]
            assert len(reviewers) == len(set(reviewers))
        transaction.set_rollback(True)


def _move(made, document, move, turn):
    turn_of = {"first_review": "first", "second_review": "second", "third_review": "third"}
    judge = {**turn_of, "secrecy_review": "secrecy", "approval": "approver"}
    by = {"review": turn_of.get(document.awaits, "first"), "secrecy_review": "secrecy", "approve": "approver",
          "return_back": judge.get(document.awaits, "approver")}.get(move, "clerk")  # fmt: skip
    more = {
        "review": {"proofread": True}, "secrecy_review": {"verdicts": passed(document)},
        "return_back": {"reason": "请改"}, "revise": {"title": f"第{turn}稿"}, "schedule": {"at": timezone.now() + LATER},
        "correct_published": {"body": f"<p>第{turn}次更正。</p>", "note": "更正"}, "withdraw": {"reason": "有误"},
        "discard": {"reason": "不用"},
    }.get(move, {})  # fmt: skip
    return do(made, move, document, by, **more)


def test_the_text_has_a_paragraph_a_line_and_nothing_that_runs():
    html = text.from_plain(BODY + "\n<script>alert(1)</script>&amp;")
    assert [(one.number, one.kind) for one in text.paragraphs(html)] == [
        (1, "h2"),
        (2, "h3"),
        (3, "p"),
        (4, "p"),
        (5, "p"),
    ]
    assert "<script" not in html
    assert text.clean(html) == html
    assert text.to_plain(html) == BODY + "\n<script>alert(1)</script>&amp;"
    nasty = '<p onclick="x()">一</p><script>alert(1)</script><p>二<img src=x onerror=alert(1)></p>'
    assert text.clean(nasty) == "<p>一</p>\n<p>二</p>"
    assert values()["title"]
