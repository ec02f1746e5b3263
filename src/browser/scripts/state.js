// The state of an element, as a person reads it. Needs dom.js, semantics.js, visibility.js, text.js and control.js.

/// By itself or with what it stands in (WAI-ARIA 1.2, "aria-disabled"), out of shadow trees, too.
function disabled(element) {
  if (matches(element, ':disabled')) return true;
  for (let node = element; node; node = drawnParent(node)) if (stated(node, 'disabled') === 'true') return true;
  return false;
}

// What people use (WAI-ARIA 1.2, roles that support `aria-disabled` but for groups and rows, which are used by their parts).
const USED = new Set((
  'application button checkbox combobox gridcell link listbox menu menubar menuitem menuitemcheckbox menuitemradio option radio radiogroup '
  + 'scrollbar searchbox slider spinbutton switch tab tablist textbox toolbar tree treegrid treeitem'
).split(' '));

const isUsed = (element) => USED.has(kindRole(element)) || hasAttribute(element, 'tabindex') || tagOf(element) === 'fieldset'
  || stated(element, 'disabled') !== null;

/// Whether a person can use it, or what it is a part of, as the words on a button are. What lets clicks pass is neither enabled nor disabled.
function enabledOf(element) {
  let used = element;
  while (used && !isUsed(used)) used = drawnParent(used);
  if (!used) return undefined;
  if (disabled(used)) return 'false';
  return getComputedStyle(handleOf(used)).pointerEvents === 'none' ? 'true, but not for the mouse' : 'true';
}

function readOnly(element) {
  return element.readOnly === true || stated(element, 'readonly') === 'true';
}

const CHECKABLE = ['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio'];

/// `true`, `false` or `mixed`; undefined for what can't be ticked.
function checkedOf(element) {
  if (matches(element, '[type=checkbox], [type=radio]') && tagOf(element) === 'input') {
    return element.indeterminate ? 'mixed' : String(element.checked);
  }
  const checked = stated(element, 'checked');
  if (CHECKABLE.includes(kindRole(element)) || (kindRole(element) === 'option' && checked)) return checked || 'false';
  return undefined;
}

const WITHOUT_VALUE = ['button', 'submit', 'reset', 'image', 'checkbox', 'radio', 'hidden'];

const FIELDS = ['textbox', 'searchbox', 'combobox'];

/// Everything that may be said of what a field holds, the plainest first; undefined for what holds nothing.
function valuesOf(element) {
  const tag = tagOf(element), role = kindRole(element);
  if (tag === 'select') return [squeeze([...element.selectedOptions].map(optionLabel).join(', '))];
  if (tag === 'textarea') return [element.value];
  if (tag === 'input') return inputValues(element);
  const range = [stated(element, 'valuenow'), stated(element, 'valuetext')].filter((value) => value !== null);
  if (RANGES.includes(role) && range.length) return range;
  if (['progress', 'meter'].includes(tag)) return [hasAttribute(element, 'value') ? String(element.value) : ''];
  if (role === 'listbox') return [selectedIn(element).join(', ')];
  if (isEditor(element)) return [isBlankEditor(element) ? '' : fold(drawnText(element)) || 'something without words'];
  if (FIELDS.includes(role) || RANGES.includes(role)) {
    const drawn = withoutLabel(element, fold(drawnText(element)));
    return [drawn.replace(SIGNS, '').trim() || drawn, drawn];
  }
  return undefined;
}

/// Some components draw the label of a list in it.
function withoutLabel(element, drawn) {
  const label = kindRole(element) === 'combobox' ? fold(attribute(element, 'aria-label') ?? '') : '';
  if (!label || drawn === label) return label ? '' : drawn;
  return drawn.endsWith(` ${label}`) ? drawn.slice(0, -label.length - 1) : drawn;
}

const DAY = { day: '2-digit', month: '2-digit', year: 'numeric' }, MINUTE = { hour: '2-digit', minute: '2-digit' };
const DRAWN_DATES = { date: DAY, time: MINUTE, 'datetime-local': { ...DAY, ...MINUTE }, month: { month: 'long', year: 'numeric' } };

/// A date or time as its field draws it: in the browser's language, where its value is in HTML's own form.
function drawnDate({ type, value, valueAsNumber }) {
  if (!DRAWN_DATES[type] || value === '') return [];
  // A month's number counts months.
  const moment = type === 'month' ? Date.parse(value) : valueAsNumber;
  return [new Intl.DateTimeFormat(navigator.language, { ...DRAWN_DATES[type], timeZone: 'UTC' }).format(moment)];
}

function inputValues(input) {
  if (WITHOUT_VALUE.includes(input.type)) return undefined;
  if (input.type === 'file') return [[...input.files].map(({ name }) => name).join(', ')];
  if (input.validity.badInput) return ['something that can’t be read'];
  const range = kindRole(input) === 'slider' ? [stated(input, 'valuetext'), stated(input, 'valuenow')].filter(Boolean) : [];
  if (input.value === '' && kindRole(input) === 'combobox') return [drawnIn(controlOf(input), input) || chipsBeside(input).join(', ')];
  return [input.value, ...drawnDate(input), ...range];
}

const selectedIn = (list) => everything(list)
  .filter((option) => stated(option, 'selected') === 'true' || stated(option, 'checked') === 'true')
  .map((option) => namesOf(option)[0]);

/// The options that are chosen of a selection list, however it is made.
function chosenOf(element) {
  if (tagOf(element) === 'select') return [...element.selectedOptions].map((option) => fold(optionLabel(option)));
  const own = [...valuesOf(element) ?? [], ...popupsOf(element).flatMap(selectedIn)];
  const fields = everything(element).filter((part) => matches(part, WRITTEN_IN)).map(({ value }) => value);
  const suggested = [...element.list?.options ?? []].filter(({ value }) => value === element.value).map(optionLabel);
  return [...own, ...fields, ...suggested, ...shownPartsOf(element).map(drawnText)].map(fold);
}

// Digits with points, commas, spaces or apostrophes in between, and a currency's sign.
const WHOLE = /^\d+$/, GROUPED = /^\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*$/, WITH_DECIMALS = /^(.*)[.,](\d+)$/;

/// The numbers that a text may mean; none where it is no number. "1,250" may be either of two.
function numbersIn(text) {
  const [, sign, digits] = /^([-−+]?)[\p{Sc}\s]*([\d.,'’ \u00a0\u202f]*?)[\p{Sc}\s]*$/u.exec(text.trim()) ?? [, '', ''];
  const plain = (part) => part.replace(/\D/g, '');
  const isInteger = (part) => part === '' || WHOLE.test(part) || GROUPED.test(part);
  const readings = digits && isInteger(digits) ? [Number(plain(digits))] : [];
  const [, before, after] = WITH_DECIMALS.exec(digits) ?? [];
  // Nobody writes a number such as 06.12, or the same sign in two meanings.
  if (after && isInteger(before) && !/^0\d/.test(before) && !before.includes(digits.at(-after.length - 1))) readings.push(Number(`${plain(before)}.${after}`));
  return readings.map((each) => (sign && sign !== '+' ? -each : each));
}

/// Whether a field holds what was typed, with nothing but separators put in by a mask, in capitals or not, or the same number. "1250" is
/// another number than "12.50"; of "1,250" a comma that is lost may have been either.
function isMasked(typed, held) {
  let next = 0;
  const plain = (letter) => letter?.toLowerCase();
  const isKept = [...held].every((letter) => (plain(letter) === plain(typed[next]) ? Boolean(++next) : !/[\p{L}\p{N}]/u.test(letter)));
  const [meant, read] = [numbersIn(typed), numbersIn(held)];
  const shared = meant.filter((each) => read.includes(each));
  if (typed === '' || (meant.length && read.length && !shared.length)) return false;
  return (isKept && next === typed.length) || (shared.length > 0 && (shared.length === meant.length || !WHOLE.test(held)));
}

function cornerOf(element) {
  const handle = handleOf(element);
  const [words] = wordRects(handle);
  const { x, y, width, height } = words ? { x: words.left, y: words.top, width: words.width, height: words.height } : boxOf(handle);
  const across = (x + width / 2) / innerWidth, down = (y + height / 2) / innerHeight;
  if (across < 0 || across > 1 || down < 0 || down > 1) return 'outside of the window';
  return `${down < 1 / 3 ? 'upper' : down > 2 / 3 ? 'lower' : 'middle'} ${across < 1 / 3 ? 'left' : across > 2 / 3 ? 'right' : 'centre'}`;
}

// What is there only while it is open.
const POPPING_UP = ['dialog', 'alertdialog', 'menu', 'tooltip'];

/// What a button opens by HTML alone: a popover, or what its command is for.
function openedBy(button) {
  const target = (button.popoverTargetAction === 'hide' ? null : button.popoverTargetElement) ?? (/^(show-modal|toggle-popover|show-popover)$/.test(button.command ?? '') ? button.commandForElement : null);
  return target ? [target].find((each) => tagOf(each) === 'dialog' || hasAttribute(each, 'popover')) : undefined;
}

const isOpenNow = (popup) => popup.open === true || matches(popup, ':popover-open');

/// Whether it says that it is open while all that it says to open is out of sight.
const isOpenInVain = (element) => {
  const opened = byIds(element, 'aria-controls');
  return CLICKABLE.includes(kindRole(element)) && opened.length > 0 && !opened.some(isDrawn);
};

/// `true` or `false`, as the page says it; undefined where it does not.
function saidExpanded(element) {
  const details = tagOf(element) === 'summary' ? parentOf(element) : element;
  if (tagOf(details) === 'details' || tagOf(details) === 'dialog') return String(details.open);
  return stated(element, 'expanded') ?? undefined;
}

/// `true` or `false`; undefined for what neither opens nor closes.
function expandedOf(element) {
  if (tagOf(element) === 'select' && CSS.supports('selector(:open)')) return String(matches(element, ':open'));
  const said = saidExpanded(element);
  if (said) return said === 'true' && isOpenInVain(element) ? 'true, but nothing is open' : said;
  const popup = openedBy(element);
  if (popup) return String(isOpenNow(popup));
  return POPPING_UP.includes(kindRole(element)) || matches(element, ':popover-open') ? 'true' : undefined;
}

/// What has the keyboard's focus, out of shadow trees and frames; null where nothing has.
function focusedElement() {
  let element = document.activeElement;
  for (;;) {
    const inner = element && (shadowOf(element)?.activeElement ?? documentIn(element)?.activeElement);
    if (!inner) return element && element !== ownerOf(element).body && tagOf(element) !== 'html' ? element : null;
    element = inner;
  }
}

/// Whether an element that has the focus is the field proper of one that is made of several.
const isFieldOf = (element, focused) => [...FIELDS, 'spinbutton', 'slider'].includes(kindRole(element)) && holds(element, focused)
  && !CLICKABLE.includes(roleOf(focused));

/// Whether keys go to it: to itself, to the field that it labels or draws, or to the option of it that its field points out.
function hasFocus(element) {
  const focused = focusedElement();
  if (!focused) return false;
  const pointedOut = [...byIds(focused, 'aria-activedescendant'), focused.ariaActiveDescendantElement];
  return [focused, ...pointedOut].some((one) => one && (one === element || one === handleOf(element))) || isFieldOf(element, focused);
}

/// `true`, `false` or `mixed`; undefined for what can't be pressed and stay so.
const pressedOf = (element) => (kindRole(element) === 'button' && stated(element, 'pressed')) || undefined;

// WAI-ARIA 1.2, "aria-selected".
const SELECTABLE = ['gridcell', 'option', 'row', 'tab', 'columnheader', 'rowheader', 'treeitem'];

function selectedOf(element) {
  if (tagOf(element) === 'option') return String(element.selected);
  if (!SELECTABLE.includes(kindRole(element))) return undefined;
  return stated(element, 'selected') || (kindRole(element) === 'option' && stated(element, 'checked')) || undefined;
}

/// Some types of fields can't be: HTML's own fields are known to the browser.
const requiredOf = (element) => String(stated(element, 'required') === 'true'
  || (isCustom(element) ? element.required === true : matches(element, ':required')));

const saysInvalid = (sheet) => {
  try {
    return [...sheet.cssRules].filter(({ selectorText = '' }) => /:(user-)?invalid/.test(selectorText));
  } catch {
    return [];
  }
};

/// Whether a style sheet draws a field that is invalid in another way.
const isDrawnInvalid = (field) => {
  const root = rootOf(field);
  return [...root.styleSheets, ...root.adoptedStyleSheets].flatMap(saysInvalid).some(({ selectorText }) => matches(field, selectorText));
};

/// As a person sees it: by what the page says of it, or else by the browser's own check once something was typed or sent. Where a form
/// does without that check, its result counts only if the page draws it.
function invalidOf(element) {
  const said = stated(element, 'invalid');
  if (said && said !== 'false') return 'true';
  return String(matches(element, ':user-invalid') && (!element.form?.noValidate || isDrawnInvalid(element)));
}

/// Everything that may be said of a property of the element; undefined where it can't have any.
function readings(element, property) {
  const one = (reading) => (reading === undefined ? undefined : [reading]);
  switch (property) {
    case 'checked': return one(checkedOf(element));
    case 'value': case 'typed': return valuesOf(element);
    case 'chosen': return chosenOf(element);
    case 'contents': return one(contentsOf(element));
    case 'text': return [fold(drawnText(element))];
    case 'enabled': return one(enabledOf(element));
    case 'expanded': return one(expandedOf(element));
    case 'focused': return [String(hasFocus(element))];
    case 'required': return [requiredOf(element)];
    case 'invalid': return [invalidOf(element)];
    case 'pressed': return one(pressedOf(element));
    case 'selected': return one(selectedOf(element));
    case 'corner': return [cornerOf(element)];
    default: throw new Error(`no such property: ${property}`);
  }
}

/// Whether what is read is what was expected.
function agrees(property, expected, reading) {
  if (reading === expected || (!['typed', 'contents'].includes(property) && fold(reading) === fold(expected))) return true;
  if (property === 'checked' && expected.startsWith('not ')) return reading !== expected.slice(4);
  return property === 'typed' && isMasked(expected, reading);
}

/// null where the element is as expected, else what it is instead; what is masked stays masked.
function surprise(element, { property, value }) {
  const actual = readings(element, property);
  if (actual === undefined) return { kind: 'inapplicable', property, ...describe(element) };
  if (actual.some((reading) => agrees(property, value, reading))) return null;
  const masked = element.type === 'password', first = actual[0] ?? '';
  return { kind: 'unexpected', property: { typed: 'value', chosen: 'value', contents: 'value' }[property] ?? property, masked, actual: masked ? '•'.repeat(first.length) : first };
}
