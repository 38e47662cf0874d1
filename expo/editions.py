"""Making an edition, from the command line or elsewhere."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from expo.errors import DomainError
from expo.models import Edition, Hall, Recipient


class EditionError(DomainError):
    """The edition cannot be made; says which value is at fault."""


@transaction.atomic
def create_edition(*, halls: dict[str, str] | None = None, recap_recipients: Iterable[str] = (), **fields) -> Edition:
    """Make an edition with ``halls`` (letter → name) and readers of its recaps (addresses).

    EditionError names the first value at fault.
    """
    edition = Edition(**fields)
    check(edition)
    edition.save()
    for position, (letter, name) in enumerate((halls or {}).items(), 1):
        hall = Hall(
            edition=edition, slug=f"{edition.slug}-{letter.lower()}", letter=letter, name=name, position=position
        )
        check(hall)
        hall.save()
    for address in dict.fromkeys(address.strip().lower() for address in recap_recipients):
        recipient = Recipient(edition=edition, email=address)
        check(recipient)
        recipient.save()
    return edition


def check(instance) -> None:
    try:
        instance.full_clean()
    except ValidationError as error:
        raise EditionError(first_sentence(instance, error)) from error


def first_sentence(instance, error: ValidationError) -> str:
    name, messages = next(iter(error.message_dict.items()))
    if name == "__all__":
        return str(messages[0])
    label = instance._meta.get_field(name).verbose_name
    return _("%(field)s: %(message)s") % {"field": str(label).capitalize(), "message": messages[0]}
