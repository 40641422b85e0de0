"""The site as readers meet it: accessible in light and dark, whole on a phone, by itself."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

import pytest

from em_authoring.lesson_paths import all_lessons

TYPESET = "() => MathJax.startup.promise"
WITHOUT_FORMULAS = (
    "() => document.querySelectorAll('mjx-container').forEach(e => e.replaceWith('formula'))"
)
"""MathJax answers for its formulas, in which axe would spend most of its time."""
SCHEMES = ("light", "dark")
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def names(site):
    """Every page, as a path within the site."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(name for name in found if not name.startswith("_static/"))


@pytest.fixture(scope="module")
def address(site):
    """The site behind a web server of this machine."""
    handler = partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a word."""

    def log_message(self, *_):
        pass


def watched(page, address, wrong):
    """Note what a page asks for outside the site, what is missing, and scripts that fail."""
    page.on("request", lambda request: wrong.append(f"asks for {request.url}")
            if not request.url.startswith((address, "data:")) else None)  # fmt: skip
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("response", lambda response: wrong.append(f"{response.status}: {response.url}")
            if response.status >= 400 else None)  # fmt: skip
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    return page


def opened(context, address, name, wrong):
    """Open a page of the site and wait until its formulas are set."""
    page = watched(context.new_page(), address, wrong)
    page.set_default_timeout(90_000)
    page.goto(address + name)
    page.wait_for_function("() => window.MathJax?.startup?.promise")
    page.evaluate(TYPESET)
    return page


@pytest.fixture
def visit(browser, address):
    """Open a page in a window of its own; what leaves the site or is missing fails the test."""
    wrong, contexts = [], []

    def of(name, scheme="light", size=DESKTOP):
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme))
        return opened(contexts[-1], address, name, wrong)

    yield of
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(scope="module")
def survey(browser, address, names):
    """What is wrong with each page, by kind: every page is opened once."""
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    kinds = ("axe", "not typeset", "too wide", "requests")
    found = {kind: {} for kind in kinds}
    for name in names:
        wrong = []
        context = browser.new_context(viewport=DESKTOP)
        page = opened(context, address, name, wrong)
        found["not typeset"][name] = untypeset(page)
        page.set_viewport_size(PHONE)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        found["too wide"][name] = width if width > PHONE["width"] else None
        page.set_viewport_size(DESKTOP)
        page.evaluate(WITHOUT_FORMULAS)
        page.evaluate(axe)
        found["axe"][name] = [each for scheme in SCHEMES for each in violations(page, scheme)]
        found["requests"][name] = wrong
        context.close()
    return {kind: {n: each for n, each in pages.items() if each} for kind, pages in found.items()}


def violations(page, scheme):
    """What axe finds on a page in one colour scheme."""
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "preload": False}
    page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
    page.wait_for_timeout(300)
    for each in page.evaluate("rules => axe.run(rules)", rules)["violations"]:
        nodes = [node["html"][:200] for node in each["nodes"][:3]]
        yield scheme, each["id"], len(each["nodes"]), nodes


def untypeset(page):
    """Formulas in which MathJax finds an error, or which it left as they are."""
    said = page.locator("mjx-merror").all_inner_texts()
    left = page.evaluate(
        "() => [...document.querySelectorAll('.math')]"
        ".filter(e => !e.querySelector('mjx-container')).map(e => e.textContent.slice(0, 80))"
    )
    return said + left


def test_axe_finds_nothing_on_any_page_in_light_or_dark(survey):
    assert not survey["axe"]


def test_all_mathematics_is_typeset(survey):
    assert not survey["not typeset"]


def test_no_page_is_wider_than_a_phone(survey):
    assert not survey["too wide"]


def test_no_page_asks_for_anything_outside_the_site(survey):
    assert not survey["requests"]


def test_the_opening_page_shows_what_em_is_in_one_screen(visit):
    page = visit("index.html")
    for text in ("E-step.", "M-step.", "So the log-likelihood never falls."):
        box = page.get_by_text(text).last.bounding_box()
        assert box["y"] + box["height"] <= DESKTOP["height"], text
    picture = page.locator("[data-em-stepper] img").bounding_box()
    assert 0 < picture["y"] < picture["y"] + picture["height"] < DESKTOP["height"]


def test_the_opening_page_steps_through_em(visit):
    page = visit("index.html")
    caption = page.locator("[data-em-stepper] figcaption")
    first = page.locator("[data-em-stepper] img").get_attribute("src")
    assert caption.inner_text().startswith("E-step 1.")
    page.get_by_role("button", name="next frame").click()
    assert caption.inner_text().startswith("M-step 1.")
    assert page.locator("[data-em-stepper] img").get_attribute("src") != first
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    assert caption.inner_text().startswith("M-step 3.")
    gains = []
    for frame in range(1, 6, 2):
        page.get_by_role("slider").fill(str(frame))
        gains += re.findall(r"it gains ([\d.]+) nats", caption.inner_text())
    assert len(gains) == 3
    assert min(map(float, gains)) > 0


def test_every_stepper_of_a_lesson_steps(visit, site):
    met = 0
    for name in sorted(path.relative_to(site).as_posix() for path in site.glob("lessons/*.html")):
        page = visit(name)
        for stepper in page.locator("[data-em-stepper]").all():
            met += 1
            before = stepper.locator("img").get_attribute("src")
            stepper.get_by_role("button", name="next frame").click()
            assert stepper.locator("img").get_attribute("src") != before
            assert stepper.locator("img").get_attribute("alt")
        page.context.close()
    assert met or not any(
        "step_through" in each.source.read_text("utf-8") for each in all_lessons()
    )


def test_an_equation_shows_itself_on_hover_and_on_focus(visit):
    page = visit("lessons/03-e-step.html")
    preview = page.locator("#equation-preview")
    link = page.locator("a.equation-link", has_text="(3.2)").first
    link.scroll_into_view_if_needed()
    link.hover()
    preview.locator("mjx-container").wait_for()
    assert "3.2" in preview.inner_text().replace("\n", "") or preview.locator("mjx-mtd").count()
    preview.hover()
    page.wait_for_timeout(400)
    assert preview.is_visible(), "the pointer may wander onto it"
    page.mouse.move(2, 2)
    preview.wait_for(state="hidden")
    link.focus()
    preview.wait_for()
    page.keyboard.press("Escape")
    assert preview.is_hidden()
    link.click()
    assert page.url.endswith("#equation-3.2")
    box = page.locator("[id='equation-3.2']").bounding_box()
    assert 0 <= box["y"] < DESKTOP["height"]


def test_the_library_shows_equations_of_lessons(visit):
    page = visit("reference/models.html")
    page.locator("a.equation-link").first.focus()
    page.locator("#equation-preview mjx-container").wait_for()


def test_a_proof_folds_and_opens_by_keyboard_and_for_paper(visit):
    page = visit("lessons/03-e-step.html")
    proof = page.locator("details", has=page.locator("summary", has_text="Proof")).first
    assert proof.get_attribute("open") is None
    proof.locator("summary").focus()
    page.keyboard.press("Enter")
    assert proof.get_attribute("open") is not None
    page.keyboard.press("Enter")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert proof.get_attribute("open") is None


def test_on_paper_there_is_the_text_and_nothing_of_the_frame(visit):
    page = visit("lessons/03-e-step.html")
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() >= 1
    for part in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article"):
        assert page.locator(part).first.is_hidden(), part


def test_search_finds_a_lesson_by_a_local_index(visit):
    page = visit("search.html?q=hallucinated")
    page.locator("#search-results li").first.wait_for()
    assert "E-step" in page.locator("#search-results").inner_text()


def test_the_scheme_can_be_switched_and_figures_stay_on_white(visit):
    page = visit("lessons/03-e-step.html")
    page.locator("button.theme-switch-button:visible").first.click()
    page.wait_for_function(
        "() => ['light', 'dark'].includes(document.documentElement.dataset.theme)"
    )
    page = visit("lessons/03-e-step.html", "dark")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    figure = page.locator(".cell_output img").first
    assert figure.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"


def test_the_keyboard_reaches_everything(visit):
    """Tab goes to each link, button and control that can be seen, and to what scrolls."""
    page = visit("lessons/03-e-step.html")
    wanted = page.evaluate("""() => {
      const seen = e => e.offsetParent !== null && getComputedStyle(e).visibility !== "hidden"
        && !e.closest("dialog:not([open])") && !e.closest("mjx-container")
        && (e.tagName === "SUMMARY" || !e.closest("details:not([open])"));
      const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")];
      const wanted = all.filter(e => seen(e) && !e.disabled && e.type !== "checkbox");
      wanted.forEach((e, i) => e.dataset.wanted = i);
      return wanted.length;
    }""")
    reached = set()
    for _ in range(3 * wanted):
        page.keyboard.press("Tab")
        at = page.evaluate("() => document.activeElement?.dataset?.wanted ?? null")
        if at is not None and at in reached and len(reached) >= wanted:
            break
        if at is not None:
            reached.add(at)
    missing = page.evaluate(
        "reached => [...document.querySelectorAll('[data-wanted]')]"
        ".filter(e => !reached.includes(e.dataset.wanted)).map(e => e.outerHTML.slice(0, 200))",
        list(reached),
    )
    assert not missing
