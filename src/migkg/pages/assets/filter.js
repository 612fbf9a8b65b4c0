"use strict";
// Hides the entries of a list whose text has not all the words typed; without it, all are shown.
(() => {
  const form = document.querySelector("form.filter");
  const input = form.querySelector("input");
  const output = form.querySelector("output");
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = Array.from(document.querySelectorAll("[data-entry]"), e => [e, plain(e.textContent)]);
  const groups = document.querySelectorAll("[data-group]");
  const contents = document.querySelector("nav.contents");

  const apply = () => {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [entry, text] of entries) {
      const fits = wanted.every(word => text.includes(word));
      entry.hidden = !fits;
      left += fits;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-entry]:not([hidden])");
    }
    if (contents) contents.hidden = wanted.length > 0;
    const told = wanted.length ? [form.dataset.of, left, entries.length] : [form.dataset.count, entries.length];
    output.textContent = told.slice(1).reduce((text, count) => text.replace("{}", count), told[0]);
  };

  form.hidden = false;
  input.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  apply();
})();
