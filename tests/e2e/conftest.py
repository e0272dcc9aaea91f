"""A real server started by the README's first command, and a real browser that looks at it."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = Path(os.environ.get("NCDM_SHOTS", ROOT / "test-results"))


@dataclass(frozen=True)
class Served:
    """A running mesh: the link that signs in once, and its address."""

    link: str
    home: Path

    @property
    def address(self) -> str:
        """The address without the token."""
        return self.link.split("/#", 1)[0]


def start(home: Path, log: Path) -> tuple[subprocess.Popen[bytes], Served]:
    """`make up` into a fresh data folder, on any free port; waits for the link it prints."""
    environment = {**os.environ, "NCDM_HOME": str(home)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", "up", "PORT=0", f"DEMO={home.parent / 'demo'}"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = log.read_text(errors="replace")
        found = re.search(r"http://127\.0\.0\.1:\d+/#token=\S+", said)
        if found is not None:
            return process, Served(found[0], home)
        if process.poll() is not None:
            break
        time.sleep(0.1)
    stop(process)
    pytest.fail(f"make up printed no link:\n{log.read_text(errors='replace')[-4000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo portfolio, served."""
    folder = tmp_path_factory.mktemp("up")
    process, found = start(folder / "home", folder / "up.log")
    yield found
    stop(process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    assert path is not None, "no Chromium here; `make browser` installs it"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def signed_in(served: Served, browser: Browser) -> Iterator[BrowserContext]:
    """One browser session, signed in by the one-time link."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(served.link)
    page.get_by_role("heading", name="Portfolio").wait_for(timeout=60_000)
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(signed_in: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when the browser reports an error of ours."""
    opened = signed_in.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert not said, said


def shot(page: Page, name: str) -> None:
    """Keep a picture of what a person sees."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def accessible(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document)).violations.map(v => `${v.id}: ${v.help} (${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')})`)"
    )
    return [str(entry) for entry in found]
