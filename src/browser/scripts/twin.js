// The text twin of a picture: the accessible tree of what it shows. Needs dom.js, semantics.js, pieces.js, state.js and signs.js.
// A part is a text, null (where one text ends and another begins) or a node { role, name, states, value, hint, parts }. What is left out
// of it, and how it is written, is decided in src/aria.

// Not read, or read as the name of what they stand in.
const UNREAD = ['script', 'style', 'template', 'noscript', 'head', 'title', 'desc', 'defs', 'symbol', 'metadata', 'datalist', 'rp', 'rt'];

// Drawn by the browser alone: what stands in them is their value, or a fallback.
const CLOSED = 'input, select, textarea, progress, meter, img, canvas, video, audio, object, embed';

// They say how words are drawn or meant within a sentence, which goes on.
const PHRASES = ['code', 'deletion', 'emphasis', 'generic', 'insertion', 'mark', 'none', 'strong', 'subscript', 'superscript', 'time'];

const CAN_BE_DISABLED = [...CHECKABLE, ...FIELDS, 'button', 'gridcell', 'group', 'link', 'listbox', 'menuitem', 'option', 'slider', 'spinbutton', 'tab', 'treeitem'];

// Roles nested deeper than this are those of a broken page, and more than a driver passes on.
const DEEPEST = 30;

const DOTS = '••••••••';

/// Fonts whose letters are pictures: the first family counts, those behind it draw what it does not have.
const isIconFont = ({ fontFamily }) => /icon|symbol|awesome|glyph/i.test(fontFamily.split(',')[0]);

/// Whether the picture shows some line of a text: at least half of its height, so that no layout a hair different changes the answer.
function isLineShown(node, element, style) {
  const isCut = style.overflowX !== 'visible' || style.overflowY !== 'visible', own = isCut && boundsOf(element);
  return rectsOfText(node).some((line) => {
    const rect = isCut ? intersection(line, own) : line;
    return rect.width > 0 && shownRect(rect, element).height >= line.height / 2 && shownRect(rect, element).width > 1;
  });
}

function shownText(node, element, style) {
  if (node.data.trim() === '') return node.data && ' ';
  if (!hasInk(element, style) || isIconFont(style) || !isLineShown(node, element, style)) return null;
  return drawn(node.data, style);
}

function styledText(element, pseudo) {
  const pieces = drawnByStyle(element, pseudo);
  if (!pieces.length || isIconFont(getComputedStyle(element, pseudo)) || !inPicture(element)) return [];
  return pieces.map(({ text, spaced }) => (/[\u2028\u2029]/.test(text) ? null : spaced ?? text));
}

function partsShown(element, depth) {
  const inner = documentIn(element);
  if (inner) return partsShown(inner.body ?? inner.documentElement, depth);
  const style = getComputedStyle(element);
  const parts = [...drawnChildren(element)].flatMap((node) => {
    if (node.nodeType === Node.ELEMENT_NODE) return nodesShown(node, depth);
    return node.nodeType === Node.TEXT_NODE ? [shownText(node, element, style)] : [];
  });
  return [...styledText(element, '::before'), ...parts, ...styledText(element, '::after')];
}

function statesOf(element, role) {
  const checked = checkedOf(element), pressed = stated(element, 'pressed');
  const selected = tagOf(element) === 'option' ? element.selected : stated(element, 'selected') === 'true';
  const level = role === 'heading' && (attribute(element, 'aria-level') ?? tagOf(element).match(/^h([1-6])$/)?.[1] ?? '2');
  return [
    checked === 'true' && 'checked', checked === 'mixed' && 'checked=mixed', CAN_BE_DISABLED.includes(role) && disabled(element) && 'disabled',
    tagOf(element) !== 'details' && saidExpanded(element) === 'true' && 'expanded', level && `level=${level}`,
    pressed === 'true' && 'pressed', pressed === 'mixed' && 'pressed=mixed', selected && 'selected',
  ].filter(Boolean);
}

/// What a field holds; never what it draws as dots.
function valueShown(element, role) {
  const isMasked = matches(element, SECRET) || (getComputedStyle(element).webkitTextSecurity ?? 'none') !== 'none';
  if (isMasked && element.value) return DOTS;
  const isList = tagOf(element) === 'select' && isListBox(element);
  return (matches(element, CLOSED) && !isList) || RANGES.includes(role) ? valuesOf(element)?.[0] ?? '' : '';
}

const hintShown = (element) => (matches(element, ':placeholder-shown') ? attribute(element, 'placeholder') ?? '' : '');

function optionsShown(element, depth) {
  if (tagOf(element) !== 'select' || !isListBox(element)) return [];
  return [...element.options].filter(inPicture).flatMap((option) => nodeOf(option, 'option', [], depth));
}

const wordsOf = (parts) => squeeze(parts.map((part) => part ?? ' ').join(''));

/// The words of a label are the name of its field already.
function withoutName(label, parts) {
  const { control } = label, words = wordsOf(parts.filter((part) => typeof part !== 'object'));
  return control && inPicture(control) && fold(nameOf(control)).includes(fold(words)) ? parts.filter((part) => typeof part === 'object') : parts;
}

const nodeOf = (element, role, parts, depth) => ({
  role, name: fold(nameOf(element)), states: statesOf(element, role), value: valueShown(element, role), hint: hintShown(element),
  parts: depth < DEEPEST ? parts : [],
});

function nodesShown(element, depth) {
  const tag = tagOf(element), style = getComputedStyle(element);
  if (UNREAD.includes(tag) || isNotPainted(element, style)) return [];
  if (tag === 'br') return [' '];
  const kind = kindRole(element), role = kind === 'frame' ? 'iframe' : kind;
  // What assistive technology does not get is on the picture all the same: its words count.
  const isPhrase = PHRASES.includes(role) || concealed(element) || depth >= DEEPEST;
  const parts = matches(element, CLOSED) ? optionsShown(element, depth + 1) : partsShown(element, isPhrase ? depth : depth + 1);
  if (isPhrase) {
    const own = tag === 'label' ? withoutName(element, parts) : parts;
    return isInline(style) && !isBeside(style) ? own : [null, ...own, null];
  }
  const says = parts.some((part) => part !== null && (typeof part === 'object' || part.trim()));
  return says || inPicture(element) ? [nodeOf(element, role, parts, depth)] : [];
}

const twinNow = () => partsShown(document.body ?? document.documentElement, 0);
