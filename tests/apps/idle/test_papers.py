"""The documents: every item of the article, what is missing named, the file kept as it was."""

import io
import re
from datetime import date
from decimal import Decimal

import docx
import pytest

from jingkai.apps.files import disk
from jingkai.apps.idle import actions, papers, queries
from jingkai.apps.idle.models import Paper
from jingkai.apps.idle.papers import money
from jingkai.core.idle_land.documents import REQUIRED, PaperKind
from jingkai.core.idle_land.procedure import StepCode

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ON = date(2024, 12, 31)
AUTHORITY = {
    "name": "示范市自然资源局",
    "contact": "0531-00000000",
    "government": "示范市人民政府",
    "approving_government": "示范省人民政府",
    "reconsideration_organ": "示范市人民政府",
    "court": "示范区人民法院",
    "payment_way": "税务部门征收",
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path


@pytest.fixture
def case(make, zone):
    actions.name_authority(zone=zone, said=AUTHORITY, by="maker", at=make.at)
    return make.determined(make.idle(date(2023, 4, 1), certificate_number="示(2022)0001号"))


BY_AGREEMENT = {PaperKind.PLAN, PaperKind.MORTGAGEE_NOTICE, PaperKind.EXTENSION_AGREEMENT}


@pytest.fixture
def case_of(make, case):
    """Return what gives a case that comes to the document."""

    def given(kind):
        if kind in BY_AGREEMENT:
            return make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))
        is_recovery = kind is PaperKind.RECOVERY_DECISION
        return make.determined(make.idle(date(2022, 1, 20))) if is_recovery else case

    return given


def words(paper):
    content = (disk.root() / paper.file.path).read_bytes()
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("kind", list(PaperKind))
def test_each_document_has_every_item_that_its_article_demands(make, case_of, kind):
    paper = actions.draft_paper(case=case_of(kind), kind=kind, given={}, by="maker", at=make.at)

    said = words(paper)
    headings = [papers.WORDINGS[kind].items[item.code][0] for item in REQUIRED[kind]]
    required = [h for h, item in zip(headings, REQUIRED[kind], strict=True) if item.is_required]
    assert [heading for heading in required if heading not in said] == []
    assert "代拟稿" in said
    assert "以自然资源主管部门正式文书为准" in said


@pytest.mark.parametrize("kind", list(PaperKind))
def test_what_is_missing_stands_in_the_document_by_its_name(make, case_of, kind):
    paper = actions.draft_paper(case=case_of(kind), kind=kind, given={}, by="maker", at=make.at)

    gaps = set(re.findall("【待补：(.+?)】", words(paper)))
    assert {str(papers.NAMES[name]) for name in paper.missing} == gaps


def test_the_notice_of_inquiry_says_since_when_and_on_what_ground(make, case):
    given = {"holder_address": "示范路 9 号"}
    paper = actions.draft_paper(
        case=case, kind=PaperKind.INQUIRY_NOTICE, given=given, by="maker", at=make.at
    )

    said = words(paper)
    assert paper.missing == []
    assert (
        "自2023年4月1日起超过约定、规定的动工开发日期未动工开发，截至2024年3月20日共354天" in said
    )
    assert "示范路 9 号" in said
    assert "第二条第一款" in said
    assert "30日内" in said


def test_a_fee_decision_names_fee_price_share_and_remedies(make, case):
    given = {"holder_address": "示范路 9 号", "decided_on": "2024年12月31日"}
    make.step(
        case,
        StepCode.HEARING_NOTICE,
        date(2024, 5, 20),
        served_on=date(2024, 5, 21),
        document_number="听1",
    )
    make.step(case, StepCode.HEARING, date(2024, 5, 29))
    make.approve(make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3)), "示政复〔2024〕8号")

    paper = actions.draft_paper(
        case=case, kind=PaperKind.FEE_DECISION, given=given, by="maker", at=make.at
    )

    said = words(paper)
    assert paper.missing == []
    for part in (
        "600万元（人民币陆佰万元整）",
        "3000万元",
        "百分之二十",
        "示政复〔2024〕8号",
        "示范区人民法院",
    ):
        assert part in said


def test_the_draft_that_is_filed_keeps_its_digest(make, case):
    given = {"holder_address": "示范路 9 号"}
    paper = actions.draft_paper(
        case=case, kind=PaperKind.INQUIRY_NOTICE, given=given, by="maker", at=make.at
    )
    before = paper.file.sha256

    actions.file_paper(paper=paper, document_number="示〔2024〕3号", by="maker", at=make.at)

    filed = Paper.objects.get(pk=paper.pk)
    assert (filed.file.sha256, filed.document_number) == (before, "示〔2024〕3号")
    with pytest.raises(actions.NotDrafted, match="已以"):
        actions.file_paper(paper=paper, document_number="2", by="maker", at=make.at)


def test_a_draft_with_gaps_is_not_filed(make, case):
    paper = actions.draft_paper(
        case=case, kind=PaperKind.DETERMINATION, given={}, by="maker", at=make.at
    )

    with pytest.raises(actions.NotDrafted, match="使用权人地址"):
        actions.file_paper(paper=paper, document_number="1", by="maker", at=make.at)


def test_drafting_again_makes_another_draft(make, case):
    for _ in range(2):
        paper = actions.draft_paper(
            case=case, kind=PaperKind.PUBLICATION, given={}, by="maker", at=make.at
        )

    assert (paper.number, Paper.objects.count()) == (2, 2)


def test_every_fact_that_a_document_speaks_of_has_a_name():
    spoken = {name for kind in PaperKind for name in papers.names_of(kind)}
    needed = {name for items in REQUIRED.values() for item in items for name in item.facts}

    assert (spoken | needed) - set(papers.NAMES) == set()


def test_each_wording_has_each_item():
    for kind, items in REQUIRED.items():
        assert {item.code for item in items} == set(papers.WORDINGS[kind].items)


def test_a_document_speaks_of_every_fact_that_is_demanded():
    for kind, items in REQUIRED.items():
        for item in items:
            heading, text = papers.WORDINGS[kind].items[item.code]
            assert [name for name in item.facts if f"{{{name}}}" not in text] == [], heading


def test_the_mortgagees_letter_goes_to_the_mortgagee(make, zone):
    parcel = make.suspended(date(2023, 1, 1), area=20_000, wan=4_000, mortgagee_name="示范银行")
    found = queries.standing(make.determined(parcel), on=ON)

    letter = papers.neutral(
        PaperKind.MORTGAGEE_NOTICE, papers.gather(found, {}), zone="示范", at=make.at
    )

    assert letter.addressee == "示范银行"


def test_a_draft_leaves_number_and_day_to_who_issues_it(make, case):
    paper = actions.draft_paper(
        case=case, kind=PaperKind.DETERMINATION, given={}, by="maker", at=make.at
    )

    lines = words(paper).splitlines()
    assert "〔　　〕　号" in lines
    assert "　　年　月　日" in lines
    assert "2024年12月31日" not in lines


def test_an_agreement_is_signed_by_both_parties(make, case_of):
    kind = PaperKind.EXTENSION_AGREEMENT
    paper = actions.draft_paper(case=case_of(kind), kind=kind, given={}, by="maker", at=make.at)

    lines = words(paper).splitlines()
    assert "甲方（盖章）：示范市自然资源局" in lines
    assert "乙方（盖章）：示范制造有限公司" in lines


def test_the_notice_of_the_hearing_says_the_fee_and_that_its_time_is_not_verified(make, case):
    paper = actions.draft_paper(
        case=case, kind=PaperKind.HEARING_NOTICE, given={}, by="maker", at=make.at
    )

    said = words(paper)
    assert "征缴土地闲置费600万元（人民币陆佰万元整）" in said
    assert "自收到本告知书之日起5个工作日内" in said
    assert "尚未核对原文" in said


def test_the_cause_is_published_where_it_is_the_governments(make, case):
    parcel = make.idle(date(2023, 4, 1))
    accepted = {"accepted_on": date(2024, 1, 5), "accepted_document": "示〔2024〕2号"}
    make.delay(parcel, "g2", date(2023, 4, 1), **accepted)
    kind = PaperKind.PUBLICATION

    by_holder = papers.gather(queries.standing(case, on=ON), {})
    by_government = papers.gather(queries.standing(make.case(parcel), on=ON), {})

    told = [
        [section.heading for section in papers.neutral(kind, one, zone="", at=make.at).sections]
        for one in (by_holder, by_government)
    ]
    assert ["闲置原因" in headings for headings in told] == [False, True]


@pytest.mark.parametrize(
    ("wan", "capitals"),
    [
        ("0", "零元整"),
        ("0.000001", "壹分"),
        ("0.0001", "壹元整"),
        ("0.00105", "壹拾元伍角"),
        ("0.001005", "壹拾元零伍分"),
        ("484.8", "肆佰捌拾肆万捌仟元整"),
        ("600", "陆佰万元整"),
        ("10.0001", "壹拾万零壹元整"),
        ("100200.3040", "壹拾亿零贰佰万叁仟零肆拾元整"),
        ("10000.05", "壹亿零伍佰元整"),
    ],
)
def test_an_amount_is_written_in_capitals(wan, capitals):
    assert money.in_capitals(Decimal(wan)) == f"人民币{capitals}"
