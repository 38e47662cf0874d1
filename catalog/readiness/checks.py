"""What the system can see for itself: each check gets the facts, and the product if it is about products."""

from typing import TYPE_CHECKING

from exhibitors.models import CertificateKind, Kind, Standing

if TYPE_CHECKING:
    from catalog.readiness.facts import Facts, KnownProduct

PHOTOS = 3
K = CertificateKind


def has_nib(facts: "Facts") -> bool:
    return bool(facts.exhibitor.nib) or any(held.counts for held in facts.held(K.NIB))


def is_cooperative(facts: "Facts") -> bool:
    return facts.exhibitor.kind == Kind.KOPERASI


def has_legal_number(facts: "Facts") -> bool:
    return bool(facts.exhibitor.legal_number)


def has_account(facts: "Facts") -> bool:
    return facts.exhibitor.takes_transfers


def has_trademark(facts: "Facts") -> bool:
    return any(held.counts for held in facts.certificates if held.kind == K.TRADEMARK)


def is_food(facts: "Facts", product: "KnownProduct") -> bool:
    return product.is_food


def has_food_permit(facts: "Facts", product: "KnownProduct") -> bool:
    return any(held.counts for held in facts.held(K.PIRT, K.BPOM, product=product.pk))


def has_halal_answer(facts: "Facts", product: "KnownProduct") -> bool:
    """Certified, or declared not halal: of that nobody has to verify anything."""
    held = facts.held(K.HALAL, product=product.pk)
    return any(one.counts or one.standing == Standing.NOT_HALAL for one in held)


def has_ingredients(facts: "Facts", product: "KnownProduct") -> bool:
    return bool(product.ingredients.strip())


def has_photos(facts: "Facts", product: "KnownProduct") -> bool:
    """So many that are large enough; smaller ones beside them do no harm."""
    return product.large_photos >= PHOTOS


def has_measures(facts: "Facts", product: "KnownProduct") -> bool:
    return all(product.measures)


def has_sku(facts: "Facts", product: "KnownProduct") -> bool:
    return bool(product.sku)


def has_steps(facts: "Facts", product: "KnownProduct") -> bool:
    return product.has_steps


def is_made_to_order(facts: "Facts", product: "KnownProduct") -> bool:
    return product.made_to_order


def has_lead_time(facts: "Facts", product: "KnownProduct") -> bool:
    return product.lead_days > 0


def has_english(facts: "Facts", product: "KnownProduct") -> bool:
    return bool(product.name_en.strip() and product.description_en.strip())
