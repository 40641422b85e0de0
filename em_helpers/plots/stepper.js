// Adds a slider and buttons to a figure of pictures. stepper.py fills in the names in capitals.
(function () {
  const data = DATA;
  document.querySelectorAll('[data-em-stepper="DIGEST"]').forEach(function (figure) {
    if (figure.emReady) return;
    figure.emReady = true;
    const picture = figure.querySelector("img");
    const caption = figure.querySelector("figcaption");
    const sources = data.sources.concat(picture.src);
    const last = sources.length - 1;

    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = last;
    slider.step = 1;
    slider.setAttribute("aria-label", data.title);
    slider.style.cssText = "flex:1;min-width:6em";
    slider.oninput = function () { show(slider.valueAsNumber); };

    function show(frame) {
      frame = Math.min(Math.max(frame, 0), last);
      slider.value = frame;
      slider.setAttribute("aria-valuetext", "frame " + (frame + 1) + " of " + (last + 1));
      picture.src = sources[frame];
      picture.alt = data.alts[frame];
      caption.textContent = data.captions[frame];
    }

    function button(sign, name, target) {
      const control = document.createElement("button");
      control.type = "button";
      control.textContent = sign;
      control.title = name;
      control.setAttribute("aria-label", name);
      control.style.cssText = "min-width:2.4em;min-height:2em";
      control.onclick = function () { show(target(slider.valueAsNumber)); };
      return control;
    }

    const controls = document.createElement("div");
    controls.setAttribute("role", "group");
    controls.setAttribute("aria-label", data.title);
    controls.style.cssText = "display:flex;gap:.4em;align-items:center";
    controls.append(
      button("«", "first frame", function () { return 0; }),
      button("‹", "previous frame", function (frame) { return frame - 1; }),
      slider,
      button("›", "next frame", function (frame) { return frame + 1; }),
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
