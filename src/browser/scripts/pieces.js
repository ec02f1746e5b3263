// What is drawn of an element's text, piece by piece. Needs dom.js, colours.js, generated.js, semantics.js, visibility.js, order.js and
// text.js.

// What stands in these is not drawn, or not as text: fallbacks for browsers of long ago among it.
const NOT_DRAWN = [
  'script', 'style', 'template', 'noscript', 'head', 'title', 'datalist', 'textarea', 'video', 'audio', 'canvas', 'meter', 'progress',
];

/// Buttons that inputs are, with what is written on them where the page says nothing.
const BUTTONS = { submit: 'Submit', reset: 'Reset', button: '' };

/// Fields with a text in them: a value, or what stands in its place.
const WRITTEN_IN = 'textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=range], [type=color], [type=file], [type=image], [type=submit], [type=reset], [type=button])';

/// Fields that draw dots in place of their value.
const SECRET = '[type=password]';

/// No letter of this size, in CSS pixels, can be read.
const UNREADABLE = 3;

const inkOf = (element, style) => (element.namespaceURI === SVG ? style.fill : style.webkitTextFillColor || style.color);

/// The colours of the shadows of letters.
const shadowsOf = ({ textShadow }) => (textShadow === 'none' ? [] : partsOfList(textShadow).flatMap((shadow) => shadow.match(/^[a-z]+\([^)]*\)/) ?? []));

/// Whether letters of this style can be seen.
function hasInk(element, style) {
  if (style.visibility !== 'visible' || parseFloat(style.fontSize) < UNREADABLE) return false;
  if ((style.webkitTextSecurity ?? 'none') !== 'none') return false;
  const ink = inkOf(element, style), share = element.namespaceURI === SVG ? Number(style.fillOpacity) : 1;
  if (parseFloat(style.webkitTextStrokeWidth) > 0 && alphaOf(style.webkitTextStrokeColor) > FAINT) return true;
  if (ink !== 'none' && alphaOf(ink) * share > FAINT) return true;
  return shadowsOf(style).some((shadow) => alphaOf(shadow) > FAINT) || isClippedToText(element);
}

/// Whether its letters are cut out of a background, its own or one around it.
function isClippedToText(element) {
  for (let node = element; node; node = drawnParent(node)) if (getComputedStyle(node).webkitBackgroundClip === 'text') return true;
  return false;
}

/// What a style sheet draws before or after an element's content, or as its marker; nothing where that is not drawn.
function drawnByStyle(element, pseudo) {
  const style = getComputedStyle(element, pseudo);
  if (!isGenerated(style) || Number(style.opacity) < FAINT || !hasInk(element, style)) return [];
  if (style.position !== 'static' && (isClippedAway(style, element) || parseFloat(style.width) === 0)) return [];
  if (!isPseudoInSight(element, style)) return [];
  return withEdges(style, [piece(element, drawnContent(element, pseudo), style)], getComputedStyle(element));
}

/// Whether this part of what is around it is left out of the picture, all that is in it included.
function isNotPainted(element, style) {
  if (style.display === 'none' || style.contentVisibility === 'hidden' || Number(style.opacity) < FAINT) return true;
  const around = parentOf(element);
  if (around && isFolded(around)) return element !== ownChild(around, 'summary');
  if (style.display === 'contents') return false;
  if (isClippedAway(style, element)) return true;
  return style.position !== 'static' && ( style.overflow !== 'visible' && isTiny(boundsOf(element)));
}

/// Where one text ends and another begins: the edges of blocks, and of what stands beside the lines around it (it floats, say).
const EDGE = '\u2029', EDGE_BESIDE = '\u2028';

const isInline = ({ display }) => /^(-webkit-)?inline|^(contents|ruby|math)/.test(display);

const isBeside = ({ position, float, display }) => float !== 'none' || position === 'absolute' || position === 'fixed' || display === 'ruby-text';

/// Pieces of text with the edges that their box gives them.
function withEdges(style, pieces, around = style) {
  if (isBeside(style)) return pieces.some(({ text }) => text.trim()) ? [{ text: EDGE_BESIDE }, ...pieces, { text: EDGE }] : [];
  return isInline(style) ? withSeams(style, pieces, around) : [{ text: EDGE }, ...pieces, { text: EDGE }];
}

/// Between a word and what stands a little apart from it in the line, a badge or a picture, or has another font, as icons do whose letters
/// spell what they show: it may be read as a space.
const SEAM = { text: '', spaced: ' ' };

const SPACES_BEFORE = ['marginLeft', 'borderLeftWidth', 'paddingLeft'], SPACES_AFTER = ['marginRight', 'borderRightWidth', 'paddingRight'];

/// Whether what is drawn of a style stands apart on these sides from what is around it in the line.
const isSpaced = (style, around, sides) => style.fontFamily !== around.fontFamily || sides.some((side) => parseFloat(style[side]) > 0);

const withSeams = (style, pieces, around) => [
  ...(isSpaced(style, around, SPACES_BEFORE) ? [SEAM] : []), ...pieces, ...(isSpaced(style, around, SPACES_AFTER) ? [SEAM] : []),
];

/// A piece of text: { text: as it is drawn, written: as the source has it, from: the node it comes from }. A marker has `marked` as a text.
const piece = (from, text, style) => ({ from, written: text, text: style.textTransform === 'none' ? text : transformed(text, style) });

/// The pieces of text that are drawn of an element, in the order in which they are read: what stands beside its lines after these.
const piecesOf = remembered('pieces', (element) => {
  const tag = tagOf(element);
  if (NOT_DRAWN.includes(tag)) return matches(element, REPLACED) ? [SEAM] : [];
  const style = getComputedStyle(element);
  if (isNotPainted(element, style)) return [];
  if (matches(element, `${PICTURES}, svg, input`)) return withEdges(style, [SEAM, ...piecesIn(element, style), SEAM]);
  if (tag === 'br') return [{ text: ' ', isBreak: true }];
  if (tag === 'tspan' && hasAttribute(element, 'x')) return [{ text: ' ', isBreak: true }, ...piecesIn(element, style)];
  if (tag === 'tspan' && parseFloat(attribute(element, 'dx')) > 0) return [SEAM, ...piecesIn(element, style)];
  const pieces = withEdges(style, piecesIn(element, style), getComputedStyle(drawnParent(element) ?? element));
  return /^inline-/.test(style.display) ? withRoom(element, style, pieces) : pieces;
});

/// Pieces of a box in a line with what sets its words apart from those beside it: the room that they leave in the box.
function withRoom(element, style, pieces) {
  const words = rangeIn(element).getBoundingClientRect(), box = boundsOf(element);
  if (!words.width) return box.width > 0 ? [SEAM, ...pieces, SEAM] : pieces;
  const edge = (room) => (room > SENTENCE_GAP * parseFloat(style.fontSize) ? [{ text: EDGE }] : room > WORD_GAP * parseFloat(style.fontSize) ? [SEAM] : []);
  const inner = (side) => parseFloat(style[`padding${side}`]) + parseFloat(style[`border${side}Width`]);
  return [...edge(words.left - box.left - inner('Left')), ...pieces, ...edge(box.right - words.right - inner('Right'))];
}

function piecesIn(element, style) {
  const only = onlyText(element);
  if (only) {
    return drawnOf(only, element, style).flatMap((text) => [{ text: EDGE }, piece(element, text, style), { text: EDGE }]).slice(1, -1);
  }
  const inner = documentIn(element);
  if (inner) return [{ text: EDGE }, ...piecesOf(inner.body ?? inner.documentElement), { text: EDGE }];
  const lines = [...markerOf(element, style), ...drawnByStyle(element, '::before')], beside = [];
  const add = (pieces) => {
    const at = pieces.findIndex(({ text }) => text === EDGE_BESIDE);
    lines.push(...pieces.slice(0, at < 0 ? pieces.length : at));
    if (at >= 0) beside.push(...pieces.slice(at));
  };
  fitted(partsIn(element, style), style).forEach(add);
  add(drawnByStyle(element, '::after'));
  return withFirstLine(element, style, withFirstLetter(element, style, [...lines, ...beside]));
}

/// Block containers (CSS Pseudo-Elements 4, "first-letter").
const HAS_FIRST_LETTER = /^(block|flow-root|inline-block|list-item|table-cell|table-caption)$/;

/// What is asked for in capitals, without them.
let capitals = [];

/// How texts that are asked for would begin without a capital. To ask each element for the style of its first letter would take a while.
let beginnings = [];

/// Notes all texts that a request asks for.
function noteSought({ locator, names = [], choose = '', expect }) {
  const all = [...names, choose, expect?.value ?? ''];
  for (let each = locator; each; each = each.within) all.push(each.name);
  capitals = all.map(fold).filter((text) => /\p{Lu}{2}/u.test(text)).map((text) => text.toLowerCase());
  beginnings = all.map((text) => fold(text).slice(0, 3)).filter((text) => /^\p{Lu}/u.test(text)).map((text) => text[0].toLowerCase() + text.slice(1));
}

const isSoughtAsCapital = (text) => beginnings.some((each) => text.startsWith(each) || each.startsWith(text));

/// Pieces of a block whose style sheet draws its first letter as a capital.
function withFirstLetter(element, style, pieces) {
  if (!beginnings.length || !HAS_FIRST_LETTER.test(style.display)) return pieces;
  const at = pieces.findIndex(({ text, from }) => from && text.trim()), { from, text, written } = pieces[at] ?? {};
  if (!from || !isSoughtAsCapital(text.trim())) return pieces;
  const first = getComputedStyle(element, '::first-letter');
  if (!/uppercase|capitalize/.test(first.textTransform)) return pieces;
  return pieces.with(at, { from, written, text: text.replace(/\p{Ll}/u, (letter) => transformed(letter, first)) });
}

/// Pieces of a block whose style sheet draws its first line in capitals: those of a text that is broken after it are two.
function withFirstLine(element, style, pieces) {
  if (!capitals.length || !HAS_FIRST_LETTER.test(style.display)) return pieces;
  const written = fold(pieces.map(({ text }) => text).join('')).toLowerCase();
  if (!capitals.some((text) => written.includes(text) || text.includes(written))) return pieces;
  const line = getComputedStyle(element, '::first-line');
  if (line.textTransform === style.textTransform) return pieces;
  const [first] = rangeIn(element).getClientRects(), isOn = (rect) => rect && rect.top < first.bottom;
  return pieces.flatMap((one) => {
    const { from, text } = one;
    if (from?.nodeType !== Node.TEXT_NODE || from.data.length !== text.length || !first) return one;
    const range = rangeOf(from);
    let length = text.length;
    for (range.setStart(from, 0), range.setEnd(from, length); length && !isOn([...range.getClientRects()].at(-1)); length--) range.setEnd(from, length - 1);
    return [{ ...one, text: transformed(text.slice(0, length), line) }, ...(length < text.length ? [{ ...one, written: '', text: text.slice(length) }] : [])];
  });
}

/// What is drawn of texts that are all that an element draws.
function drawnOf(only, element, style) {
  if (!matches(element, 'select, input')) return only;
  if (!hasInk(element, style)) return [];
  return matches(element, 'select') && isListBox(element) ? only : only.map((text) => wordsThatFit(element, text, style));
}

/// The children of an element that draw words, with their pieces: { node, pieces }.
function partsIn(element, style) {
  const hasWords = hasInk(element, style) && isLaidOut(element);
  return [...drawnChildren(element)].flatMap((node) => {
    if (node.nodeType === Node.ELEMENT_NODE) return { node, pieces: piecesOf(node) };
    return node.nodeType === Node.TEXT_NODE && hasWords ? { node, pieces: [piece(node, node.data, style)] } : [];
  });
}

/// Boxes that are laid out side by side, whose words may be one, as the parts of a clock or an initial that floats. They were read
/// together with what is beside them, so that a word in one may be part of a longer one.
const joinedBoxes = () => cache.joinedBoxes ??= new Set();

/// The pieces of parts in turn, without edges between boxes whose words follow each other as letters or words of a line do.
function fitted(parts, style) {
  const isRow = /flex|grid/.test(style.display), says = ({ pieces }) => pieces.some(({ text, from }) => from && text.trim());
  const isBox = ({ node, pieces: [first] }) => isRow || (first?.text === EDGE_BESIDE && getComputedStyle(node).float !== 'none');
  let last = null;
  if (!parts.some(isBox)) return parts.map(({ pieces }) => pieces);
  for (const part of parts.filter(says)) {
    const between = last && (isBox(last) || isBox(part)) ? gapBetween(last.pieces, part.pieces, style) : null;
    if (between !== null) {
      const [first, ...others] = withoutEdges(last.pieces, 'findLastIndex');
      last.pieces = [first.text === EDGE_BESIDE ? { text: EDGE } : first, ...others, { text: between }];
      part.pieces = withoutEdges(part.pieces, 'findIndex');
      for (const { node } of [last, part]) joinedBoxes().add(node);
    }
    last = part;
  }
  return parts.map(({ pieces }) => pieces);
}

/// Pieces without the edges before the first, or after the last, that says something.
function withoutEdges(pieces, find) {
  const at = pieces[find](({ text, from }) => from && text.trim());
  return find === 'findIndex' ? pieces.slice(at) : pieces.slice(0, at + 1);
}

/// In parts of the size of the letters: what stands closer is one word, what stands further apart is no part of the same sentence.
const WORD_GAP = 0.12, SENTENCE_GAP = 0.4;

/// '' between what is drawn as one word, ' ' between words of a line, else null.
function gapBetween(before, after, { direction }) {
  const [one, other] = [before.findLast(({ text, from }) => from && text.trim()), after.find(({ text, from }) => from && text.trim())].map(({ from }) => from);
  if (one.nodeType !== Node.TEXT_NODE || other.nodeType !== Node.TEXT_NODE) return null;
  const [end, start] = [rectsOfText(one).at(-1), rectsOfText(other)[0]];
  if (!end || !start || isApart(end.top, end.bottom, start.top, start.bottom)) return null;
  const gap = (direction === 'rtl' ? end.left - start.right : start.left - end.right) / parseFloat(getComputedStyle(elementAround(other)).fontSize);
  if (gap < -WORD_GAP || gap > SENTENCE_GAP) return null;
  return gap < WORD_GAP ? '' : ' ';
}

const rectsOfText = (text) => [...rangeOf(text).getClientRects()].filter(({ width }) => width);

/// What is inside of an <object> is drawn only where the object itself is not.
const isLaidOut = (element) => tagOf(element) !== 'object' || rangeIn(element).getClientRects().length > 0;

function markerOf(element, style) {
  if (!style.display.includes('list-item')) return [];
  const own = getComputedStyle(element, '::marker'), isOutside = style.listStylePosition === 'outside';
  if (!hasInk(element, own) || (own.color !== style.color && isLikeGround(isOutside ? drawnParent(element) : element, own.color))) return [];
  const marked = markerText(element);
  return marked ? [{ from: element, text: '', written: '', marked }] : [];
}

const isListBox = (list) => list.multiple || list.size > 1;

/// What a button says that is an input, or a field that shows which file was chosen.
function writtenOn(input) {
  if (input.type in BUTTONS) return attribute(input, 'value') ?? BUTTONS[input.type];
  if (input.type === 'file') return input.files.length === 1 ? input.files[0].name : '';
  return input.type === 'image' && isBroken(input) ? attribute(input, 'alt') ?? '' : '';
}

/// What a <use> of the same document draws.
const drawnBy = (use) => {
  const [, id] = /^#(.+)/.exec(attribute(use, 'href') ?? attribute(use, 'xlink:href') ?? '') ?? [];
  return id ? rootOf(use).getElementById?.(id) : null;
};

/// The texts that are all that is drawn in an element, whatever stands in it: of selection lists, buttons, pictures that are broken.
function onlyText(element) {
  switch (tagOf(element)) {
    case 'select': return (isListBox(element) ? [...queryAll(element, 'optgroup, option')].filter(rendered) : [...element.selectedOptions])
      .map((each) => (tagOf(each) === 'optgroup' ? each.label : optionLabel(each)));
    case 'input': return [writtenOn(element)];
    case 'use': return [...queryAll(drawnBy(element) ?? element, 'text')].map(textOf);
    case 'img': return [isBroken(element) || !hasAttribute(element, 'src') ? attribute(element, 'alt') ?? '' : ''];
    default: return null;
  }
}

/// What is drawn of an element's text: with `text-transform`, without what is hidden, blocks apart from each other.
const drawnText = remembered('texts', (element) => piecesOf(element).map(({ text }) => text).join(''));

/// In how many ways a text may be read: as it is drawn, as the source has it where capitals are the style sheet's, with the markers of
/// lists, and with what stands apart in a line as words of their own.
const READINGS = ['text', 'written', 'marked', 'spaced'];

/// The readings of an element's text that differ.
const readingsOf = (element) => READINGS.filter((reading) => reading === 'text' || piecesOf(element).some((one) => (one[reading] ?? one.text) !== one.text));

const readText = (element, reading) => (reading === 'text' ? drawnText(element) : piecesOf(element).map((one) => one[reading] ?? one.text).join(''));

/// All that may be said to be an element's text, folded.
const textsOf = (element) => readingsOf(element).map((reading) => fold(readText(element, reading)));
