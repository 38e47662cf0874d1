"""Where an edition wants it, two different people approve; the first approval alone shows nothing."""

import pytest

from accounts.roles import Role, give_role
from catalog.domain.archiving import archive_product, bring_back
from catalog.domain.curation import approve_product, content_of_product
from catalog.domain.proposals import approve_change, propose_change
from catalog.models import ProductChange
from catalog.queues import proposed_changes
from exhibitors.domain.curation import approve_exhibitor, return_exhibitor
from exhibitors.domain.decisions import CurationError, latest_decision
from exhibitors.models import Decision, Exhibitor, FirstApproval, Membership
from exhibitors.queues import second_eyes
from expo.models import OutgoingMail
from tests.cast import person
from tests.factories import make_booth, make_edition, make_exhibitor, make_product, wib
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(db):
    user = person("Bagus")
    give_role(user, Role.CURATION)
    return user


def strict(exhibitor, second_look="all", **fields):
    return make_booth(exhibitor=exhibitor, edition=make_edition(second_look=second_look, **fields))


def test_two_different_people_approve_an_exhibitor(as_user, curator, second):
    exhibitor = make_exhibitor(state="submitted")
    strict(exhibitor, "exhibitors")
    assert approve_exhibitor(exhibitor, by=curator, reason="NIB cocok").state == "submitted"
    assert not OutgoingMail.objects.exists()
    with pytest.raises(CurationError, match="Anda sudah menyetujui"):
        approve_exhibitor(exhibitor, by=curator)
    page = as_user(curator).get("/admin/").content.decode()
    assert "Menunggu mata kedua" in page
    assert approve_exhibitor(exhibitor, by=second).state == "approved"
    assert not FirstApproval.objects.exists()
    log = Decision.objects.order_by("pk").values_list("after", "decided_by", "reason")
    assert list(log) == [("first_approved", curator.pk, "NIB cocok"), ("approved", second.pk, "")]


def test_a_change_after_the_first_look_makes_the_next_look_the_first(curator, second):
    product = make_product(state="submitted", cover=make_picture())
    strict(product.exhibitor)
    approve_product(product, by=curator, seen=content_of_product(product))
    product.name = "Lain sama sekali"
    product.save()
    assert approve_product(product, by=second).state == "submitted"
    assert FirstApproval.objects.get().approved_by == second
    assert approve_product(product, by=curator).state == "approved"


def test_any_other_decision_ends_the_waiting(curator):
    exhibitor = make_exhibitor(state="submitted")
    strict(exhibitor)
    approve_exhibitor(exhibitor, by=curator)
    assert latest_decision(exhibitor) is None  # to its owner nothing was decided
    return_exhibitor(exhibitor, by=curator, reason="Ternyata kurang")
    assert not FirstApproval.objects.exists()


def test_proposals_need_two_as_well(owner, curator, second):
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi")
    strict(owner.exhibitor)
    change = propose_change(product, by=owner, name="Kopi robusta")
    approve_change(change, by=curator)
    product.refresh_from_db()
    assert product.name == "Kopi"
    approve_change(change, by=second)
    product.refresh_from_db()
    assert product.name == "Kopi robusta"
    assert not ProductChange.objects.exists()
    assert not FirstApproval.objects.exists()


@pytest.mark.parametrize(
    ("second_look", "fields", "needed"),
    [
        ("none", {}, False),
        ("exhibitors", {}, False),  # products need one
        ("all", {"mall_closes_at": wib(2021, 1, 1)}, False),  # over
        ("all", {}, True),
    ],
)
def test_the_strictest_edition_that_is_not_over_decides(curator, second_look, fields, needed):
    product = make_product(state="submitted", cover=make_picture())
    make_booth(exhibitor=product.exhibitor)
    strict(product.exhibitor, second_look, **fields)
    assert (approve_product(product, by=curator).state == "submitted") is needed


def test_a_switched_off_rule_lets_the_same_person_finish(curator):
    exhibitor = make_exhibitor(state="submitted")
    booth = strict(exhibitor)
    approve_exhibitor(exhibitor, by=curator)
    booth.edition.second_look = "none"
    booth.edition.save()
    assert approve_exhibitor(exhibitor, by=curator).state == "approved"
    assert Exhibitor.objects.get(pk=exhibitor.pk).state == "approved"


def test_nobody_approves_a_business_of_their_own(curator):
    exhibitor = make_exhibitor(state="submitted")
    Membership.objects.create(user=curator, exhibitor=exhibitor)
    product = make_product(exhibitor=exhibitor, state="submitted", cover=make_picture())
    for approve, subject in ((approve_exhibitor, exhibitor), (approve_product, product)):
        with pytest.raises(CurationError, match="petugas lain"):
            approve(subject, by=curator)
    assert not FirstApproval.objects.exists()


def test_an_archived_product_waits_for_nobody(curator, owner):
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi")
    strict(owner.exhibitor)
    approve_change(propose_change(product, by=owner, name="Kopi robusta"), by=curator)
    assert (second_eyes()[0], proposed_changes()[0]) == (1, 0)
    archive_product(product, by=owner)
    assert (second_eyes()[0], proposed_changes()[0]) == (0, 0)
    bring_back(product, by=owner)
    assert (second_eyes()[0], proposed_changes()[0]) == (0, 1)  # what was proposed is not lost
