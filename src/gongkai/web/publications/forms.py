"""What people type about documents; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils import timezone

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import Standing
from gongkai.web.publications import text, way
from gongkai.web.publications.actions import Signature, Verdict
from gongkai.web.publications.given import FIELDS, columns, topics
from gongkai.web.publications.models import Document
from gongkai.web.publications.models.words import RELATIONS, RESULTS, REVIEWS, STATES, STEPS, Choices

_DAY = {"type": "date"}
_CHOOSE = ("", "请选择")
_TYPED = tuple(name for name in FIELDS if name != "publisher")
_HELP = {
    "number": "没有文号的不填。",
    "joint": "联合发文的，写明其他机关。",
    "source": "转载或者从其他机关获取的，写明来源。",
    "keywords": "几个关键词之间用空格分开。",
    "attribute_reason": "选择不予公开的，写明理由和依据。",
}
_LONGEST = 500_000
_TEXT_HELP = "一行是一段。以“一、”“（一）”开头的短行作标题。"


class Seen(forms.Form):
    """Every change says which version of the document it was made upon."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Item(Seen):
    """Which file, relation or finding an act is about, by its key."""

    item = forms.CharField(max_length=20, widget=forms.HiddenInput)


class Reason(Seen):
    """Why."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ItemReason(Item):
    """Why, about something by its key."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReturnBack(Reason):
    """Why a document goes back, and of which paragraph that speaks."""

    paragraph = forms.IntegerField(label="针对第几段", required=False, min_value=1, max_value=100_000)


class Review(Seen):
    """A review with proofreading."""

    comment = forms.CharField(label="意见", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    paragraph = forms.IntegerField(label="针对第几段", required=False, min_value=1, max_value=100_000)
    proofread = forms.BooleanField(label="已校对", required=False)


class Approve(Seen):
    """An approval."""

    comment = forms.CharField(label="意见", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class Attach(Seen):
    """A file."""

    file = forms.FileField(label="附件")


class Relate(Seen):
    """How a document stands to another."""

    kind = forms.ChoiceField(label="关系", choices=[_CHOOSE, *RELATIONS])
    index_number = forms.CharField(
        label="对方文件的索引号", max_length=60, required=False, help_text="对方文件已在本站发布的，填索引号。"
    )
    named = forms.CharField(
        label="对方文件的名称和文号", max_length=300, required=False, help_text="对方文件不在本站的，填名称和文号。"
    )
    since = forms.DateField(label="自哪一天起", widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))


class Schedule(Seen):
    """When a document is released."""

    at = forms.DateTimeField(
        label="发布时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class Correct(Seen):
    """The corrected text of a released document."""

    body = forms.CharField(
        label="更正后的正文", max_length=_LONGEST, help_text=_TEXT_HELP, widget=forms.Textarea(attrs={"rows": 12})
    )
    note = forms.CharField(label="更正说明", max_length=500, help_text="向公众说明更正了什么、为什么更正。")

    def clean_body(self) -> str:
        """The text as HTML."""
        return text.from_plain(self.cleaned_data["body"])


class Secrecy(Seen):
    """A verdict for every item of a secrecy review; an item may be left for later."""

    def __init__(self, *given: Any, items: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.items = items
        said = [(code, word) for code, word in RESULTS if code != "returned"]
        for key, name in items:
            self.fields[f"result_{key}"] = forms.ChoiceField(
                label=f"{name}：结论", choices=[("", "暂不作结论"), *said], required=False
            )
            self.fields[f"comment_{key}"] = forms.CharField(label=f"{name}：意见", max_length=1000, required=False)

    def verdicts(self) -> dict[str, Verdict]:
        """Return what was said of each item."""
        found = self.cleaned_data
        return {
            key: Verdict(found[f"result_{key}"], found[f"comment_{key}"])
            for key, _ in self.items
            if found[f"result_{key}"]
        }


class Paper(Seen):
    """The sheet of approval as it was signed, with who signed for which step and when."""

    scan = forms.FileField(label="审批表扫描件")

    def __init__(self, *given: Any, steps: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.steps, words = steps, dict(STEPS)
        for kind in steps:
            self.fields[f"signer_{kind}"] = forms.CharField(
                label=f"{words[kind]}：签字人", max_length=60, required=False
            )
            self.fields[f"day_{kind}"] = forms.DateField(
                label=f"{words[kind]}：签字日期", required=False, widget=forms.DateInput(attrs=_DAY)
            )

    def signatures(self) -> list[Signature]:
        """Return the signatures that were entered."""
        found = self.cleaned_data
        return [
            Signature(kind, found[f"signer_{kind}"], found[f"day_{kind}"] or timezone.localdate())
            for kind in self.steps
            if found[f"signer_{kind}"]
        ]


class Procedure(Seen):
    """How many reviews an agency's documents need."""

    reviews = forms.TypedChoiceField(
        label="审核次数", coerce=int, choices=[(number, f"{number}审{number}校") for number in range(1, len(REVIEWS) + 1)],
        help_text="保密审查和签发必须由拟稿人以外的人办理，不能省略。",
    )  # fmt: skip


class Filters(forms.Form):
    """Looking for documents."""

    words = forms.CharField(label="名称、文号或索引号", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    waiting = forms.BooleanField(label="只看等我办理的", required=False)


class PublicFilters(forms.Form):
    """Looking for released documents."""

    words = forms.CharField(label="名称、文号或索引号", required=False, max_length=60)
    column = forms.ChoiceField(label="公开事项", required=False)
    topic = forms.ChoiceField(label="主题分类", required=False)

    def __init__(self, *given: Any, held: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["column"].choices = [("", "全部"), *held]  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", "全部"), *((one.id, one.label) for one in topics())]  # type: ignore[attr-defined]


class Written(forms.Form):
    """What a document says; `values` are what the actions take besides the text."""

    def values(self) -> dict[str, Any]:
        """Return what was typed under the names of the fields."""
        return {name: value for name, value in self.cleaned_data.items() if name in _TYPED}

    def html(self) -> str | None:
        """Return the text as clean HTML, None where nothing of it was changed: typing it anew would lose its looks.

        What was left out of a file is in `notes`. Raises as the reader of files.
        """
        file = self.cleaned_data.get("file")
        if file is not None:
            html, left_out, pictures = text.from_upload(file.name or "", file.read())
            self.notes = [messages.text(note.code, "zh", times=note.times) for note in left_out]
            if pictures:
                self.notes = [*self.notes, f"正文里的 {pictures} 张图片没有带入。需要公开的，请作为附件上传。"]
            return html
        typed: str = self.cleaned_data["body"]
        if (
            typed.replace("\r\n", "\n").strip() == str(self.initial.get("body") or "").strip()
            and "seen" in self.fields
        ):
            return None
        return text.from_plain(typed)

    notes: list[str] = []  # noqa: RUF012 - replaced, never added to


def written(
    agency: Agency | None,
    data: Any = None,
    files: Any = None,
    *,
    held: Document | None = None,
    keepers: Sequence[Standing] = (),
) -> Written:
    """Return the form of a document, filled with one where it is revised; a new one asks for which agency it is."""
    made: dict[str, Any] = {}
    if keepers:
        made["keeper"] = forms.ChoiceField(label="机关", choices=[(one.key, one.name) for one in keepers])
    made |= dict(fields_for_model(Document, fields=_TYPED) or {})
    _choices(made, agency)
    for name, field in made.items():
        field.help_text = _HELP.get(name, field.help_text)
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    made["abstract"].widget = forms.Textarea(attrs={"rows": 3})
    made["file"] = forms.FileField(
        label="从文件读取正文",
        required=False,
        help_text="Word、网页、文本或者 PDF。选了文件，就用文件里的正文代替下面填写的。",
    )
    made["body"] = forms.CharField(
        label="正文",
        max_length=_LONGEST,
        required=False,
        help_text=_TEXT_HELP,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    initial: Mapping[str, Any] = {"origin": "drafted", "attribute": "proactive", "timing": "as_it_arises"}
    if held is not None:
        made["seen"] = forms.IntegerField(widget=forms.HiddenInput)
        initial = {name: getattr(held, name) for name in _TYPED}
        initial = {**initial, "seen": held.version, "body": text.to_plain(held.current.body if held.current else "")}
    form: Written = type("WrittenForm", (Written,), made)(data, files, initial=initial)
    return form


def secrecy(document: Document, data: Any = None, **more: Any) -> Secrecy:
    """Return the form of a secrecy review of a document."""
    names = {one.key: f"附件 {one.name}" for one in document.attachments.all()}
    items = [(key, names.get(key, "正文")) for key in way.items(document)]
    return Secrecy(data, items=items, **more)


def paper(document: Document, data: Any = None, files: Any = None, **more: Any) -> Paper:
    """Return the form of the sheet of approval, from the step that a document awaits on."""
    ahead = way.needed(document.agency)
    at = ahead.index(document.awaits) if document.awaits in ahead else len(ahead)
    return Paper(data, files, steps=ahead[at:], **more)


def target(index_number: str, among: Any) -> Document | None:
    """Return the released document with an index number. Raises InvalidInput where there is none."""
    number = index_number.strip()
    if not number:
        return None
    found: Document | None = among.filter(index_number__iexact=number).first()
    if found is None:
        raise InvalidInput("publications.related_to")
    return found


def _choices(made: dict[str, Any], agency: Agency | None) -> None:
    """The topics, and the columns of the agency's level; before the agency is chosen, those of all levels."""
    held = columns(agency) if agency is not None else columns(Agency(level=""))
    lists: dict[str, Choices] = {
        "topic": tuple((item.id, item.label) for item in topics()),
        "column": tuple((item.id, item.label) for item in held),
    }
    for name, choices in lists.items():
        made[name] = forms.ChoiceField(label=made[name].label, choices=[_CHOOSE, *choices])
