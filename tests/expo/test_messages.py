"""The English catalogue is complete, and the extraction sees what it must see."""

import pytest

from expo import messages


@pytest.fixture
def checkout(tmp_path, settings):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "apps.py").write_text('label = _("Toko")\nngettext("%(n)s hari", "%(n)s harian", 2)\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "Bayar" %}{% include "b.html" with label=_("Beli") %}'
        "{% blocktranslate trimmed with n=3 %}\n  Sisa {{ n }}\n  buah\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} stan{% plural %}{{ n }} stan-stan{% endblocktranslate %}"
    )
    settings.BASE_DIR = tmp_path
    return tmp_path


def test_messages_finds_python_and_template_texts(checkout):
    found = {message.ids for message in messages.messages(checkout)}
    assert found == {
        ("Toko",),
        ("%(n)s hari", "%(n)s harian"),
        ("Bayar",),
        ("Beli",),
        ("Sisa %(n)s buah",),
        ("%(n)s stan", "%(n)s stan-stan"),
    }


def test_update_keeps_translations_and_drops_unused_texts(checkout):
    messages.update_english()
    path = messages.english_path()
    path.write_text(path.read_text().replace('msgid "Bayar"\nmsgstr ""', 'msgid "Bayar"\nmsgstr "Pay"'))
    (checkout / "shop" / "apps.py").write_text("")
    messages.update_english()
    catalog = messages.read_english()
    assert catalog.get("Bayar").string == "Pay"
    assert catalog.get("Toko") is None


def test_check_names_missing_and_broken_translations(checkout):
    messages.update_english()
    path = messages.english_path()
    path.write_text(path.read_text().replace('"Sisa %(n)s buah"\nmsgstr ""', '"Sisa %(n)s buah"\nmsgstr "left"'))
    report = messages.check_english()
    assert ("Toko",) in {message.ids for message in report.missing}
    assert len(report.broken) == 1


def test_english_is_complete():
    report = messages.check_english()
    assert ([f"{message.place}: {message.ids[0]}" for message in report.missing], report.broken) == ([], [])
