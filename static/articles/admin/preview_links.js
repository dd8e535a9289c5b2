/* Preview links: "Share a preview…" opens the page of the links in a dialog, so that what is typed stays where it is;
   and buttons copy an address. */
"use strict";
(() => {
  /* The part of a page that the dialog shows; the answer to what was asked, or null. */
  async function part(url, options) {
    try {
      const answer = await fetch(url, options);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.querySelector(".preview-links");
    } catch {
      return null;
    }
  }

  async function copy(button) {
    const field = button.parentNode.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Only pages with https have a clipboard.
      if (!document.execCommand("copy")) return;
    }
    button.dataset.label ||= button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = button.dataset.label;
    }, 2000);
  }

  const offerCopying = (within) => within.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = false));

  function start() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-copy]");
      if (button) copy(button);
    });
    offerCopying(document);
    const opener = document.querySelector("a[data-preview-links]");
    const dialog = document.getElementById("preview-links");
    if (!opener || !dialog) return;
    const place = dialog.querySelector("[data-preview-links-place]");

    async function show(url, options) {
      dialog.setAttribute("aria-busy", "true");
      const links = await part(url, options);
      dialog.removeAttribute("aria-busy");
      dialog.querySelector("[data-failed]").hidden = links !== null;
      if (links === null) return;
      place.replaceChildren(document.adoptNode(links));
      offerCopying(place);
      const field = place.querySelector(".preview-address.is-new input") || place.querySelector("[name=meant_for]");
      field?.focus();
      if (field?.readOnly) field.select();
    }

    opener.addEventListener("click", (event) => {
      // With a key held down the links open in a tab, as the browser's other links do.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const unsaved = document.querySelector("[data-unsaved]");
      dialog.querySelector("[data-form-is-unsaved]").hidden = !unsaved || unsaved.hidden;
      dialog.showModal();
      show(opener.href);
    });
    dialog.addEventListener("submit", (event) => {
      if (event.target.method === "dialog") return;
      event.preventDefault();
      // A second press while the first is answered would make a second link.
      if (dialog.hasAttribute("aria-busy")) return;
      show(opener.href, { method: "POST", body: new FormData(event.target, event.submitter) });
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
