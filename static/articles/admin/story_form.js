/* The story form: live counts of characters (字), or of words in English; and a word when something is not saved yet. */
"use strict";
(() => {
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{2fa1f}\\u{30000}-\\u{323af}";
  const KANA = "\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f\\u31a0-\\u31ff";
  const MARKS =
    "\\u3001-\\u3004\\u3006\\u3008-\\u3020\\u3030-\\u303f\\ufe10-\\ufe19\\ufe30-\\ufe6f" +
    "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\u2014\\u2015\\u2018-\\u201f\\u2026\\u2027\\u00b7";
  const LETTER = `(?![${HAN}${KANA}_])[\\p{L}\\p{N}]`;
  const WORD = `(?:${LETTER})+(?:(?:['’.\\-]|(?<=\\p{Nd})[,:/](?=\\p{Nd}))(?:${LETTER})+)*`;
  const TOKEN = new RegExp(`${WORD}|[${HAN}${KANA}${MARKS}]`, "gu");

  /* The rule of articles/chinese/counting.py: a browser test holds the two together. */
  const count = (text) => (text.normalize("NFC").match(TOKEN) || []).length;
  window.newsroomCount = count;

  function textOf(html) {
    const page = new DOMParser().parseFromString(html.replace(/<\/(p|li|h\d|td|th|blockquote)>|<br ?\/?>/gi, "\n$&"), "text/html");
    page.querySelectorAll("rt, rp, script, style").forEach((element) => element.remove());
    return page.body.textContent;
  }

  const words = () => document.getElementById("desk-words").dataset;
  const isRich = (field) => field.dataset.type === "ckeditortype" || field.closest(".field-opening, .field-body") !== null;
  const editorOf = (field) =>
    window.CKEDITOR && Object.values(CKEDITOR.instances).find((editor) => editor.element.$ === field);

  function length(field) {
    const editor = editorOf(field);
    const value = editor ? editor.getData() : field.value;
    return count(isRich(field) ? textOf(value) : value);
  }

  /* Of an English text the same count is its words, of which fewer are advised. */
  const isEnglish = () => Boolean(document.getElementById("id_language")?.value.startsWith("en"));

  // By field and not by id: Django gives fields new ids when a row is removed.
  const outputs = new WeakMap();

  function outputOf(field) {
    if (!outputs.has(field)) {
      const output = document.createElement("output");
      output.className = "character-count";
      // Read aloud when asked for, not after every key.
      output.setAttribute("aria-live", "off");
      (field.closest(".flex-container") || field.parentNode).append(output);
      outputs.set(field, output);
    }
    return outputs.get(field);
  }

  function show(field) {
    const output = outputOf(field);
    const counted = length(field);
    const inWords = isEnglish();
    const advised = Number(inWords ? field.dataset.words : field.dataset.count);
    const [alone, of] = inWords ? [words().words, words().wordsOf] : [words().characters, words().charactersOf];
    output.htmlFor = field.id;
    output.textContent = (advised ? of.replace("{advised}", advised) : alone).replace("{count}", counted);
    output.classList.toggle("is-long", Boolean(advised) && counted > advised);
    showBody();
  }

  function showBody() {
    const total = fields()
      .filter((field) => isRich(field) || /-(heading|figures)$/.test(field.name))
      .reduce((sum, field) => sum + length(field), 0);
    const place = document.querySelector("[data-body-count]");
    if (place) place.textContent = (isEnglish() ? words().bodyWords : words().body).replace("{count}", total);
  }

  const fields = () =>
    [...document.querySelectorAll("#story_form [data-count], #story_form input[name$=-heading], #story_form input[name$=-figures]")].filter(
      (field) => !field.closest(".empty-form"),
    );

  const showAll = () => fields().filter((field) => "count" in field.dataset).forEach(show);

  /* Select2 calls an autocomplete field by what is chosen in it; this puts the field's own label before that. */
  function nameAutocompletes() {
    for (const field of document.querySelectorAll("#story_form select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${field.id}"]`);
      const box = field.nextElementSibling?.querySelector(".select2-selection");
      if (!label || !box) continue;
      label.id = `${field.id}_label`;
      const chosen = box.querySelector(".select2-selection__rendered");
      if (field.multiple) box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
      else ["role", "aria-readonly"].forEach((name) => chosen.removeAttribute(name));
      box.setAttribute("aria-labelledby", chosen.id ? `${label.id} ${chosen.id}` : label.id);
    }
  }

  function markUnsaved() {
    const word = document.querySelector("[data-unsaved]");
    if (word) word.hidden = false;
  }

  // A bar that says much would cover the text while one writes: what stands above its buttons may scroll away.
  function keepButtonsInView() {
    const bar = document.querySelector(".status-bar");
    const buttons = bar?.querySelector(".status-buttons");
    if (!buttons) return;
    const fit = () => {
      bar.style.insetBlockStart = `${Math.min(0, 12 - buttons.offsetTop)}px`;
    };
    new ResizeObserver(fit).observe(bar);
  }

  function start() {
    const form = document.getElementById("story_form");
    if (!form || !document.getElementById("desk-words")) return;
    keepButtonsInView();
    form.addEventListener("input", (event) => {
      if (event.target.id === "id_language") showAll();
      else if (event.target.matches("[data-count]")) show(event.target);
      else showBody();
      markUnsaved();
    });
    // Through jQuery, because that is the only way an autocomplete field says that it changed; and only once it is
    // ready, because until then Django sends this event to every choice of a related object.
    django.jQuery(() => {
      django.jQuery(form).on("change", markUnsaved);
      nameAutocompletes();
    });
    showAll();
    document.addEventListener("formset:added", () => {
      showAll();
      nameAutocompletes();
      markUnsaved();
    });
    // Django tells first and renames afterwards.
    document.addEventListener("formset:removed", () =>
      queueMicrotask(() => {
        showAll();
        nameAutocompletes();
      }),
    );
    // The editor writes HTML in its own way. What nobody touched goes back as it came: otherwise whoever presses a button
    // would have saved a version of their own, and could not approve it.
    const untouched = new Map();
    form.addEventListener("formdata", ({ formData }) => {
      // A field that was taken out with its row may bear the name of one that moved up.
      for (const [field, { editor, text }] of untouched)
        if (field.form === form && formData.has(field.name) && !editor.checkDirty()) formData.set(field.name, text);
    });
    if (window.CKEDITOR) {
      CKEDITOR.on("instanceReady", ({ editor }) => {
        const field = editor.element.$;
        untouched.set(field, { editor, text: field.value });
        let waiting;
        const changed = () => {
          markUnsaved();
          clearTimeout(waiting);
          waiting = setTimeout(() => field.isConnected && show(field), 150);
        };
        // The editor tells of keys and commands only; text also comes from input methods, dictation and dropping.
        const listen = () => editor.editable().attachListener(editor.editable(), "input", changed);
        show(field);
        listen();
        editor.on("contentDom", listen);
        editor.on("change", changed);
      });
    }
    // What came back with an error was not saved.
    if (form.querySelector(".errornote")) markUnsaved();
    // Enter in a panel does what the panel is for.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches(".status-fields input")) return;
      event.preventDefault();
      form.requestSubmit(event.target.closest(".status-fields").querySelector("button[type=submit]"));
    });
    // Leaving with unsaved text asks first; the form's own buttons do not.
    let leaving = false;
    form.addEventListener("submit", (event) => {
      leaving = event.submitter?.formTarget !== "_blank";
    });
    window.addEventListener("beforeunload", (event) => {
      const unsaved = document.querySelector("[data-unsaved]");
      if (!leaving && unsaved && !unsaved.hidden) event.preventDefault();
      // Asked again, should the answer to the form never come.
      leaving = false;
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
