import pytest
from django.urls import reverse

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
from exhibitors.own_steps import phone_progress
from exhibitors.queues import waiting_phones
from exhibitors.states import StepState
from expo.models import OutgoingMail


@pytest.fixture
def exhibitor(owner):
    Exhibitor.objects.update(whatsapp="+6281234567890")
    owner.exhibitor.refresh_from_db()
    return owner.exhibitor


@pytest.mark.parametrize("asked", [False, True])
def test_without_a_number_of_the_organiser_page_and_list_say_the_same(exhibitor, owner, as_user, asked):
    """Also of a code that was made while there was one."""
    if asked:
        ask_confirmation(exhibitor)
    client = as_user(owner)
    page = client.get(reverse("exhibitors:phone-confirmation")).content.decode()
    progress = phone_progress(exhibitor)
    assert (progress.state, progress.hint) == (StepState.WAITING, "Panitia menelepon nomor Anda.")
    assert progress.hint in page
    assert "Kode Anda" not in page
    assert "Buat kode konfirmasi" not in page
    Exhibitor.objects.update(whatsapp="")
    exhibitor.refresh_from_db()
    assert phone_progress(exhibitor).state == StepState.EMPTY
    assert "Isi dahulu nomor" in client.get(reverse("exhibitors:phone-confirmation")).content.decode()


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
