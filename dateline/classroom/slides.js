// Slides: one at a time, moved with the keys or the two buttons. Without this file they simply stand below each other.
(() => {
  const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main > section")]);
  const place = /** @type {HTMLElement} */ (document.querySelector("#place"));
  const LARGEST = 26;
  const SMALLEST = 15;
  /** @type {Record<string, number>} */
  const KEYS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  let now = 0;

  /** Make a slide's letters as large as its page allows; what is still too long can be scrolled. @param {HTMLElement} slide */
  function fit(slide) {
    for (let size = LARGEST; size >= SMALLEST; size -= 1) {
      slide.style.fontSize = `${size}px`;
      if (slide.scrollHeight <= slide.clientHeight) return;
    }
  }

  /** Show the slide of a number, counted from 0. @param {number} number */
  function show(number) {
    now = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, at) => {
      slide.hidden = at !== now;
    });
    fit(slides[now]);
    slides[now].scrollTop = 0;
    place.textContent = `${now + 1} of ${slides.length}`;
    history.replaceState(null, "", `#${now + 1}`);
  }

  document.addEventListener("keydown", (event) => {
    const inside = event.target instanceof Element && event.target.closest("button, summary, input");
    if (event.altKey || event.ctrlKey || event.metaKey || (event.key === " " && inside)) return;
    const step = KEYS[event.key];
    if (step) show(now + step);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else return;
    event.preventDefault();
  });
  document.querySelector("#back")?.addEventListener("click", () => show(now - 1));
  document.querySelector("#on")?.addEventListener("click", () => show(now + 1));
  window.addEventListener("resize", () => fit(slides[now]));
  window.addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0));
  document.body.classList.add("one");
  show(Number(location.hash.slice(1)) - 1 || 0);
})();
