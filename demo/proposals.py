"""What waits for the curators about things on show: proposed changes, one returned, and a first of two approvals."""

from catalog.domain.products import change_product
from catalog.domain.proposals import propose_change, return_change
from catalog.models import Product
from exhibitors.domain.curation import approve_exhibitor
from exhibitors.domain.phones import confirm_by_hand
from exhibitors.domain.profile_changes import propose_profile
from exhibitors.models import Exhibitor
from exhibitors.states import CurationState
from expo.models import Edition, SecondLook

STORY = "Dimulai dari satu meja di teras rumah. Kini dua belas tetangga ikut bekerja; bahannya dari desa sendiri."


def load_proposals(exhibitor: Exhibitor, owner, curator, edition: Edition) -> None:
    """``exhibitor`` wants changes; ``edition`` asks for two pairs of eyes for exhibitors, and one looked already."""
    edition.second_look = SecondLook.EXHIBITORS
    edition.save(update_fields=["second_look"])
    shown = Product.objects.filter(exhibitor=exhibitor, state=CurationState.APPROVED, has_variants=False)
    products = list(shown.order_by("pk")[:3])
    for product in products[:1]:
        change_product(product, by=owner, name=f"{product.name} Pilihan", price=product.price * 2)
    for product in products[1:2]:
        propose_change(product, by=owner, description=f"{product.description} Dikemas dengan kotak kado.".strip())
    for product in products[2:3]:
        change = propose_change(product, by=owner, name=product.name.upper())
        return_change(change, by=curator, notes={"name": "Mohon tanpa huruf besar semua."})
    propose_profile(Exhibitor.objects.get(pk=exhibitor.pk), {"story": STORY}, by=owner)
    waiting = Exhibitor.objects.filter(state=CurationState.SUBMITTED, participations__edition=edition)
    newcomer = waiting.order_by("pk").last()
    if newcomer is not None:
        confirm_by_hand(newcomer, by=curator, reason="Ditelepon; yang menjawab pemiliknya.")
        approve_exhibitor(newcomer, by=curator, reason="NIB cocok dengan OSS, foto usahanya jelas.")
