// Widgets dragged to another place by their heads, and links dropped into "Quick Links". Fingers scroll the page instead, and
// without a mouse, widgets are moved with their buttons.
"use strict";

/** How far the mouse goes before a press becomes a drag, in pixels. */
const SLOP = 6;
let drag = null;

/** The widget before which a dragged one would land at this point; null for the end. */
function placeAt(x, y) {
  const isOneColumn = getComputedStyle(widgets).gridTemplateColumns.split(" ").length === 1;
  const isBefore = ({ left, top, width, height }) =>
    isOneColumn ? y < top + height / 2 : document.dir === "rtl" ? x > left + width / 2 : x < left + width / 2;
  const next = shownWidgets().find((widget) => {
    const box = widget.getBoundingClientRect();
    return y < box.top || (y <= box.bottom && isBefore(box));
  });
  return next ?? null;
}

function mark(next) {
  for (const marked of document.querySelectorAll(".drop-before, .drop-last")) marked.classList.remove("drop-before", "drop-last");
  if (next) next.classList.add("drop-before");
  else if (drag?.isMoving) shownWidgets().at(-1).classList.add("drop-last");
}

function startDrag(event) {
  const head = event.target.closest(".widget-head");
  const isBusy = event.button !== 0 || event.pointerType === "touch" || event.target.closest("button, a");
  if (!head || isBusy || shownWidgets().length < 2) return;
  drag = { head, widget: head.parentElement, x: event.clientX, y: event.clientY, isMoving: false, next: null };
  head.setPointerCapture(event.pointerId);
}

function moveDrag(event) {
  if (!drag) return;
  const isFar = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLOP;
  if (!drag.isMoving && !isFar) return;
  drag.isMoving = true;
  drag.widget.classList.add("dragged");
  drag.next = placeAt(event.clientX, event.clientY);
  mark(drag.next);
}

function endDrag() {
  const ended = drag;
  drag = null;
  ended?.widget.classList.remove("dragged");
  mark(null);
  return ended?.isMoving ? ended : null;
}

function drop() {
  const { widget, next } = endDrag() ?? {};
  if (!widget || next === widget) return;
  inTurn(async () => {
    if (await change(next ? `before:${widget.id}:${next.id}` : `last:${widget.id}`)) sayPlace(widget);
  });
}

/** What is dragged from elsewhere, as the address of a link; empty if it is none. */
function linkOf(transfer) {
  const list = transfer.getData("text/uri-list").split(/\r?\n/).find((line) => line && !line.startsWith("#"));
  return list ?? transfer.getData("text/plain");
}

const holdsLink = (transfer) => transfer.types.includes("text/uri-list") || transfer.types.includes("text/plain");

function keepLink(address) {
  const form = document.getElementById("links");
  const fields = new URLSearchParams({ csrf: form.elements.csrf.value, address });
  inTurnOf("quick-links", "post", async () => show("quick-links", await send(form.action, "post", fields), "post"));
}

widgets.addEventListener("pointerdown", startDrag);
widgets.addEventListener("pointermove", moveDrag);
widgets.addEventListener("pointerup", drop);
widgets.addEventListener("pointercancel", endDrag);
document.addEventListener("keydown", (event) => event.key === "Escape" && endDrag());
widgets.addEventListener("dragover", (event) => {
  const target = event.target.closest?.("#quick-links");
  if (!target || !holdsLink(event.dataTransfer)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  target.classList.add("takes");
});
widgets.addEventListener("dragleave", (event) => {
  const target = event.target.closest?.("#quick-links");
  if (target && !target.contains(event.relatedTarget)) target.classList.remove("takes");
});
widgets.addEventListener("drop", (event) => {
  const target = event.target.closest?.("#quick-links");
  if (!target || !holdsLink(event.dataTransfer)) return;
  event.preventDefault();
  target.classList.remove("takes");
  keepLink(linkOf(event.dataTransfer));
});
