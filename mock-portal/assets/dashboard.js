// The dashboard without reloading: what is ticked, moved, removed, chosen or saved changes in place. Each change is sent
// first and shown only when the portal has kept it; meanwhile the region says aria-busy.
"use strict";

const widgets = document.getElementById("widgets");
const panel = document.getElementById("panel");
const arrange = document.getElementById("arrange");
const said = document.getElementById("said");

const say = (what, name = "") => (said.textContent = said.dataset[what].replace("{}", name));
const titleOf = (widget) => widget.querySelector("h2").textContent;
const checkBoxOf = (id) => panel?.querySelector(`input[type=checkbox][value="${CSS.escape(id)}"]`);

/** Sends `fields` and returns the answer's text. A session that has ended leads to login, a failure to a message. */
async function send(address, method, fields, busy = widgets) {
  busy.ariaBusy = "true";
  try {
    const query = method === "get" ? `?${fields}` : "";
    const answer = await fetch(address + query, {
      method, headers: { "X-Fragment": "1" }, body: method === "get" ? undefined : fields,
    });
    if (answer.redirected) location.assign(location.href);
    if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
    return await answer.text();
  } catch {
    say("failed");
    return null;
  } finally {
    busy.ariaBusy = null;
  }
}

function fieldsOf(form, submitter) {
  return new URLSearchParams(new FormData(form, submitter));
}

function arranged(change) {
  return send(arrange.action, "post", new URLSearchParams({ csrf: arrange.elements.csrf.value, change }));
}

function elementFrom(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Puts a widget's new state where the old one was, and the focus on the field of the same name. */
function replace(widget, html) {
  const focused = widget.contains(document.activeElement) ? document.activeElement.name : "";
  const fresh = elementFrom(html);
  widget.replaceWith(fresh);
  if (focused) fresh.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
}

async function tick(box) {
  box.disabled = true;
  const html = await arranged(`${box.checked ? "add" : "remove"}:${box.value}`);
  box.disabled = false;
  // Disabling took the focus away; whoever went on meanwhile keeps theirs.
  if (document.activeElement === document.body) box.focus();
  if (html === null) return void (box.checked = !box.checked);
  if (!box.checked) return leave(document.getElementById(box.value));
  const widget = elementFrom(html);
  if (!document.getElementById(box.value)) widgets.append(widget);
  say("added", titleOf(widget));
}

function leave(widget) {
  if (!widget) return;
  say("removed", titleOf(widget));
  widget.remove();
}

async function arrangeWith(button) {
  const [verb, id] = button.value.split(":");
  const widget = button.closest(".widget");
  if ((await arranged(button.value)) === null) return;
  if (verb === "remove") {
    const next = widget.nextElementSibling ?? widget.previousElementSibling;
    leave(widget);
    const box = checkBoxOf(id);
    if (box) box.checked = false;
    (next?.querySelector(".widget-tools button:last-child") ?? document.getElementById("widgets-button"))?.focus();
    return;
  }
  const neighbour = verb === "earlier" ? widget.previousElementSibling : widget.nextElementSibling;
  if (neighbour?.matches(".widget")) verb === "earlier" ? neighbour.before(widget) : neighbour.after(widget);
  button.focus();
  say("moved", titleOf(widget));
}

async function changeView(form) {
  if ((await send(form.action, "post", fieldsOf(form))) === null) return;
  widgets.classList.toggle("list");
  widgets.classList.toggle("grid");
}

async function save(form) {
  if ((await send(form.action, "post", fieldsOf(form), form)) !== null) say("saved");
}

async function into(form, submitter) {
  const html = await send(form.action, form.method, fieldsOf(form, submitter));
  const widget = document.getElementById(form.dataset.into);
  if (html !== null) replace(widget, html);
}

function togglePanel(button) {
  const open = panel.hidden;
  panel.hidden = !open;
  button.ariaExpanded = String(open);
  button.value = open ? "closed" : "open";
  document.getElementById("bench").classList.toggle("with-panel", open);
  history.replaceState(null, "", open ? "?panel=open" : location.pathname);
}

function toggleGroup(button) {
  const group = document.getElementById(button.getAttribute("aria-controls"));
  group.hidden = !group.hidden;
  button.ariaExpanded = String(!group.hidden);
}

function chooseTab(tab) {
  for (const other of tab.parentElement.children) {
    other.ariaSelected = String(other === tab);
    other.tabIndex = other === tab ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = other !== tab;
  }
  tab.focus();
}

/** Arrows, Home and End choose a tab; in a right-to-left page the arrows change places. */
function tabKey(event) {
  const tabs = [...event.target.parentElement.children];
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const at = tabs.indexOf(event.target);
  const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  chooseTab(tabs.at(to % tabs.length));
}

function showTime() {
  for (const clock of document.querySelectorAll("time[data-zone]")) {
    const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: clock.dataset.zone };
    clock.textContent = new Intl.DateTimeFormat(document.documentElement.lang, format).format(new Date());
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.role === "tab") chooseTab(button);
  else if (button.closest(".group h3")) toggleGroup(button);
  else if (button.id === "widgets-button") { event.preventDefault(); togglePanel(button); }
});
document.addEventListener("keydown", (event) => event.target.role === "tab" && tabKey(event));
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name === "widget") tick(field);
  else if (field.form?.matches("[data-at-once]")) into(field.form);
});
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const change = form === arrange ? () => arrangeWith(submitter)
    : form.matches("[data-view]") ? () => changeView(form)
    : form.matches("[data-saves]") ? () => save(form)
    : form.matches("[data-into]") ? () => into(form, submitter)
    : null;
  if (!change) return;
  event.preventDefault();
  change();
});
if (document.querySelector("time[data-zone]")) setInterval(showTime, 1000);
