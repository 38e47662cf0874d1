import pytest
from django.urls import reverse

from expo.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings, tmp_path):
    settings.DEMO = True
    settings.PRIVATE_ROOT = tmp_path


def make_mail(**changes):
    values = {"key": "m:1", "to": "ibu@example.org", "subject": "Pesanan diterima", "body": "Buka https://a.test/x\n"}
    return OutgoingMail.objects.create(**values | changes)


def test_mailbox_lists_newest_first(client):
    make_mail()
    make_mail(key="m:2", subject="Pembayaran dikonfirmasi")
    text = client.get("/surat/").content.decode()
    assert text.index("Pembayaran dikonfirmasi") < text.index("Pesanan diterima")


def test_mailbox_pages_by_key(client, django_assert_max_num_queries):
    mails = [make_mail(key=f"m:{number}", subject=f"Surat {number:03}") for number in range(60)]
    with django_assert_max_num_queries(6):
        first = client.get("/surat/").content.decode()
    assert "Surat 059" in first
    assert "Surat 009" not in first
    assert "Surat 009" in client.get(f"/surat/?before={mails[10].pk}").content.decode()


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, ""])
def test_mailbox_ignores_a_bad_page(client, before):
    make_mail()
    assert "Pesanan diterima" in client.get("/surat/", {"before": before}).content.decode()


def test_mail_is_escaped_and_its_links_work(client):
    mail = make_mail(body="<script>x</script> https://a.test/x\n")
    text = client.get(reverse("mail", args=[mail.pk])).content.decode()
    assert "&lt;script&gt;" in text
    assert 'href="https://a.test/x"' in text


def test_attachment_is_downloaded(client, tmp_path):
    (tmp_path / "rekap.pdf").write_bytes(b"%PDF")
    mail = make_mail(attachments=[{"path": "rekap.pdf", "name": "Rekap.pdf", "type": "application/pdf"}])
    response = client.get(reverse("mail-attachment", args=[mail.pk, 0]))
    assert b"".join(response.streaming_content) == b"%PDF"
    assert "Rekap.pdf" in response["Content-Disposition"]


def test_unknown_things_are_not_found(client):
    mail = make_mail(attachments=[{"path": "../x", "name": "x", "type": "text/plain"}])
    for name, arguments in (("mail", [0]), ("mail-attachment", [mail.pk, 0]), ("mail-attachment", [mail.pk, 1])):
        assert client.get(reverse(name, args=arguments)).status_code == 404


def test_no_mailbox_outside_the_demonstration(client, settings):
    settings.DEMO = False
    mail = make_mail()
    for path in ("/surat/", "/en/surat/", f"/surat/{mail.pk}/", f"/surat/{mail.pk}/lampiran/0/"):
        assert client.get(path).status_code == 404


def test_mailbox_refuses_other_methods(client):
    assert client.post("/surat/").status_code == 405


def test_formatted_mail_stands_in_a_frame_that_may_do_nothing(client):
    mail = make_mail(html="<p style='color:red'>Halo</p>")
    page = client.get(reverse("mail", args=[mail.pk]))
    frame = reverse("mail-formatted", args=[mail.pk])
    assert f'src="{frame}" sandbox' in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    answer = client.get(frame)
    assert "script" not in answer.headers["Content-Security-Policy"].replace("script-src 'none'", "")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(reverse("mail-formatted", args=[make_mail(key="m:2").pk])).status_code == 404
