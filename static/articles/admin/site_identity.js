/* The form of the site's identity: a picker beside each colour, and the masthead with the contrast as they are typed.

   Without this script the fields take the same text, and the server draws and measures what was saved. */
"use strict";
(() => {
  const words = () => document.getElementById("desk-words").dataset;

  /* As ColourField reads it: with or without #, three digits or six. "" for what is no colour. */
  function colourOf(typed) {
    let digits = typed.trim().toLowerCase().replace(/^#/, "");
    if (/^[0-9a-f]{3}$/.test(digits)) digits = [...digits].map((digit) => digit + digit).join("");
    return /^[0-9a-f]{6}$/.test(digits) ? `#${digits}` : "";
  }

  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

  // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
  function luminance(colour) {
    const [red, green, blue] = [1, 3, 5].map((place) => linear(parseInt(colour.slice(place, place + 2), 16) / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function ratio(one, other) {
    const [darker, lighter] = [one, other].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  }

  const contrast = (one, other) => ratio(luminance(one), luminance(other));

  function showColour(figure, colour) {
    for (const part of figure.querySelectorAll(".preview-accent")) part.setAttribute("fill", colour);
    const least = Math.min(...figure.dataset.grounds.split(" ").map((ground) => contrast(colour, ground)));
    const isReadable = least >= Number(words().needed);
    const said = figure.querySelector(".preview-contrast");
    // Cut and not rounded, as the server says it: 4.49 does not pass for 4.5.
    const figures = (Math.floor(least * 10) / 10).toFixed(1);
    said.textContent = (isReadable ? words().readable : words().unreadable).replace("{contrast}", figures);
    said.classList.toggle("is-unreadable", !isReadable);
  }

  function pickerFor(field) {
    const picker = document.createElement("input");
    picker.type = "color";
    picker.className = "colour-picker";
    const label = document.querySelector(`label[for="${field.id}"]`)?.textContent.replace(/[:：]\s*$/, "").trim();
    picker.setAttribute("aria-label", `${words().pick}: ${label || ""}`);
    field.after(picker);
    return picker;
  }

  function followColour(figure) {
    const field = document.getElementById(figure.dataset.colour);
    // Who may only look has no field.
    if (!field) return;
    const picker = pickerFor(field);
    const follow = () => {
      const colour = colourOf(field.value);
      if (!colour) return;
      picker.value = colour;
      showColour(figure, colour);
    };
    field.addEventListener("input", follow);
    picker.addEventListener("input", () => {
      field.value = picker.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    follow();
  }

  /* The mean luminance of what is seen of a picture, as luminance_of of articles/appearance/logo.py measures it. */
  function luminanceOf(picture) {
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, 640 / picture.naturalWidth, 160 / picture.naturalHeight);
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const light = Array.from({ length: 256 }, (_, value) => linear(value / 255));
    let sum = 0;
    let seen = 0;
    for (let place = 0; place < data.length; place += 4) {
      const weight = data[place + 3];
      seen += weight;
      sum += weight * (0.2126 * light[data[place]] + 0.7152 * light[data[place + 1]] + 0.0722 * light[data[place + 2]]);
    }
    return seen ? sum / seen : null;
  }

  function showGround(figure, isSeen) {
    figure.querySelector(".preview-ground").setAttribute("visibility", isSeen ? "hidden" : "visible");
    figure.querySelector(".preview-unseen").textContent = isSeen ? "" : figure.dataset.unseen;
  }

  /* Whether a logo stands out from the paper: 3 to 1, as VISIBLE of articles/appearance/colours.py. */
  async function measureLogo(figure, address) {
    if (!address) return showGround(figure, true);
    const picture = new Image();
    picture.src = address;
    try {
      await picture.decode();
    } catch {
      // No picture, which the server says.
      return;
    }
    // Another one was chosen meanwhile.
    if (figure.querySelector(".preview-logo").getAttribute("href") !== address) return;
    const own = luminanceOf(picture);
    const ratios = figure.dataset.grounds.split(" ").map((ground) => ratio(own, luminance(ground)));
    const ground = figure.querySelector(".preview-ground");
    const fit = Math.min(280 / picture.naturalWidth, 40 / picture.naturalHeight);
    ground.setAttribute("width", String(picture.naturalWidth * fit + 12));
    ground.setAttribute("height", String(picture.naturalHeight * fit + 12));
    ground.setAttribute("y", String(34 - (picture.naturalHeight * fit) / 2 - 6));
    showGround(figure, own === null || Math.min(...ratios) >= 3);
  }

  function showLogo(figure, address) {
    const picture = figure.querySelector(".preview-logo");
    const name = figure.querySelector(".preview-name");
    if (address) {
      picture.setAttribute("href", address);
      picture.setAttribute("width", "280");
      picture.setAttribute("height", "40");
    }
    picture.setAttribute("visibility", address ? "visible" : "hidden");
    name.setAttribute("visibility", address ? "hidden" : "visible");
    measureLogo(figure, address);
  }

  function followLogo(figure, previews) {
    const field = document.getElementById(figure.dataset.logo);
    if (!field) return;
    const stored = figure.querySelector(".preview-logo").getAttribute("href") || "";
    const remove = document.getElementById(field.id.replace("id_", "id_remove_"));
    const show = (address) => {
      figure.dataset.shown = address;
      // On dark paper the light one stands where there is no other.
      const light = previews[0].dataset.shown || "";
      for (const other of previews) showLogo(other, other.dataset.shown || light);
    };
    const follow = () => {
      const [file] = field.files;
      if (!file) return show(remove?.checked ? "" : stored);
      const reader = new FileReader();
      reader.addEventListener("load", () => show(reader.result));
      reader.readAsDataURL(file);
    };
    figure.dataset.shown = stored;
    field.addEventListener("change", follow);
    remove?.addEventListener("change", follow);
  }

  function start() {
    const previews = [...document.querySelectorAll(".masthead-preview")];
    for (const figure of previews) {
      followColour(figure);
      followLogo(figure, previews);
    }
    const name = document.getElementById("id_name");
    name?.addEventListener("input", () => {
      for (const text of document.querySelectorAll(".preview-name")) text.textContent = name.value || name.placeholder;
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
