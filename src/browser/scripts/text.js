// Texts as a person reads them, and where they are looked for. Needs dom.js, generated.js, semantics.js, visibility.js, pieces.js and
// places.js.

// Nobody sees them, and they come and go between a page and what is typed: soft hyphens, zero-width characters, marks of direction,
// variation selectors, byte order marks, and the private-use characters that icon fonts draw as pictures.
// A joiner between emoji makes one of several.
const UNSEEN = /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ue000-\uf8ff\u{f0000}-\u{10fffd}]/gu;

/// Letters with everything folded that looks the same: Unicode forms, ligatures, and what is not seen.
const unify = (text) => text.normalize('NFC').replace(/[\u2010\u2011]/g, '-').replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC')).replace(UNSEEN, '');

/// A text with everything folded that looks the same, white space, too.
const fold = (text) => squeeze(unify(text));

/// Text as `text-transform` draws it.
function transformed(text, { textTransform, webkitLocale }) {
  const upper = (part) => inLanguage(part, 'toLocaleUpperCase', webkitLocale);
  switch (textTransform) {
    case 'uppercase': return upper(text);
    case 'lowercase': return inLanguage(text, 'toLocaleLowerCase', webkitLocale);
    case 'capitalize': return text.replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, upper);
    default: return text;
  }
}

/// Greek capitals lose their accents, a Turkish i keeps its dot.
function inLanguage(text, change, locale) {
  const language = locale?.startsWith('"') ? unquoted(locale) : [];
  try {
    return text[change](language);
  } catch {
    // What a page calls its language may be none.
    return text[change]();
  }
}

/// What is drawn in a field: its value, or what its page says while there is none.
function fieldText(field) {
  const isHint = matches(field, ':placeholder-shown'), style = getComputedStyle(field, isHint ? '::placeholder' : null);
  if (!hasInk(field, style) || Number(style.opacity) < FAINT) return '';
  if (isHint) return fold(wordsThatFit(field, attribute(field, 'placeholder'), style));
  if (field.type in DRAWN_DATES) return fold(drawnDate(field).join());
  return fold(matches(field, SECRET) ? '' : field.value);
}

/// The words for which a field has room, where it draws them in one line that can't be scrolled.
function wordsThatFit(field, text, { font, letterSpacing }) {
  if (tagOf(field) === 'textarea' || text === '') return text;
  const { paddingLeft, paddingRight, textIndent } = getComputedStyle(field), context = canvas();
  if (Math.abs(parseFloat(textIndent)) >= field.clientWidth) return '';
  Object.assign(context, { font, letterSpacing: letterSpacing === 'normal' ? '0px' : letterSpacing });
  const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) + 1;
  const isRoomFor = (words) => context.measureText(words).width <= room;
  if (isRoomFor(text)) return text;
  const words = text.split(/(?<=\S)(?=\s)/), missing = words.findIndex((_, at) => !isRoomFor(words.slice(0, at + 1).join('')));
  return words.slice(0, missing).join('');
}

const isWordLetter = (letter) => /[\p{L}\p{N}\p{M}_]/u.test(letter)
  // These are written without spaces between words, signs that several of them share, as "ー", included.
  && !/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u.test(letter);

/// Whether a number or a word goes on across an end of what was found: "234" is not in "1,234" or "1 234", nor "30" in "12:30", "5" in
/// "-5" or "5.20", "refundable" in "non-refundable", "can" in "can't".
function goesOn(before, wanted, after) {
  if (/^\d/.test(wanted) && (/\d[.,·٫٬:/'’–-]$/.test(before) || /(^|[\s(+−-])\.$/.test(before))) return true;
  if (/^\d{3}(?!\d)/.test(wanted) && /\d $/.test(before)) return true;
  if (/^[\d€$£¥]/.test(wanted) && /(^|[^\p{L}\p{N}])[-−][€$£¥]?$/u.test(before)) return true;
  if (/\d$/.test(wanted) && (/^[.,·٫٬:/'’–-]\d/.test(after) || /^ \d{3}(?!\d)/.test(after) && /(^|\D)\d{1,3}$/.test(wanted))) return true;
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
const gist = (text) => withoutAccents(fold(text).replace(/ /g, '')).toUpperCase();

/// Without what letters lose or gain as capitals in some languages.
function withoutAccents(text) {
  const dotless = /[İı]/.test(text) ? text.replace(/[İı]/g, 'i') : text;
  return /[\u0370-\u03ff\u1f00-\u1fff]/.test(text) ? dotless.normalize('NFD').replace(/(?<=\p{Script=Greek}\p{M}*)\p{M}/gu, '').normalize('NFC') : dotless;
}

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
const SPEAKERS = 'input:is([type=submit], [type=reset], [type=button], [type=image], [type=file]), img[alt], option[label], optgroup, slot, use';

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
const saysText = (element, wanted) => readingsOf(element).some((reading) => readText(element, reading).split(EDGES).some((text) => isIn(fold(text), wanted)))
  && (wanted.isWhole || lineAround(element) === element || !placesOf(element, wanted).next().done);

/// The element around this one in which its words may be part of longer ones: "paid" in bold is no word of "unpaid".
function lineAround(element) {
  let line = element;
  for (let around = drawnParent(line); around && isWithinWords(line, around); around = drawnParent(line)) line = around;
  return line;
}

function isWithinWords(element, around) {
  const style = getComputedStyle(element);
  if (/^(inline|contents|ruby)$/.test(style.display) || (style.display === 'inline-block' && isFilled(element))) return !isSpaced(style, getComputedStyle(around), [...SPACES_BEFORE, ...SPACES_AFTER]);
  const isBox = style.float !== 'none' || /flex|grid/.test(getComputedStyle(around).display);
  return isBox && piecesOf(around).length > 0 && joinedBoxes().has(element);
}

/// Whether the words of a box fill it from side to side.
const isFilled = (box) => Math.abs(rangeIn(box).getBoundingClientRect().width - boundsOf(box).width) < 1;

/// Whether all letters of a word come one after the other in a text, with others in between: what is hidden may stand in a word.
function isSubsequence(word, text) {
  let at = -1;
  return [...word].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

/// The innermost elements below root whose drawn text is as wanted; with what style sheets write and what is hidden within words, or
/// without.
function textHolders(root, wanted, isByStyle) {
  // What is hidden may stand between the words of what is drawn.
  const found = [], words = gistsOf(wanted.name);
  const isThere = isByStyle ? isSubsequence : (word, text) => text.includes(word);
  const mayHold = (element) => withOtherTexts().has(element) || (isByStyle && withTextsByStyle().has(element))
    || words.every((word) => isThere(word, gistOf(element)));
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

/// The innermost element that says the text in the document, drawn or not.
function inSource(root, wanted) {
  const probe = gist(wanted);
  const says = (element) => !NOT_DRAWN.includes(tagOf(element)) && gistOf(element).includes(probe) && standsIn(fold(textOf(element)), wanted);
  return everything(root).find((element) => says(element) && ![...childrenOf(element)].some(says));
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
