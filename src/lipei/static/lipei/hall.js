// Kiosk, ticket and screen in the hall: read aloud, keypad, back to the start after two minutes; chime, flash and voice of a call.
(() => {
  "use strict";
  const SECONDS_TO_START = 120;
  const SECONDS_TO_FLASH = 6;
  const TIMES_READ = 2;
  const body = document.body;
  const speech = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window ? window.speechSynthesis : null;
  const say = (text) => {
    if (!speech) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
    words.rate = 0.9;
    speech.speak(words);
  };

  const aloud = document.querySelector("[data-read-aloud]");
  if (aloud && speech) {
    aloud.hidden = false;
    aloud.addEventListener("click", () => {
      speech.cancel();
      say([...document.querySelectorAll("[data-aloud] :is(h1, .sub, .o b, legend, .next, .n, .k div, .called), .lp-khelp b")].map((e) => e.innerText.trim()).filter(Boolean).join("。"));
    });
  }

  // Without a keyboard the digits are touched; without a script the field takes them from any keyboard.
  const pad = document.querySelector("[data-keypad]");
  if (pad) {
    const field = document.getElementById(pad.dataset.keypad);
    pad.hidden = false;
    document.querySelector("[data-nokeys]").hidden = true;
    pad.addEventListener("click", (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (!key) return;
      field.value = key === "back" ? field.value.slice(0, -1) : (field.value + key).slice(0, field.maxLength);
    });
  }
  const print = document.querySelector("[data-print-ticket]");
  if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }

  // A touch goes out only when somebody answers: with the line cut the page stays, says where to go, and takes the next touch as usual.
  const cut = document.querySelector("[data-cut]");
  const answers = async () => {
    try {
      const heard = (await fetch(cut?.dataset.cut ?? location.href, { cache: "no-store" })).ok;
      if (cut) cut.hidden = heard;
      return heard;
    } catch {
      if (cut) cut.hidden = false;
      return false;
    }
  };
  if (cut) {
    document.addEventListener("submit", async (event) => {
      if (event.target.dataset.answered) { delete event.target.dataset.answered; return; }
      event.preventDefault();
      if (!(await answers())) return;
      event.target.dataset.answered = "yes";
      event.target.requestSubmit(event.submitter ?? undefined);
    });
    document.addEventListener("click", async (event) => {
      const link = event.target.closest("a[href]:not([href^='#'])");
      if (!link || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      if (await answers()) location.assign(link.href);
    });
  }

  // Two minutes without a touch: the next visitor finds the question, in the language of the house.
  if (body.dataset.home) {
    let timer = 0;
    const start = async () => {
      if (!(await answers())) { wait(); return; }
      sessionStorage.clear();
      speech?.cancel();
      location.replace(body.dataset.home);
    };
    const wait = () => { clearTimeout(timer); timer = setTimeout(start, Number(body.dataset.homeSeconds ?? SECONDS_TO_START) * 1000); };
    for (const touch of ["pointerdown", "keydown", "scroll"]) document.addEventListener(touch, wait, { passive: true });
    wait();
  }

  // On a phone: a short buzz when the number is called.
  const turn = () => document.querySelector("[data-turn]")?.dataset.turn ?? "";
  let known = turn();
  document.addEventListener("lipei:read-again", () => {
    if (turn() !== known && turn().startsWith("called")) navigator.vibrate?.([300, 150, 300]);
    known = turn();
  });

  if (!("announces" in body.dataset)) return;

  // The screen: each call once – chime, flash, read twice. What was called before the page was opened is not called again.
  let sound = null;
  const chime = () => {
    if (!sound || sound.state !== "running") return;
    [[0, 880], [0.35, 660]].forEach(([after, pitch]) => {
      const tone = sound.createOscillator();
      const loud = sound.createGain();
      const at = sound.currentTime + after;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.25, at);
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
      tone.connect(loud).connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.9);
    });
  };
  const on = document.querySelector("[data-sound-on]");
  if ("AudioContext" in window) {
    sound = new AudioContext();
    const shown = () => { on.hidden = sound.state === "running"; };
    sound.addEventListener("statechange", shown);
    on.addEventListener("click", () => sound.resume());
    shown();
  }
  const announced = new Set(JSON.parse(sessionStorage.getItem("announced") ?? "[]"));
  const keep = () => sessionStorage.setItem("announced", JSON.stringify([...announced].slice(-200)));
  const calls = () => [...document.querySelectorAll("[data-call]")];
  const freshUntil = new Map();
  const flash = () => {
    const now = Date.now();
    for (const each of calls()) each.classList.toggle("is-fresh", (freshUntil.get(each.dataset.call) ?? 0) > now);
  };
  const announce = () => {
    const fresh = calls().filter((each) => !announced.has(each.dataset.call)).reverse();
    for (const each of fresh) {
      announced.add(each.dataset.call);
      freshUntil.set(each.dataset.call, Date.now() + SECONDS_TO_FLASH * 1000);
      for (let n = 0; n < TIMES_READ; n += 1) say(each.dataset.say);
    }
    flash();
    if (!fresh.length) return;
    setTimeout(flash, SECONDS_TO_FLASH * 1000 + 50);
    chime();
    keep();
  };
  calls().forEach((each) => announced.add(each.dataset.call));
  keep();
  document.addEventListener("lipei:read-again", announce);
  const clock = document.querySelector("[data-clock]");
  setInterval(() => { clock.textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }); }, 1000);
})();
