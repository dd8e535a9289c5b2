/* Who else has the story open, and where in it this cursor is. */
"use strict";
(() => {
  /* "headline", "subsection:<key>:body", "bylines": see articles/actions/presence.py. Stays while another window has the focus. */
  let last = "";
  function place() {
    const active = document.activeElement;
    if (!active || !active.closest("#story_form")) return last;
    const field = active.closest("[class*='field-']")?.className.match(/(?:^|\s)field-([a-z_]+)/)?.[1] || "";
    const row = active.closest(".inline-related");
    const group = row?.closest(".inline-group")?.id.replace(/-group$/, "");
    if (group === "subsections") last = `subsection:${row.querySelector("input[name$='-part_key']")?.value || ""}:${field}`;
    else if (group) last = group;
    else if (field) last = field;
    return last;
  }
  window.newsroomPlace = place;

  const said = () => document.querySelector("[data-said]");

  function show({ people = [], newer = "" }) {
    const list = document.querySelector(".keeping-people");
    const before = new Set([...list.children].map((item) => item.dataset.person));
    list.replaceChildren(
      ...people.map(({ id, words }) => {
        const item = document.createElement("li");
        item.dataset.person = id;
        item.textContent = words;
        return item;
      }),
    );
    const told = document.querySelector("[data-newer]");
    const news = people.filter(({ id }) => !before.has(id)).map(({ words }) => words);
    if (newer && !told.textContent) news.push(newer);
    told.textContent = newer;
    if (news.length) said().textContent = news.join(" ");
  }

  document.addEventListener("newsroom:answer", (event) => show(event.detail));
})();
