import pytest

from expo.mail_layout import Board, blocks_of, set_mail


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://expo.test"


def kinds(body):
    return [block.kind for block in blocks_of(body)]


def test_text_becomes_paragraphs_facts_lists_and_buttons():
    body = (
        "Halo Sari,\n\nPesanan diterima. Terima kasih.\n\nJumlah transfer: Rp152.317\nBayar sebelum: besok\n\n"
        "- 2 × Tas\n- 1 × Topi\n\nIkuti pesanan ini (tautan rahasia, jangan dibagikan):\n"
        "https://expo.test/pesanan/x/\n\nUKM Virtual Expo\n"
    )
    blocks = blocks_of(body)
    assert [block.kind for block in blocks] == ["text", "text", "facts", "list", "button"]
    assert blocks[2].facts == [("Jumlah transfer", "Rp152.317"), ("Bayar sebelum", "besok")]
    assert (blocks[4].label, blocks[4].note) == ("Ikuti pesanan ini", "tautan rahasia, jangan dibagikan")


def test_code_stands_large():
    assert kinds("Kode Anda:\n\nABC-123") == ["text", "code"]
    assert kinds("Kode Anda:\n\nWKCN-KBHH") == ["text", "code"]  # random codes may have no digit
    assert kinds("PENTING") == ["text"]


def test_only_our_own_addresses_become_buttons():
    assert kinds("Klik di sini: https://jahat.test/pesanan/") == ["facts"]
    assert kinds("https://expo.test.jahat.test/x") == ["text"]
    assert kinds("Buka: https://expo.test/x/") == ["button"]
    assert kinds("Upload the proof of your payment and follow the order: https://expo.test/x/") == ["button"]


@pytest.mark.parametrize(("line", "above", "label"), [
    ("Jangan dikutip lagi. Buka rinciannya:", ["Jangan dikutip lagi."], "Buka rinciannya"),
    ("Anda yang mendaftar? Masuk (sekali pakai):", ["Anda yang mendaftar?"], "Masuk"),
    ("Kata-kata yang terlalu panjang untuk berdiri di sebuah tombol pada ponsel kecil:",
     ["Kata-kata yang terlalu panjang untuk berdiri di sebuah tombol pada ponsel kecil:"], ""),
])  # fmt: skip
@pytest.mark.parametrize("apart", ["\n", " "])
def test_a_button_says_one_short_thing(line, above, label, apart):
    text, button = blocks_of(f"{line}{apart}https://expo.test/x/")
    assert (text.kind, text.lines) == ("text", above)
    assert (button.kind, button.label) == ("button", label)


def test_what_people_typed_is_escaped():
    html = set_mail("<b>Halo</b>", 'Nama: <script>alert("x")</script>\n\n<img src=x>', "id", Board("A1", "<i>Toko</i>"))
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html
    assert "<b>" not in html


def test_mail_asks_for_nothing_from_outside():
    html = set_mail("Halo", "Isi.", "en", Board("A1", "Batik Wati", "Expo"))
    assert '<html lang="en">' in html
    assert "Batik Wati" in html
    assert "src=" not in html
    assert "@import" not in html
