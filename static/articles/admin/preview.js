/* The preview beside the form: the page of what is typed, at the width of a phone or of a desk, refreshed by itself.

   Each page comes in a frame of its own, which takes the place of the one before when it has arrived: nothing flickers,
   and the browser's history keeps no entry of it. The form itself is never submitted: a copy of its values is. */
"use strict";
(() => {
  const PAUSE = 800; // milliseconds without typing before the page is asked for
  const PATIENCE = 30000; // after which an answer is not waited for
  const KEY = "newsroom.preview";

  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const remember = (state) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...state }));
    } catch {
      // A browser that keeps nothing shows the preview all the same.
    }
  };

  const editorOf = (field) =>
    window.CKEDITOR && Object.values(CKEDITOR.instances).find((editor) => editor.element?.$ === field);

  function start() {
    const pane = document.getElementById("preview-pane");
    const form = document.getElementById("story_form");
    const toggle = document.querySelector("[data-preview-toggle]");
    if (!pane || !form || !toggle) return;
    const screen = pane.querySelector(".preview-screen");
    const says = pane.querySelector(".preview-says");
    const widths = [...pane.querySelectorAll("[data-preview-width]")];
    let shown = null; // the frame on the screen
    let coming = null; // the one whose page is on its way
    let count = 0;
    let waiting;
    let patience;
    let again = false; // something changed while a page was on its way

    const width = () => Number(pane.querySelector("[data-preview-width][aria-pressed=true]").dataset.previewWidth);

    function fit() {
      const scale = Math.min(1, screen.clientWidth / width());
      if (!scale) return;
      for (const frame of screen.children) {
        frame.style.width = `${width()}px`;
        frame.style.height = `${screen.clientHeight / scale}px`;
        frame.style.transform = `scale(${scale})`;
        frame.style.insetInlineStart = `${Math.max(0, (screen.clientWidth - width() * scale) / 2)}px`;
      }
    }

    // -- asking for the page -----------------------------------------------------------------------------------------

    /* What the form would send, by name; each name with all its values. */
    function values() {
      const byName = new Map();
      for (const [name, value] of new FormData(form)) byName.set(name, [...(byName.get(name) || []), value]);
      // The editors write into their fields only when the form is submitted.
      for (const field of form.querySelectorAll("textarea[name]")) {
        const editor = editorOf(field);
        if (editor?.status === "ready") byName.set(field.name, [editor.getData()]);
      }
      return byName;
    }

    function post(target) {
      const copy = document.createElement("form");
      copy.method = "post";
      copy.action = pane.dataset.url;
      copy.target = target;
      copy.hidden = true;
      for (const [name, all] of values()) {
        for (const value of all) {
          const input = document.createElement("textarea");
          input.name = name;
          input.value = value;
          copy.append(input);
        }
      }
      document.body.append(copy);
      // Not copy.submit: a field may be called that.
      HTMLFormElement.prototype.submit.call(copy);
      copy.remove();
    }

    function refresh() {
      clearTimeout(waiting);
      if (pane.hidden) return;
      if (coming) {
        again = true;
        return;
      }
      again = false;
      coming = document.createElement("iframe");
      coming.name = `preview-${++count}`;
      coming.title = pane.dataset.title;
      coming.className = "is-coming";
      screen.append(coming);
      fit();
      coming.addEventListener("load", arrived);
      pane.setAttribute("aria-busy", "true");
      patience = setTimeout(() => settle(false), PATIENCE);
      if ("stored" in pane.dataset) coming.src = pane.dataset.url;
      else post(coming.name);
    }

    function arrived() {
      let page = null;
      try {
        page = coming.contentDocument;
      } catch {
        // What is not of this site is no preview.
      }
      if (page?.URL === "about:blank") return;
      settle(Boolean(page?.querySelector(".preview-bar, .preview-missing")));
    }

    function settle(succeeded) {
      clearTimeout(patience);
      pane.removeAttribute("aria-busy");
      const next = coming;
      coming = null;
      next.removeEventListener("load", arrived);
      if (succeeded) show(next);
      else next.remove();
      pane.classList.toggle("has-failed", !succeeded);
      says.textContent = succeeded ? shown.contentDocument.querySelector(".preview-missing .eyebrow")?.textContent || "" : pane.dataset.failed;
      if (again) refresh();
    }

    function show(next) {
      const page = next.contentDocument;
      // Links lead out of the pane: no other page may stand in a frame.
      for (const link of page.querySelectorAll("a[href]:not([href^='#'])")) {
        link.target = "_blank";
        link.rel = "noopener";
      }
      page.addEventListener("keydown", closeByKey);
      if (shown) {
        next.contentWindow.scrollTo(0, shown.contentWindow?.scrollY || 0);
        if (document.activeElement === shown) next.focus({ preventScroll: true });
        shown.remove();
      }
      next.classList.remove("is-coming");
      shown = next;
    }

    function soon() {
      if (pane.hidden) return;
      clearTimeout(waiting);
      waiting = setTimeout(refresh, PAUSE);
    }

    // -- opening, closing, widths ------------------------------------------------------------------------------------

    function open(isOpen, keep = true) {
      pane.hidden = !isOpen;
      toggle.setAttribute("aria-expanded", String(isOpen));
      document.body.classList.toggle("has-preview", isOpen);
      if (keep) remember({ open: isOpen });
      if (isOpen) refresh();
      else clearTimeout(waiting);
    }

    function close() {
      open(false);
      toggle.focus();
    }

    function closeByKey(event) {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      event.preventDefault();
      close();
    }

    function choose(chosen) {
      for (const button of widths) button.setAttribute("aria-pressed", String(button === chosen));
      document.body.classList.toggle("has-wide-preview", width() > 600);
      fit();
    }

    for (const button of widths) {
      button.addEventListener("click", () => {
        choose(button);
        remember({ width: button.dataset.previewWidth });
      });
    }
    pane.querySelector("[data-preview-close]").addEventListener("click", close);
    pane.addEventListener("keydown", closeByKey);
    toggle.addEventListener("keydown", (event) => pane.hidden || closeByKey(event));
    toggle.addEventListener("click", () => open(pane.hidden));
    new ResizeObserver(fit).observe(screen);

    // -- what changes the page ---------------------------------------------------------------------------------------

    form.addEventListener("input", soon);
    // Autocomplete fields tell through jQuery only, and Django sends the same event to all of them while it starts.
    django.jQuery(() => django.jQuery(form).on("change", soon));
    document.addEventListener("formset:added", soon);
    document.addEventListener("formset:removed", soon);
    window.CKEDITOR?.on("instanceReady", ({ editor }) => {
      // The editor tells of keys and commands only; text also comes from input methods, dictation and dropping.
      const listen = () => editor.editable().attachListener(editor.editable(), "input", soon);
      listen();
      editor.on("contentDom", listen);
      editor.on("change", soon);
    });

    toggle.hidden = false;
    choose(widths.find((button) => button.dataset.previewWidth === remembered().width) || widths[0]);
    if (remembered().open) open(true, false);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
