// What every page does by itself: popovers beside their number, masks that close again, the refused panel's focus, a lost connection.
(() => {
  "use strict";
  const SECONDS_BETWEEN_TRIES = 5;

  // A clause opens beside its number; on a narrow page the sheet from below is left to the style.
  const place = (pop, button) => {
    pop.classList.remove("is-placed");
    if (!button || window.innerWidth <= 760) { pop.style.left = pop.style.top = ""; return; }
    const at = button.getBoundingClientRect();
    pop.classList.add("is-placed");
    const room = pop.getBoundingClientRect();
    const under = at.bottom + 8;
    pop.style.left = `${Math.max(16, Math.min(at.left, window.innerWidth - room.width - 16))}px`;
    pop.style.top = `${under + room.height > window.innerHeight ? Math.max(16, at.top - room.height - 8) : under}px`;
  };
  const buttonOf = (pop) => document.querySelector(`[popovertarget="${CSS.escape(pop.id)}"]`);

  document.addEventListener("toggle", (event) => {
    const pop = event.target;
    if (pop instanceof HTMLElement && pop.classList.contains("lp-pop") && event.newState === "open") place(pop, buttonOf(pop));
  }, true);

  // Browsers without popovers: the same button opens and closes, Escape closes, focus returns to the number.
  if (!("popover" in HTMLElement.prototype)) {
    const close = (pop) => { pop.classList.remove("is-open"); buttonOf(pop)?.focus(); };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[popovertarget]");
      document.querySelectorAll(".lp-pop.is-open").forEach((pop) => { if (!pop.contains(event.target)) pop.classList.remove("is-open"); });
      if (!button) return;
      const pop = document.getElementById(button.getAttribute("popovertarget"));
      pop.classList.add("is-open");
      place(pop, button);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") document.querySelectorAll(".lp-pop.is-open").forEach(close);
    });
  }

  // A revealed value covers itself again and leaves the page.
  const cover = (root) => {
    for (const value of root.querySelectorAll("[data-covers]")) {
      const seconds = Number(value.dataset.covers);
      value.removeAttribute("data-covers");
      setTimeout(() => { value.textContent = value.dataset.masked; }, seconds * 1000);
    }
  };

  const takeFocus = (root) => root.querySelector("[data-takes-focus]")?.focus();
  const ready = (root) => { cover(root); takeFocus(root); };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target.parentElement ?? document));

  // The filled button names what the chosen answer will do.
  document.addEventListener("change", (event) => {
    const words = event.target.dataset?.button;
    const button = words && document.querySelector(`[data-button-of="${CSS.escape(event.target.name)}"]`);
    if (button) button.textContent = words;
  });

  // A lost connection is said once, kept until it is over; nothing on the page is thrown away.
  const notice = () => document.getElementById("offline");
  const tell = (words, over) => {
    const at = notice();
    if (!at) return;
    at.textContent = at.dataset[words];
    at.hidden = false;
    if (over) setTimeout(() => { at.hidden = true; }, SECONDS_BETWEEN_TRIES * 1000);
  };
  let lost = null;
  const again = async () => {
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
    } catch {
      return false;
    }
    clearInterval(lost);
    lost = null;
    tell("back", true);
    document.dispatchEvent(new CustomEvent("lipei:connected"));
    return true;
  };
  const gone = () => {
    tell("lost", false);
    lost ??= setInterval(again, SECONDS_BETWEEN_TRIES * 1000);
  };
  window.addEventListener("offline", gone);
  // Nothing is sent into a cut line, where the browser would put its own page in the place of ours: it is tried first, and pressed again by itself when it holds.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if ((navigator.onLine && lost === null) || !notice() || form.matches("[hx-post], [hx-get], [method=dialog]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    gone();
    if (await again()) form.requestSubmit(event.submitter?.isConnected ? event.submitter : undefined);
  }, true);
  window.addEventListener("online", again);
  document.addEventListener("htmx:sendError", gone);
  document.addEventListener("htmx:timeout", gone);
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) tell("old", false); });
  // A refusal (4xx) answers with its panel, which is shown like any other answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { status } = event.detail.xhr;
    if (status >= 400 && status < 500 && event.detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/html")) event.detail.shouldSwap = true;
  });

  // Paper shows every step and every explanation.
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.dataset.was = d.open; d.open = true; }));
  window.addEventListener("afterprint", () => document.querySelectorAll("details[data-was]").forEach((d) => { d.open = d.dataset.was === "true"; }));
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
})();
