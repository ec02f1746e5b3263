// Texts as a person reads them. Needs dom.js, semantics.js and visibility.js.

// Nobody sees them, and they come and go between a page and what is typed: soft hyphens, zero-width characters, marks of direction,
// variation selectors, byte order marks, and the private-use characters that icon fonts draw as pictures.
// A joiner between emoji makes one of several.
const UNSEEN = /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ue000-\uf8ff\u{f0000}-\u{10fffd}]/gu;

/// A text with everything folded that looks the same: Unicode forms, ligatures, white space, and what is not seen.
const fold = (text) => squeeze(text.normalize('NFC').replace(/[\u2010\u2011]/g, '-').replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC')).replace(UNSEEN, ''));

// What stands in these is not drawn, or not as text: fallbacks for browsers of long ago among it.
const NOT_DRAWN = [
  'script', 'style', 'template', 'noscript', 'head', 'title', 'datalist', 'textarea', 'video', 'audio', 'canvas', 'object', 'meter', 'progress',
];

const BUTTONS = ['submit', 'reset', 'button'];

/// Fields and buttons whose value is drawn in them.
const WRITTEN_IN = 'textarea, input:not([type=password], [type=hidden], [type=checkbox], [type=radio], [type=range], [type=color], [type=file], [type=image])';

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

/// What a style sheet draws before or after an element's content; nothing where that is not drawn.
function drawnByStyle(element, pseudo) {
  const style = getComputedStyle(element, pseudo);
  if (['none', 'normal'].includes(style.content) || style.display === 'none' || Number(style.opacity) < FAINT || !hasInk(element, style)) return '';
  if (style.position !== 'static' && (isClippedAway(style, element) || parseFloat(style.left) < -500 || parseFloat(style.width) === 0)) return '';
  const text = drawn(generated(element, pseudo), style);
  return style.display === 'inline' ? text : ` ${text} `;
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

/// What is drawn of an element's text: with `text-transform`, without what is hidden, blocks apart from each other.
const drawnText = remembered('texts', (element) => {
  const tag = tagOf(element);
  if (NOT_DRAWN.includes(tag)) return '';
  if (tag === 'br') return ' ';
  const style = getComputedStyle(element);
  if (isNotPainted(element, style)) return '';
  if (tag === 'select') return [...element.selectedOptions].map((option) => ` ${optionLabel(option)} `).join('');
  if (tag === 'input') return BUTTONS.includes(element.type) ? element.value : '';
  const framed = documentIn(element);
  if (framed) return framed.body ? ` ${drawnText(framed.body)} ` : '';
  let text = drawnByStyle(element, '::before');
  for (const child of drawnChildren(element)) {
    if (child.nodeType === Node.TEXT_NODE) text += hasInk(element, style) ? drawn(child.data, style) : '';
    else if (child.nodeType === Node.ELEMENT_NODE) text += drawnText(child);
  }
  text += drawnByStyle(element, '::after');
  return style.display.startsWith('inline') || style.display === 'contents' ? text : ` ${text} `;
});

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

/// Whether the wanted text stands in a text as whole words. Both are folded.
function standsIn(text, wanted) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text.slice(Math.max(0, at - 5), at), after = text.slice(at + wanted.length, at + wanted.length + 5);
    const first = [...wanted][0] ?? '', last = [...wanted].at(-1) ?? '';
    const joins = (one, other) => one !== undefined && other !== undefined && isWordLetter(one) && isWordLetter(other);
    const isPartOfEmoji = /^(\u200d|\p{Emoji_Modifier})/u.test(after) || /\u200d$/.test(before);
    if (!isPartOfEmoji && !joins([...before].at(-1), first) && !joins(last, [...after][0]) && !goesOn(before, wanted, after)) return true;
  }
  return false;
}

/// Without spaces and capitals: what is not found in this is not in the drawn text either.
const gist = (text) => fold(text).replace(/ /g, '').toUpperCase();

const gistOf = remembered('gists', (element) => gist(textOf(element)));

/// Elements whose drawn text is not all in the text of their own tree: shadow trees and frames are below them.
function withOtherTrees() {
  if (!cache.otherTrees) {
    cache.otherTrees = new Set();
    for (const root of roots().slice(1)) {
      for (let node = root.host || root.defaultView.frameElement; node; node = outward(node)) cache.otherTrees.add(node);
    }
  }
  return cache.otherTrees;
}

/// The innermost elements below root whose drawn text is as wanted. `fits` is asked about folded texts.
function textHolders(root, wanted, fits) {
  // What is hidden may stand between the words of what is drawn.
  const found = [], words = wanted.split(' ').map(gist);
  const mayHold = (element) => withOtherTrees().has(element) || tagOf(element) === 'slot' || words.every((word) => gistOf(element).includes(word));
  const descend = (element) => {
    if (matches(element, WRITTEN_IN)) return fits(fold(element.value)) && Boolean(found.push(element));
    if (!mayHold(element) && !query(element, WRITTEN_IN)) return false;
    let isInside = false;
    for (const child of drawnChildren(element)) {
      if (child.nodeType === Node.ELEMENT_NODE && descend(child)) isInside = true;
    }
    const framed = documentIn(element);
    if (framed?.body && descend(framed.body)) isInside = true;
    if (isInside || !fits(fold(drawnText(element)))) return isInside;
    found.push(element);
    return true;
  };
  descend(root.nodeType === Node.DOCUMENT_NODE ? root.body ?? root.documentElement : root);
  return found;
}

/// Elements whose drawn text is as wanted by what a style sheet draws before or after their content.
function generatedHolders(root, fits) {
  const isGenerated = (element) => ['::before', '::after'].some((pseudo) => drawnByStyle(element, pseudo).trim());
  return everything(root).filter((element) => isGenerated(element) && fits(fold(drawnText(element))));
}

/// The rectangles of a text in an element; of all its text where it stands in several pieces.
function rectsOfText(element, wanted) {
  const mapping = mappingOf(element), rects = [];
  const nodes = [...childNodesOf(element)].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const node of nodes) {
    const at = node.data.toUpperCase().indexOf(wanted.toUpperCase());
    const range = ownerOf(element).createRange();
    range.selectNodeContents(node);
    if (at >= 0) {
      range.setStart(node, at);
      range.setEnd(node, Math.min(node.data.length, at + wanted.length));
    }
    const own = [...range.getClientRects()].map((rect) => moved(rect, mapping));
    if (at >= 0 && own.length) return own;
    rects.push(...own);
  }
  return rects;
}

/// Whether a text that an element holds is drawn where it can be seen or scrolled to, and not cut off by what is around it.
function isTextDrawn(element, wanted) {
  if (!isDrawn(element)) return false;
  const rects = rectsOfText(element, wanted).filter((rect) => rect.width && rect.height);
  const area = (rect) => rect.width * rect.height;
  return rects.every((rect) => {
    const own = getComputedStyle(element).overflow === 'visible' ? rect : clippedBy(element, { ...rect }, getComputedStyle(element));
    const left = own && unclipped(element, own);
    return left && rect.height >= UNREADABLE && area(left) * 2 > area(rect);
  });
}

/// Whether the text is in the document at all, drawn or not.
function isWritten(root, wanted) {
  const probe = gist(wanted);
  const says = (element) => !NOT_DRAWN.includes(tagOf(element)) && gistOf(element).includes(probe) && standsIn(fold(textOf(element)), wanted);
  return everything(root).some((element) => says(element) && ![...childrenOf(element)].some(says));
}

/// The texts that a person reads line by line: what stands in a block between other blocks and line breaks.
function* lines(root) {
  let line = '';
  const ended = () => {
    const whole = fold(line);
    line = '';
    return whole ? [whole] : [];
  };
  const read = function* (element, isRoot) {
    const style = getComputedStyle(element), isBlock = isRoot || (!style.display.startsWith('inline') && style.display !== 'contents');
    if (NOT_DRAWN.includes(tagOf(element)) || isNotPainted(element, style)) return;
    if (isBlock || tagOf(element) === 'br') yield* ended();
    if (matches(element, 'select, input') || documentIn(element)) line += drawnText(element);
    else {
      line += drawnByStyle(element, '::before');
      for (const child of drawnChildren(element)) {
        if (child.nodeType === Node.TEXT_NODE) line += hasInk(element, style) ? drawn(child.data, style) : '';
        else if (child.nodeType === Node.ELEMENT_NODE) yield* read(child, false);
      }
      line += drawnByStyle(element, '::after');
    }
    if (isBlock) yield* ended();
  };
  yield* read(root.nodeType === Node.DOCUMENT_NODE ? root.body : root, true);
}
