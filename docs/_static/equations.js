// A link to an equation shows that equation while the pointer or the focus rests on it.
document.addEventListener("DOMContentLoaded", () => {
  const preview = document.createElement("div");
  preview.className = "equation-preview";
  preview.id = "equation-preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;
  document.body.append(preview);

  async function show(link) {
    const number = link.hash.replace("#equation-", "");
    const tex = (window.equationTex || {})[number];
    if (!tex) return;
    preview.textContent = `\\[${tex}\\]`;
    preview.hidden = false;
    link.setAttribute("aria-describedby", preview.id);
    if (window.MathJax?.typesetPromise) {
      window.MathJax.typesetClear?.([preview]);
      window.MathJax.texReset?.();
      await window.MathJax.typesetPromise([preview]);
    }
    const place = link.getBoundingClientRect();
    const left = Math.min(place.left, document.documentElement.clientWidth - preview.offsetWidth - 12);
    const above = place.top - preview.offsetHeight - 8;
    preview.style.left = `${Math.max(12, left)}px`;
    preview.style.top = `${above > 8 ? above : place.bottom + 8}px`;
  }

  function hide(link) {
    preview.hidden = true;
    link.removeAttribute("aria-describedby");
  }

  for (const link of document.querySelectorAll("a.equation-link")) {
    for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => show(link));
    for (const event of ["mouseleave", "blur"]) link.addEventListener(event, () => hide(link));
    link.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(link); });
  }
});
