// A link to an equation shows that equation while the pointer or the focus rests on it.
document.addEventListener("DOMContentLoaded", () => {
  const preview = document.createElement("div");
  preview.className = "equation-preview";
  preview.id = "equation-preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;
  document.body.append(preview);
  let leaving = 0;

  async function show(link) {
    clearTimeout(leaving);
    const tex = (window.equationTex || {})[link.hash.replace("#equation-", "")];
    if (!tex) return;
    preview.textContent = `\\[${tex}\\]`;
    preview.hidden = false;
    link.setAttribute("aria-describedby", preview.id);
    if (window.MathJax?.typesetPromise) {
      window.MathJax.typesetClear?.([preview]);
      await window.MathJax.typesetPromise([preview]);
    }
    const place = link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.min(place.left, width - preview.offsetWidth - 12);
    const above = place.top - preview.offsetHeight - 4;
    preview.style.left = `${Math.max(12, left)}px`;
    preview.style.top = `${above > 4 ? above : place.bottom + 4}px`;
  }

  function hide() {
    preview.hidden = true;
    for (const link of document.querySelectorAll("a[aria-describedby=equation-preview]"))
      link.removeAttribute("aria-describedby");
  }

  // the pointer may wander onto the preview, to scroll a wide one
  function leave() { leaving = setTimeout(hide, 200); }

  preview.addEventListener("mouseenter", () => clearTimeout(leaving));
  preview.addEventListener("mouseleave", leave);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  for (const link of document.querySelectorAll("a.equation-link")) {
    for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => show(link));
    for (const event of ["mouseleave", "blur"]) link.addEventListener(event, leave);
  }
});
