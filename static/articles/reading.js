// A story page with JavaScript: sharing, copying the address, printing, the size of the text. What needs this script is
// hidden in the page until it runs; everything else works without it. It is not deferred, so that the size of the text
// is set before the text is painted.
(() => {
  "use strict";

  const KEPT_AS = "text-size";
  const SIZES = ["large", "larger"]; // Beside the normal one, which is "".
  const root = document.documentElement;

  // A browser may refuse to keep anything: the choice then lasts as long as the page.
  const kept = () => {
    try {
      return localStorage.getItem(KEPT_AS) || "";
    } catch {
      return "";
    }
  };

  const keep = (size) => {
    try {
      if (size) localStorage.setItem(KEPT_AS, size);
      else localStorage.removeItem(KEPT_AS);
    } catch {
      // See above.
    }
  };

  const apply = (size) => {
    const known = SIZES.includes(size) ? size : "";
    if (known) root.dataset.textSize = known;
    else delete root.dataset.textSize;
    for (const button of document.querySelectorAll("button[data-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.size === known));
    }
  };

  // At once, before anything is painted, or the text would jump under the reader's eyes.
  apply(kept());
  // Another window changed it.
  addEventListener("storage", (event) => {
    if (event.key === KEPT_AS) apply(event.newValue || "");
  });

  document.addEventListener("DOMContentLoaded", () => {
    apply(kept());
    for (const button of document.querySelectorAll("button[data-size]")) {
      button.addEventListener("click", () => {
        keep(button.dataset.size);
        apply(button.dataset.size);
      });
    }
    for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
    document.querySelector("button[data-print]")?.addEventListener("click", () => print());

    const share = document.querySelector("details.share");
    if (!share) return;
    const address = share.querySelector("input");
    const said = share.querySelector("[role=status]");

    // Emptied first, or a screen reader would not say the same words twice.
    const say = (words) => {
      said.textContent = "";
      setTimeout(() => {
        said.textContent = words;
      }, 50);
    };

    // Only pages sent by https may write to the clipboard; elsewhere the older way, or the reader's own hands.
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(address.value);
        return true;
      } catch {
        address.select();
        return document.execCommand("copy");
      }
    };

    address.addEventListener("focus", () => address.select());
    share.querySelector("[data-copy]").addEventListener("click", async () => {
      say((await copy()) ? said.dataset.copied : said.dataset.failed);
    });

    const native = share.querySelector("[data-native]");
    if (!navigator.share) native.remove();
    native.addEventListener("click", () => {
      // Whoever closes the window of the browser has changed their mind: nothing to say.
      navigator.share({ title: share.dataset.title, url: address.value }).catch(() => {});
    });

    share.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !share.open) return;
      share.open = false;
      share.querySelector("summary").focus();
    });
  });
})();
