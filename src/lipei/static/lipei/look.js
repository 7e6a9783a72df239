// Large letters and contrast on the pages in front of the counter: kept for this visit to the site only, so that the next visitor starts anew.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-look]")) {
    const look = button.dataset.look;
    const show = (on) => {
      document.documentElement.classList.toggle(look, on);
      button.setAttribute("aria-pressed", String(on));
    };
    button.hidden = false;
    show(sessionStorage.getItem(look) === "on");
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      sessionStorage.setItem(look, on ? "on" : "");
      show(on);
    });
  }
})();
