"""The database's laws asked of many rows at once say what the database itself says."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import queries
from jingkai.apps.registers.checking.laws import Laws, as_function
from jingkai.apps.registers.fields import FollowingField, ShapeField, following
from jingkai.core.geometry.shapes import Shape
from tests.environment import rounds

MODELS = sorted(
    {register.model for register in queries.registers().values()}, key=lambda model: model.__name__
)
CHECKED = [
    (model, constraint)
    for model in MODELS
    for constraint in model._meta.constraints
    if isinstance(constraint, models.CheckConstraint) and "Expression" not in repr(constraint)
]


def any_value(field: Any) -> st.SearchStrategy[Any]:
    """Return values that a column may hold, its bounds and nothing among them."""
    values: st.SearchStrategy[Any]
    if field.choices:
        values = st.sampled_from([code for code, _label in field.flatchoices])
    elif isinstance(field, models.BooleanField):
        values = st.booleans()
    elif isinstance(field, models.DateTimeField):
        values = st.none()
    elif isinstance(field, ShapeField):
        values = st.just(Shape.of_wkt("POINT (117.8 36.05)"))
    elif isinstance(field, models.DateField):
        values = st.dates(date(2024, 1, 1), date(2024, 1, 4))
    elif isinstance(field, models.CharField | models.TextField):
        values = st.sampled_from(["", "a", "b"])
    elif isinstance(field, models.ForeignKey):
        values = st.sampled_from([1, 2])
    elif field.get_internal_type().endswith("IntegerField") and not hasattr(field, "places"):
        values = st.integers(-1, 3)
    else:
        values = st.sampled_from([Decimal(-1), Decimal(0), Decimal("0.5"), Decimal(1)])
    return values | st.none() if field.null else values


@pytest.mark.parametrize(
    ("model", "constraint"), CHECKED, ids=lambda found: getattr(found, "name", "")
)
@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck), max_examples=rounds(15, 300), deadline=None)
def test_a_condition_judged_in_python_is_judged_as_in_the_database(
    model: Any, constraint: models.CheckConstraint, data: st.DataObject, inside: Zone
) -> None:
    fields = {
        field.attname: data.draw(any_value(field), label=field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.name not in {"zone", "custom"}
        and not isinstance(field, FollowingField)
    }
    fields |= following(model, fields.get("outline"))

    judged = as_function(constraint.condition, model)(fields | {"zone_id": inside.pk})

    try:
        constraint.validate(model, model(zone=inside, **fields))
    except ValidationError:
        assert judged is False
    else:
        assert judged is not False


def test_a_condition_that_calculates_is_left_to_the_database(inside: Zone) -> None:
    register = queries.registers()["maturity-cards"]
    laws = Laws(register, inside.pk)
    weights = [name for name in laws.blanks if name.endswith("_weight")]

    right = laws.candidate(2, dict.fromkeys(weights, 20) | {"threshold": 60}, None)
    wrong = laws.candidate(3, dict.fromkeys(weights, 30) | {"threshold": 60}, None)

    assert list(laws.broken([right, wrong])) == [1]


def test_what_only_one_row_may_bear_is_refused_in_the_file_and_beside_the_database(
    inside: Zone, clock: datetime
) -> None:
    register = next(
        (
            found
            for found in queries.registers().values()
            if any(not condition for _law, condition in Laws(found, 1).unique)
        ),
        None,
    )
    if register is None:
        pytest.skip("no register has another unique column than its key")
    laws = Laws(register, inside.pk)
    names = next(law.fields for law, condition in laws.unique if not condition)
    bearing = [name for name in names if name != "zone"]

    first = laws.candidate(2, {"code": "A"}, None)
    second = laws.candidate(3, {"code": "B"}, None)
    for candidate in (first, second):
        for name in bearing:
            fields = candidate.fields
            fields[f"{name}_id" if f"{name}_id" in fields else name] = 1

    assert 1 in laws.broken([first, second])
