"""The keys of writes that people send, and the answers kept under them."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ..models import FormKey

KEPT = timedelta(days=7)


def claim(*, digest: str, body: str, at: datetime) -> tuple[FormKey, bool]:
    """
    Return the row of a key and whether it is ours; called inside the write's transaction.

    Where the same key is being written by somebody, PostgreSQL waits here for the outcome and
    SQLite has waited at the transaction's begin.
    """
    known = FormKey.objects.filter(digest=digest).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            return FormKey.objects.create(digest=digest, body=body, at=at), True
    except IntegrityError:
        return FormKey.objects.get(digest=digest), False


def keep(*, key: FormKey, status: int, headers: dict[str, str], content: bytes) -> None:
    """Keep the answer under the key; it commits with the write."""
    key.status, key.headers, key.content = status, headers, content
    key.save(update_fields=["status", "headers", "content"])


def free(*, key: FormKey) -> None:
    """Forget the key: what it came with took no effect and may be sent anew."""
    key.delete()


def sweep(*, at: datetime) -> int:
    """Forget what is older than a week, and return how many keys that were."""
    return FormKey.objects.filter(at__lt=at - KEPT).delete()[0]
