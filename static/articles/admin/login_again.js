/* Logging in again over the open form. Listens for newsroom:logged-out, tells newsroom:logged-in or newsroom:login-closed. */
"use strict";
(() => {
  const PAUSE = 1500; // milliseconds without a key: nobody is to type a story into the field for the password
  let dialog;
  let waiting;
  let typedAt = 0;
  let offered = false;

  const data = () => document.getElementById("keeping").dataset;

  function made() {
    const content = document.getElementById("login-again").content.cloneNode(true);
    dialog = content.querySelector("dialog");
    const [user, password] = [dialog.querySelector("#login-again-user"), dialog.querySelector("#login-again-password")];
    user.name = "username";
    password.name = "password";
    document.body.append(content);
    dialog.addEventListener("close", () => document.dispatchEvent(new CustomEvent("newsroom:login-closed")));
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const error = dialog.querySelector(".errornote");
      error.hidden = true;
      const problem = await logIn(user.value, password.value);
      password.value = "";
      if (!problem) {
        dialog.close();
        return;
      }
      error.textContent = problem;
      error.hidden = false;
      password.focus();
    });
    return dialog;
  }

  async function logIn(username, password) {
    const body = new URLSearchParams({ username, password, form_user: data().user, csrfmiddlewaretoken: window.newsroomToken() });
    try {
      const response = await fetch(data().login, { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (!response.ok) return answer.problem || data().unreachable;
      offered = false;
      document.dispatchEvent(new CustomEvent("newsroom:logged-in", { detail: answer }));
      return "";
    } catch {
      return data().unreachable;
    }
  }

  function ask() {
    clearTimeout(waiting);
    const rest = PAUSE - (Date.now() - typedAt);
    if (rest > 0) waiting = setTimeout(ask, rest);
    else if (!(dialog || made()).open) dialog.showModal();
  }

  // In the editors' frames nothing is heard here; they say that they changed.
  document.addEventListener("input", () => (typedAt = Date.now()), true);
  document.addEventListener("newsroom:typed", () => (typedAt = Date.now()));
  // Somebody logged in in another window.
  document.addEventListener("newsroom:answer", () => {
    offered = false;
    clearTimeout(waiting);
    if (dialog?.open) dialog.close();
  });
  document.addEventListener("newsroom:logged-out", ({ detail }) => {
    // By itself once: after "Later" only when somebody asks for it.
    if (detail?.asked) typedAt = 0;
    else if (offered) return;
    offered = true;
    ask();
  });
})();
