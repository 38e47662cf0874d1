import pytest

from exhibitors.domain.decisions import CurationError
from exhibitors.domain.phones import (
    ask_confirmation,
    confirm_phone,
    confirmation_of,
    is_confirmed,
    message_link,
    refuse_phone,
)
from exhibitors.models import Exhibitor, PhoneConfirmation
from exhibitors.queues import waiting_phones
from expo.models import OutgoingMail


@pytest.fixture
def exhibitor(owner):
    Exhibitor.objects.update(whatsapp="+6281234567890")
    owner.exhibitor.refresh_from_db()
    return owner.exhibitor


def change_number(exhibitor, number):
    exhibitor.whatsapp = number
    exhibitor.save()


def test_a_code_is_asked_once_and_confirms_this_number_alone(exhibitor, operator):
    asked = ask_confirmation(exhibitor)
    assert ask_confirmation(exhibitor).code == asked.code
    assert asked.code in message_link(asked, "+628111")
    assert waiting_phones()[0] == 1
    confirm_phone(asked, by=operator)
    assert is_confirmed(exhibitor)
    assert waiting_phones() == (0, None)
    change_number(exhibitor, "+6281298765432")
    assert not is_confirmed(exhibitor)
    change_number(exhibitor, "+6281234567890")
    assert is_confirmed(exhibitor)


def test_a_number_that_changed_leaves_the_queue_and_is_not_confirmed(exhibitor, operator):
    asked = ask_confirmation(exhibitor)
    change_number(exhibitor, "+6281298765432")
    assert waiting_phones() == (0, None)
    with pytest.raises(CurationError, match="berubah"):
        confirm_phone(asked, by=operator)


def test_a_refused_number_gets_another_code_and_is_told(exhibitor, operator, owner):
    asked = ask_confirmation(exhibitor)
    refuse_phone(asked, by=operator)
    with pytest.raises(CurationError):
        confirm_phone(asked, by=operator)
    assert "datang dari nomor lain" in OutgoingMail.objects.get(to=owner.email).body
    again = ask_confirmation(exhibitor)
    assert again.code != asked.code
    assert confirmation_of(exhibitor) == again
    assert PhoneConfirmation.objects.count() == 1


def test_nothing_to_confirm_without_a_number(owner):
    with pytest.raises(CurationError):
        ask_confirmation(owner.exhibitor)
