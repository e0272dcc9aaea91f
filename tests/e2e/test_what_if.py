"""What-if as a person does it: by the keyboard, with the difference at once, a link that reopens it, and a version kept with its reason."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.e2e.conftest import Served, accessible, shot

WAIT = 60_000


def a_study(page: Page, served: Served) -> str:
    """A study of the demo in which sites are compared."""
    page.goto(served.address)
    for study in page.request.get(f"{served.address}/api/v1/portfolio").json()["studies"]:
        told = page.request.get(f"{served.address}/api/v1/studies/{study['study_id']}/signals").json()
        if any(kri["scored"] for kri in told["kris"]):
            return str(study["study_id"])
    pytest.fail("the demo compares no sites")


def line(page: Page, name: str) -> Locator:
    """One line of the numbers before and after."""
    return page.get_by_role("table", name="Before and after").get_by_role("row").filter(has_text=re.compile(f"^{name}"))


def what_if(page: Page, served: Served, study: str, change: str = "") -> None:
    """Open the page and wait until it is worked out."""
    page.goto(f"{served.address}/studies/{study}?view=what-if{change}")
    line(page, "Red flags").wait_for(timeout=WAIT)


def test_a_threshold_moved_by_the_keyboard_shows_at_once_and_the_link_reopens_it(page: Page, served: Served) -> None:
    study = a_study(page, served)
    what_if(page, served, study)
    before = line(page, "Expected false flags").inner_text()
    slider = page.get_by_role("slider", name="Amber from a score of, slider")
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(line(page, "Expected false flags")).to_contain_text("more", timeout=WAIT)
    assert line(page, "Expected false flags").inner_text() != before
    after = line(page, "Expected false flags").inner_text()
    address = page.url
    assert "change=l." in address
    page.goto("about:blank")
    page.goto(address)
    expect(line(page, "Expected false flags")).to_contain_text("more", timeout=WAIT)
    assert line(page, "Expected false flags").inner_text() == after
    shot(page, "what-if")
    assert accessible(page) == []


def test_fewer_gates_are_never_fewer_clean_subjects(page: Page, served: Served) -> None:
    what_if(page, served, a_study(page, served))
    for name in ("Every page signed", "No page to verify", "No missing visit"):
        page.get_by_role("checkbox", name=re.compile(f"^{name}")).uncheck()
    expect(line(page, "Items in the way")).to_contain_text(re.compile("fewer|no change"), timeout=WAIT)
    expect(line(page, "Clean subjects")).to_contain_text(re.compile("more|no change"))
    expect(page.get_by_role("region", name="Work in the way, by owner")).to_be_visible()


def test_a_version_is_saved_with_its_reason_opened_and_compared(page: Page, served: Served) -> None:
    study = a_study(page, served)
    what_if(page, served, study, "&change=w.safety%3D0.1%3Bg.database_lock%3DV%2CQ")
    page.get_by_role("button", name="Save or open a version").click()
    page.keyboard.type("A. Author")
    page.keyboard.press("Tab")
    page.keyboard.type("What the team asked for")
    page.get_by_role("button", name="Save as a version").click()
    said = page.get_by_role("status").filter(has_text="Saved as version")
    said.wait_for(timeout=WAIT)
    number = re.search(r"Saved as version (\d+)", said.inner_text())
    assert number is not None
    page.get_by_role("button", name="Back to what is published").click()
    page.get_by_role("button", name=f"Compare version {number[1]}").click()
    page.get_by_role("columnheader", name=f"Version {number[1]}", exact=True).wait_for(timeout=WAIT)
    page.get_by_role("button", name=f"Open version {number[1]}").click()
    page.wait_for_url(re.compile("change="))
    expect(page.get_by_role("checkbox", name=re.compile("^No missing visit"))).to_be_checked()
    shot(page, "what-if-version")
    assert accessible(page) == []


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_and_everything_can_be_read(signed_in: BrowserContext, served: Served, width: int, scheme: str) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    what_if(page, served, a_study(page, served), "&change=w.safety%3D0.1%3Bg.database_lock%3DV%2CQ%3Bt.ITT%3D0.5")
    shot(page, f"what-if-{width}-{scheme}")
    assert accessible(page) == []
    ends = page.locator("#page table, #page input, #page button:not([role=tab]), #page select").evaluate_all(
        "elements => elements.map(element => element.getBoundingClientRect().right)"
    )
    assert max(ends) <= width
    page.close()
