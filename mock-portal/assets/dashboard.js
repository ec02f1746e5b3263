// The dashboard without reloading: what is ticked, moved, removed, chosen or saved changes in place. Each change is sent
// first and shown only when the portal has stored it; meanwhile the region says aria-busy.
"use strict";

const widgets = document.getElementById("widgets");
const panel = document.getElementById("panel");
const arrange = document.getElementById("arrange");
const said = document.getElementById("said");

const say = (what, ...values) => (said.textContent = values.reduce((text, value) => text.replace("{}", () => value), said.dataset[what]));
const shownWidgets = () => [...widgets.querySelectorAll(":scope > .widget")];
const titleOf = (widget) => widget.querySelector("h2").textContent;

/** Counts what is waited for: a part of the page is busy until the last of it has come. */
const waits = new Map();
function count(busy, change) {
  waits.set(busy, (waits.get(busy) ?? 0) + change);
  busy.ariaBusy = waits.get(busy) > 0 ? "true" : null;
}

/**
 * Sends `fields` and returns the answer's text. A session that has ended leads to login, a failure to a message; what was given up
 * through `signal` leads to nothing.
 */
async function send(address, method, fields, { busy = widgets, signal } = {}) {
  count(busy, 1);
  try {
    const query = method === "get" ? `?${fields}` : "";
    const answer = await fetch(address + query, {
      method, headers: { "X-Fragment": "1" }, body: method === "get" ? undefined : fields, signal,
    });
    if (answer.redirected) {
      location.assign(location.href);
      return null;
    }
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) throw new Error(answer.statusText);
    const text = await answer.text();
    return signal?.aborted ? null : text;
  } catch {
    if (!signal?.aborted) say("failed");
    return null;
  } finally {
    count(busy, -1);
  }
}

function fieldsOf(form, submitter) {
  return new URLSearchParams(new FormData(form, submitter));
}

/** For each part of the page that answers renew: its last request, and what gives up that request if it only reads. */
const parts = new Map();

/**
 * Makes the requests for a part of the page one after the other: an answer that overtakes another would show what has been changed
 * since. What is only read gives way to whatever comes next, so that a slow answer to an earlier choice is not waited for.
 */
function inTurnOf(part, method, work) {
  const { turn = Promise.resolve(), reading } = parts.get(part) ?? {};
  reading?.abort();
  const mine = method === "get" ? new AbortController() : null;
  const next = turn.catch(() => {}).then(() => (mine?.signal.aborted ? null : work(mine?.signal)));
  parts.set(part, { turn: next, reading: mine });
  return next;
}

const inTurn = (work) => inTurnOf("arrangement", "post", work);

function arranged(change) {
  return send(arrange.action, "post", new URLSearchParams({ csrf: arrange.elements.csrf.value, change }));
}

/** Shows the widgets that the portal has stored, in its order: another tab may have changed it. */
async function follow(answer) {
  const ids = answer.split(" ").filter(Boolean);
  for (const widget of shownWidgets()) if (!ids.includes(widget.id)) widget.remove();
  for (const [place, id] of ids.entries()) {
    const there = shownWidgets()[place];
    if (there?.id === id) continue;
    const widget = document.getElementById(id) ?? elementFrom((await send(`/dashboard/widgets/${id}`, "get", "")) ?? "");
    if (widget) there ? there.before(widget) : widgets.append(widget);
  }
  // A box that is disabled waits for its turn: what it says is still to be sent.
  for (const box of panel?.querySelectorAll("input[name=widget]:enabled") ?? []) box.checked = ids.includes(box.value);
}

function elementFrom(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/**
 * Puts a widget's new state where the old one was: what was open stays open, and the focus goes to the field of the same name,
 * or to whatever else there is to go on with.
 */
function replace(widget, html) {
  const hadFocus = widget.contains(document.activeElement);
  const name = document.activeElement.name;
  const fresh = elementFrom(html);
  widget.replaceWith(fresh);
  const tab = widget.querySelector('[role="tab"][aria-selected="true"]');
  if (tab) chooseTab(document.getElementById(tab.id));
  const more = fresh.querySelector("details");
  if (more) more.open = widget.querySelector("details")?.open ?? false;
  if (!hadFocus) return;
  const wanted = [name && `[name="${CSS.escape(name)}"]`, '[role="tab"][aria-selected="true"]', "input, select", "summary", "button"];
  const body = fresh.querySelector(".widget-body");
  const all = wanted.filter(Boolean).flatMap((selector) => [...body.querySelectorAll(selector)]);
  all.find((element) => element.checkVisibility())?.focus();
}

async function tick(box) {
  const answer = await arranged(`${box.checked ? "add" : "remove"}:${box.value}`);
  box.disabled = false;
  // Disabling took the focus away; a focus that the person has moved meanwhile stays.
  if (document.activeElement === document.body) box.focus();
  if (answer === null) return void (box.checked = !box.checked);
  const there = document.getElementById(box.value);
  if (!box.checked) {
    await follow(answer);
    return void (there && say("removed", titleOf(there)));
  }
  const widget = there ?? elementFrom(answer);
  if (!there) widgets.append(widget);
  say("added", titleOf(widget));
}

async function arrangeWith(button) {
  const [verb, id] = button.value.split(":");
  const widget = document.getElementById(id);
  if (!widget) return;
  const next = widget.nextElementSibling ?? widget.previousElementSibling;
  if (!(await change(button.value))) return;
  if (verb !== "remove") return sayPlace(widget, button);
  say("removed", titleOf(widget));
  (next?.querySelector(".widget-tools button:last-child") ?? document.getElementById("widgets-button"))?.focus();
}

/** Sends a change and shows what came of it; false if nothing did. */
async function change(what) {
  const order = await arranged(what);
  if (order === null) return false;
  await follow(order);
  return true;
}

/** Says where a widget is now; the button that moved it keeps the focus. */
function sayPlace(widget, button) {
  if (!widget.isConnected) return say("removed", titleOf(widget));
  button?.focus();
  const all = shownWidgets();
  say("moved", titleOf(widget), all.indexOf(widget) + 1, all.length);
}

const changeView = (form) => inTurnOf("view", "post", async () => {
  if ((await send(form.action, "post", fieldsOf(form))) === null) return;
  const view = form.elements.view;
  const other = view.value === "list" ? "grid" : "list";
  widgets.classList.replace(other, view.value);
  view.value = other;
});

/** The response to a saved note is its version, to a conflict the widget with both texts. */
const save = (form) => inTurnOf(form.closest(".widget").id, "post", async () => {
  // Meanwhile a conflict has shown both texts, and the person is to decide.
  if (!form.isConnected) return;
  const answer = await send(form.action, "post", fieldsOf(form), { busy: form });
  const widget = form.closest(".widget");
  if (answer === null || !widget) return;
  if (/^\d+$/.test(answer)) {
    form.elements.version.value = answer;
    for (const notice of widget.querySelectorAll("[data-until-saved]")) notice.remove();
    return say("saved");
  }
  // What was written while the answer was on its way stays, too.
  const written = form.elements.note.value;
  const hadFocus = widget.contains(document.activeElement);
  replace(widget, answer);
  const note = document.getElementById(widget.id).querySelector("[name=note]");
  note.value = written;
  // Not on the button that discards it: pressing Enter once more must not lose the text.
  if (hadFocus) note.focus();
});

function into(form, submitter) {
  const { method } = form;
  const address = submitter?.getAttribute("formaction") ?? form.action;
  const id = submitter?.dataset.into ?? form.dataset.into;
  const fields = fieldsOf(form, submitter);
  return inTurnOf(id, method, async (signal) => show(id, await send(address, method, fields, { signal }), method));
}

/** Shows a widget as the portal answered it. */
function show(id, html, method) {
  const widget = document.getElementById(id);
  if (html === null || !widget) return;
  replace(widget, html);
  if (method === "post" && !document.querySelector(`#${CSS.escape(id)} [role="alert"]`)) say("saved");
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
  const tab = tabs.at(to % tabs.length);
  chooseTab(tab);
  tab.focus();
}

function showTime() {
  const now = new Date();
  for (const clock of document.querySelectorAll("time[data-zone]")) {
    const timeZone = clock.dataset.zone;
    const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
    clock.textContent = time.format(now);
    // With the digits that the portal writes: of Arabic's, browsers choose one or the other.
    const date = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { dateStyle: "long", timeZone });
    clock.parentElement.querySelector(".date").textContent = date.format(now);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.role === "tab") { chooseTab(button); button.focus(); }
  else if (button.closest(".group h3")) toggleGroup(button);
  else if (button.id === "widgets-button") { event.preventDefault(); togglePanel(button); }
});
document.addEventListener("keydown", (event) => event.target.role === "tab" && tabKey(event));
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name === "widget") {
    field.disabled = true;
    inTurn(() => tick(field));
  } else if (field.form?.matches("[data-at-once]")) into(field.form);
});
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const answer = form === arrange ? () => inTurn(() => arrangeWith(submitter))
    : form.matches("[data-view]") ? () => changeView(form)
    : form.matches("[data-saves]") ? () => save(form)
    : (submitter ?? form).matches("[data-into]") || form.matches("[data-into]") ? () => into(form, submitter)
    : null;
  if (!answer) return;
  event.preventDefault();
  answer();
});
if (document.querySelector("time[data-zone]")) setInterval(showTime, 1000);
