"""The stepper: what its output holds, and what it does in a browser."""

import base64
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import matplotlib.pyplot as plt
import pytest

from em_helpers import GaussianMixture, plots
from em_helpers.datasets import faithful
from em_helpers.plots import stepper

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(stepper, "display", lambda data, **more: outputs.append((data, more)))
    return outputs


def frames(count, first=0):
    for t in range(first, first + count):
        ax = plots.axes(height=2)
        ax.plot([0, t + 1])
        yield ax, f"Step {t} of <{count}> & more.", f'A line that rises to "{t + 1}".'


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def contents(page):
    return json.loads(re.search(r"const data = (.*);\n", page).group(1))


def test_without_scripts_the_last_picture_stands_with_its_texts(shown):
    plots.step_through(frames(3), title="Lines")
    ((data, more),) = shown
    still = data["text/html"].split("<script>")[0]
    pictures = [attributes for tag, attributes in Tags(still).found if tag == "img"]
    assert [each["alt"] for each in pictures] == ['A line that rises to "3".']
    assert pictures[0]["src"].startswith("data:image/webp;base64,")
    assert "Step 2 of &lt;3&gt; &amp; more." in still
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == 'A line that rises to "3".'
    assert more["metadata"] == {"image/png": {"alt": 'A line that rises to "3".'}}
    assert not plt.get_fignums()


def test_each_frame_has_its_own_picture_caption_and_alternative_text(shown):
    plots.step_through(frames(4), title="Lines")
    page = shown[0][0]["text/html"]
    data = contents(page)
    assert data["title"] == "Lines"
    assert data["captions"] == [f"Step {t} of <4> & more." for t in range(4)]
    assert data["alts"] == [f'A line that rises to "{t + 1}".' for t in range(4)]
    pictures = [base64.b64decode(each.split(",")[1]) for each in data["sources"]]
    assert len(set(pictures)) == 3, "the last one is in the page already"
    assert len({plt.imread(io.BytesIO(each), "webp").shape for each in pictures}) == 1


def test_nothing_is_fetched_and_the_data_cannot_end_the_script(shown):
    def hostile():
        ax = plots.axes()
        yield ax, "</script><b>", "An alt text with </script> in it."

    plots.step_through(hostile(), title="T")
    page = shown[0][0]["text/html"]
    assert page.count("</script") == 1
    assert not re.search(r"https?:|@import|src=\"(?!data:)", page)


def test_the_same_frames_are_the_same_bytes_and_others_have_another_name(shown):
    for count, first in ((3, 0), (3, 0), (3, 1)):
        plots.step_through(frames(count, first), title="Lines")
    one, again, other = (data["text/html"] for data, _ in shown)
    assert one == again

    def name(page):
        return Tags(page).found[0][1]["data-em-stepper"]

    assert name(one) != name(other)


def test_frames_without_words_and_no_frames_are_refused(shown):
    with pytest.raises(ValueError, match="frame 0 has the caption"):
        plots.step_through([(plots.axes(), "Start.", " ")], title="T")
    with pytest.raises(ValueError, match="frames is empty"):
        plots.step_through([], title="T")
    assert not shown


def models(count):
    model = GaussianMixture([0.5, 0.5], [[2, 60], [3.5, 75]], [[[0.8, 3], [3, 90]]] * 2)
    for _ in range(count):
        yield model
        model = model.m_step(model.e_step(faithful()))


def test_a_run_of_em_is_told_in_words(shown):
    run = list(models(5))
    plots.em_run(faithful(), run, [0, 3], labels=("eruption [min]", "wait [min]"), title="EM")
    data = contents(shown[0][0]["text/html"])
    assert data["captions"][0].startswith("Iteration 0 of 4: log p(D; θ) = ")
    weight, mean = run[3].weights[1], run[3].means[1]
    words = f"component 1 has weight {weight:.2f}, mean ({mean[0]:.2f}, {mean[1]:.1f})"
    assert words in data["alts"][1]
    assert words not in data["alts"][0]


def test_twenty_frames_stay_below_one_and_a_half_megabytes(shown):
    plots.em_run(faithful(), list(models(4)), range(4), labels=("a [min]", "b [min]"), title="EM")
    data = shown[0][0]
    assert 5 * len(data["text/html"]) + 4 / 3 * len(data["image/png"]) < 1_500_000


DRIVER = """
<script>
const figures = [...document.querySelectorAll("figure")];
const state = () => figures.map((f) => f.querySelector("figcaption").textContent[5]).join("");
const said = [state()];
const controls = (k) => [...figures[k].querySelectorAll("button")];
controls(0)[2].click(); said.push(state());
controls(0)[2].click(); controls(0)[2].click(); controls(0)[2].click(); said.push(state());
controls(1)[3].click(); controls(1)[1].click(); said.push(state());
controls(0)[0].click(); controls(0)[1].click(); said.push(state());
const slider = figures[2].querySelector("input");
slider.value = 1; slider.dispatchEvent(new Event("input")); said.push(state());
said.push(figures[2].querySelector("img").alt.replace(/[^0-9]/g, ""));
said.push(slider.getAttribute("aria-valuetext").replace(/ /g, "_"));
said.push(document.querySelectorAll("input").length + "/" + figures.length);
said.push(document.querySelectorAll("[data-lm-suppress-shortcuts]").length);
said.push([...document.querySelectorAll("button, input")].every((e) => e.ariaLabel));
document.body.innerHTML = "<p id=said>" + said.join(" ") + "</p>";
</script>
"""


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium or Chrome on the path")
def test_buttons_and_sliders_move_each_stepper_by_itself(shown, tmp_path):
    """Two alike and one other on a page: the driver writes where each one stands."""
    for count, first in ((3, 0), (3, 0), (4, 5)):
        plots.step_through(frames(count, first), title="Lines")
    body = "".join(data["text/html"] for data, _ in shown)
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{body}{DRIVER}", "utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'user'}",
    ]
    run = subprocess.run(
        [CHROMIUM, *options, "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    said = re.search(r'<p id="said">(.*?)</p>', run.stdout).group(1).split()
    assert said == [
        "005",
        "105",
        "205",
        "215",
        "015",
        "016",
        "7",
        "frame_2_of_4",
        "3/3",
        "15",
        "true",
    ]
