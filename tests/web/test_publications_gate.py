"""The gate before a document: nothing it finds goes out unless it is redacted, or let pass by a second person."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.web.agencies.models import Guide, Member
from gongkai.web.files.actions import keep
from gongkai.web.files.models import File
from gongkai.web.files.queries import content, unused
from gongkai.web.publications import actions
from gongkai.web.publications.models import Document, Edition, GateFinding
from tests.web.publications_office import ID, SINCE, do, drafted, fresh, office, released, word_file
from tests.web.test_publications import refused

MOBILE = "13800138000"
LEAK = f"救助对象样小明，身份证号码{ID}，电话{MOBILE}。"


@pytest.fixture
def made():
    return office()


def standing(document):
    return document.findings.filter(severity="error", state__in=("open", "asked"))


@pytest.mark.django_db
def test_a_leak_in_every_part_of_a_document_stops_it_and_is_stored_masked(made):
    title = f"关于样小明{ID}的公示"
    document = drafted(made, f"第一段。\n{LEAK}\n第三段。", title=title, abstract=LEAK, keywords=MOBILE)
    actions.attach(document, name=f"名单{ID}.docx", content=word_file(LEAK), by=made.by("clerk"), seen=1)
    refused(lambda: do(made, "submit", document, "clerk"), "findings")
    found = {(one.subject, one.code, one.paragraph) for one in standing(document)}
    wanted = {
        ("title", "person.id_number", None), ("particulars", "person.mobile", None), ("body", "person.id_number", 2),
        ("body", "person.mobile", 2), ("attachment", "person.id_number", None), ("attachment", "person.mobile", None),
    }  # fmt: skip
    assert wanted <= found
    print(f"{len(found)} kinds of findings in four parts")
    assert ID not in repr(list(GateFinding.objects.values_list("record")))
    assert MOBILE not in repr(list(GateFinding.objects.values_list("record")))


@pytest.mark.django_db
def test_one_click_redacts_texts_and_one_each_file_and_the_original_is_sealed(made):
    document = drafted(made, f"第一段。\n{LEAK}\n第三段。", title=f"关于样小明{ID}的公示", abstract=LEAK)
    actions.attach(document, name="名单.docx", content=word_file(LEAK), by=made.by("clerk"), seen=1)
    document = do(made, "redact_text", document, "clerk")
    assert ID not in document.title + document.abstract + document.current.body
    assert "第三段。" in document.current.body
    assert (document.current.number, Edition.objects.count()) == (2, 2)
    assert {one.subject for one in standing(document)} == {"attachment"}
    attachment = document.attachments.get()
    original = attachment.file
    document = do(made, "redact_file", document, "clerk", attachment=attachment)
    attachment.refresh_from_db()
    assert attachment.original == original
    assert attachment.file.digest != original.digest
    with content(attachment.file) as stream:
        text = "".join(one.text for one in docx.Document(BytesIO(stream.read())).paragraphs)
    assert ID not in text
    assert MOBILE not in text
    assert "救助对象" in text
    assert not standing(document).exists()
    assert document.findings.filter(state="redacted").count() >= 5
    assert set(document.findings.filter(state="redacted").values_list("settled_by", flat=True)) == {
        str(made.by("clerk"))
    }
    refused(lambda: do(made, "redact_text", document, "clerk"), "nothing_to_redact")
    assert do(made, "submit", document, "clerk").state == "review"


@pytest.mark.django_db
def test_letting_pass_needs_somebody_else_and_a_reason(made):
    document = drafted(made, f"举报电话{MOBILE}，联系人样小明。")
    finding = standing(document).get()
    for name, by in (("ask", "first"), ("override", "clerk")):
        with pytest.raises(PermissionDenied):
            do(made, name, document, by, finding=finding, reason="确需公开")
    refused(lambda: do(made, "override", document, "first", finding=finding, reason="可以"), "no_finding")
    refused(lambda: do(made, "ask", document, "clerk", finding=finding, reason=" "), "no_reason")
    document = do(made, "ask", document, "other", finding=finding, reason="这是对外公布的值班电话")
    refused(lambda: do(made, "submit", document, "clerk"), "findings")
    for name in ("clerk", "other"):
        Member.objects.create(user=made.people[name], agency=made.county, role="reviewer", since=SINCE)
    finding.refresh_from_db()
    refused(lambda: do(made, "override", document, "clerk", finding=finding, reason="可以"), "own_draft")
    refused(lambda: do(made, "override", document, "other", finding=finding, reason="可以"), "own_request")
    document = do(made, "override", document, "first", finding=finding, reason="值班电话，可以公开")
    assert do(made, "submit", document, "clerk").state == "review"
    revised = do(made, "revise", document, "clerk", body=f"<p>举报电话{MOBILE}，联系人样小明。</p><p>又一段。</p>")
    assert not standing(revised).exists(), "the very same number passes again"
    revised = do(made, "revise", revised, "clerk", body="<p>举报电话13900139000，联系人样小明。</p>")
    assert standing(revised).count() == 1


@pytest.mark.django_db
def test_the_offices_own_telephone_is_nobodys_personal_data(made):
    Guide.objects.create(agency=made.county, telephone=MOBILE)
    assert not standing(drafted(made, f"联系电话：{MOBILE}")).exists()


@pytest.mark.django_db
def test_what_cannot_be_read_does_not_go_out(made):
    document = drafted(made)
    actions.attach(document, name="坏.docx", content=b"PK\x03\x04" + b"\0" * 99, by=made.by("clerk"), seen=1)
    refused(lambda: do(made, "submit", document, "clerk"), "findings")
    assert standing(document).get().code.startswith("unexamined.")
    attachment = document.attachments.get()
    document = do(made, "detach", document, "clerk", attachment=attachment)
    assert do(made, "submit", document, "clerk").state == "review"


@pytest.mark.django_db
def test_a_text_or_file_that_was_not_looked_through_is_not_released(made):
    document = drafted(made)
    Document.objects.filter(pk=document.pk).update(abstract=LEAK)
    refused(lambda: do(made, "submit", document, "clerk"), "not_examined")
    Document.objects.filter(pk=document.pk).update(abstract="")
    actions.attach(document, name="附件.txt", content=b"a", by=made.by("clerk"), seen=1)
    document.attachments.update(examined="")
    refused(lambda: do(made, "submit", document, "clerk"), "not_examined")


@pytest.mark.django_db
def test_files_change_only_while_the_document_is_a_draft(made):
    document = released(made)
    more = {"name": "a.txt", "content": b"a"}
    refused(lambda: do(made, "attach", document, "clerk", **more), "state")
    other = drafted(made)
    attachment = actions.attach(other, **more, by=made.by("clerk"), seen=1)
    document = do(made, "revise", do(made, "withdraw", document, "clerk", reason="误"), "clerk", title="新名称")
    refused(lambda: do(made, "detach", document, "clerk", attachment=attachment), "no_attachment")
    refused(lambda: do(made, "redact_file", document, "clerk", attachment=attachment), "no_attachment")
    assert fresh(document).state == "draft"


@pytest.mark.django_db
def test_files_that_documents_refer_to_are_in_use_and_others_are_not(made):
    document = drafted(made)
    actions.attach(document, name="名单.docx", content=word_file(LEAK), by=made.by("clerk"), seen=1)
    document = do(made, "redact_file", document, "clerk", attachment=document.attachments.get())
    loose = keep(b"nobody refers to this", "loose.txt")
    assert File.objects.count() == 3
    assert list(unused(timezone.now() + timedelta(days=2))) == [loose]
