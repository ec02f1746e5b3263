// Texts as a person reads them. Needs dom.js, generated.js, semantics.js and visibility.js.

// Nobody sees them, and they come and go between a page and what is typed: soft hyphens, zero-width characters, marks of direction,
// variation selectors, byte order marks, and the private-use characters that icon fonts draw as pictures.
// A joiner between emoji makes one of several.
const UNSEEN = /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ue000-\uf8ff\u{f0000}-\u{10fffd}]/gu;

/// Letters with everything folded that looks the same: Unicode forms, ligatures, and what is not seen.
const unify = (text) => text.normalize('NFC').replace(/[\u2010\u2011]/g, '-').replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC')).replace(UNSEEN, '');

/// A text with everything folded that looks the same, white space, too.
const fold = (text) => squeeze(unify(text));

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

/// Whether letters of this style can be seen.
function hasInk(element, style) {
  if (style.visibility !== 'visible' || parseFloat(style.fontSize) < UNREADABLE) return false;
  if ((style.webkitTextSecurity ?? 'none') !== 'none') return false;
  const ink = inkOf(element, style);
  return (ink !== 'none' && alphaOf(ink) > FAINT) || style.webkitBackgroundClip === 'text';
}

/// What a style sheet draws before or after an element's content, or as its marker; nothing where that is not drawn.
function drawnByStyle(element, pseudo) {
  const style = getComputedStyle(element, pseudo);
  if (['none', 'normal'].includes(style.content) || style.display === 'none' || Number(style.opacity) < FAINT || !hasInk(element, style)) return [];
  if (style.position !== 'static' && (isClippedAway(style, element) || parseFloat(style.left) < -500 || parseFloat(style.width) === 0)) return [];
  return withEdges(style, [piece(element, drawnContent(element, pseudo), style)]);
}

/// Whether this part of what is around it is left out of the picture, all that is in it included.
function isNotPainted(element, style) {
  if (style.display === 'none' || style.contentVisibility === 'hidden' || Number(style.opacity) < FAINT) return true;
  const around = parentOf(element);
  if (around && tagOf(around) === 'details' && !around.open) return element !== ownChild(around, 'summary');
  if (style.display === 'contents') return false;
  if (isClippedAway(style, element)) return true;
  return style.position !== 'static' && ( style.overflow !== 'visible' && isTiny(boundsOf(element)));
}

/// Where one text ends and another begins: the edges of blocks, and of what stands beside the lines around it (it floats, say).
const EDGE = '\u2029', EDGE_BESIDE = '\u2028';

const isInline = ({ display }) => /^(-webkit-)?inline|^(contents|ruby|math)/.test(display);

const isBeside = ({ position, float }) => float !== 'none' || position === 'absolute' || position === 'fixed';

/// Pieces of text with the edges that their box gives them.
function withEdges(style, pieces) {
  if (isBeside(style)) return pieces.some(({ text }) => text.trim()) ? [{ text: EDGE_BESIDE }, ...pieces, { text: EDGE }] : [];
  return isInline(style) ? pieces : [{ text: EDGE }, ...pieces, { text: EDGE }];
}

/// A piece of text: { text: as it is drawn, written: as the source has it, from: the node it comes from }. A marker has `marked` as a text.
const piece = (from, text, { textTransform }) => ({ from, written: text, text: textTransform === 'none' ? text : transformed(text, textTransform) });

/// The pieces of text that are drawn of an element, in the order in which they are read: what stands beside its lines after these.
const piecesOf = remembered('pieces', (element) => {
  const tag = tagOf(element);
  if (NOT_DRAWN.includes(tag)) return [];
  const style = getComputedStyle(element);
  if (isNotPainted(element, style)) return [];
  if (tag === 'br') return [{ text: ' ', isBreak: true }];
  return withEdges(style, piecesIn(element, style));
});

function piecesIn(element, style) {
  const only = onlyText(element);
  if (only) return only.flatMap((text) => [{ text: EDGE }, piece(element, text, style), { text: EDGE }]).slice(1, -1);
  const inner = documentIn(element);
  if (inner) return [{ text: EDGE }, ...piecesOf(inner.body ?? inner.documentElement), { text: EDGE }];
  const lines = [...markerOf(element, style), ...drawnByStyle(element, '::before')], beside = [];
  const add = (pieces) => {
    const at = pieces.findIndex(({ text }) => text === EDGE_BESIDE);
    lines.push(...pieces.slice(0, at < 0 ? pieces.length : at));
    if (at >= 0) beside.push(...pieces.slice(at));
  };
  for (const child of drawnChildren(element)) {
    if (child.nodeType === Node.ELEMENT_NODE) add(piecesOf(child));
    else if (child.nodeType === Node.TEXT_NODE && hasInk(element, style) && isLaidOut(element)) lines.push(piece(child, child.data, style));
  }
  add(drawnByStyle(element, '::after'));
  return [...lines, ...beside];
}

/// What is inside of an <object> is drawn only where the object itself is not.
const isLaidOut = (element) => {
  if (tagOf(element) !== 'object') return true;
  const range = ownerOf(element).createRange();
  range.selectNodeContents(element);
  return range.getClientRects().length > 0;
};

function markerOf(element, style) {
  if (!style.display.includes('list-item') || !hasInk(element, getComputedStyle(element, '::marker'))) return [];
  const marked = markerText(element);
  return marked ? [{ from: element, text: '', written: '', marked }] : [];
}

const isListBox = (list) => list.multiple || list.size > 1;

/// The texts that are all that is drawn in an element, whatever stands in it: of selection lists, buttons, pictures that are broken.
function onlyText(element) {
  switch (tagOf(element)) {
    case 'select': return (isListBox(element) ? [...queryAll(element, 'optgroup, option')].filter(rendered) : [...element.selectedOptions])
      .map((each) => (tagOf(each) === 'optgroup' ? each.label : optionLabel(each)));
    case 'input': return [element.type in BUTTONS ? attribute(element, 'value') ?? BUTTONS[element.type] : ''];
    case 'img': return [isBroken(element) || !hasAttribute(element, 'src') ? attribute(element, 'alt') ?? '' : ''];
    default: return null;
  }
}

/// What is drawn of an element's text: with `text-transform`, without what is hidden, blocks apart from each other.
const drawnText = remembered('texts', (element) => piecesOf(element).map(({ text }) => text).join(''));

/// In how many ways a text may be read: as it is drawn, as the source has it where capitals are the style sheet's, with the markers of lists.
const READINGS = ['text', 'written', 'marked'];

/// The readings of an element's text that differ.
const readingsOf = (element) => READINGS.filter((reading) => reading === 'text' || piecesOf(element).some((one) => (one[reading] ?? one.text) !== one.text));

const readText = (element, reading) => (reading === 'text' ? drawnText(element) : piecesOf(element).map((one) => one[reading] ?? one.text).join(''));

/// All that may be said to be an element's text, folded.
const textsOf = (element) => readingsOf(element).map((reading) => fold(readText(element, reading)));

/// What is drawn in a field: its value, or what its page says while there is none.
function fieldText(field) {
  const isHint = matches(field, ':placeholder-shown');
  if (!hasInk(field, getComputedStyle(field, isHint ? '::placeholder' : null))) return '';
  return fold(isHint ? attribute(field, 'placeholder') : matches(field, SECRET) ? '' : field.value);
}

const isWordLetter = (letter) => /[\p{L}\p{N}\p{M}_]/u.test(letter)
  // These are written without spaces between words.
  && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(letter);

/// Whether a number or a word goes on across an end of what was found: "234" is not in "1,234" or "1 234", nor "30" in "12:30", "5" in
/// "-5" or "5.20", "refundable" in "non-refundable", "can" in "can't".
function goesOn(before, wanted, after) {
  if (/^\d/.test(wanted) && (/\d[.,:/'’–-]$/.test(before) || /(^|\D)\.$/.test(before))) return true;
  if (/^\d{3}(?!\d)/.test(wanted) && /\d $/.test(before)) return true;
  if (/^[\d€$£¥]/.test(wanted) && /(^|[^\p{L}\p{N}])[-−][€$£¥]?$/u.test(before)) return true;
  if (/\d$/.test(wanted) && (/^[.,:/'’–-]\d/.test(after) || /^ \d{3}(?!\d)/.test(after) && /(^|\D)\d{1,3}$/.test(wanted))) return true;
  if (/^\p{L}/u.test(wanted) && /\p{L}-$/u.test(before)) return true;
  return /\p{L}$/u.test(wanted) && /^(-\p{L}|['’]t(?!\p{L}))/u.test(after);
}

/// Where the wanted text stands in a text as whole words. Both are folded.
function* occurrences(text, wanted) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text.slice(Math.max(0, at - 5), at), after = text.slice(at + wanted.length, at + wanted.length + 5);
    const first = [...wanted][0] ?? '', last = [...wanted].at(-1) ?? '';
    const joins = (one, other) => one !== undefined && other !== undefined && isWordLetter(one) && isWordLetter(other);
    const isPartOfEmoji = /^(\u200d|\p{Emoji_Modifier})/u.test(after) || /\u200d$/.test(before);
    if (!isPartOfEmoji && !joins([...before].at(-1), first) && !joins(last, [...after][0]) && !goesOn(before, wanted, after)) yield at;
  }
}

const standsIn = (text, wanted) => !occurrences(text, wanted).next().done;

/// Without spaces and capitals: what is not found in this is not in the drawn text either.
const gist = (text) => fold(text).replace(/ /g, '').toUpperCase();

const gistOf = remembered('gists', (element) => gist(textOf(element)));

/// Of each word in a name that is looked for.
const gistsOf = remembered('gists of names', (name) => name.split(' ').map(gist).filter(Boolean));

/// These elements and all that they stand in.
function withSurroundings(elements) {
  const all = new Set();
  for (const element of elements) {
    for (let node = element; node && !all.has(node); node = outward(node)) all.add(node);
  }
  return all;
}

const allInPage = (selector) => roots().flatMap((root) => [...queryAll(root, selector)]);

/// Elements in which there are fields with a text in them.
const withFields = () => cache.fieldsAround ??= withSurroundings(allInPage(WRITTEN_IN));

// What draws a text that stands in no text node of its own.
const SPEAKERS = 'input:is([type=submit], [type=reset], [type=button]), img[alt], option[label], optgroup, slot';

/// Elements whose drawn text is not all in the text of their own tree: shadow trees, frames and pictures that are broken are below them.
function withOtherTexts() {
  return cache.otherTexts ??= withSurroundings([
    ...roots().slice(1).map((root) => root.host || root.defaultView.frameElement),
    ...allInPage(SPEAKERS).filter((element) => tagOf(element) !== 'img' || onlyText(element)[0]),
  ]);
}

/// Elements in whose drawn text there is something that a style sheet writes. To look for them takes a while.
function withTextsByStyle() {
  const isWritten = (element) => ['::before', '::after'].some((pseudo) => !['none', 'normal'].includes(getComputedStyle(element, pseudo).content))
    || getComputedStyle(element).display.includes('list-item');
  return cache.textsByStyle ??= withSurroundings(everything(document).filter(isWritten));
}

/// A text that is looked for: folded, and whether it must be the whole of a text.
const isIn = (text, { name, isWhole }) => (isWhole ? text === name : standsIn(text, name));

const EDGES = /[\u2028\u2029]/;

/// Whether one of the texts that are drawn in an element, between edges, has the wanted one.
const saysText = (element, wanted) => readingsOf(element).some((reading) => readText(element, reading).split(EDGES).some((text) => isIn(fold(text), wanted)));

/// The innermost elements below root whose drawn text is as wanted; with what style sheets write, or without.
function textHolders(root, wanted, isByStyle) {
  // What is hidden may stand between the words of what is drawn.
  const found = [], words = gistsOf(wanted.name);
  const mayHold = (element) => withOtherTexts().has(element) || (isByStyle && withTextsByStyle().has(element))
    || words.every((word) => gistOf(element).includes(word));
  const descend = (element) => {
    if (matches(element, WRITTEN_IN)) return isIn(fieldText(element), wanted) && Boolean(found.push(element));
    const isCandidate = mayHold(element);
    if (!isCandidate && !withFields().has(element)) return false;
    let isInside = false;
    for (const child of onlyText(element) ? [] : drawnChildren(element)) {
      if (child.nodeType === Node.ELEMENT_NODE && descend(child)) isInside = true;
    }
    const inner = documentIn(element);
    if (inner && descend(inner.body ?? inner.documentElement)) isInside = true;
    if (isInside || !isCandidate || !saysText(element, wanted)) return isInside;
    found.push(element);
    return true;
  };
  descend(root.nodeType === Node.DOCUMENT_NODE ? root.body ?? root.documentElement : root);
  return found;
}

// What is folded as one: a letter with its marks, or joined emoji.
const CLUSTER = /(?:\p{Extended_Pictographic}\ufe0f?\u200d)*\P{M}\p{M}*|\p{M}+/gu;

/// The texts between edges, letter by letter and folded: [{ letter, from: text node or null, start, end }].
function lettersOf(element, reading) {
  const texts = [[]];
  for (const one of piecesOf(element)) {
    const text = one[reading] ?? one.text, from = one.from?.nodeType === Node.TEXT_NODE ? one.from : null;
    // Capitals may be more letters than what they are made of.
    const place = (start, end) => (from?.data.length === text.length ? { start, end } : { start: 0, end: from?.data.length });
    if (EDGES.test(text) && !from) texts.push([]);
    else for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      for (const letter of unify(cluster)) texts.at(-1).push({ letter: /\s/.test(letter) ? ' ' : letter, from, ...place(index, index + cluster.length) });
    }
  }
  return texts.map((letters) => letters.filter(({ letter }, at) => letter !== ' ' || (at > 0 && letters[at - 1].letter !== ' ')));
}

/// Each time that a text stands in an element: the ranges of its letters, none where they come from no text of the document.
function* placesOf(element, { name, isWhole }) {
  for (const reading of readingsOf(element)) {
    for (const letters of lettersOf(element, reading)) {
      const starts = letters.flatMap(({ letter }, at) => Array(letter.length).fill(at));
      const text = letters.map(({ letter }) => letter).join('');
      const found = !isWhole ? occurrences(text, name) : text.trim() === name ? [0] : [];
      for (const at of found) yield rangesOf(letters.slice(starts[at], starts[at + name.length - 1] + 1));
    }
  }
}

function rangesOf(letters) {
  const ranges = new Map();
  for (const { from, start, end } of letters.filter((letter) => letter.from)) {
    if (!ranges.has(from)) {
      ranges.set(from, ownerOf(from).createRange());
      ranges.get(from).setStart(from, start);
    }
    ranges.get(from).setEnd(from, end);
  }
  return [...ranges.values()];
}

/// The rectangles of ranges, in the page's viewport.
const rectsOfRanges = (ranges) => ranges.flatMap((range) => {
  const mapping = mappingOf(speakerOf(range));
  return [...range.getClientRects()].filter(({ width, height }) => width && height).map((rect) => moved(rect, mapping));
});

/// The element whose text a range is in.
const speakerOf = ({ startContainer }) => elementAround(startContainer);

/// Whether the letters of a text are where they can be seen or scrolled to, and not cut off by what is around them.
function isInSight(ranges) {
  const area = (rect) => rect.width * rect.height;
  return ranges.every((range) => {
    const speaker = speakerOf(range), style = getComputedStyle(speaker);
    return isDrawn(speaker) && rectsOfRanges([range]).every((rect) => {
      const own = style.overflow === 'visible' ? rect : clippedBy(speaker, { ...rect }, style);
      const left = own && unclipped(speaker, own);
      return left && rect.height >= UNREADABLE && area(left) * 2 > area(rect);
    });
  });
}

/// Of the texts that were looked for last: where they can be seen, as ranges. What is in the way is looked for there.
let seenAt = new Map();

/// Whether a text that an element holds is drawn where it can be seen, once at least.
function isTextDrawn(element, wanted) {
  if (!isDrawn(element)) return false;
  if (matches(element, WRITTEN_IN)) return true;
  const seen = [...placesOf(element, wanted)].filter(isInSight);
  if (seen.some((ranges) => ranges.length)) seenAt.set(element, seen);
  return seen.length > 0;
}

/// Whether the text is in the document at all, drawn or not.
function isInSource(root, wanted) {
  const probe = gist(wanted);
  const says = (element) => !NOT_DRAWN.includes(tagOf(element)) && gistOf(element).includes(probe) && standsIn(fold(textOf(element)), wanted);
  return everything(root).some((element) => says(element) && ![...childrenOf(element)].some(says));
}

/// The texts that a person reads line by line: what stands in a block between other blocks and line breaks, with the node it begins in.
function* lines(root) {
  const body = root.nodeType === Node.DOCUMENT_NODE ? root.body ?? root.documentElement : root;
  let line = [];
  for (const one of [...piecesOf(body), { text: EDGE }]) {
    if (!one.isBreak && !(EDGES.test(one.text) && !one.from)) line.push(one);
    else {
      const text = fold(line.map((part) => part.text).join(''));
      if (text) yield { text, from: line.find((part) => fold(part.text))?.from };
      line = [];
    }
  }
}
