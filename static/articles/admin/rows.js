/* Rows of the story form (subsections, byline, related links) in an order set by drag or by keyboard.

   Rows are placed with the CSS order property and never move in the document: Django numbers its forms by their place
   in the document, and an editor whose frame is moved loses its text. The server reads the number in .row-place. */
"use strict";
(() => {
  const words = () => document.getElementById("desk-words").dataset;

  const rowsOf = (group) =>
    [...group.querySelectorAll(".inline-related:not(.empty-form)")].sort(
      (a, b) => Number(a.style.order) - Number(b.style.order),
    );

  const placeInput = (row) => row.querySelector("input.row-place");

  function number(group, rows = rowsOf(group)) {
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

  function moveAndShow(row, by) {
    move(row, by);
    row.scrollIntoView({ block: "nearest" });
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
  // The form of an edition says what it does in the same place.
  window.newsroomSay = say;

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

  /* While a row is dragged all rows of its group show their heading only, so that every place is near. */
  function handle(row) {
    const made = document.createElement("span");
    made.className = "row-handle";
    made.textContent = "⠿";
    made.title = words().drag;
    made.setAttribute("aria-hidden", "true");
    made.addEventListener("pointerdown", (start) => {
      if (start.button !== 0) return;
      start.preventDefault();
      made.setPointerCapture(start.pointerId);
      const group = row.closest(".movable-rows");
      const middle = () => made.getBoundingClientRect().top + made.offsetHeight / 2;
      let beside; // how far the pointer is from the handle's middle

      const fold = (folded) => {
        const before = middle();
        group.classList.toggle("is-sorting", folded);
        row.classList.toggle("is-dragged", folded);
        window.scrollBy(0, middle() - before);
      };
      const follow = (event) => {
        if (beside === undefined) {
          if (Math.abs(event.clientY - start.clientY) < 4) return;
          fold(true);
          beside = start.clientY - middle();
        }
        const edge = 48;
        if (event.clientY < edge) window.scrollBy(0, -12);
        if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
        const rows = rowsOf(group);
        const above = rows.filter((other) => {
          const box = other.getBoundingClientRect();
          return other !== row && event.clientY - beside > box.top + box.height / 2;
        });
        move(row, above.length - rows.indexOf(row));
      };
      const stop = () => {
        made.removeEventListener("pointermove", follow);
        if (beside !== undefined) fold(false);
      };
      made.addEventListener("pointermove", follow);
      made.addEventListener("lostpointercapture", stop, { once: true });
    });
    return made;
  }

  function dress(row) {
    if (row.querySelector(":scope > h3 .row-tools")) return;
    const tools = document.createElement("span");
    tools.className = "row-tools";
    tools.append(
      handle(row),
      button("up", "↑", words().up, () => moveAndShow(row, -1)),
      button("down", "↓", words().down, () => moveAndShow(row, 1)),
    );
    row.querySelector(":scope > h3").prepend(tools);
  }

  function moveByKey(element, by) {
    const row = element.closest?.(".movable-rows.is-movable .inline-related");
    if (row) moveAndShow(row, by);
    return Boolean(row);
  }

  /* Django gives the rows after a removed one new ids. An editor is known by the id of its field: the removed one must
     go and the others follow, or the next new row would take over the name of an editor that is in use. */
  function renameEditors() {
    if (!window.CKEDITOR) return;
    const editors = Object.values(CKEDITOR.instances);
    for (const editor of editors) {
      if (!editor.element.$.isConnected) editor.destroy(true);
      else delete CKEDITOR.instances[editor.name];
    }
    for (const editor of editors) {
      if (!editor.element?.$.isConnected) continue;
      editor.name = editor.element.getId();
      CKEDITOR.instances[editor.name] = editor;
    }
  }

  function start() {
    for (const group of document.querySelectorAll(".movable-rows")) {
      // A view-only form has no places to set.
      if (!group.querySelector("input.row-place")) continue;
      group.classList.add("is-movable");
      [...group.querySelectorAll(".inline-related:not(.empty-form)")]
        .map((row, index) => [Number(placeInput(row).value) || 10000 + index, row])
        .sort((a, b) => a[0] - b[0])
        .forEach(([, row], index) => {
          row.style.order = index + 1;
          dress(row);
        });
      number(group);
    }
    document.addEventListener("formset:added", (event) => {
      const group = event.target.closest(".movable-rows.is-movable");
      if (!group) return;
      event.target.style.order = 9999;
      dress(event.target);
      number(group);
      event.target.querySelector("input:not(.row-place):not([type=hidden]), select, textarea")?.focus();
    });
    document.addEventListener("formset:removed", (event) => {
      const group = document.querySelector(`#${CSS.escape(event.detail.formsetName)}-group .movable-rows.is-movable`);
      // Django tells first and renames afterwards.
      queueMicrotask(() => {
        renameEditors();
        if (!group) return;
        number(group);
        group.querySelector(".add-row a")?.focus({ preventScroll: true });
      });
    });
    // Alt and an arrow key move the row the cursor is in. Before anything in the row sees the key: menus open with it.
    document.addEventListener(
      "keydown",
      (event) => {
        if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
        if (!moveByKey(event.target, event.key === "ArrowUp" ? -1 : 1)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      true,
    );
    window.CKEDITOR?.on("instanceReady", ({ editor }) => {
      editor.on("key", (event) => {
        const by = { [CKEDITOR.ALT + 38]: -1, [CKEDITOR.ALT + 40]: 1 }[event.data.keyCode];
        if (by && moveByKey(editor.element.$, by)) event.cancel();
      });
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
