/* The time machine: buttons that copy the address of the page, or of a field. Everything else works without this. */
"use strict";
(() => {
  async function copied(text, field) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Only pages with https have a clipboard.
      if (!field) {
        field = document.createElement("input");
        field.value = text;
        field.readOnly = true;
        field.className = "time-machine-copy";
        document.body.append(field);
      }
      field.select();
      const done = document.execCommand("copy");
      if (field.className === "time-machine-copy") field.remove();
      return done;
    }
  }

  for (const button of document.querySelectorAll("[data-copy-address], [data-copy-from]")) {
    const label = button.textContent;
    const field = button.dataset.copyFrom ? document.getElementById(button.dataset.copyFrom) : null;
    button.setAttribute("aria-live", "polite");
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!(await copied(field ? field.value : location.href.split("#")[0], field))) return;
      button.textContent = button.dataset.copied;
      button.focus();
      setTimeout(() => {
        button.textContent = label;
      }, 2000);
    });
  }
})();
