"""The script that adds a slider and buttons to a stepper's figure."""

SCRIPT = """\
(function () {
  const told = DATA;
  document.querySelectorAll('[data-em-stepper="DIGEST"]').forEach(function (figure) {
    if (figure.emReady) return;
    figure.emReady = true;
    const picture = figure.querySelector("img");
    const caption = figure.querySelector("figcaption");
    const sources = told.sources.concat(picture.src);
    const last = sources.length - 1;

    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = last;
    slider.step = 1;
    slider.setAttribute("aria-label", told.title);
    slider.style.cssText = "flex:1;min-width:6em";
    slider.oninput = function () { show(slider.valueAsNumber); };

    function show(place) {
      place = Math.min(Math.max(place, 0), last);
      slider.value = place;
      slider.setAttribute("aria-valuetext", "frame " + (place + 1) + " of " + (last + 1));
      picture.src = sources[place];
      picture.alt = told.alts[place];
      caption.textContent = told.captions[place];
    }

    function button(sign, name, target) {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = sign;
      made.title = name;
      made.setAttribute("aria-label", name);
      made.style.cssText = "min-width:2.4em;min-height:2em";
      made.onclick = function () { show(target(slider.valueAsNumber)); };
      return made;
    }

    const controls = document.createElement("div");
    controls.setAttribute("role", "group");
    controls.setAttribute("aria-label", told.title);
    controls.style.cssText = "display:flex;gap:.4em;align-items:center";
    controls.append(
      button("«", "first frame", function () { return 0; }),
      button("‹", "previous frame", function (at) { return at - 1; }),
      slider,
      button("›", "next frame", function (at) { return at + 1; }),
      button("»", "last frame", function () { return last; })
    );
    controls.querySelectorAll("input, button").forEach(function (control) {
      // JupyterLab's own keys would move to another cell.
      control.setAttribute("data-lm-suppress-shortcuts", "true");
    });
    caption.setAttribute("aria-live", "polite");
    figure.insertBefore(controls, caption);
    show(0);
  });
})();
"""
"""JavaScript in which DIGEST and DATA are to be replaced; it needs nothing but the page itself."""
