"""What stands beside the fields of a form: the law, what is still lacking, what was drafted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.core import idle_land
from jingkai.core.idle_land import procedure
from jingkai.core.idle_land.procedure import StepCode
from jingkai.web.parts import Term

from .. import papers, queries
from ..models import CaseStep, IdleCase
from .cases import facts_of
from .determinations import Sentence, option_line, shows_prices

_WITH_OPTION = {StepCode.PLAN, StepCode.AGREEMENT}


def beside_step(case: IdleCase, code: StepCode, *, on: date) -> dict[str, Any]:
    """Return what an officer has to know before the step is recorded."""
    found = queries.standing(case, on=on)
    step = procedure.STEPS[code]
    waiting = {one.code: lacks for one, lacks in queries.open_steps(found)}
    shows_options = code in _WITH_OPTION and procedure.barred(code, found.way) is None
    checks = idle_land.options(found.known, on=on) if shows_options else ()
    return {
        "law": _law(step),
        "lacks": waiting.get(code, []),
        "choices": [option_line(check) for check in checks],
        "submit": _("登记"),
    }


def beside_row(row: CaseStep, request: ZoneRequest, *, submit: str) -> dict[str, Any]:
    """Return what was drafted or done, for who approves, serves or takes it back."""
    names = accounts.authors({name for name in (row.recorded_by, row.approved_by) if name})
    return {
        "facts": list(facts_of(row, names, shows_money=shows_prices(request))),
        "law": _law(procedure.STEPS[StepCode(row.step)]),
        "submit": submit,
    }


def beside_paper(recorded: Mapping[str, str | None]) -> dict[str, Any]:
    """Return what a document takes from the records, which is not asked for."""
    terms = [Term(label=str(papers.NAMES[name]), value=text) for name, text in recorded.items()]
    return {"terms": terms, "submit": _("拟稿")}


def _law(step: procedure.Step) -> list[Sentence]:
    article = procedure.article(step)
    quote = queries.quote_words(article)
    return [Sentence(text=quote, article=queries.article_words(article))]
