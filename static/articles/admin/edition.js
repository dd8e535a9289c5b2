/* The form of an edition: rows that are added and taken out, fields that are there only when they count.

   Without this file the form is complete: rows to type numbers into, and every field of a window and of the times. */
"use strict";
(() => {
  const form = document.getElementById("edition-form");
  const words = document.getElementById("desk-words").dataset;
  const list = form.querySelector(".edition-rows");
  const model = document.getElementById("edition-row");
  let changed = false;

  const rows = () => [...list.querySelectorAll(".edition-row")];

  /* What is not shown is not sent either. */
  function show(part, isShown) {
    part.hidden = !isShown;
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !isShown;
  }

  function dressSide(side) {
    const kind = side.querySelector("select");
    const fit = () => {
      for (const part of side.querySelectorAll("[data-kind]")) show(part, part.dataset.kind === kind.value);
    };
    kind.addEventListener("change", fit);
    fit();
  }

  /* What is set of position and time, in the line that opens their fields. */
  function sumUp(row) {
    const value = (name) => row.querySelector(`[name$=-${name}]`)?.value || "";
    const said = [];
    if (value("pinned")) said.push(words.pinned.replace("{position}", value("pinned")));
    for (const side of row.querySelectorAll("[data-side]")) {
      const kind = side.querySelector("select");
      if (kind.value === "story") continue;
      const part = side.querySelector(`[data-kind=${kind.value}]`);
      const unit = part.querySelector("select");
      const text = part.querySelector("input").value.replace("T", " ");
      const about = unit ? `+${text} ${unit.selectedOptions[0].textContent}` : text;
      said.push(`${side.querySelector("label").textContent} ${about}`);
    }
    row.querySelector("[data-more]").textContent = said.join(" · ");
  }

  function dressTimes() {
    const times = form.querySelector(".edition-when");
    const fit = () => {
      const when = times.querySelector("[name=when]:checked")?.value || "";
      for (const part of times.querySelectorAll(".edition-field[data-when]")) {
        show(part, part.dataset.when.split(" ").includes(when));
        for (const help of part.querySelectorAll("[data-when]")) help.hidden = !help.dataset.when.split(" ").includes(when);
      }
    };
    times.addEventListener("change", fit);
    fit();
  }

  const nameOf = (row) =>
    row.querySelector("[name$=-headline]").value || row.querySelector("[data-name]").textContent.trim();

  function dress(row) {
    for (const side of row.querySelectorAll("[data-side]")) dressSide(side);
    const more = row.querySelector(".edition-more");
    if (!more.querySelector(".errorlist")) more.open = false;
    more.addEventListener("input", () => sumUp(row));
    sumUp(row);
    row.querySelector(".delete input").addEventListener("change", (event) => {
      if (event.target.checked) window.newsroomSay(words.removed.replace("{headline}", nameOf(row)));
    });
  }

  /* A new row, with the story that was found, or for an address. */
  function add({ id = "", headline = "", state = "", address = false }) {
    const number = 1 + Math.max(0, ...rows().map((row) => Number(row.dataset.row.replace("item-", ""))));
    const holder = document.createElement("template");
    holder.innerHTML = model.innerHTML.replaceAll("item-0", `item-${number}`);
    const row = holder.content.querySelector(".edition-row");
    row.classList.toggle("is-address", address);
    row.querySelector("[name$=-story]").value = id;
    row.querySelector("[name$=-headline]").placeholder = headline;
    row.querySelector("[data-state]").textContent = state;
    if (headline) row.querySelector("[data-name]").textContent = headline;
    list.append(row);
    dress(row);
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "items" } }));
    row.dispatchEvent(new Event("change", { bubbles: true }));
    row.scrollIntoView({ block: "nearest" });
    if (address) row.querySelector("[name$=-url]").focus();
    window.newsroomSay(words.added.replace("{headline}", headline).replace("{place}", rows().length));
    fitEmpty();
  }

  function fitEmpty() {
    form.querySelector(".edition-empty").hidden = rows().length > 0;
  }

  function start() {
    document.body.classList.add("has-scripts");
    dressTimes();
    // They were there for rows.js, which leaves a list without rows alone.
    const blank = list.querySelectorAll(".is-blank");
    for (const row of blank) row.remove();
    if (blank.length) {
      document.dispatchEvent(new CustomEvent("formset:removed", { detail: { formsetName: "items" } }));
    }
    for (const row of rows()) dress(row);
    fitEmpty();
    const adding = form.querySelector(".edition-add");
    if (adding) {
      adding.hidden = false;
      adding.querySelector("[data-add-address]").addEventListener("click", () => add({ address: true }));
      document.addEventListener("edition:add", (event) => add(event.detail));
    }
    (document.getElementById("edition-conflicts") || document.getElementById("edition-refused"))?.focus();
    // A form that came back was refused: what is in it is saved nowhere.
    changed = Boolean(document.getElementById("edition-conflicts") || document.getElementById("edition-refused"));
    for (const type of ["input", "change"]) {
      form.addEventListener(type, (event) => {
        if (event.target.id !== "edition-search") changed = true;
      });
    }
    form.addEventListener("keydown", (event) => {
      // Enter in a field would save by itself; a list is saved on purpose.
      if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio])")) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "s" && form.querySelector(".edition-save")) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    window.addEventListener("beforeunload", (event) => {
      if (changed && !("sent" in form.dataset)) event.preventDefault();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
