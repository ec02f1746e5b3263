// What a component draws of a field that stays empty itself: the option that was chosen, chips, tags. Needs dom.js, semantics.js,
// visibility.js, text.js and match.js.

const SIDES = ['Top', 'Right', 'Bottom', 'Left'];

/// Whether a style draws a border, at one side at least.
const hasBorder = (style) => SIDES.some((side) => style[`border${side}Style`] !== 'none'
  && parseFloat(style[`border${side}Width`]) > 0 && alphaOf(style[`border${side}Color`]) > FAINT);

const hasEdge = (style) => style.boxShadow !== 'none' || hasBorder(style);

/// Whether a box draws an edge itself, or something that lies over it does, as a style sheet or a part of it.
function isFramed(box, field) {
  if (hasEdge(getComputedStyle(box))) return true;
  const isDrawnByStyle = (pseudo) => { const style = getComputedStyle(box, pseudo); return style.content !== 'none' && hasEdge(style); };
  const { width, height } = boundsOf(box);
  const covers = (part) => { const own = boundsOf(part); return own.width >= width - 2 && own.height >= height - 2; };
  return ['::before', '::after'].some(isDrawnByStyle)
    || [...childrenOf(box)].some((part) => !holds(part, field) && covers(part) && hasEdge(getComputedStyle(part)));
}

const OTHER_FIELD = 'input:not([type=hidden]), select, textarea, [role=combobox]';

const isMoreThan = (field) => (box) => ['form', 'fieldset', 'dialog', 'body'].includes(tagOf(box))
  || everything(box).some((part) => part !== field && (matches(part, OTHER_FIELD) || roleOf(part) === 'option'));

/// What is around a field and belongs to it alone, from within.
function surroundingsOf(field) {
  const boxes = [], goesTooFar = isMoreThan(field);
  for (let box = drawnParent(field); box && boxes.length < 5 && !goesTooFar(box); box = drawnParent(box)) boxes.push(box);
  return boxes;
}

/// The box that a person takes for the field: the innermost with an edge. null where there is none.
const controlOf = (field) => [field, ...surroundingsOf(field)].find((box) => isDrawn(box) && isFramed(box, field)) ?? null;

// What stands there while nothing is chosen is called a placeholder by all of them.
const isHint = (part) => /placeholder/i.test(`${attribute(part, 'class') ?? ''} ${part.id}`) || hasAttribute(part, 'data-slate-placeholder');

const isNoValue = (part) => tagOf(part) === 'label' || CLICKABLE.includes(roleOf(part)) || hasAttribute(part, 'aria-live') || isHint(part);

/// The words that are drawn in a box, without labels, buttons, hints, and what is said to screen readers only.
function drawnIn(box, field) {
  if (!box || box === field) return '';
  const isLeftOut = (part) => { let node = part; while (node && node !== box && !isNoValue(node)) node = drawnParent(node); return node !== box; };
  const parts = everything(box).filter((part) => part !== field && hasOwnWords(part) && !isLeftOut(part));
  const outermost = parts.filter((part) => !parts.some((other) => other !== part && holds(other, part)));
  const isSign = (text) => !text.replace(SIGNS, '').trim();
  return outermost.map((part) => fold(ownText(part))).filter((text) => !isSign(text)).join(' ');
}

/// The elements whose text may be what a field shows as chosen.
function shownPartsOf(field) {
  const control = controlOf(field);
  const around = control && control !== field ? everything(control).filter((part) => tagOf(part) !== 'label' && !isHint(part)) : [];
  return [field, ...everything(field), ...around];
}

const CHIP_NAME = /(?:^|[\s_-])(?:chips?|tags?|tokens?|pills?|multi-?value|selection-item)(?![a-z])|(?:Chip|Tag|Token|Pill|MultiValue)(?![a-z])/;

/// A button for chips is none.
const CHIP_BUTTON = /add|clear|clos|delet|open|remov|toggle|btn|button/i;

/// Chips beside a field that is typed into: called so, or entries of a list, or with a button to take them away.
function chipsBeside(field) {
  const boxes = surroundingsOf(field), control = controlOf(field);
  const isChip = (part) => {
    if (holds(part, field) || !fold(drawnText(part))) return false;
    const called = attribute(part, 'class') ?? '', isChipOrPart = CHIP_NAME.test(called) && !CHIP_BUTTON.test(called);
    // Some take a chip that can be taken away for a button.
    if (isNoValue(part) && !(isChipOrPart && roleOf(part) === 'button')) return false;
    if (isChipOrPart) return true;
    const isEntry = ['listitem', 'option', 'row'].includes(roleOf(part)) || everything(part).some((inner) => roleOf(inner) === 'button');
    return isEntry && control !== null && control !== field && holds(control, part) && Boolean(drawnIn(part, field) || fold(ownText(part)));
  };
  const chips = boxes.length ? everything(boxes.at(-1)).filter(isChip) : [];
  return chips.filter((chip) => !chips.some((other) => other !== chip && holds(other, chip))).map((chip) => fold(drawnText(chip)));
}

/// What no editor fills up an empty line with.
const PICTURED = 'img:not([class*=separator]), picture, video, audio, canvas, svg, table, hr, iframe, object, input, select, textarea';

/// Whether an editor holds nothing but what editors keep in an empty line: breaks, white space, characters without width.
function isBlankEditor(editor) {
  const isOfHint = (node) => { let each = node; while (each && each !== editor && !isHint(each)) each = parentOf(each); return each !== editor; };
  const parts = [editor, ...everything(editor).filter((part) => !isOfHint(part))];
  const texts = parts.flatMap((part) => [...childNodesOf(part)].filter((node) => node.nodeType === Node.TEXT_NODE));
  return !fold(texts.map(({ data }) => data).join('')) && !parts.some((part) => matches(part, PICTURED));
}

/// What a field holds, white space included, or what a component draws of it; undefined for what holds nothing.
function contentsOf(element) {
  const values = valuesOf(element);
  if (values === undefined || tagOf(element) !== 'input') return values?.find((value) => value !== '') ?? values?.[0];
  const boxes = kindRole(element) === 'combobox' ? surroundingsOf(element).slice(0, 3) : [];
  const withLabel = boxes.findIndex((box) => query(box, 'label'));
  const drawn = boxes.slice(0, withLabel < 0 ? boxes.length : withLabel).map((box) => drawnIn(box, element));
  return [...values, ...drawn, chipsBeside(element).join(', ')].find((value) => value !== '') ?? '';
}
