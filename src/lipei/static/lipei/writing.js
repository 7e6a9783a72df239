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

  // Drafts: the server keeps them (hx-post while writing); until it answers, this tab does, whole form by whole form.
  const SAVES = "[hx-target='#saved']";
  const UNSENT = new Set(["csrfmiddlewaretoken", "speech_of", "speech_seen"]);
  const KINDS_KEPT_OUT = "[type=file], [type=password], [type=hidden]";
  const formOf = (element) => {
    const form = element?.form ?? element?.closest?.("form");
    return form?.querySelector(SAVES) ? form : null;
  };
  const drafting = () => [...document.forms].filter((form) => form.querySelector(SAVES));
  const key = (form) => `draft:${form.querySelector(SAVES).getAttribute("hx-post")}:${form.elements.namedItem("step")?.value ?? ""}`;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !UNSENT.has(field.name) && !field.matches(KINDS_KEPT_OUT) && field.type !== "submit");
  const written = (form) => JSON.stringify(fieldsOf(form).map((field) => [field.name, field.value, field.matches("[type=radio], [type=checkbox]") ? field.checked : null]));
  const keep = (form) => sessionStorage.setItem(key(form), written(form));
  const forget = (form) => sessionStorage.removeItem(key(form));

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = formOf(event.target);
      if (form) keep(form);
    });
  }
  const sending = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.matches?.(SAVES) ? formOf(event.target) : null;
    if (form) sending.set(event.detail.xhr, written(form));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.matches?.(SAVES) ? formOf(event.target) : null;
    if (form && event.detail.successful && sending.get(event.detail.xhr) === sessionStorage.getItem(key(form))) forget(form);
  });
  const save = (form) => {
    const source = form.querySelector(SAVES);
    window.htmx?.ajax("POST", source.getAttribute("hx-post"), { source, target: "#saved", swap: "outerHTML" });
  };

  // What a form took along needs no copy any more, once a page of ours has answered it: that page comes from the form's own address.
  const SENT = "drafts sent";
  document.addEventListener("submit", (event) => {
    if (event.target.closest(".lp-who")) { sessionStorage.clear(); return; }
    const form = formOf(event.target);
    if (!form) return;
    keep(form);
    sessionStorage.setItem(SENT, JSON.stringify({ sent: key(form), from: location.pathname }));
  });
  const forgetSent = () => {
    const { sent, from } = JSON.parse(sessionStorage.getItem(SENT) ?? "{}");
    const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (sent && !isBack && document.referrer && new URL(document.referrer).pathname === from) sessionStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  };
  document.addEventListener("lipei:connected", () => {
    for (const form of drafting()) if (sessionStorage.getItem(key(form)) !== null) save(form);
  });

  // One answer put back: a choice or tick by whether it was chosen, anything else by its words; a closed fold opens over it.
  const putBack = (field, value, isOn) => {
    if (isOn === null ? field.value === value : field.checked === isOn) return false;
    if (isOn === null) field.value = value;
    else field.checked = isOn;
    const fold = field.closest("details");
    if (fold) fold.open = true;
    if (!field.closest(SAVES)) field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };
  const restore = (form) => {
    const kept = sessionStorage.getItem(key(form));
    if (kept === null) return;
    const fields = fieldsOf(form);
    const changed = JSON.parse(kept).filter(([name, value, isOn]) => {
      const field = fields.find((each) => each.name === name && (isOn === null || each.value === value));
      return field && putBack(field, value, isOn);
    });
    if (!changed.length) { forget(form); return; }
    keep(form);
    save(form);
  };
  document.addEventListener("DOMContentLoaded", () => {
    forgetSent();
    drafting().forEach(restore);
  });
})();
