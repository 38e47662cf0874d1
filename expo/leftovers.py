"""Pictures that nothing shows: uploads of forms that were never finished, covers that were replaced.

Private files (payment proofs) have no picture row and are never touched here.
"""

import datetime as dt

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from expo.models import Picture

KEPT = dt.timedelta(days=2)  # an unfinished form finds its picture for so long
AT_ONCE = 200


def delete_unused_pictures(*, now: dt.datetime | None = None) -> int:
    """Delete rows and files of pictures that nothing has referred to for two days; returns how many. Safe to repeat."""
    before = (now or timezone.now()) - KEPT
    candidates = list(unused(before).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_delete(pk, before) for pk in candidates)


def unused(before: dt.datetime) -> QuerySet[Picture]:
    """Uploaded before then and, as far as any model is concerned, shown nowhere."""
    found = Picture.objects.filter(created_at__lt=before)
    for relation in Picture._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.exclude(Exists(users))
    return found


@transaction.atomic
def _delete(pk: int, before: dt.datetime) -> bool:
    """Under the row's lock, which whoever begins to use the picture has to wait for. Files go before the row does: a
    crash in between leaves a row that is found again."""
    picture = unused(before).select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if picture is None:
        return False
    try:
        _folders, files = default_storage.listdir(picture.folder)
    except FileNotFoundError:
        files = []
    for name in files:
        default_storage.delete(f"{picture.folder}/{name}")
    default_storage.delete(picture.folder)
    picture.delete()
    return True
