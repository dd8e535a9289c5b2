/* Finding a story by typing, to add it to the list: a combobox after the ARIA pattern, complete by keyboard. */
"use strict";
(() => {
  const PAUSE = 150; // milliseconds without typing before the search is asked

  function start() {
    const box = document.querySelector(".edition-add");
    const field = document.getElementById("edition-search");
    const found = document.getElementById("edition-found");
    const says = box?.querySelector("[data-search-says]");
    const words = document.getElementById("desk-words").dataset;
    if (!box) return;
    let stories = [];
    let chosen = -1;
    let waiting;
    let asking;

    const options = () => [...found.querySelectorAll("[role=option]")];
    const inList = () => new Set([...document.querySelectorAll(".edition-row [name$=-story]")].map((each) => each.value));

    function close() {
      clearTimeout(waiting);
      asking?.abort();
      found.hidden = true;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
      chosen = -1;
    }

    function choose(index) {
      const all = options();
      if (!all.length) return;
      chosen = (index + all.length) % all.length;
      all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
      field.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }

    function part(className, text) {
      const made = document.createElement("span");
      made.className = className;
      made.textContent = text;
      return made;
    }

    function show() {
      const there = inList();
      found.replaceChildren(
        ...stories.map((story, index) => {
          const option = document.createElement("li");
          option.id = `edition-found-${index}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          const about = [story.section, story.state, there.has(String(story.id)) ? words.inList : ""];
          option.append(part("found-headline", story.headline), " ", part("found-about", about.filter(Boolean).join(" · ")));
          option.addEventListener("click", () => add(index));
          return option;
        }),
      );
      found.hidden = !stories.length;
      field.setAttribute("aria-expanded", String(Boolean(stories.length)));
      says.textContent = stories.length ? words.found.replace("{count}", stories.length) : words.none;
      box.classList.toggle("has-found-nothing", !stories.length);
      chosen = -1;
      if (stories.length && field.value.trim()) choose(0);
    }

    async function ask() {
      asking?.abort();
      const mine = (asking = new AbortController());
      try {
        const address = `${box.dataset.storiesUrl}?q=${encodeURIComponent(field.value.trim())}`;
        const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
        stories = (await answer.json()).stories;
        box.classList.remove("has-failed");
        show();
      } catch (error) {
        if (error.name === "AbortError") return;
        stories = [];
        show();
        says.textContent = words.failed;
        box.classList.add("has-failed");
      }
    }

    function add(index) {
      const story = stories[index];
      close();
      field.value = "";
      document.dispatchEvent(new CustomEvent("edition:add", { detail: story }));
      field.focus();
    }

    field.addEventListener("input", () => {
      clearTimeout(waiting);
      if (field.value.trim()) waiting = setTimeout(ask, PAUSE);
      else close();
    });
    field.addEventListener("keydown", (event) => {
      // While an input method composes, its keys are its own.
      if (event.isComposing || event.altKey) return;
      if (event.key === "ArrowDown" && found.hidden) ask();
      else if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp" && !found.hidden) choose(chosen < 0 ? -1 : chosen - 1);
      else if (event.key === "Enter" && !found.hidden && chosen >= 0) add(chosen);
      else if (event.key === "Escape" && !found.hidden) close();
      else if (event.key === "Escape" && field.value) field.value = "";
      else return;
      event.preventDefault();
    });
    // The pointer must not take the focus, or the list would close under it.
    found.addEventListener("pointerdown", (event) => event.preventDefault());
    field.addEventListener("blur", close);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
