/* Rows of the story form (subsections, byline, related links) in an order set by drag or by keyboard.

   Rows are placed with the CSS order property and never move in the document: Django numbers its forms by their place
   in the document, and an editor whose frame is moved loses its text. The server reads the number in .row-place. */
"use strict";
(() => {
  const words = () => document.getElementById("desk-words").dataset;

  const rowsOf = (group) =>
    [...group.querySelectorAll(":scope .inline-related:not(.empty-form)")].sort(
      (a, b) => Number(a.style.order) - Number(b.style.order),
    );

  const placeInput = (row) => row.querySelector("input.row-place");

  function number(group, rows) {
    rows.forEach((row, index) => {
      row.style.order = index + 1;
      placeInput(row).value = index + 1;
      row.querySelector(".row-up").disabled = index === 0;
      row.querySelector(".row-down").disabled = index === rows.length - 1;
      const label = row.querySelector(".inline_label");
      if (label && !row.classList.contains("has_original")) label.textContent = `#${index + 1}`;
    });
  }

  function move(row, by) {
    const group = row.closest(".movable-rows");
    const rows = rowsOf(group);
    const from = rows.indexOf(row);
    const to = Math.min(Math.max(from + by, 0), rows.length - 1);
    if (to === from) return;
    rows.splice(to, 0, rows.splice(from, 1)[0]);
    number(group, rows);
    say(words().moved.replace("{place}", to + 1).replace("{all}", rows.length));
    row.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function say(text) {
    let live = document.getElementById("row-announcement");
    if (!live) {
      live = document.createElement("div");
      live.id = "row-announcement";
      live.className = "visually-hidden";
      live.setAttribute("aria-live", "polite");
      document.body.append(live);
    }
    live.textContent = text;
  }

  function button(kind, sign, label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `row-button row-${kind}`;
    made.textContent = sign;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => {
      act();
      // A button that has reached the end is disabled and would drop the focus.
      if (made.disabled) made.parentNode.querySelector(".row-button:not(:disabled)")?.focus();
    });
    return made;
  }

  function handle(row) {
    const made = document.createElement("span");
    made.className = "row-handle";
    made.textContent = "⠿";
    made.title = words().drag;
    made.setAttribute("aria-hidden", "true");
    made.addEventListener("pointerdown", (start) => {
      start.preventDefault();
      made.setPointerCapture(start.pointerId);
      row.classList.add("is-dragged");
      const follow = (event) => {
        const group = row.closest(".movable-rows");
        const rows = rowsOf(group);
        const others = rows.filter((other) => other !== row);
        const to = others.filter((other) => {
          const box = other.getBoundingClientRect();
          return event.clientY > box.top + box.height / 2;
        }).length;
        if (to !== rows.indexOf(row)) move(row, to - rows.indexOf(row));
      };
      const stop = () => {
        row.classList.remove("is-dragged");
        made.removeEventListener("pointermove", follow);
      };
      made.addEventListener("pointermove", follow);
      made.addEventListener("pointerup", stop, { once: true });
      made.addEventListener("pointercancel", stop, { once: true });
    });
    return made;
  }

  function dress(row) {
    if (row.querySelector(":scope > h3 .row-tools")) return;
    const tools = document.createElement("span");
    tools.className = "row-tools";
    tools.append(
      handle(row),
      button("up", "↑", words().up, () => move(row, -1)),
      button("down", "↓", words().down, () => move(row, 1)),
    );
    row.querySelector(":scope > h3").prepend(tools);
  }

  function start() {
    for (const group of document.querySelectorAll(".movable-rows")) {
      const rows = [...group.querySelectorAll(".inline-related:not(.empty-form)")].filter(placeInput);
      // A view-only form has no places to set.
      if (!group.querySelector("input.row-place")) continue;
      group.classList.add("is-movable");
      rows
        .map((row, index) => [Number(placeInput(row).value) || 10000 + index, row])
        .sort((a, b) => a[0] - b[0])
        .forEach(([, row], index) => {
          row.style.order = index + 1;
          dress(row);
        });
      number(group, rowsOf(group));
    }
    document.addEventListener("formset:added", (event) => {
      const group = event.target.closest(".movable-rows.is-movable");
      if (!group) return;
      event.target.style.order = 9999;
      dress(event.target);
      number(group, rowsOf(group));
      event.target.querySelector("input:not(.row-place):not([type=hidden]), select, textarea")?.focus();
    });
    document.addEventListener("formset:removed", () => {
      for (const group of document.querySelectorAll(".movable-rows.is-movable")) number(group, rowsOf(group));
    });
    // Alt and an arrow key move the row the cursor is in.
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      const row = event.target.closest?.(".movable-rows.is-movable .inline-related");
      if (!row) return;
      event.preventDefault();
      move(row, event.key === "ArrowUp" ? -1 : 1);
      event.target.focus();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
