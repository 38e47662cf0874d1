"""A proposed change of a product beside what is on show."""

from catalog.domain.curation import photo_ids_of
from catalog.domain.proposals import changed_fields, photo_texts_of
from catalog.domain.waiting_offers import label_of_offer, told_offers
from catalog.models import Product, ProductChange, Variant, VariantChange
from exhibitors.domain.notes import text_of
from exhibitors.domain.proposals import raw
from exhibitors.proposals_shown import Difference, ShownProposal, pictures_of
from expo.formats import rupiah


def shown_proposal(change: ProductChange) -> ShownProposal:
    """What the proposal changes; a few queries for photos and variants."""
    product = change.product
    differences = [
        Difference(
            name,
            Product._meta.get_field(name).verbose_name,
            text_of(product, name),
            text_of(change, name),
            raw(product, name) != change.base.get(name),
        )
        for name in changed_fields(change)
        if name != "cover"
    ]
    if change.price:
        label = Product._meta.get_field("price").verbose_name
        differences.insert(0, Difference("price", label, rupiah(product.price), rupiah(change.price)))
    offers = told_offers(change).items()
    differences += [Difference(key, label_of_offer(key), now, wanted) for key, (now, wanted) in offers]
    if change.photo_texts:
        label = ProductChange._meta.get_field("photo_texts").verbose_name
        differences.append(Difference("photo_texts", label, *photo_texts_of(change)))
    now, wanted = photo_ids_of(product), change.photo_ids
    if wanted is None:
        wanted = [change.cover_id] if "cover" in changed_fields(change) else []
    variants = list(change.variants.select_related("variant__picture", "picture"))
    return ShownProposal(differences, pictures_of(now), pictures_of([] if wanted == now else wanted), variants)


def differences_of(change: VariantChange) -> list[Difference]:
    """The texts and the price that are wanted of a variant that shoppers can see already; its photo is shown itself."""
    variant = change.variant
    if not variant.is_approved:
        return []
    label = {name: Variant._meta.get_field(name).verbose_name for name in ("name", "name_en", "price")}
    texts = [
        Difference(name, label[name], getattr(variant, name), getattr(change, name))
        for name in ("name", "name_en")
        if getattr(variant, name) != getattr(change, name)
    ]
    price = Difference("price", label["price"], rupiah(variant.price), rupiah(change.price)) if change.price else None
    return [*texts, price] if price else texts
