// The visitor's screen: a signature drawn with finger, pen or mouse becomes a path of whole numbers; without it the name is typed.
(() => {
  "use strict";
  const POINTS_MAX = 5_000;

  const at = (pad, event) => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(pad.getScreenCTM().inverse());
    const { width, height } = pad.viewBox.baseVal;
    return `${Math.max(0, Math.min(width, Math.round(spot.x)))} ${Math.max(0, Math.min(height, Math.round(spot.y)))}`;
  };
  const path = (pad) => pad.querySelector("path");
  const field = (pad) => pad.closest("form").elements.strokes;
  const draw = (pad, more) => {
    const drawn = (path(pad).getAttribute("d") || "") + more;
    if (drawn.split("L").length > POINTS_MAX) return;
    path(pad).setAttribute("d", drawn);
    field(pad).value = drawn;
  };

  let drawing = null;
  document.addEventListener("pointerdown", (event) => {
    const pad = event.target.closest?.("[data-pad]");
    if (!pad) return;
    event.preventDefault();
    drawing = pad;
    pad.setPointerCapture?.(event.pointerId);
    draw(pad, `M${at(pad, event)}`);
  });
  document.addEventListener("pointermove", (event) => { if (drawing) draw(drawing, `L${at(drawing, event)}`); });
  const lift = () => { drawing = null; };
  document.addEventListener("pointerup", lift);
  document.addEventListener("pointercancel", lift);
  document.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-pad-clear]");
    const pad = clear?.closest(".lp-pad").querySelector("[data-pad]");
    if (!pad) return;
    path(pad).setAttribute("d", "");
    field(pad).value = "";
  });
})();
