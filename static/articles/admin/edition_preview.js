/* Beside the form of an edition: the list as readers will see it, from what is typed, and what becomes of each row.

   The list stands in a frame with the public styles; its document stays, so that nothing flickers. */
"use strict";
(() => {
  const PAUSE = 400; // milliseconds without typing before the list is asked for

  function start() {
    const pane = document.getElementById("edition-seen");
    const form = document.getElementById("edition-form");
    const words = document.getElementById("desk-words").dataset;
    const says = pane.querySelector("[data-says]");
    const frame = document.createElement("iframe");
    let waiting;
    let asking;
    let shown = "";

    /* All that the form says; of one that may only be looked at, too. */
    function values() {
      const data = new FormData();
      for (const field of form.elements) {
        if (!field.name || field.disabled) continue;
        if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
        data.append(field.name, field.value);
      }
      return data;
    }

    function fit() {
      const list = frame.contentDocument?.querySelector(".lists");
      if (list) frame.style.height = `${Math.ceil(list.getBoundingClientRect().bottom) + 12}px`;
    }

    function fill() {
      const page = frame.contentDocument;
      if (!page?.body) return;
      page.body.innerHTML = shown;
      // Links lead out of the frame: no page of the site may stand in one.
      for (const link of page.querySelectorAll("a[href]")) {
        link.target = "_blank";
        link.rel = "noopener";
      }
      fit();
    }

    function tell(line) {
      const row = form.querySelector(`.edition-row[data-row="${CSS.escape(line.dataset.row)}"]`);
      if (!row) return;
      const result = row.querySelector("[data-result]");
      const reason = line.querySelector("[data-words]").textContent;
      const isShown = "shown" in line.dataset;
      result.textContent = isShown ? reason : words.hidden.replace("{reason}", reason);
      result.classList.toggle("is-hidden", !isShown);
      const state = row.querySelector("[data-state]");
      state.replaceChildren(...line.querySelector("[data-state]").cloneNode(true).childNodes);
      state.className = `edition-state is-${line.dataset.kind}`;
      row.querySelector("[name$=-teaser]").placeholder = line.dataset.teaser;
      if (line.dataset.headline) {
        row.querySelector("[name$=-headline]").placeholder = line.dataset.headline;
        const name = row.querySelector("[data-name]");
        if (name.textContent.trim() !== line.dataset.headline) name.textContent = line.dataset.headline;
      }
    }

    function take(answer) {
      const part = (name) => answer.querySelector(`[data-part="${name}"]`);
      says.replaceChildren(...part("says").childNodes);
      form.querySelector("[data-happens]")?.replaceChildren(...part("happens").childNodes);
      pane.querySelector("[data-seen-rest]").replaceChildren(...part("rest").childNodes);
      for (const row of form.querySelectorAll("[data-result]")) row.textContent = "";
      for (const line of part("rows").children) tell(line);
      shown = part("public").innerHTML;
      fill();
    }

    async function refresh() {
      asking?.abort();
      const mine = (asking = new AbortController());
      pane.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(pane.dataset.url, { method: "POST", body: values(), signal: mine.signal });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!answer.ok || !page.querySelector("[data-part=public]")) throw new Error("no preview");
        take(page);
        pane.classList.remove("has-failed");
      } catch (error) {
        if (error.name === "AbortError") return;
        pane.classList.add("has-failed");
        says.textContent = pane.dataset.failed;
      }
      pane.removeAttribute("aria-busy");
    }

    function soon(event) {
      if (event?.target.id === "edition-search") return;
      clearTimeout(waiting);
      waiting = setTimeout(refresh, PAUSE);
    }

    frame.title = pane.dataset.title;
    frame.addEventListener("load", fill);
    const language = document.documentElement.lang;
    const sheets = pane.dataset.css.split(" ").map((address) => `<link rel="stylesheet" href="${address}">`);
    frame.srcdoc = `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">${sheets.join("")}</head><body class="list-preview"></body></html>`;
    pane.querySelector(".edition-seen-frame").append(frame);
    pane.hidden = false;
    new ResizeObserver(fit).observe(pane);
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    refresh();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
