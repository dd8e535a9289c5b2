/* Texts that the server has not got, kept in this browser: one per open form, few, and only until the server has them. */
"use strict";
(() => {
  const PREFIX = "newsroom-kept:";
  const LONGEST = 2_000_000; // characters of one form
  const MOST = 10;
  const DAYS = 30;

  const nameOf = (owner, key) => `${PREFIX}${owner}:${key}`;

  function names() {
    return Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index)).filter((name) => name?.startsWith(PREFIX));
  }

  function read(name) {
    try {
      const held = JSON.parse(localStorage.getItem(name));
      return held && Array.isArray(held.fields) && Number.isInteger(held.serial) ? held : null;
    } catch {
      return null;
    }
  }

  /* Whether it is kept: a browser may refuse, and has little room. */
  function write(owner, held) {
    const text = JSON.stringify(held);
    if (text.length > LONGEST) return false;
    const own = nameOf(owner, held.key);
    try {
      const others = names().filter((name) => name !== own).sort((a, b) => (read(a)?.at || 0) - (read(b)?.at || 0));
      others.slice(0, Math.max(0, others.length - MOST + 1)).forEach((name) => localStorage.removeItem(name));
      localStorage.setItem(own, text);
      return true;
    } catch {
      return false;
    }
  }

  function remove(owner, key) {
    try {
      localStorage.removeItem(nameOf(owner, key));
    } catch {
      // A browser that refuses to keep anything has nothing to forget.
    }
  }

  /* What is held of `owner` (a person and a story), oldest first; what is old or no text is removed. */
  function all(owner) {
    try {
      const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
      names().filter((name) => !(read(name)?.at > oldest)).forEach((name) => localStorage.removeItem(name));
      return names().filter((name) => name.startsWith(nameOf(owner, ""))).map(read).sort((a, b) => a.at - b.at);
    } catch {
      return [];
    }
  }

  window.newsroomBrowser = { write, remove, all };
})();
