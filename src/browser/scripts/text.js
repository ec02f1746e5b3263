// Texts as a person reads them. Needs dom.js, semantics.js and visibility.js.

// Nobody sees them, and they come and go between a page and what is typed: soft hyphens, zero-width characters, marks of direction,
// variation selectors, byte order marks, and the private-use characters that icon fonts draw as pictures.
const UNSEEN = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ue000-\uf8ff\u{f0000}-\u{10fffd}]/gu;

/// A text with everything folded that looks the same: Unicode forms, ligatures, white space, and what is not seen.
const fold = (text) => squeeze(text.normalize('NFC').replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC')).replace(UNSEEN, ''));

const NOT_DRAWN = ['script', 'style', 'template', 'noscript', 'head', 'title', 'datalist', 'textarea'];

const BUTTONS = ['submit', 'reset', 'button'];

const BUTTON_INPUTS = BUTTONS.map((type) => `input[type=${type}]`).join(', ');

/// Whether letters of this style can be seen.
function hasInk(style) {
  if (style.visibility !== 'visible' || parseFloat(style.fontSize) === 0) return false;
  const fill = style.webkitTextFillColor || style.color;
  return alphaOf(fill) > 0.02 || style.webkitBackgroundClip === 'text' || style.textShadow !== 'none';
}

/// Whether this part of what is around it is left out of the picture, all that is in it included.
function isNotPainted(element, style) {
  if (style.display === 'none' || style.contentVisibility === 'hidden' || style.opacity === '0') return true;
  const around = parentOf(element);
  if (around && tagOf(around) === 'details' && !around.open) return element !== ownChild(around, 'summary');
  if (style.display === 'contents' || style.position === 'static') return false;
  return isClippedAway(style) || (style.overflow !== 'visible' && isTiny(boundsOf(element)));
}

/// What is drawn of an element's text: with `text-transform`, without what is hidden, blocks apart from each other.
const drawnText = remembered('texts', (element) => {
  const tag = tagOf(element);
  if (NOT_DRAWN.includes(tag)) return '';
  if (tag === 'br') return ' ';
  const style = getComputedStyle(element);
  if (isNotPainted(element, style)) return '';
  if (tag === 'select') return [...element.selectedOptions].map((option) => ` ${option.label} `).join('');
  if (tag === 'input') return BUTTONS.includes(element.type) ? element.value : '';
  const framed = documentIn(element);
  if (framed) return framed.body ? ` ${drawnText(framed.body)} ` : '';
  let text = '';
  for (const child of drawnChildren(element)) {
    if (child.nodeType === Node.TEXT_NODE) text += hasInk(style) ? drawn(child.data, style) : '';
    else if (child.nodeType === Node.ELEMENT_NODE) text += drawnText(child);
  }
  return style.display.startsWith('inline') || style.display === 'contents' ? text : ` ${text} `;
});

const isWordLetter = (letter) => /[\p{L}\p{N}\p{M}_]/u.test(letter)
  // These are written without spaces between words.
  && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(letter);

/// Whether a number goes on across the end of what was found: "234" is not in "1,234", nor "5" in "-5" or "5.20".
const goesOn = (before, first, last, after) =>
  (/\d/.test(first) && (/\d[.,'’\u202f]$/.test(before) || /(^|[\s(])[-−]$/.test(before)))
  || (/\d/.test(last) && /^[.,'’\u202f]\d/.test(after));

/// Whether the wanted text stands in a text as whole words. Both are folded.
function standsIn(text, wanted) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text.slice(Math.max(0, at - 3), at), after = text.slice(at + wanted.length, at + wanted.length + 3);
    const first = [...wanted][0] ?? '', last = [...wanted].at(-1) ?? '';
    const joins = (one, other) => one !== undefined && other !== undefined && isWordLetter(one) && isWordLetter(other);
    if (!joins([...before].at(-1), first) && !joins(last, [...after][0]) && !goesOn(before, first, last, after)) return true;
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
  const found = [], probe = gist(wanted);
  const mayHold = (element) => withOtherTrees().has(element) || gistOf(element).includes(probe) || tagOf(element) === 'slot';
  const descend = (element) => {
    if (tagOf(element) === 'input') return BUTTONS.includes(element.type) && fits(fold(element.value)) && Boolean(found.push(element));
    if (!mayHold(element) && !query(element, BUTTON_INPUTS)) return false;
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

/// Elements before or after whose content a style sheet draws the wanted text.
function generatedHolders(root, wanted) {
  return everything(root).filter((element) => ['::before', '::after'].some((pseudo) => {
    const text = getComputedStyle(element, pseudo).content;
    return text !== 'none' && text !== 'normal' && standsIn(fold(drawn(generated(element, pseudo), getComputedStyle(element, pseudo))), wanted);
  }));
}

/// Whether the text is in the document at all, drawn or not.
function isWritten(root, wanted) {
  const probe = gist(wanted);
  const says = (element) => !NOT_DRAWN.includes(tagOf(element)) && gistOf(element).includes(probe) && standsIn(fold(textOf(element)), wanted);
  return everything(root).some((element) => says(element) && ![...childrenOf(element)].some(says));
}
