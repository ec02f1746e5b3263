// What every page gains from script: the name menu, the show-password control, and forms that are sent once.
"use strict";

/** The menu-button pattern of the ARIA Authoring Practices: arrows, Home, End, letters, Escape. */
function menuButton(button) {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  const items = [...menu.querySelectorAll('[role="menuitem"]')];
  items.forEach((item) => (item.tabIndex = -1));

  const show = (index) => {
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    items[(index + items.length) % items.length].focus();
  };
  const hide = () => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };

  button.addEventListener("click", () => (menu.hidden ? show(0) : hide()));
  button.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") show(0);
    else if (event.key === "ArrowUp") show(-1);
    else return;
    event.preventDefault();
  });
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const starting = items.findIndex((_, step) =>
      items[(at + 1 + step) % items.length].textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    if (event.key === "ArrowDown") show(at + 1);
    else if (event.key === "ArrowUp") show(at - 1);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(-1);
    else if (event.key === " ") document.activeElement.click();
    else if (event.key === "Escape") { hide(); button.focus(); }
    else if (event.key.length === 1 && starting >= 0) show(at + 1 + starting);
    else return;
    event.preventDefault();
  });
  menu.parentElement.addEventListener("focusout", (event) => {
    if (!menu.parentElement.contains(event.relatedTarget)) hide();
  });
}

function showPassword(button) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
}

/** A second click on a form's button, while the first is on its way, sends nothing. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") event.preventDefault();
    else form.ariaBusy = "true";
  });
  // The browser's Back shows the page as it was left.
  window.addEventListener("pageshow", () => (form.ariaBusy = null));
}

/** Reset empties the fields, also those that the server filled in, and takes back what was said about them. */
function emptyInPlace(reset) {
  const form = document.getElementById(reset.dataset.empties);
  reset.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = form.querySelectorAll("input:not([type=hidden])");
    fields.forEach((field) => {
      field.value = "";
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    });
    form.parentElement.querySelectorAll('[role="alert"]').forEach((alert) => alert.remove());
    fields[0].focus();
  });
}

document.querySelectorAll("[aria-haspopup=menu]").forEach(menuButton);
document.querySelectorAll("[data-shows]").forEach(showPassword);
document.querySelectorAll("form[data-once]").forEach(sendOnce);
document.querySelectorAll("form[data-empties]").forEach(emptyInPlace);
(document.querySelector('[aria-invalid="true"]') ?? document.createElement("i")).focus();
