// A list under the hand: J K move, Enter opens, N writes a note, C calls, / searches, ? shows the keys.
(() => {
  "use strict";
  const inText = (target) => target.closest("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-list] [data-row]")];
  const chosen = () => document.querySelector("[data-list] [data-row].is-chosen");

  const choose = (row) => {
    if (!row) return;
    chosen()?.classList.remove("is-chosen");
    document.querySelector("[data-row][aria-current]")?.removeAttribute("aria-current");
    row.classList.add("is-chosen");
    row.setAttribute("aria-current", "true");
    row.querySelector("[data-open]")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    peek(row);
  };

  // The chosen row opens beside the list; the latest choice wins.
  let waiting = null;
  const peek = (row) => {
    const beside = document.querySelector("[data-peek-here]");
    if (!row.dataset.peek || !beside || !window.htmx) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => window.htmx.ajax("GET", row.dataset.peek, { target: beside, swap: "innerHTML" }), 150);
  };

  const move = (by) => {
    const all = rows();
    const at = all.indexOf(chosen());
    choose(all[Math.max(0, Math.min(all.length - 1, at === -1 ? 0 : at + by))]);
  };
  const go = (address) => { if (address) location.assign(address); };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    n: () => go(chosen()?.dataset.note),
    c: () => go(chosen()?.dataset.call),
    "/": () => (document.getElementById("find")?.offsetParent ? document.getElementById("find").focus() : document.querySelector(".lp-find-link")?.click()),
    "?": () => document.getElementById("shortcuts")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      document.querySelector("[data-send]")?.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inText(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target === document.body) { chosen()?.querySelector("[data-open]")?.click(); return; }
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-list] [data-row]");
    if (row && !event.target.closest("a, button")) choose(row);
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-list] [data-row]");
    if (row && row !== chosen()) choose(row);
  });
})();
