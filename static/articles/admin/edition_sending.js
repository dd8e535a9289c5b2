/* Sends the form of an edition, once, and only where it will be taken: a login that ended is asked for over the form,
   a list that is too long and a server that is not there are told, and everything typed stays in the form. */
"use strict";
(() => {
  const PATIENCE = 10_000; // milliseconds for the server to say that it is there
  const form = document.getElementById("edition-form");
  const data = document.getElementById("keeping").dataset;
  let asking = false;
  let waiting = false; // a save that was pressed waits for a login

  window.newsroomToken = () => {
    // A login in another window gives the browser another token: the cookie has it.
    const name = `${data.csrfCookie}=`;
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(name));
    const field = form.elements.csrfmiddlewaretoken;
    if (found) field.value = decodeURIComponent(found.slice(name.length));
    return field.value;
  };

  function tell(words) {
    const place = form.querySelector("[data-unsent]");
    place.textContent = words;
    place.hidden = !words;
  }

  function tooLong() {
    const count = [...form.querySelectorAll(".edition-row")].filter((row) => !row.querySelector(".delete input")?.checked).length;
    return count > Number(data.most) ? data.tooLong.replace("{most}", data.most).replace("{count}", count) : "";
  }

  /* "here", "out" (nobody is logged in), or "away" (no answer). */
  async function server() {
    try {
      const answer = await fetch(data.asks, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      return answer.type === "opaqueredirect" ? "out" : "here";
    } catch {
      return "away";
    }
  }

  async function send() {
    // Pressed twice, a new edition would be made twice.
    if (asking || "sent" in form.dataset) return;
    const words = tooLong();
    tell(words);
    if (words) return;
    asking = true;
    const state = await server();
    asking = false;
    if (state === "here") {
      window.newsroomToken();
      form.dataset.sent = "";
      form.submit();
      return;
    }
    waiting = state === "out";
    tell(waiting ? data.loggedOut : data.unreachable);
    if (waiting) document.dispatchEvent(new CustomEvent("newsroom:logged-out", { detail: { asked: true } }));
  }

  // Stopped, or come back to: it can be sent again, and is not left without a question.
  const isHere = () => delete form.dataset.sent;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.addEventListener("input", isHere);
  window.addEventListener("pageshow", isHere);
  document.addEventListener("newsroom:login-closed", () => {
    waiting = false;
  });
  document.addEventListener("newsroom:logged-in", ({ detail }) => {
    tell("");
    if (detail.csrf) form.elements.csrfmiddlewaretoken.value = detail.csrf;
    if (waiting) send();
  });
})();
