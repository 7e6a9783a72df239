// Writing: a better sentence is taken with one press (one step back undoes it), and what was typed outlives a lost connection in this tab.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-better]");
    if (!button) return;
    const hint = button.closest("[data-slip]");
    const text = document.getElementById(hint.dataset.field);
    const { slip, better } = hint.dataset;
    const at = text.value.indexOf(slip);
    hint.remove();
    text.focus();
    if (at >= 0) {
      text.setSelectionRange(at, at + slip.length);
      // typed as if by hand, so that one step back brings the old words again
      if (!document.execCommand("insertText", false, better)) text.setRangeText(better, at, at + slip.length, "end");
    }
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Drafts: the server keeps them (hx-post while writing); until it answers, this tab does.
  const key = (field) => `draft:${location.pathname}:${field.name}`;
  const drafting = "[hx-trigger^='input changed']";
  document.addEventListener("input", (event) => {
    const field = event.target.closest(drafting);
    if (field) sessionStorage.setItem(key(field), field.value);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const field = event.target.closest?.(drafting);
    if (field && event.detail.successful) sessionStorage.removeItem(key(field));
  });
  // What a form took along needs no copy any more, once a page of ours has answered it.
  const SENT = "drafts sent";
  document.addEventListener("submit", (event) => {
    if (event.target.closest(".lp-who")) { sessionStorage.clear(); return; }
    const fields = [...event.target.elements].filter((field) => field.matches(drafting));
    if (fields.length) sessionStorage.setItem(SENT, JSON.stringify(fields.map(key)));
  });
  const forgetSent = () => {
    for (const name of JSON.parse(sessionStorage.getItem(SENT) ?? "[]")) sessionStorage.removeItem(name);
    sessionStorage.removeItem(SENT);
  };
  document.addEventListener("lipei:connected", () => {
    document.querySelectorAll(drafting).forEach((field) => {
      if (sessionStorage.getItem(key(field)) !== null) field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  document.addEventListener("DOMContentLoaded", () => {
    forgetSent();
    for (const field of document.querySelectorAll(drafting)) {
      const kept = sessionStorage.getItem(key(field));
      if (kept === null || kept === field.value) continue;
      field.value = kept;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
})();
