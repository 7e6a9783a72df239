// A page that reads itself again: when its hall changes (server-sent events), every half minute, and every five seconds while the
// stream is down. A page with data-live-pause reads at most once in so many seconds. Every [data-live] element is replaced by its new self; where somebody is typing or has something open it waits.
(() => {
  "use strict";
  const SECONDS_TO_POLL = 5;
  const SECONDS_TO_REFRESH = 30;
  const PRESS_MS = 400;
  const SEND_MS = 5000;
  const at = document.querySelector("[data-stream]");
  if (!at) return;
  const note = () => document.querySelector("[data-live-note]");
  const pause = Number(at.dataset.livePause ?? 0) * 1000;
  let reading = false;
  let later = 0;
  let asked = false;
  let isStreaming = false;

  const isBusy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
    || part.querySelector("details[open]");

  // Nothing is taken away under a finger or a key, nor while a form is on its way.
  let heldUntil = 0;
  const hold = (ms) => () => { heldUntil = Math.max(heldUntil, Date.now() + ms); };
  const letGo = () => { heldUntil = Math.min(heldUntil, Date.now() + PRESS_MS); };
  document.addEventListener("pointerdown", hold(SEND_MS), true);
  document.addEventListener("pointerup", letGo, true);
  document.addEventListener("pointercancel", letGo, true);
  document.addEventListener("keydown", hold(PRESS_MS), true);
  document.addEventListener("submit", hold(SEND_MS), true);

  const put = (fresh) => {
    if (Date.now() < heldUntil) { setTimeout(soon, heldUntil - Date.now() + 1); return; }
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (!now || isBusy(part) || now.innerHTML === part.innerHTML) continue;
      const held = part.contains(document.activeElement) ? document.activeElement.id : "";
      for (const { name, value } of now.attributes) part.setAttribute(name, value);
      part.replaceChildren(...now.childNodes);
      if (held) document.getElementById(held)?.focus({ preventScroll: true });
    }
  };

  const lost = () => {
    const here = note();
    if (!here) return;
    here.textContent = here.dataset.lost.replace("{at}", here.dataset.at);
    here.hidden = false;
  };
  const found = () => {
    const here = note();
    if (!here) return;
    here.hidden = true;
    here.textContent = "";
    here.dataset.at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  };

  const again = async () => {
    if (reading) { asked = true; return; }
    reading = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      put(new DOMParser().parseFromString(await answer.text(), "text/html"));
      found();
      document.dispatchEvent(new CustomEvent("lipei:read-again"));
    } catch {
      lost();
    } finally {
      reading = false;
      if (asked) { asked = false; soon(); }
    }
  };

  let last = 0;
  const soon = () => {
    const left = last + pause - Date.now();
    if (left > 0) { later ||= setTimeout(() => { later = 0; soon(); }, left); return; }
    last = Date.now();
    again();
  };

  const listen = () => {
    const stream = new EventSource(at.dataset.stream);
    stream.addEventListener("open", () => { isStreaming = true; });
    stream.addEventListener("change", soon);
    stream.addEventListener("error", () => {
      isStreaming = false;
      if (stream.readyState === EventSource.CLOSED) { stream.close(); setTimeout(listen, SECONDS_TO_REFRESH * 1000); }
    });
    window.addEventListener("pagehide", () => stream.close(), { once: true });
  };

  if ("EventSource" in window) listen();
  setInterval(() => { if (!isStreaming) again(); }, SECONDS_TO_POLL * 1000);
  setInterval(() => { if (isStreaming) again(); }, SECONDS_TO_REFRESH * 1000);
  window.addEventListener("online", again);
  document.addEventListener("focusout", () => setTimeout(() => { if (isStreaming) again(); }, 500));
})();
