"""The steps of the registration that ask for the exhibitor's own data, and how far each is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors import forms_steps as step_forms
from exhibitors.domain.participation import joinable_editions
from exhibitors.domain.phones import confirmation_of, organiser_number
from exhibitors.models import Exhibitor, Kind
from exhibitors.states import StepState
from exhibitors.steps import Progress, register_step
from expo.formats import number
from expo.phones import show_phone


@dataclass(frozen=True)
class OwnStep:
    """``needed(exhibitor)`` are columns that a submission wants filled in, ``told`` says what is there."""

    name: str
    title: Any
    form: type[forms.ModelForm]
    columns: tuple[str, ...]
    needed: Callable[[Exhibitor], tuple[str, ...]]
    told: Callable[[Exhibitor], Any]
    fields: tuple[str, ...]

    def progress(self, exhibitor: Exhibitor) -> Progress:
        wanted = self.needed(exhibitor)
        missing = [name for name in wanted if not exhibitor._meta.get_field(name).value_from_object(exhibitor)]
        if not missing:
            return Progress(StepState.DONE, hint=self.told(exhibitor))
        state = StepState.EMPTY if len(missing) == len(wanted) else StepState.PARTIAL
        lacks = tuple(exhibitor._meta.get_field(name).verbose_name for name in missing)
        return Progress(state, lacks, self.told(exhibitor))


def always(*names: str) -> Callable[[Exhibitor], tuple[str, ...]]:
    return lambda exhibitor: names


def needed_of_kind(exhibitor: Exhibitor) -> tuple[str, ...]:
    return ("kind", "legal_number", "member_count") if exhibitor.kind == Kind.KOPERASI else ("kind",)


def told_kind(exhibitor: Exhibitor) -> str:
    parts = [Kind(exhibitor.kind).of_one]
    if exhibitor.kind == Kind.KOPERASI:
        parts += [exhibitor.legal_number]
        parts += [_("%(n)s anggota") % {"n": number(exhibitor.member_count)}] if exhibitor.member_count else []
    return " · ".join(part for part in parts if part)


def told_nib(exhibitor: Exhibitor) -> str:
    return exhibitor.nib or (_("Belum punya, minta dibantu") if exhibitor.lacks_nib else "")


def told_place(exhibitor: Exhibitor) -> str:
    return ", ".join(str(part) for part in (exhibitor.district, exhibitor.regency) if part)


def told_business(exhibitor: Exhibitor) -> str:
    category = exhibitor.category.display_name if exhibitor.category else ""
    return " · ".join(part for part in (exhibitor.name, category) if part)


def told_story(exhibitor: Exhibitor) -> str:
    return exhibitor.story[:60] + ("…" if len(exhibitor.story) > 60 else "")


OWN_STEPS = {
    step.name: step
    for step in (
        OwnStep(
            "usaha",
            gettext_lazy("Nama, foto, dan kategori"),
            step_forms.BusinessForm,
            ("name", "banner", "category"),
            always("name", "banner", "category"),
            told_business,
            ("name", "banner", "category"),
        ),
        OwnStep(
            "jenis",
            gettext_lazy("Jenis usaha"),
            step_forms.KindForm,
            ("kind", "legal_number", "cooperative_number", "member_count"),
            needed_of_kind,
            told_kind,
            ("kind", "legal_number", "cooperative_number", "member_count"),
        ),
        OwnStep(
            "nib",
            gettext_lazy("Nomor Induk Berusaha (NIB)"),
            step_forms.NibForm,
            ("nib", "lacks_nib"),
            lambda exhibitor: () if exhibitor.lacks_nib else ("nib",),
            told_nib,
            ("nib",),
        ),
        OwnStep(
            "pemilik",
            gettext_lazy("Pemilik atau ketua"),
            step_forms.OwnerForm,
            ("owner_name", "email"),
            always("owner_name"),
            lambda exhibitor: exhibitor.owner_name,
            ("owner_name", "email"),
        ),
        OwnStep(
            "lokasi",
            gettext_lazy("Lokasi usaha"),
            step_forms.PlaceForm,
            ("regency", "district"),
            always("regency", "district"),
            told_place,
            ("place",),
        ),
        OwnStep(
            "kontak",
            gettext_lazy("WhatsApp dan telepon"),
            step_forms.ContactForm,
            ("whatsapp", "phone"),
            always("whatsapp"),
            lambda exhibitor: show_phone(exhibitor.whatsapp) if exhibitor.whatsapp else "",
            ("whatsapp", "phone"),
        ),
        OwnStep(
            "cerita",
            gettext_lazy("Cerita usaha"),
            step_forms.StoryForm,
            ("story", "story_en"),
            always("story"),
            told_story,
            ("story", "story_en"),
        ),
    )
}
ORDER = {"usaha": 10, "jenis": 20, "nib": 30, "pemilik": 40, "lokasi": 50, "kontak": 60, "cerita": 80}


def phone_progress(exhibitor: Exhibitor) -> Progress:
    """Sending the code is the owner's part; while no organiser has a number for codes, staff call."""
    found = confirmation_of(exhibitor)
    if found and found.confirmed_at:
        return Progress(StepState.DONE, hint=show_phone(found.number))
    if not organiser_number():
        # No code can be sent, not even one that was made before: the page of the number says so, too.
        if not exhibitor.whatsapp:
            return Progress(StepState.EMPTY, (_("nomor WhatsApp"),))
        return Progress(StepState.WAITING, hint=_("Panitia menelepon nomor Anda."))
    if found and found.refused_at is None:
        return Progress(StepState.WAITING, hint=_("Kode %(code)s") % {"code": found.code})
    lacks = _("kode yang datang dari nomor ini") if found else _("kode yang dikirim ke panitia")
    return Progress(StepState.WRONG if found else StepState.EMPTY, (lacks,))


def participation_progress(exhibitor: Exhibitor) -> Progress:
    asked = list(exhibitor.participations.select_related("edition").order_by("-edition__opens_at"))
    if asked:
        told = ", ".join(f"{each.edition.display_name}: {each.get_state_display()}" for each in asked)
        return Progress(StepState.DONE, hint=told)
    booths = list(exhibitor.booths.select_related("edition").order_by("-edition__opens_at")[:3])
    if booths:
        return Progress(
            StepState.DONE, hint=", ".join(f"{each.edition.display_name}: {each.number}" for each in booths)
        )
    if not joinable_editions():
        return Progress(StepState.OPTIONAL, hint=_("Belum ada pameran yang menerima peserta."))
    return Progress(StepState.EMPTY, (_("pameran yang ingin Anda ikuti"),))


def register_own_steps() -> None:
    for step in OWN_STEPS.values():
        register_step(
            step.name,
            step.title,
            order=ORDER[step.name],
            load=step.progress,
            url_name="exhibitors:step",
            url_args=(step.name,),
            fields=step.fields,
        )
    register_step(
        "konfirmasi",
        gettext_lazy("Konfirmasi nomor WhatsApp"),
        order=65,
        load=phone_progress,
        url_name="exhibitors:phone-confirmation",
    )
    register_step(
        "keikutsertaan",
        gettext_lazy("Ikut pameran"),
        order=90,
        load=participation_progress,
        url_name="exhibitors:participation",
        fields=("participation",),
    )
