"""How I look to others: my own picture comes and goes."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.site import Site


def test_my_picture_is_shown_and_removed_on_the_spot(site: Site, visit):
    picture = BytesIO()
    Image.new("RGB", (60, 60), "teal").save(picture, "PNG")
    page = visit(site, "jiho").new_page()
    page.goto(f"{site.url}/settings")
    shown = page.locator("main img")
    remove = page.get_by_role("button", name="사진 지우기")
    expect(page.get_by_role("button", name="사진 바꾸기")).to_be_visible()
    expect(remove).to_have_count(0)

    page.get_by_label("프로필 사진").set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    expect(shown).to_have_count(1)
    remove.click()

    expect(shown).to_have_count(0)
    expect(remove).to_have_count(0)
    expect(page.get_by_role("button", name="사진 바꾸기")).to_be_focused()
    assert site.api("jiho").me["person"]["avatar"] is None
