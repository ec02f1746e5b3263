// Where in the page the letters of a text are, and whether they can be seen there. Needs dom.js, frames.js, visibility.js, text.js and
// pieces.js.

// What is folded as one: a letter with its marks, or joined emoji.
const CLUSTER = /(?:\p{Extended_Pictographic}\ufe0f?\u200d)*\P{M}\p{M}*|\p{M}+/gu;

/// The texts between edges, letter by letter and folded: [{ letter, by: element, from: text node or null, start, end }].
function lettersOf(element, reading) {
  const texts = [[]];
  for (const one of piecesOf(element)) {
    const text = one[reading] ?? one.text, from = one.from?.nodeType === Node.TEXT_NODE ? one.from : null;
    const by = from ? elementAround(from) : one.from ?? element;
    // Capitals may be more letters than what they are made of.
    const place = (start, end) => (from?.data.length === text.length ? { start, end } : { start: 0, end: from?.data.length });
    if (EDGES.test(text) && !from) texts.push([]);
    else for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      for (const letter of unify(cluster)) texts.at(-1).push({ letter: /\s/.test(letter) ? ' ' : letter, by, from, ...place(index, index + cluster.length) });
    }
  }
  return texts.map((letters) => letters.filter(({ letter }, at) => letter !== ' ' || (at > 0 && letters[at - 1].letter !== ' ')));
}

/// Each time that a text stands in an element: the ranges of its letters, none where they come from no text of the document.
function* placesOf(element, { name, isWhole }) {
  const line = isWhole ? element : lineAround(element), isOwn = ({ by }) => line === element || holds(element, by);
  for (const reading of readingsOf(line)) {
    for (const letters of lettersOf(line, reading)) {
      const starts = letters.flatMap(({ letter }, at) => Array(letter.length).fill(at));
      const text = letters.map(({ letter }) => letter).join('');
      const found = !isWhole ? occurrences(text, name) : text.trim() === name ? [0] : [];
      for (const at of found) {
        const place = letters.slice(starts[at], starts[at + name.length - 1] + 1);
        if (isOwn(place[0]) && isOwn(place.at(-1))) yield rangesOf(place);
      }
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
  return ranges.every((range) => {
    const speaker = speakerOf(range), rects = rectsOfRanges([range]);
    // A style sheet may draw a picture in place of all that is in an element.
    if (!rects.length && fold(range.toString())) return false;
    return isDrawn(speaker) && rects.every((rect) => rect.height >= UNREADABLE && endsOf(rect).every((end) => isInReach(speaker, end)) && !isElided(speaker, rect));
  });
}

/// The first and the last pixels of a line of letters: a text is read only if both its ends are.
function endsOf({ left, top, right, bottom, width, height }) {
  const piece = Math.min(4, width);
  return [left, right - piece].map((start) => ({ left: start, top, right: start + piece, bottom, width: piece, height }));
}

/// Whether most of a rectangle of letters can be seen or scrolled to.
function isInReach(speaker, rect) {
  const area = ({ width, height }) => width * height, style = getComputedStyle(speaker);
  const own = leftInBox(speaker, rect, style);
  const left = own && unclipped(speaker, own);
  return Boolean(left) && area(left) * 2 > area(rect);
}

/// The box whose lines the words of an element are in.
function lineBoxOf(element) {
  let box = element;
  while (outward(box) && isInline(getComputedStyle(box)) && !/^inline-(block|flex|grid)/.test(getComputedStyle(box).display)) box = outward(box);
  return box;
}

/// Whether "…" is drawn in place of letters: of all that would not leave room for it.
function isElided(speaker, rect) {
  const box = lineBoxOf(speaker), style = getComputedStyle(box);
  if (!/ellipsis|"/.test(style.textOverflow) || style.overflowX === 'visible' || box.scrollWidth <= box.clientWidth || box.scrollLeft) return false;
  const { left, right } = moved(boundsOf(box), mappingOf(box));
  const room = [style.paddingInlineEnd, style.borderInlineEndWidth].reduce((sum, length) => sum + parseFloat(length), 0) + widthOfEllipsis(style);
  return style.direction === 'rtl' ? rect.left < left + room - 1 : rect.right > right - room + 1;
}

/// In CSS pixels.
function widthOfEllipsis({ font, textOverflow }) {
  const { context } = cache.measure ??= { context: new OffscreenCanvas(1, 1).getContext('2d') };
  context.font = font;
  return context.measureText(textOverflow.startsWith('"') ? unquoted(textOverflow) : '…').width;
}

/// Of the texts that were looked for last: where they can be seen, as ranges. What is in the way is looked for there.
let seenAt = new Map();

/// The name that was looked for last, where it was that of a role.
let sought = null;

/// Whether a text that an element holds is drawn where it can be seen, once at least.
function isTextDrawn(element, wanted) {
  if (!isDrawn(element)) return false;
  if (matches(element, WRITTEN_IN)) return true;
  const seen = [...placesOf(element, wanted)].filter(isInSight);
  if (seen.some((ranges) => ranges.length)) seenAt.set(element, seen);
  return seen.length > 0;
}
