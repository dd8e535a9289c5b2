"use strict";
// A new list begins with what lists of its place mostly are; several together: how many are chosen.

(() => {
  const form = document.querySelector("[data-new-list]");
  if (!form) return;
  const defaults = JSON.parse(document.getElementById("list-defaults").textContent);
  // Not `form.elements`, whose own `length` hides the field of that name.
  const field = (name) => form.querySelector(`[name="${name}"]`);
  const place = field("place");
  const touched = new Set();
  form.addEventListener("input", (event) => touched.add(event.target.name));

  // A place takes some scopes only: a front page none, a section front its section.
  const scopes = { front: [], section: ["section"], beside: ["section", "topic", "story"], below: ["section", "topic", "story"] };

  const fit = () => {
    const allowed = scopes[place.value] || ["section", "topic", "story"];
    let shown = 0;
    for (const name of ["section", "topic", "story"]) {
      const row = form.querySelector(`[data-field="${name}"]`);
      // What was chosen, or refused, stays in sight.
      row.hidden = !allowed.includes(name) && !field(name).value && !row.classList.contains("has-errors");
      shown += row.hidden ? 0 : 1;
    }
    form.querySelector('[data-field="section"]').closest("fieldset").hidden = shown === 0;
  };

  place.addEventListener("change", () => {
    for (const [name, value] of Object.entries(defaults[place.value] || {})) {
      if (!touched.has(name)) field(name).value = value;
    }
    fit();
  });
  fit();

  // Select2 calls an autocomplete field by what is chosen in it; this puts the field's own label before that.
  const nameAutocompletes = () => {
    for (const select of form.querySelectorAll("select.admin-autocomplete")) {
      const label = form.querySelector(`label[for="${select.id}"]`);
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      const chosen = box?.querySelector(".select2-selection__rendered");
      if (!label || !chosen) continue;
      label.id = `${select.id}_label`;
      ["role", "aria-readonly"].forEach((name) => chosen.removeAttribute(name));
      box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
    }
  };
  // After Django's own, which makes them when the document is ready.
  window.django.jQuery(nameAutocompletes);
})();

(() => {
  const form = document.querySelector("[data-together]");
  if (!form) return;
  const told = form.querySelector("[data-chosen]");
  const moment = form.querySelector("[name=start]");
  const count = () => {
    const chosen = form.querySelectorAll("[name=edition]:checked").length;
    told.hidden = false;
    told.textContent = chosen ? told.dataset.some.replace("{count}", chosen) : told.dataset.none;
  };
  form.addEventListener("change", count);
  // Whoever types a moment means that moment.
  moment.addEventListener("input", () => {
    form.querySelector("[name=when][value=later]").checked = true;
  });
  count();
})();
