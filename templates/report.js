"use strict";
const find = id => document.getElementById(id);
const fields = ["words", "verdict", "tag"].map(find);
const said = document.querySelector("output");
const groups = [...document.querySelectorAll("main > .group[id]")].map(element => ({
  element,
  scenarios: [...element.querySelectorAll(".scenario")].map(scenario => ({
    element: scenario,
    text: scenario.querySelector("summary").textContent.toLowerCase(),
    tags: scenario.dataset.tags.split(" "),
  })),
}));

function filter() {
  const [words, verdict, tag] = fields.map(field => field.value);
  const wanted = words.toLowerCase().split(/\s+/);
  let shown = 0;
  for (const { element, scenarios } of groups) {
    let here = 0;
    for (const one of scenarios) {
      const fits = (!verdict || verdict === element.id) && (!tag || one.tags.includes(tag))
        && wanted.every(word => one.text.includes(word));
      one.element.hidden = !fits;
      here += fits;
    }
    element.hidden = here === 0;
    shown += here;
  }
  const narrowed = fields.some(field => field.value);
  said.textContent = narrowed ? `${shown} shown` : "";
  find("nothing").hidden = shown > 0 || !narrowed;
}

// The address has the filter, so that a link to what is shown can be mailed: #words=pair&verdict=failed
function remember() {
  const set = fields.filter(field => field.value).map(field => [field.id, field.value]);
  history.replaceState(null, "", `#${new URLSearchParams(set)}`);
}

function choose() {
  filter();
  remember();
}

function place(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    // Somebody has cut the address off.
    return hash;
  }
}

// An address names a place on the page, in which there is no "=", or a filter.
function follow() {
  const hash = location.hash.slice(1);
  if (hash.includes("=")) {
    const filters = new URLSearchParams(hash);
    for (const field of fields) field.value = filters.get(field.id) ?? "";
    filter();
    return;
  }
  const target = find(place(hash));
  if (!target) return;
  // Where a link leads must be seen, whatever is filtered.
  if (target.closest("[hidden]")) {
    for (const field of fields) field.value = "";
    filter();
  }
  if (target.matches("details")) target.open = true;
  target.scrollIntoView();
}

// "change" of a text field comes when it loses the focus, which following an address makes it do: the new address would be lost.
for (const field of fields) field.addEventListener(field.localName === "input" ? "input" : "change", choose);
addEventListener("hashchange", follow);
document.querySelector("search").hidden = false;
filter();
follow();
