"""Slips planted into a report, each with the finding that must name it."""

from __future__ import annotations

from decimal import Decimal

from gongkai.report.form import sheet
from tests.generator import agencies
from tests.generator.causes import broken, causes
from tests.generator.figures import APPLICANTS, GROUPS, PARTS, make_figures, results
from tests.generator.made import Expected, Value
from tests.generator.story import Fault, Plan

_SAID = {"prose.cell", "prose.parts", "prose.percent", "prose.wording"}
NEW = frozenset(
    f"requests.{row}.{column}"
    for row in ("new", "brought_forward", "total", "carried_forward")
    for column in (*APPLICANTS, "total")
)


def _official(plan: Plan, *, forms: tuple[str, str, str] | None = None, busy: bool = True) -> None:
    """Start anew from a plain report of 2021's form (or the plan's own), with figures in every table."""
    forms = forms or (("2021",) * 3 if plan.year >= 2021 else ("2019",) * 3)  # type: ignore[assignment]
    plan.forms = forms  # type: ignore[assignment]
    plan.expected = []
    plan.blanks = False
    plan.figures = make_figures(plan.rng, plan.forms, plan.agency.level, busy=busy)


def _break(plan: Plan, changes: dict[str, Value]) -> None:
    """Put figures into the tables and expect every identity that they break, and the cause where only one explains it."""
    the_sheet = sheet(*plan.forms)
    plan.figures = {**plan.figures, **changes}
    found = causes(the_sheet, plan.figures)
    cause = found[0] if len(found) == 1 else None
    wrong = broken(the_sheet, plan.figures)
    assert wrong, (plan.seed, changes)
    for identity in wrong:
        plan.expected.append(Expected(identity.code, frozenset((*identity.left, *identity.right)), cause, whole=True))
    plan.allowed |= _SAID


def _another(plan: Plan, value: int, taken: set[int]) -> int:
    """A greater figure, none of those in `taken`, which an indulgent reader could take it for."""
    return plan.rng.choice([value + more for more in range(1, 12) if value + more not in taken])


def changed_cell(plan: Plan) -> None:
    """One figure of the requests table typed wrong."""
    _official(plan)
    row = plan.rng.choice([*results(plan.forms[1]), "new", "brought_forward", "total", "carried_forward"])
    cell = f"requests.{row}.{plan.rng.choice((*APPLICANTS, 'total'))}"
    _break(plan, {cell: int(plan.figures[cell]) + plan.rng.randint(1, 9)})


def changed_remedies(plan: Plan) -> None:
    """One figure of the remedies table typed wrong."""
    _official(plan)
    cell = f"remedies.{plan.rng.choice(GROUPS)}.{plan.rng.choice((*PARTS, 'total'))}"
    _break(plan, {cell: int(plan.figures[cell]) + plan.rng.randint(1, 9)})


def wrong_total(plan: Plan) -> None:
    """A total left at zero over parts."""
    _official(plan)
    rows = [row for row in (*results(plan.forms[1]), "new", "total") if plan.figures[f"requests.{row}.total"]]
    _break(plan, {f"requests.{plan.rng.choice(rows)}.total": 0})


def swapped(plan: Plan) -> None:
    """Two applicants' figures of a row exchanged."""
    _official(plan)
    choices = []
    for row in (*results(plan.forms[1]), "new", "total"):
        for one in APPLICANTS:
            for other in APPLICANTS:
                a, b = f"requests.{row}.{one}", f"requests.{row}.{other}"
                if plan.figures[a] > plan.figures[b]:
                    choices.append((a, b))
    a, b = plan.rng.choice(choices)
    _break(plan, {a: plan.figures[b], b: plan.figures[a]})


def shifted(plan: Plan) -> None:
    """A row's seven figures typed one column too far to the right, the total lost."""
    _official(plan)
    columns = (*APPLICANTS, "total")
    rows = [
        row for row in (*results(plan.forms[1]), "new", "total") if plan.figures[f"requests.{row}.natural_person"]
    ]
    if not rows:
        return changed_cell(plan)
    row = plan.rng.choice(rows)
    moved = [0, *(plan.figures[f"requests.{row}.{column}"] for column in APPLICANTS)]
    return _break(plan, {f"requests.{row}.{column}": value for column, value in zip(columns, moved, strict=True)})


def moved(plan: Plan) -> None:
    """A row's figures typed one column too far to the right, the total right."""
    _official(plan)
    rows = [
        row
        for row in (*results(plan.forms[1]), "new", "total")
        if plan.figures[f"requests.{row}.other_org"] == 0 and plan.figures[f"requests.{row}.natural_person"]
    ]
    if not rows:
        return changed_cell(plan)
    row = plan.rng.choice(rows)
    values = [0, *(plan.figures[f"requests.{row}.{column}"] for column in APPLICANTS[:-1])]
    return _break(plan, {f"requests.{row}.{column}": value for column, value in zip(APPLICANTS, values, strict=True)})


def prose_figure(plan: Plan) -> None:
    """The text says another number of requests than the table."""
    _official(plan)
    plan.must = {"received"}
    new = int(plan.figures["requests.new.total"])
    plan.said["requests.new.total"] = _another(plan, new, {new + int(plan.figures["requests.brought_forward.total"])})
    plan.expected.append(Expected("prose.cell", frozenset({"requests.new.total"})))
    plan.allowed |= {"prose.parts"}


def prose_outcome(plan: Plan) -> None:
    """The text says another number of carried-over or finished requests than the table."""
    _official(plan)
    plan.must = {"received"}
    row = plan.rng.choice(("carried_forward", "brought_forward"))
    cell = f"requests.{row}.total"
    plan.said[cell] = int(plan.figures[cell]) + plan.rng.randint(1, 9)
    plan.expected.append(Expected("prose.cell", frozenset({cell})))


def prose_documents(plan: Plan) -> None:
    """The text says another number of normative documents than the table."""
    _official(plan)
    plan.must = {"documents"}
    columns = (
        ("issued", "repealed", "in_force") if plan.forms[0] == "2021" else ("made", "disclosed", "disclosed_to_date")
    )
    cell = f"proactive.normative_documents.{plan.rng.choice(columns[:3] if plan.forms[0] == '2021' else columns[:2])}"
    others = {int(plan.figures[f"proactive.normative_documents.{column}"]) for column in columns}
    plan.said[cell] = _another(plan, int(plan.figures[cell]), others)
    plan.expected.append(Expected("prose.cell", frozenset({cell})))


def prose_remedies(plan: Plan) -> None:
    """The text says another number of reconsideration cases than the table."""
    _official(plan)
    plan.must = {"cases"}
    cell = "remedies.reconsideration.total"
    plan.said[cell] = int(plan.figures[cell]) + plan.rng.randint(1, 9)
    plan.expected.append(Expected("prose.cell", frozenset({cell})))


def prose_parts(plan: Plan) -> None:
    """A list of parts that does not add up."""
    _official(plan, busy=False)
    plan.must = {"parts"}
    plan.expected.append(Expected("prose.parts"))


def prose_percent(plan: Plan) -> None:
    """A percentage that its own figures refute."""
    _official(plan)
    plan.must = {"received", "percent"}
    plan.expected.append(Expected("prose.percent"))


def prose_wording(plan: Plan) -> None:
    """All upheld, says the text; the table has pending cases."""
    _official(plan)
    plan.figures["remedies.reconsideration.pending"] = int(plan.figures["remedies.reconsideration.pending"]) + 2
    plan.figures["remedies.reconsideration.total"] = int(plan.figures["remedies.reconsideration.total"]) + 2
    plan.must = {"upheld"}
    plan.expected.append(Expected("prose.wording", frozenset({"remedies.reconsideration.pending"})))
    plan.allowed |= {"prose.cell"}


def prose_year(plan: Plan) -> None:
    """The period of another year, left over from the report before."""
    _official(plan, busy=False)
    plan.period_year = plan.year - 1
    plan.title = plan.agency.full
    plan.expected.append(Expected("prose.year"))


def opening_year(plan: Plan) -> None:
    """Section one opens with the year before, left over from the last report."""
    _official(plan, busy=False)
    plan.opening_year = plan.year - 1
    plan.title = plan.agency.full
    plan.expected.append(Expected("prose.year"))


def title_year(plan: Plan) -> None:
    """The title of the year before over the text of this year."""
    _official(plan, busy=False)
    plan.title_year = plan.year - 1
    plan.period_year = plan.year
    plan.expected.append(Expected("prose.year"))
    plan.allowed |= {"year.unclear", "form.year", "prose.cell"}


def _other_name(plan: Plan) -> agencies.Agency:
    """Another office of the same level, in no spelling the same."""
    while True:
        other = agencies.pick(plan.rng, plan.agency.level)
        if not set(other.names) & set(plan.agency.names):
            return other


def prose_agency(plan: Plan) -> None:
    """The preamble or the signature of another office's report."""
    _official(plan, busy=False)
    plan.title = plan.agency.full
    if plan.rng.random() < 0.5:
        plan.preamble_name = _other_name(plan).full
    else:
        plan.signature_name = _other_name(plan).full
    plan.expected.append(Expected("prose.agency"))


def section_missing(plan: Plan) -> None:
    """Section five or six left out."""
    _official(plan, busy=False)
    plan.order.remove(plan.rng.choice((5, 6)))
    plan.expected.append(Expected("section.missing"))


def section_repeated(plan: Plan) -> None:
    """A section written twice."""
    _official(plan, busy=False)
    number = plan.rng.choice((1, 5, 6))
    plan.order.insert(plan.order.index(number), number)
    plan.expected.append(Expected("section.repeated"))


def form_year(plan: Plan) -> None:
    """A report of 2021 or later on the sheet of 2019."""
    plan.year = max(plan.year, 2021)
    _official(plan, forms=("2019", "2019", "2019"), busy=False)
    plan.expected.append(Expected("form.year"))


def level_rules(plan: Plan) -> None:
    """A township with rules in force."""
    plan.agency = agencies.pick(plan.rng, "township")
    _official(plan, busy=False)
    cell = "proactive.administrative_rules." + ("in_force" if plan.forms[0] == "2021" else "disclosed_to_date")
    plan.figures[cell] = plan.rng.randint(1, 9)
    plan.expected.append(Expected("level.rules", frozenset({cell})))


def count_negative(plan: Plan) -> None:
    """A count below zero."""
    _official(plan)
    cell = f"requests.{plan.rng.choice(results(plan.forms[1]))}.{plan.rng.choice(APPLICANTS)}"
    _break(plan, {cell: -plan.rng.randint(1, 9)})
    plan.expected = [expected._replace(cause=None) for expected in plan.expected]
    plan.expected.append(Expected("count.negative", frozenset({cell})))


def count_fraction(plan: Plan) -> None:
    """A count that is no whole number."""
    _official(plan)
    row = "normative_documents.issued" if plan.forms[0] == "2021" else "licences.decisions"
    cell = f"proactive.{row}"
    plan.figures[cell] = Decimal(plan.rng.randint(1, 40)) + Decimal("0.5")
    plan.expected.append(Expected("count.fraction", frozenset({cell})))
    plan.allowed |= _SAID


def cell_text(plan: Plan) -> None:
    """Words where a figure belongs."""
    _official(plan, busy=False)
    row = plan.rng.choice(("licences", "penalties"))
    cell = f"proactive.{row}.decisions"
    plan.figures[cell] = 0
    plan.printed[cell] = plan.rng.choice(("详见附件", "见正文", "另行统计", "暂未统计"))
    plan.expected.append(Expected("cell.text", frozenset({cell}), instead="cell.unreadable"))
    plan.allowed |= {"prose.cell"}


def fee(plan: Plan) -> None:
    """More processing fees in section six than charges in the proactive table."""
    plan.year = max(plan.year, 2021)
    _official(plan, busy=False)
    plan.must = {"fee"}
    plan.expected.append(Expected("fee.section_six", frozenset({"proactive.charges.amount"})))


FAULTS: dict[str, Fault] = {
    fault.__name__.replace("_", "-"): fault
    for fault in (
        changed_cell,
        changed_remedies,
        wrong_total,
        swapped,
        shifted,
        moved,
        prose_figure,
        prose_outcome,
        prose_documents,
        prose_remedies,
        prose_parts,
        prose_percent,
        prose_wording,
        prose_year,
        opening_year,
        title_year,
        prose_agency,
        section_missing,
        section_repeated,
        form_year,
        level_rules,
        count_negative,
        count_fraction,
        cell_text,
        fee,
    )
}
