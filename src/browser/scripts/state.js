// The state of an element, as a person reads it. Needs dom.js, semantics.js, visibility.js and text.js.

function disabled(element) {
  return matches(element, ':disabled') || Boolean(closest(element, '[aria-disabled=true]'));
}

function readOnly(element) {
  return element.readOnly === true || attribute(element, 'aria-readonly') === 'true';
}

const CHECKABLE = ['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio'];

/// `true`, `false` or `mixed`; undefined for what can't be ticked.
function checkedOf(element) {
  if (matches(element, '[type=checkbox], [type=radio]') && tagOf(element) === 'input') {
    return element.indeterminate ? 'mixed' : String(element.checked);
  }
  const stated = attribute(element, 'aria-checked');
  if (CHECKABLE.includes(kindRole(element)) || (kindRole(element) === 'option' && stated)) return stated || 'false';
  return undefined;
}

const WITHOUT_VALUE = ['button', 'submit', 'reset', 'image', 'checkbox', 'radio', 'hidden'];

const FIELDS = ['textbox', 'searchbox', 'combobox'];

/// What is drawn beside an input that stays empty: components draw what was chosen themselves. What stands there while nothing is
/// chosen is called a placeholder by all of them, in a class or an id.
function drawnBeside(input) {
  let around = drawnParent(input);
  for (let steps = 0; around && steps < 3; steps++, around = drawnParent(around)) {
    const all = everything(around);
    if (all.some((other) => other !== input && matches(other, CONTROLS)) || all.some((other) => tagOf(other) === 'label')) return '';
    const text = fold(drawnText(around));
    const isHint = (part) => part !== input && fold(drawnText(part)) === text && /placeholder/i.test(`${attribute(part, 'class')} ${part.id}`);
    if (text) return all.some(isHint) ? '' : text;
  }
  return '';
}

/// Everything that may be said of what a field holds, the plainest first; undefined for what holds nothing.
function valuesOf(element) {
  const tag = tagOf(element), role = kindRole(element);
  if (tag === 'select') return [squeeze([...element.selectedOptions].map(optionLabel).join(', '))];
  if (tag === 'textarea') return [element.value];
  if (tag === 'input') return inputValues(element);
  const stated = [attribute(element, 'aria-valuenow'), attribute(element, 'aria-valuetext')].filter((value) => value !== null);
  if (RANGES.includes(role) && stated.length) return stated;
  if (['progress', 'meter'].includes(tag)) return [hasAttribute(element, 'value') ? String(element.value) : ''];
  if (role === 'listbox') return [selectedIn(element).join(', ')];
  if (FIELDS.includes(role) || RANGES.includes(role)) return [fold(drawnText(element))];
  return undefined;
}

function inputValues(input) {
  if (WITHOUT_VALUE.includes(input.type)) return undefined;
  if (input.type === 'file') return [[...input.files].map(({ name }) => name).join(', ')];
  if (input.validity.badInput) return ['something that can’t be read'];
  const stated = kindRole(input) === 'slider' ? [attribute(input, 'aria-valuetext'), attribute(input, 'aria-valuenow')].filter(Boolean) : [];
  if (input.value === '' && kindRole(input) === 'combobox') return [drawnBeside(input)];
  return [input.value, ...stated];
}

const selectedIn = (list) => everything(list)
  .filter((option) => attribute(option, 'aria-selected') === 'true' || attribute(option, 'aria-checked') === 'true')
  .map((option) => namesOf(option)[0]);

/// The options that are chosen of a selection list, however it is made.
function chosenOf(element) {
  if (tagOf(element) === 'select') return [...element.selectedOptions].map((option) => fold(optionLabel(option)));
  const own = [...valuesOf(element) ?? [], ...popupsOf(element).flatMap(selectedIn)];
  return [...own, ...partsAroundField(element)].map(fold);
}

/// What is drawn in the box around a field: components show what was chosen there, as a text or as tags, and leave the field empty.
function partsAroundField(element) {
  const texts = everything(element).map(drawnText);
  let around = drawnParent(element);
  for (let steps = 0; around && steps < 5; steps++, around = drawnParent(around)) {
    const all = everything(around);
    const others = all.some((other) => other !== element && matches(other, 'input:not([type=hidden]), select, textarea, [role=combobox]'));
    if (others || all.some((part) => roleOf(part) === 'option') || ['form', 'fieldset', 'dialog', 'body'].includes(tagOf(around))) break;
    texts.push(...all.filter((part) => tagOf(part) !== 'label').map(drawnText));
  }
  return texts;
}

const number = (text) => (/^-?[\d\s.,'’]+$/.test(text) ? Number(text.replace(/[\s,'’]/g, '')) : NaN);

/// Whether a field holds what was typed, with nothing but separators put in by a mask, or the same number.
function isMasked(typed, held) {
  let next = 0;
  const isKept = [...held].every((letter) => (letter === typed[next] ? Boolean(++next) : !/[\p{L}\p{N}]/u.test(letter)));
  return typed !== '' && ((isKept && next === typed.length) || number(typed) === number(held));
}

function cornerOf(element) {
  const handle = handleOf(element);
  const [words] = wordRects(handle);
  const { x, y, width, height } = words ? { x: words.left, y: words.top, width: words.width, height: words.height } : boxOf(handle);
  const across = (x + width / 2) / innerWidth, down = (y + height / 2) / innerHeight;
  if (across < 0 || across > 1 || down < 0 || down > 1) return 'outside of the window';
  return `${down < 1 / 3 ? 'upper' : down > 2 / 3 ? 'lower' : 'middle'} ${across < 1 / 3 ? 'left' : across > 2 / 3 ? 'right' : 'centre'}`;
}

function expandedOf(element) {
  const details = tagOf(element) === 'summary' ? parentOf(element) : element;
  return String(tagOf(details) === 'details' ? details.open : attribute(element, 'aria-expanded') === 'true');
}

/// Everything that may be said of a property of the element; undefined where it can't have any.
function readings(element, property) {
  const one = (reading) => (reading === undefined ? undefined : [reading]);
  switch (property) {
    case 'checked': return one(checkedOf(element));
    case 'value': case 'typed': return valuesOf(element);
    case 'chosen': return chosenOf(element);
    case 'text': return [fold(drawnText(element))];
    case 'enabled': return [String(!disabled(element))];
    case 'expanded': return [expandedOf(element)];
    case 'corner': return [cornerOf(element)];
    default: throw new Error(`no such property: ${property}`);
  }
}

/// Whether what is read is what was expected.
function agrees(property, expected, reading) {
  if (reading === expected || (property !== 'typed' && fold(reading) === fold(expected))) return true;
  if (property === 'checked' && expected.startsWith('not ')) return reading !== expected.slice(4);
  return property === 'typed' && isMasked(expected, reading);
}

/// null where the element is as expected, else what it is instead; what is masked stays masked.
function surprise(element, { property, value }) {
  const actual = readings(element, property);
  if (actual === undefined) return { kind: 'inapplicable', property, ...describe(element) };
  if (actual.some((reading) => agrees(property, value, reading))) return null;
  const masked = element.type === 'password', first = actual[0] ?? '';
  return { kind: 'unexpected', property: { typed: 'value', chosen: 'value' }[property] ?? property, masked, actual: masked ? '•'.repeat(first.length) : first };
}
