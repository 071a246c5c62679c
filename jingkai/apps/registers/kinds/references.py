"""Another record, or a person."""

from dataclasses import dataclass

from django.db import models

from .texts import Kind


@dataclass(frozen=True, kw_only=True)
class Reference(Kind):
    """
    A record of another register, written as its natural key.

    ``parse`` gives the key; ``imports`` and the form turn keys into records, many in one query.
    """

    to: type[models.Model]
    key: str = "code"
    filter = "text"


@dataclass(frozen=True, kw_only=True)
class Person(Reference):
    """Somebody of the zone, written as their log-in or, where only one bears it, their name."""

    align = "is-short"
    key: str = "username"
