// What a keyboard and a screen reader need, and what paper needs.
document.addEventListener("DOMContentLoaded", () => {
  // a figure's description is its alternative text as well, and is to be read aloud once, but for
  // links, which the keyboard reaches
  for (const caption of document.querySelectorAll("figcaption .caption-text")) {
    for (const node of [...caption.childNodes].slice(1)) {
      if (node.matches?.("a") || node.querySelector?.("a")) continue;
      const said = document.createElement("span");
      said.setAttribute("aria-hidden", "true");
      node.replaceWith(said);
      said.append(node);
    }
  }

  // a wide figure scrolls by itself on a phone
  for (const picture of document.querySelectorAll("article img")) {
    const box = document.createElement("div");
    box.className = "scrolls";
    picture.replaceWith(box);
    box.append(picture);
  }

  // the theme's arrows that unfold a part of the navigation have no name
  for (const arrow of document.querySelectorAll("nav summary")) {
    const link = arrow.closest("li")?.querySelector("a");
    if (!arrow.textContent.trim()) arrow.setAttribute("aria-label", `Pages of ${link?.textContent}`);
  }

  // what scrolls by itself has to be reached by the keyboard
  const scrolling = "div.math, div.highlight pre, .output pre, .scrolls, .pst-scrollable-table-container";
  function reachable() {
    for (const box of document.querySelectorAll(scrolling)) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else if (box.tabIndex === 0) box.removeAttribute("tabindex");
    }
  }
  reachable();
  window.addEventListener("resize", reachable);
  window.addEventListener("load", () => window.MathJax?.startup?.promise?.then(reachable));

  // paper shows every proof; the screen then shows those that were open
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const each of folded) each.open = true;
  });
  window.addEventListener("afterprint", () => { for (const each of folded) each.open = false; });

  // a link to an equation inside a folded proof opens the proof
  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const proof = target?.closest("details");
    if (proof && !proof.open) { proof.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", unfold);
  unfold();
});
