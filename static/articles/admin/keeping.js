/* Keeps what is typed, on the server and in the browser, and sends the form once. See articles/admin/story_keeping.py. */
"use strict";
function keepStoryForm() {
  const QUIET = 3000; // milliseconds after the last change …
  const AT_MOST = 5000; // … and at most so long after the first one that is not kept
  const IN_BROWSER = 700;
  const PING = 10_000;
  const PATIENCE = 20_000;
  const BEACON = 60_000; // bytes a closing page may still send
  const ABOUT = new Set("csrfmiddlewaretoken form_key form_from form_user based_on".split(" "));

  const place = document.getElementById("keeping");
  const form = document.getElementById("story_form");
  if (!place || !form) return;
  const data = place.dataset;
  const browser = window.newsroomBrowser;
  const owner = `${data.user}:${data.story || "new"}`;

  const heldHere = browser.all(owner);
  // A form that came back goes on counting where it was.
  let serial = Math.max(Number(data.serial), heldHere.find((held) => held.key === data.key)?.serial || 0); // of the text collected last
  let known = Number(data.serial); // the last one the server has
  let text; // what was collected last, to see whether anything changed
  let fields = [];
  let touched = false;
  let dirtySince = 0;
  let timer;
  let browserTimer;
  let sending = false;
  let again = false;
  let submitting = false;
  let loggedOut = false;
  let unreachable = false;
  let retry; // a button that was pressed while the form could not be sent
  let insisted = false;
  let asking = heldHere.filter((held) => held.key !== data.key);

  // -- words --

  const show = (name, words) => (place.querySelector(`[data-${name}]`).textContent = words);
  let problem = "";

  function tell(words, { announce = words } = {}) {
    if (words === problem) return;
    problem = words;
    show("problem", words);
    if (announce) show("said", announce);
  }

  // -- what is typed --

  const based = () => form.elements.based_on?.value || "";

  function cookieToken() {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${data.csrfCookie}=`));
    return found ? decodeURIComponent(found.slice(data.csrfCookie.length + 1)) : "";
  }

  /* A login in another window gives the browser another token: the cookie has it. */
  function renewToken(token = cookieToken()) {
    if (token) document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
  }

  window.newsroomToken = () => {
    renewToken();
    return form.elements.csrfmiddlewaretoken.value;
  };

  function collect() {
    for (const editor of Object.values(window.CKEDITOR?.instances || {})) {
      if (editor.status === "ready" && editor.element?.$?.isConnected) editor.updateElement();
    }
    const now = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !ABOUT.has(name) && !name.startsWith("_") && !name.includes("__prefix__"),
    );
    const said = JSON.stringify(now);
    if (said === text) return false;
    [text, fields, serial] = [said, now, serial + 1];
    return true;
  }

  function keepInBrowser() {
    clearTimeout(browserTimer);
    browserTimer = undefined;
    if (!touched) return;
    if (!collect() && serial === known) return;
    const held = { key: data.key, serial, at: Date.now(), based_on: based(), fields };
    if (!browser.write(owner, held) && unreachable) tell(data.nowhere);
  }

  function touch() {
    if (!data.mayKeep) return;
    touched = true;
    document.dispatchEvent(new CustomEvent("newsroom:typed"));
    browserTimer ??= setTimeout(keepInBrowser, IN_BROWSER);
    dirtySince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(QUIET, dirtySince + AT_MOST - Date.now())));
  }

  // -- the server --

  function about(extra = {}) {
    return {
      csrfmiddlewaretoken: window.newsroomToken(),
      form_key: data.key,
      form_from: data.from,
      form_user: data.user,
      based_on: based(),
      form_place: data.mayKeep ? window.newsroomPlace() : "",
      ...extra,
    };
  }

  async function post(url, about_, fields_ = []) {
    const body = new URLSearchParams([...Object.entries(about_), ...fields_]);
    const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, answer: isJson ? await response.json() : null };
  }

  /* With a token of the server's own, should the one of this page not be taken. */
  async function postAnew(url, about_, fields_) {
    const first = await post(url, about_, fields_);
    if (first.status !== 403 || first.answer) return first;
    const token = await (await fetch(data.login, { headers: { Accept: "application/json" } })).json();
    renewToken(token.csrf);
    return post(url, { ...about_, csrfmiddlewaretoken: token.csrf }, fields_);
  }

  async function send() {
    if (sending) {
      again = true;
      return;
    }
    if (submitting) return;
    clearTimeout(timer);
    sending = true;
    dirtySince = 0;
    keepInBrowser();
    const news = touched && serial > known;
    const extra = news ? { form_serial: serial } : {};
    if (asking.length) extra.held = asking.map((held) => held.key).join(",");
    try {
      hear(await postAnew(data.keep, about(extra), news ? fields : []));
    } catch {
      lose();
    }
    sending = false;
    if (again) {
      again = false;
      send();
    }
  }

  function lose() {
    unreachable = true;
    // Nothing is sent or published by itself, minutes later.
    retry = undefined;
    tell(touched || insisted ? data.unreachable : "");
  }

  function hear({ status, answer }) {
    if (status >= 500 || !answer) {
      // A refusal that is no answer of the form's own (too much to post, say) leaves the browser's copy only.
      if (status >= 400 && status < 500 && status !== 429) tell(data.refused);
      else lose();
      return;
    }
    if (answer.state === "logged_out" || answer.state === "other_user") {
      loggedOut = true;
      place.querySelector("[data-login-again]").hidden = false;
      tell(data.loggedOut);
      document.dispatchEvent(new CustomEvent("newsroom:logged-out", { detail: { asked: Boolean(retry) } }));
      return;
    }
    const wasUnreachable = unreachable;
    unreachable = loggedOut = false;
    place.querySelector("[data-login-again]").hidden = true;
    insisted = false;
    tell(answer.problem || (answer.state === "refused" ? data.refused : ""), { announce: answer.problem || (wasUnreachable && touched ? data.reachable : "") });
    if (answer.serial) {
      known = Math.max(known, answer.serial);
      show("kept", answer.kept);
      if (data.from) browser.remove(owner, data.from);
    }
    if (answer.state === "saved" || (!browserTimer && touched && known >= serial)) browser.remove(owner, data.key);
    if (answer.held) offer(answer.held);
    document.dispatchEvent(new CustomEvent("newsroom:answer", { detail: answer }));
    if (retry) {
      const button = retry;
      retry = undefined;
      form.requestSubmit(button);
    }
  }

  // -- texts of other times --

  /* What this browser holds and the server has not got, or not so new. */
  function offer(onServer) {
    for (const held of asking) {
      const there = onServer[held.key];
      if (there === -1 || there >= held.serial) browser.remove(owner, held.key);
      else list(held);
    }
    asking = [];
  }

  function list(held) {
    const item = document.getElementById("held-text").content.cloneNode(true).firstElementChild;
    const when = new Date(held.at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "medium" });
    const headline = held.fields.find(([name]) => name === "headline")?.[1];
    item.querySelector("span").textContent = data.held.replace("{when}", when) + (headline && !data.story ? ` “${headline}”` : "");
    item.querySelector("[data-go-on]").addEventListener("click", async () => {
      try {
        const own = about({ form_key: held.key, form_from: "", form_serial: held.serial, based_on: held.based_on, leave: "1" });
        const { answer } = await postAnew(data.keep, own, held.fields);
        if (!answer?.serial) return tell(answer?.problem || data.unreachable);
        browser.remove(owner, held.key);
        location.assign(`?kept=${encodeURIComponent(held.key)}`);
      } catch {
        lose();
      }
    });
    item.querySelector("[data-drop]").addEventListener("click", () => drop(held.key, item));
    place.querySelector(".keeping-unsaved")?.append(item);
  }

  async function drop(key, item) {
    try {
      const { status } = await postAnew(data.drop, { csrfmiddlewaretoken: window.newsroomToken(), drop: key, in_place: "1" });
      if (status !== 204 && status !== 404) return tell(data.unreachable);
      browser.remove(owner, key);
      item.remove();
    } catch {
      lose();
    }
  }

  place.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=drop]");
    if (button) {
      event.preventDefault();
      drop(button.value, button.closest("li"));
    } else if (event.target.closest("[data-login-again]")) {
      document.dispatchEvent(new CustomEvent("newsroom:logged-out", { detail: { asked: true } }));
    }
  });

  document.addEventListener("newsroom:login-closed", () => {
    if (loggedOut) retry = undefined;
  });

  document.addEventListener("newsroom:logged-in", ({ detail }) => {
    renewToken(detail.csrf);
    loggedOut = false;
    send();
  });

  // -- sending the form: once, and only where it can arrive --

  const leaves = (event) => event.submitter?.formTarget !== "_blank" && event.submitter?.name !== "drop";

  // Before every other listener: the others take it that the form goes.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      renewToken();
      if (submitting && leaves(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (leaves(event) && (loggedOut || unreachable) && !insisted) {
        event.preventDefault();
        event.stopImmediatePropagation();
        retry = event.submitter || undefined;
        // Pressed once more, the form is sent as it is.
        insisted = true;
        show("said", problem);
        send();
      }
    },
    true,
  );

  function setButtons(disabled) {
    form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = disabled));
  }

  form.addEventListener("submit", (event) => {
    if (!leaves(event)) return;
    keepInBrowser();
    submitting = true;
    // Once the browser has taken the pressed button's name along, and everybody who may stop the form has been asked.
    setTimeout(() => {
      submitting = !event.defaultPrevented;
      setButtons(submitting);
    });
    // An answer that never comes is no reason to be stuck: sent twice, the form is saved once.
    setTimeout(ready, PATIENCE);
  });

  function ready() {
    if (submitting) setButtons(false);
    submitting = false;
  }

  // -- coming and going --

  function leave() {
    const extra = { leave: "1" };
    let rest = [];
    if (!submitting && !loggedOut) {
      keepInBrowser();
      if (touched && serial > known) [extra.form_serial, rest] = [serial, fields];
    }
    let body = new URLSearchParams([...Object.entries(about(extra)), ...rest]);
    if (body.toString().length > BEACON) body = new URLSearchParams(about({ leave: "1" }));
    navigator.sendBeacon(data.keep, body);
  }

  function start() {
    form.addEventListener("input", touch);
    // Through jQuery, which is how autocomplete fields say that they changed, and once they are ready.
    django.jQuery(() => django.jQuery(form).on("change", touch));
    document.addEventListener("formset:added", touch);
    document.addEventListener("formset:removed", touch);
    window.CKEDITOR?.on("instanceReady", ({ editor }) => {
      const listen = () => editor.editable().attachListener(editor.editable(), "input", touch);
      listen();
      editor.on("contentDom", listen);
      editor.on("change", touch);
    });
    if (data.from) document.querySelector("[data-unsaved]")?.removeAttribute("hidden");
    // What came back with an error may be newer than what was kept.
    if (document.querySelector("#story_form .errornote")) touch();
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      ready();
      send();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && touched && !submitting) send();
    });
    // By itself, so that one that failed is tried again.
    setInterval(send, PING);
    setTimeout(send, 300);
  }

  start();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", keepStoryForm);
else keepStoryForm();
