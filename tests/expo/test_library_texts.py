"""Indonesian pages show no English of a library, and no library translates a sentence of ours."""

import importlib
from pathlib import Path

import pytest
from django.utils import translation

from expo.messages import library_messages, messages

# The parts of each library that our pages show.
SHOWN = {
    "unfold": ["templates/admin", "templates/registration", "templates/unfold", "mixins", "templatetags"],
    "allauth": ["account", "mfa", "templates/account", "templates/mfa"],
    "django": ["contrib/admin/templates", "contrib/auth/templates", "forms", "views"],
}
# Written alike in both languages: names of months and of techniques.
ALIKE = {"%(class_name)s %(instance)s", "April", "MFA", "Passkey", "WebAuthn"}


def indonesian(message):
    """The text as a page shows it. One with a plural is asked for as such: older Pythons find it no other way."""
    context, plural = message.context, len(message.ids) > 1
    if context:
        return (
            translation.npgettext(context, *message.ids, 1) if plural else translation.pgettext(context, *message.ids)
        )
    return translation.ngettext(*message.ids, 1) if plural else translation.gettext(*message.ids)


@pytest.mark.parametrize(("library", "part"), [(name, part) for name, parts in SHOWN.items() for part in parts])
def test_library_texts_have_indonesian(library, part):
    directory = Path(importlib.import_module(library).__file__).parent / part
    with translation.override("id"):
        english = {m.ids[0]: m.place for m in library_messages(directory) if indonesian(m) == m.ids[0]}
    assert {text: at for text, at in english.items() if text not in ALIKE and any(map(str.isalpha, text))} == {}


def test_our_sentences_stay_as_they_are_written(settings):
    with translation.override("id"):
        changed = {m.place: m.ids[0] for m in messages(settings.BASE_DIR) if indonesian(m) != m.ids[0]}
    assert changed == {}
