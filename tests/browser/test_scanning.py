"""The camera on the page of verification: a live picture until a code of ours is in it, and off again afterwards.

Chromium reads QR codes itself on phones only: its reader is played here, the camera is Chromium's own test picture.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import becomes, fits
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db(transaction=True)

READER = """
  window.inSight = "";
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect(video) {
      if (!video.videoWidth) throw new Error("no picture yet");
      return window.inSight ? [{ rawValue: window.inSight }] : [];
    }
  };
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.wanted = wanted;
    window.opened = await open(wanted);
    return window.opened;
  };
"""
DENIED = "() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('denied'); }; }"


@pytest.fixture(scope="session")
def filming(browser_type, browser_type_launch_args):
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *camera]})
    yield browser
    browser.close()


@pytest.fixture
def phone(filming, browser_context_args, site):
    """The page of verification on a phone with a camera."""
    context = filming.new_context(**browser_context_args)
    context.add_init_script(READER)
    page = context.new_page()
    page.goto(f"{site}/verifikasi/")
    yield page
    context.close()


def shows(page, text: str) -> None:
    """Hold something with this code before the camera."""
    page.evaluate("(text) => { window.inSight = text; }", text)


def test_a_code_in_the_picture_opens_its_recap(phone, site):
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    phone.get_by_role("button", name="Pindai QR dengan kamera").click()
    hint = phone.get_by_role("dialog").get_by_role("status")
    expect(hint).to_have_text("Arahkan kamera ke kode QR pada rekap.")
    becomes(phone, lambda: phone.evaluate("document.querySelector('video').videoWidth > 0"), True)
    assert phone.evaluate("window.wanted.video.facingMode") == "environment"
    assert fits(phone)

    shows(phone, f"https://penipu.example/verifikasi/{recap.code}/")
    expect(hint).to_have_text("Kode QR ini bukan dari rekap kami.")
    shows(phone, "")
    expect(hint).to_have_text("Arahkan kamera ke kode QR pada rekap.")

    shows(phone, f"{site}/verifikasi/{recap.code}/")
    expect(phone.get_by_role("heading", name=recap.number)).to_be_visible()


def test_the_camera_is_off_when_the_dialog_closes(phone):
    button = phone.get_by_role("button", name="Pindai QR dengan kamera")
    button.click()
    becomes(phone, lambda: phone.evaluate("window.opened?.getVideoTracks()[0].readyState"), "live")
    phone.keyboard.press("Escape")
    becomes(phone, lambda: phone.evaluate("window.opened.getVideoTracks()[0].readyState"), "ended")

    phone.evaluate(DENIED)
    button.click()
    expect(phone.get_by_role("status")).to_have_text("Kamera tidak dapat dibuka. Beri izin kamera, atau ketik kodenya.")
    phone.get_by_role("button", name="Tutup").click()
    expect(button).to_be_focused()
