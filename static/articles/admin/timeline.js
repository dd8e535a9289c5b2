/* The timeline by keyboard: left and right move in time, + and - change the span, up and down choose an edition.

   What is shown comes from the server as a whole page, and only its changing part is put into this one: the keyboard
   stays where it is. Without this script every move is a link. */
"use strict";
(() => {
  const part = () => document.getElementById("timeline-shown");
  let asking; // the request on its way; a newer one ends it

  function put(text, address) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("timeline-shown");
    if (!fresh) {
      location.assign(address);
      return;
    }
    const inside = part().contains(document.activeElement) ? document.activeElement : null;
    const key = inside?.closest("[data-key]")?.dataset.key;
    const keepsBox = Boolean(inside?.closest("[data-timeline]"));
    const scrolled = part().querySelector("[data-timeline]")?.scrollLeft || 0;
    part().replaceWith(fresh);
    const from = page.getElementById("timeline-from");
    const field = document.getElementById("timeline-from");
    if (from && field) field.value = from.value;
    for (const name of ["span", "items"]) {
      const now = document.querySelector(`.timeline-choice [name=${name}]`);
      const then = page.querySelector(`.timeline-choice [name=${name}]`);
      if (now && then) now.value = then.value;
    }
    const box = fresh.querySelector("[data-timeline]");
    if (box) box.scrollLeft = scrolled;
    if (keepsBox) box?.focus({ preventScroll: true });
    else if (key) fresh.querySelector(`[data-key=${key}]:not([hidden])`)?.focus({ preventScroll: true });
  }

  async function go(address, isBack = false) {
    asking?.abort();
    const mine = (asking = new AbortController());
    part().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal, credentials: "same-origin" });
      // Signed out meanwhile, or refused: the page itself says so.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine !== asking) return;
      if (!isBack) history.pushState(null, "", address);
      put(text, address);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  const link = (key) => part()?.querySelector(`a[data-key=${key}]`);

  function choose(step) {
    const box = part().querySelector("[data-timeline]");
    const bands = [...(box?.querySelectorAll(".timeline-band, a.timeline-gap") || [])];
    if (!bands.length) return;
    const at = bands.indexOf(document.activeElement);
    bands[at < 0 ? (step > 0 ? 0 : bands.length - 1) : Math.max(0, Math.min(bands.length - 1, at + step))].focus();
  }

  const MOVES = { ArrowLeft: "earlier", ArrowRight: "later", "+": "longer", "=": "longer", "-": "shorter", "−": "shorter" };

  document.addEventListener("keydown", (event) => {
    if (!part() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.closest?.("input, select, textarea, [contenteditable]")) return;
    const inBox = Boolean(target.closest?.("[data-timeline]"));
    if (event.key in MOVES) {
      const found = link(MOVES[event.key]);
      if (found) {
        event.preventDefault();
        go(found.getAttribute("href"));
      }
    } else if (inBox && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  document.addEventListener("click", (event) => {
    const found = event.target.closest?.("#timeline-shown .timeline-moves a");
    if (!found || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(found.getAttribute("href"));
  });

  addEventListener("popstate", () => go(location.href, true));

  document.querySelector(".timeline-choice")?.addEventListener("change", (event) => {
    // Another place has other scopes to choose from.
    if (event.target.name === "place") document.getElementById("timeline-scope")?.remove();
    if (event.target.matches("select")) event.currentTarget.requestSubmit();
  });
})();
