/* The panel "Before publishing": asks the checks again as one types, and leads from a finding to its field. */
"use strict";
(() => {
  const WAIT = 1500;
  // Kept out of what is compared: pressing a button or being given a new token changes no text.
  const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "based_on"]);

  function start() {
    const form = document.getElementById("story_form");
    const panel = document.querySelector("[data-preflight]");
    if (!form || !panel) return;
    const summary = panel.querySelector("[data-preflight-summary]");
    const said = panel.querySelector("[data-preflight-said]");
    let timer = 0;
    let asked = "";
    let running = null;

    /* The form as it would be posted; what stands in the editors is read from them and left alone. */
    function posted() {
      const data = new FormData(form);
      for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) {
        const name = editor.element.$.name;
        if (name && data.has(name)) data.set(name, editor.getData());
      }
      return data;
    }

    const fingerprint = (data) => JSON.stringify([...data].filter(([name]) => !NOT_CONTENT.has(name)));

    function say(words) {
      if (summary.textContent === words) return;
      summary.textContent = words;
      said.textContent = words;
    }

    async function ask() {
      const data = posted();
      const print = fingerprint(data);
      if (print === asked) return;
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      try {
        const response = await fetch(panel.dataset.preflight, { method: "POST", body: data, signal });
        // A session that has expired leads to the login page.
        if (!response.ok || response.redirected) throw new Error(String(response.status));
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const found = page.querySelector("[data-preflight-findings]");
        if (!found) throw new Error("no findings");
        show(document.adoptNode(found));
        asked = print;
      } catch (error) {
        if (error.name !== "AbortError") say(panel.dataset.failed);
      }
    }

    function show(found) {
      const old = panel.querySelector("[data-preflight-findings]");
      const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      old.replaceWith(found);
      // Whoever is walking through the list with the keyboard stays where they were.
      if (focused) (found.querySelector(`a[href="${CSS.escape(focused)}"]`) ?? panel.querySelector("summary")).focus();
      say(found.dataset.preflightFindings);
    }

    /* The editor tells of keys and commands only; text also comes from input methods, dictation and dropping. */
    function follow(editor) {
      const listen = () => editor.editable().attachListener(editor.editable(), "input", soon);
      listen();
      editor.on("contentDom", listen);
      editor.on("change", soon);
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }

    for (const name of ["input", "change", "click", "keyup", "formset:added", "formset:removed"]) {
      form.addEventListener(name, soon);
    }
    // What is chosen from an autocomplete list is announced through jQuery alone.
    window.django?.jQuery?.(form).on("change", soon);
    window.CKEDITOR?.on("instanceReady", ({ editor }) => follow(editor));
    for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) {
      if (editor.status === "ready") follow(editor);
    }

    panel.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      goTo(document.getElementById(link.getAttribute("href").slice(1)) ?? form);
    });
  }

  /* Opens what hides the field and puts the cursor into it, whatever kind of field it is. */
  function goTo(target) {
    for (let box = target.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
    const editor = Object.values(window.CKEDITOR?.instances ?? {}).find(({ element }) => element.$ === target);
    const autocomplete = target.parentElement?.querySelector(".select2-selection");
    const inside = [...target.querySelectorAll("input, select, textarea, a, button")];
    const field = target.matches("input, textarea, select") ? target : inside.find((element) => element.offsetParent);
    const box = editor ? document.getElementById(`cke_${editor.name}`) : target.matches("select") ? (autocomplete ?? target) : target;
    (box ?? target).scrollIntoView({ block: "center" });
    if (editor) editor.focus();
    else if (target.matches("select") && autocomplete) autocomplete.focus();
    else field?.focus({ preventScroll: true });
  }

  // After the scripts of the page, some of which make the fields it reads.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
