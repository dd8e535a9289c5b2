/* Editorial notes beside the story form: a drawer that never touches the form, marks at the subsections, and the
   colleagues that an @ offers. Without this script the link in the status bar opens a page that does the same. */
"use strict";
(() => {
  const drawer = () => document.getElementById("notes-drawer");
  const place = () => drawer().querySelector("[data-notes-place]");
  const stored = () => `notes:${drawer().dataset.address}`;
  const HEADERS = { "X-Requested-With": "notes" };
  let loaded = false;
  let marks = {};

  // -- what is typed and not sent: kept over everything that replaces the drawer's content, and over leaving the page --

  const forms = () => [...place().querySelectorAll("form[data-note-form]")];

  function typed() {
    const kept = {};
    for (const form of forms()) {
      const text = form.elements.text.value;
      if (text) kept[form.dataset.noteForm] = { text, subsection: form.elements.subsection?.value || "" };
    }
    return kept;
  }

  function restore(kept) {
    for (const form of forms()) {
      const was = kept[form.dataset.noteForm];
      if (!was || form.elements.text.value) continue;
      form.elements.text.value = was.text;
      if (form.elements.subsection && was.subsection) form.elements.subsection.value = was.subsection;
    }
  }

  function keep() {
    try {
      const kept = typed();
      if (Object.keys(kept).length) sessionStorage.setItem(stored(), JSON.stringify(kept));
      else sessionStorage.removeItem(stored());
    } catch {
      // A browser that keeps nothing: the text is in the drawer all the same.
    }
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(stored())) || {};
    } catch {
      return {};
    }
  }

  // -- talking to the server --

  function fail(words) {
    const said = drawer().querySelector("[data-notes-failed]");
    said.textContent = words;
    said.hidden = !words;
    if (words) said.scrollIntoView({ block: "nearest" });
  }

  async function ask(options) {
    try {
      const response = await fetch(drawer().dataset.address, { headers: HEADERS, credentials: "same-origin", ...options });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const notes = page.querySelector("[data-notes]");
      if (notes) return { notes, ok: response.ok };
      fail(response.redirected ? drawer().dataset.loggedOut : drawer().dataset.failed);
    } catch {
      fail(drawer().dataset.failed);
    }
    return null;
  }

  function show(notes, was) {
    fail("");
    const resolvedWereOpen = place().querySelector(".notes-resolved")?.open;
    place().replaceChildren(document.adoptNode(notes));
    if (resolvedWereOpen && place().querySelector(".notes-resolved")) place().querySelector(".notes-resolved").open = true;
    restore(was);
    keep();
    marks = Object.fromEntries(notes.dataset.marks.trim().split(" ").filter(Boolean).map((pair) => pair.split(":")));
    document.querySelectorAll("[data-notes-count]").forEach((count) => (count.textContent = notes.dataset.open));
    markAll();
  }

  async function load() {
    const answer = await ask({});
    if (answer) show(answer.notes, { ...kept(), ...typed() });
    loaded = loaded || Boolean(answer);
  }

  async function send(form, button) {
    const body = new FormData(form, button);
    // Somebody who logged in again meanwhile has a new token.
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) body.set("csrfmiddlewaretoken", token[1]);
    const resolving = button?.name === "resolve";
    const buttons = [...form.querySelectorAll("button")];
    buttons.forEach((one) => (one.disabled = true));
    const answer = await ask({ method: "POST", body });
    buttons.forEach((one) => (one.disabled = false));
    if (!answer) return;
    const was = typed();
    // What was sent is a note now; what was refused comes back in its field.
    if (!resolving) delete was[form.dataset.noteForm];
    show(answer.notes, was);
    const again = forms().find((one) => one.dataset.noteForm === form.dataset.noteForm) || forms()[0];
    again?.elements.text.focus();
  }

  // -- the drawer --

  function isOpen() {
    return !drawer().hidden;
  }

  function open(subsection) {
    drawer().hidden = false;
    document.documentElement.classList.add("has-notes");
    const aim = () => {
      const form = forms().find((one) => one.dataset.noteForm === "new");
      if (subsection && form) form.elements.subsection.value = subsection;
      if (subsection && form) form.elements.text.focus();
      else drawer().focus();
    };
    // Asked again each time: a colleague may have written meanwhile.
    load().then(aim);
  }

  function close() {
    drawer().hidden = true;
    document.documentElement.classList.remove("has-notes");
    document.querySelector("[data-notes-open]")?.focus();
  }

  // -- marks at the subsections --

  function markAll() {
    for (const input of document.querySelectorAll("#story_form .inline-related:not(.empty-form) input[name^=subsections-][name$=-part_key]")) {
      const head = input.closest(".inline-related").querySelector(":scope > h3");
      if (!head || !input.value) continue;
      let mark = head.querySelector(".note-mark");
      if (!mark) {
        mark = document.createElement("button");
        mark.type = "button";
        mark.className = "note-mark row-button";
        mark.addEventListener("click", () => open(input.value));
        head.append(mark);
      }
      const count = marks[input.value];
      const words = count ? drawer().dataset.marked.replace("{count}", count) : drawer().dataset.about;
      mark.textContent = count ? `✎ ${count}` : "✎";
      mark.classList.toggle("has-notes", Boolean(count));
      mark.title = words;
      mark.setAttribute("aria-label", words);
    }
  }

  // -- colleagues after an @ --

  const list = document.createElement("ul");
  list.className = "note-colleagues";
  list.id = "note-colleagues";
  list.setAttribute("role", "listbox");
  let field = null;
  let chosen = 0;
  let asked = 0;

  function begun(area) {
    const before = area.value.slice(0, area.selectionStart);
    return before.match(/(?:^|[^A-Za-z0-9_.+@-])@([^\s@]{0,30})$/);
  }

  function fold() {
    list.remove();
    field?.removeAttribute("aria-controls");
    field?.removeAttribute("aria-activedescendant");
    field = null;
    asked += 1;
  }

  function point(index) {
    const items = [...list.children];
    chosen = (index + items.length) % items.length;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
    field.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(login) {
    const area = field;
    const found = begun(area);
    fold();
    if (!found) return;
    const from = area.selectionStart - found[1].length;
    area.setRangeText(`${login} `, from, area.selectionStart, "end");
    area.focus();
    keep();
  }

  async function offer(area) {
    const found = begun(area);
    if (!found) return fold();
    const number = (asked += 1);
    try {
      const response = await fetch(`${drawer().dataset.colleagues}?q=${encodeURIComponent(found[1])}`, { headers: HEADERS });
      const { colleagues } = await response.json();
      if (number !== asked) return;
      if (!colleagues.length) return fold();
      list.replaceChildren(
        ...colleagues.map(({ login, name }, index) => {
          const item = document.createElement("li");
          item.id = `note-colleague-${index}`;
          item.setAttribute("role", "option");
          item.textContent = name ? `${name} @${login}` : `@${login}`;
          item.dataset.login = login;
          item.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            take(login);
          });
          return item;
        }),
      );
      field = area;
      area.after(list);
      area.setAttribute("aria-controls", list.id);
      point(0);
    } catch {
      fold();
    }
  }

  function onKey(event) {
    if (field && event.target === field) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        return point(chosen + (event.key === "ArrowDown" ? 1 : -1));
      }
      if ((event.key === "Enter" || event.key === "Tab") && !event.isComposing) {
        event.preventDefault();
        return take(list.children[chosen].dataset.login);
      }
      if (event.key === "Escape") {
        event.stopPropagation();
        return fold();
      }
    }
    if (event.key === "Escape" && !event.isComposing) return close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  }

  function start() {
    if (!drawer()) return;
    marks = JSON.parse(document.getElementById("note-marks")?.textContent || "{}") || {};
    markAll();
    document.addEventListener("formset:added", markAll);
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-notes-open]") && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        if (isOpen()) close();
        else open();
      } else if (event.target.closest("[data-notes-close]")) close();
    });
    drawer().addEventListener("submit", (event) => {
      event.preventDefault();
      send(event.target, event.submitter);
    });
    drawer().addEventListener("input", (event) => {
      keep();
      if (event.target.matches("[data-mentions]")) offer(event.target);
    });
    drawer().addEventListener("keydown", onKey);
    drawer().addEventListener("focusout", (event) => event.target === field && fold());
    const wanted = () => location.hash === "#notes" && !isOpen() && open();
    window.addEventListener("hashchange", wanted);
    wanted();
    if (!isOpen() && Object.keys(kept()).length) open();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
