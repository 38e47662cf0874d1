"""What is under way behind the counter: a registration that was returned, a request for a booth, an invitation."""

from django.utils.text import slugify

from catalog.models import Category
from demo.accounts import NEWCOMER, load_person
from demo.names import Names, telephone
from demo.queue import banner_of
from exhibitors.domain.curation import return_exhibitor, submit_exhibitor
from exhibitors.domain.invitations import invite
from exhibitors.domain.participation import ask_participation, modes_of
from exhibitors.domain.phones import ask_confirmation
from exhibitors.domain.registration import register_exhibitor
from exhibitors.domain.steps import content_of_step, save_step
from exhibitors.models import Exhibitor, MemberRole
from expo.models import Edition, Picture, Region

ROOT, LEAF, REGENCY = "kerajinan-tangan", "anyaman", "33.13"
NOTES = {
    "nib": "Nomor ini tidak ditemukan di OSS. Mungkin dua angka tertukar?",
    "story": "Ceritakan bahan dan siapa yang menganyam; dua kalimat cukup.",
}


def load_registration(
    exhibitor: Exhibitor, owner, curator, banners: dict[str, list[Picture]], edition: Edition, guest: Exhibitor
) -> None:
    """Somebody's registration came back with notes, one of them answered; ``guest`` asks for a booth in ``edition``."""
    load_returned(load_person(NEWCOMER, "Calon Peserta", superuser=False), curator, banners, edition)
    invite(exhibitor, "pegawai@contoh.example", MemberRole.STAFF, by=owner)
    ask_participation(guest, edition, modes_of(edition)[-1], by=None, note="Mohon dekat colokan listrik.")


def load_returned(person, curator, banners: dict[str, list[Picture]], edition: Edition) -> None:
    name = Names("registration").business(ROOT, LEAF, cooperative=False)
    newcomer = register_exhibitor(
        Exhibitor(
            name=name,
            category=Category.objects.get(slug=LEAF),
            banner=banner_of(ROOT, banners),
            owner_name=person.name,
            email=f"{slugify(name)}@ukm.example",
            nib="9120300012354",
            regency_id=REGENCY,
            district=Region.objects.filter(parent=REGENCY).order_by("code").first(),
            whatsapp=telephone(80_500),
            story="Anyaman pandan.",
            bank_name="Bank Contoh",
            bank_account_number="7950000001",
            bank_account_holder=person.name,
        ),
        owner=person,
    )
    ask_confirmation(newcomer)
    ask_participation(newcomer, edition, modes_of(edition)[-1], by=person)
    newcomer = submit_exhibitor(newcomer, by=person)
    newcomer = return_exhibitor(newcomer, by=curator, notes=NOTES)
    answer = "Pandan kami tanam sendiri di belakang rumah; ibu dan tiga tetangga menganyamnya setiap sore."
    columns = ("story", "story_en")
    seen = content_of_step(newcomer, "cerita", columns)
    save_step(newcomer, "cerita", columns=columns, values={"story": answer}, seen=seen, by=person)
