// What is painted over an element, and where a click reaches it. Needs dom.js, colours.js, frames.js, semantics.js, visibility.js,
// order.js, pieces.js, places.js, text.js, paint.js and legible.js.

function holds(outer, element) {
  for (let node = element; node; node = outward(node)) if (node === outer) return true;
  return false;
}

/// Everything under a point, topmost first, out of shadow trees and frames. The point is one of the viewport of the root's document.
function* hits(x, y, root = document) {
  for (const element of root.elementsFromPoint(x, y)) {
    if (rootOf(element) !== root) continue;
    if (shadowOf(element)) yield* hits(x, y, shadowOf(element));
    const framed = documentIn(element);
    if (framed) {
      const inner = mapPoint(inverse(mappingIn(element)), x, y);
      if (inner.every(Number.isFinite)) yield* hits(...inner, framed);
    }
    yield element;
  }
}

const topmost = (x, y) => hits(x, y).next().value ?? null;

/// What is painted with less than this, of 1, draws no box of its own.
const VEILED = 0.45;

const paintsBox = (style) => alphaOf(style.backgroundColor) * Number(style.opacity) > VEILED || style.backgroundImage !== 'none'
  || (style.backdropFilter ?? 'none') !== 'none';

const PICTURES = 'img, video, canvas';

const REPLACED = `${PICTURES}, iframe, embed, object, select, textarea, input:not([type=hidden])`;

/// The texts that are drawn in the box of an element: those that are slotted into it, too, and not those that it has slotted elsewhere.
const textsDrawnIn = (element) => [...drawnChildren(element)]
  .flatMap((node) => (node.nodeType === Node.ELEMENT_NODE && tagOf(node) === 'slot' && isWithoutBox(node) ? textsDrawnIn(node) : node))
  .filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

const isWithoutBox = (slot) => getComputedStyle(slot).display === 'contents';

function hasTextAt(element, x, y) {
  const [across, down] = mapPoint(inverse(mappingOf(element)), x, y);
  return textsDrawnIn(element).some((node) => {
    return [...rangeOf(node).getClientRects()].some((rect) => across >= rect.left && across <= rect.right && down >= rect.top && down <= rect.bottom);
  });
}

/// What lies under something less opaque than this, of 1, shines through.
const OPAQUE = 0.9;

/// What an element and all that it stands in, up to what is around another one, leave of what it paints at a point.
function groupAlpha(node, other, x, y) {
  let alpha = 1;
  for (let around = node; around && !holds(around, other); around = outward(around)) {
    const style = getComputedStyle(around);
    // Colours that are mixed with what is below do not hide it.
    if (style.mixBlendMode !== 'normal') return 0;
    alpha *= Number(style.opacity) * (maskedAt(around, style, x, y) ?? 0);
  }
  return alpha;
}

/// Whether what is seen of an element through a box is blurred beyond reading.
function blursBehind({ backdropFilter = '' }, other) {
  const [, blur = 0] = backdropFilter.match(/blur\(([\d.]+)px\)/) ?? [];
  return Number(blur) > BLURRED * parseFloat(getComputedStyle(other).fontSize);
}

/// Whether an element is drawn below what it stands in.
function isSunken(element, outer) {
  for (let node = element; node && node !== outer; node = outward(node)) if (Number(getComputedStyle(node).zIndex) < 0) return true;
  return false;
}

/// Words, and fields with words in them, over others.
const hasWordsAt = (node, x, y) => hasTextAt(node, x, y)
  || (matches(node, WRITTEN_IN) ? Boolean(fieldText(node)) : matches(node, 'select, textarea, input:not([type=hidden])'));

/// How much of what is below an element it hides at a point, from 0 to 1. Of what clicks pass through, and of what can't be known, least is
/// assumed.
function hidesAt(node, speaker, element, x, y, isClickable) {
  if (!isVisible(node, { visibilityProperty: true, opacityProperty: true })) return 0;
  const isAround = holds(node, speaker), alpha = isAround ? 1 : groupAlpha(node, speaker, x, y);
  if (!alpha) return 0;
  if (!isAround && isClickable && !holds(element, node) && hasWordsAt(node, x, y)) return alpha;
  if (!isAround && blursBehind(getComputedStyle(node), speaker) && withinBox(node, x, y)) return alpha;
  const layers = [...pseudoLayersAt(node, x, y), ...(isAround && !isSunken(speaker, node) ? [] : layersAt(node, x, y))];
  const through = layers.reduce((rest, layer) => rest * (layer ? 1 - layer[3] : Number(!isClickable)), 1);
  return (1 - through) * alpha;
}

/// What hides an element's words, or itself, at a point, if anything does. `clickable`: what clicks at the point come to.
function hiddenAt(element, x, y, clickable) {
  const parts = [element, handleOf(element), ...labelsOf(element)], stack = [...hits(x, y)];
  const isOwn = (node) => parts.some((part) => holds(part, node));
  // Where words stand, even a part of the element may lie over them.
  const words = stack.findIndex((node) => holds(element, node) && hasTextAt(node, x, y));
  const first = words < 0 ? stack.findIndex((node) => isOwn(node) || holds(node, element)) : words;
  const own = first < 0 ? stack.length : first, speaker = stack[words] ?? element;
  let through = 1;
  for (const node of stack.slice(0, own)) {
    through *= 1 - hidesAt(node, speaker, element, x, y, clickable.has(node));
    if (through < 1 - OPAQUE) return node;
  }
  return coversItself(stack[own], element, words >= 0, x, y) ? stack[own] : null;
}

/// Whether an element draws something opaque over its own words, as placeholders for what is still loading do, or over all that is in it.
/// What is positioned in it is drawn above that, as the words on buttons whose colour is drawn so.
function coversItself(node, element, isSpeaker, x, y) {
  const isSolid = (layer) => layer !== null && layer[3] > OPAQUE;
  if (!node || !holds(element, node) || !pseudoLayersAt(node, x, y).some(isSolid)) return false;
  return isSpeaker || (node === element && everything(element).every((inner) => getComputedStyle(inner).position === 'static'));
}

/// As `hiddenAt`, of a point in a line of this height: what leaves most of it, as a line through words, hides nothing.
function coverAt(element, [x, y], height, clickable) {
  const over = hiddenAt(element, x, y, clickable);
  return over && [-0.3, 0.3].some((part) => hiddenAt(element, x, y + part * height, clickable)) ? over : null;
}

/// What a click at a point would reach in place of the element, if it is something else.
function blockerAt(element, x, y) {
  const parts = [element, handleOf(element), ...labelsOf(element)], stack = [...hits(x, y)];
  const isOwn = (node) => parts.some((part) => holds(part, node)), isBelow = stack.some(isOwn);
  const [first] = stack;
  // Where the point is none of its own, what is around it is not in front of it.
  return !first || isOwn(first) || (!isBelow && holds(first, element)) ? null : first;
}

const inside = (box, { left, top, right, bottom }) =>
  box.x >= left - 0.5 && box.y >= top - 0.5 && box.x + box.width <= right + 0.5 && box.y + box.height <= bottom + 0.5;

const insideViewport = (box) => inside(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });

const scrolls = (node) => getComputedStyle(node).overflow !== 'visible'
  && (node.scrollHeight > node.clientHeight || node.scrollWidth > node.clientWidth);

/// Whether all of it is in the window, and in whatever scrolls around it.
function inView(element) {
  const box = boxOf(element);
  if (!insideViewport(box)) return false;
  for (let node = outward(element); node && node !== document.body; node = outward(node)) {
    if (tagOf(node) !== 'form' && scrolls(node) && !inside(box, moved(boundsOf(node), mappingOf(node)))) return false;
  }
  return true;
}

const PLACES = [[0.5, 0.5], [0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]];

/// Points of a rectangle that are in the window, its middle first.
function pointsOf(rect) {
  const left = Math.max(0, rect.left), right = Math.min(innerWidth, rect.right);
  const top = Math.max(0, rect.top), bottom = Math.min(innerHeight, rect.bottom);
  if (right <= left || bottom <= top) return [];
  return PLACES.map(([across, down]) => [left + (right - left) * across, top + (bottom - top) * down]);
}

/// Where its words stand, if it is no box of its own: a heading goes all across the page, what is read of it does not.
function wordRects(element) {
  const style = getComputedStyle(element);
  if (matches(element, REPLACED) || paintsBox(style) || style.borderTopStyle !== 'none') return [];
  const mapping = mappingOf(element);
  return [...rangeIn(element).getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1).map((rect) => moved(rect, mapping));
}

/// What is found while clicks pass through nothing. A page can't be asked for what they pass through unless they are made to stop at it, for
/// a moment in which nothing is drawn.
function withoutPassing(find) {
  const changed = rootsThatPass().map((root) => ({ root, before: [...root.adoptedStyleSheets] }));
  for (const { root, before } of changed) root.adoptedStyleSheets = [...before, stoppingIn(root.ownerDocument ?? root)];
  try {
    return find();
  } finally {
    for (const { root, before } of changed) root.adoptedStyleSheets = before;
  }
}

/// Documents, and the shadow roots in which something may let clicks pass: to style the others anew would take a while.
const rootsThatPass = () => cache.passing ??= roots().filter((root) => !root.host || mayPass(root));

const saysPointer = remembered('sheets', (sheet) => {
  try {
    return [...sheet.cssRules].some(({ cssText }) => cssText.includes('pointer-events'));
  } catch {
    // One of another origin can't be read.
    return true;
  }
});

const mayPass = (root) => [...root.styleSheets, ...root.adoptedStyleSheets].some(saysPointer)
  || queryAll(root, '[style*=pointer-events], [pointer-events]').length > 0;

/// The style sheet with which clicks pass through nothing: a document adopts only what was made in it.
function stoppingIn(page) {
  const known = cache.stopping ??= new Map();
  if (!known.has(page)) {
    known.set(page, new page.defaultView.CSSStyleSheet());
    known.get(page).replaceSync('*, *::before, *::after { pointer-events: auto !important }');
  }
  return known.get(page);
}

/// Whether words are all that it has to show, and none of them can be read.
function isUnreadable(element) {
  if (drawnText(element).trim() || !squeeze(textOf(element))) return false;
  const isWords = kindRole(element) === 'heading' || KNOWN_BY_TEXT.has(kindRole(element));
  const paints = (part) => {
    const style = getComputedStyle(part), written = (pseudo) => !['none', 'normal'].includes(getComputedStyle(part, pseudo).content);
    return matches(part, `${REPLACED}, svg`) || (!isWords && (paintsBox(style) || style.borderTopStyle !== 'none')) || written('::before') || written('::after');
  };
  return ![element, ...everything(element)].some(paints);
}

/// Rectangles of words, those of one line as one: to look for veils over each would take a while.
function linesOf(rects) {
  const found = [];
  for (const { left, top, right, bottom } of rects) {
    const last = found.at(-1);
    if (last && !isApart(last.top, last.bottom, top, bottom)) {
      Object.assign(last, { left: Math.min(last.left, left), top: Math.min(last.top, top), right: Math.max(last.right, right), bottom: Math.max(last.bottom, bottom) });
    } else found.push({ left, top, right, bottom });
  }
  return found.map((line) => ({ ...line, width: line.right - line.left, height: line.bottom - line.top }));
}

/// Where what hides an element is looked for: of a text, in each place where it stands; else at its words, or at its box. With the runs of
/// letters that must be legible there.
function facesOf(element, handle) {
  const texts = (seenAt.get(element) ?? []).map((runs) => ({ runs, rects: linesOf(rectsOfRanges(runs)) })).filter(({ rects }) => rects.length);
  if (texts.length) return texts;
  const rects = [...wordRects(handle).filter((words) => pointsOf(words).length), ...rectsOf(handle)].slice(0, 1);
  return [{ rects, runs: namingRuns(element, handle) }];
}

/// So many lines of one text are looked at for their colour.
const MANY_LINES = 4;

/// So many runs of letters of one name are looked at.
const MANY_RUNS = 12;

/// The runs of letters that are drawn of the name that was looked for, of what is called by its content.
function namingRuns(element, handle) {
  const role = kindRole(element), isNamedSo = role === 'heading' || KNOWN_BY_TEXT.has(role) || (FROM_CONTENT.has(role) && role !== 'row');
  if (!isNamedSo || !sought) return [];
  const isNaming = ({ from, text }) => from?.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(text) && sought.includes(fold(text));
  return piecesOf(handle).filter(isNaming).slice(0, MANY_RUNS).map(({ from }) => rangeIn(from));
}

/// The modal dialog that keeps an element from being used, if one does.
function modalOver(element) {
  cache.modals ??= roots().flatMap((root) => [...queryAll(root, ':is(dialog:modal)')]);
  if (cache.modals.some((dialog) => holds(dialog, element))) return null;
  return cache.modals.find((dialog) => holds(ownerOf(dialog).documentElement, element)) ?? null;
}

/// What lies over all the page with an opaque ground below it. Of that of a popover no click tells.
function groundOver(element) {
  const isOnTop = (layer) => holds(layer, element);
  const layers = [...queryAll(ownerOf(element), ':is(dialog:modal, :popover-open)')];
  const isHidden = (ground) => alphaOf(ground.backgroundColor) * Number(ground.opacity) > OPAQUE || blursBehind(ground, element);
  return layers.some(isOnTop) ? null : layers.find((layer) => isHidden(getComputedStyle(layer, '::backdrop'))) ?? null;
}

/// What hides the element wherever it is looked for: something painted over its middle, or over most of the points looked at; or itself.
/// What clicks pass through is looked for on request: the whole page is styled anew for it, and a page about to be photographed should be
/// left alone.
function cover(element, withVeils = false) {
  const handle = handleOf(element), outer = (!seenAt.has(element) && modalOver(element)) || groundOver(element);
  if (outer || isUnreadable(handle)) return outer || handle;
  let over = null;
  for (const face of facesOf(element, handle)) {
    const rects = face.rects.map((rect) => clippedNow(handle, rect)).filter((rect) => pointsOf(rect).length);
    const places = rects.map((rect) => ({ rect, clickable: new Set(pointsOf(rect).flatMap((point) => [...hits(...point)])) }));
    const look = () => (isDim(handle, face) ? handle : places.map((place) => coverOver(element, place)).find(Boolean) ?? null);
    // Elsewhere clicks pass through what is looked for itself: what lies behind it is not over it.
    const found = (withVeils || look()) && withoutPassing(look);
    if (!found) return null;
    over ??= found;
  }
  return over;
}

/// Whether the clip paths and masks around the letters of a range leave nothing of them.
const isOutOfShape = (range) => {
  const rects = rectsOfRanges([range]);
  for (let node = speakerOf(range); node && rects.length; node = drawnParent(node)) {
    const style = getComputedStyle(node);
    if (rects.every((rect) => !leftInShape(node, rect, style))) return true;
  }
  return false;
};

/// Whether some of the words looked for have the colour of what is behind them.
function isDim(handle, { rects, runs }) {
  const middleOf = (all) => all.map((rect) => pointsOf(clippedNow(handle, rect))[0]).find(Boolean);
  if (!runs.length) {
    const point = middleOf(rects.slice(0, 1));
    return Boolean(point) && isIllegible(handle, ...point);
  }
  if (runs.every(isOutOfShape)) return true;
  return runs.some((range, at) => {
    // Of a text that is broken, each line, and the first letter of all: style sheets may give them colours of their own.
    const rects = rectsOfRanges([range]), [first] = at === 0 && rects.length ? endsOf(rects[0]) : [];
    const points = [first, ...rects.slice(0, MANY_LINES)].map((rect) => rect && middleOf([rect]));
    return points.filter(Boolean).some((point) => isDimAt(slotOfText(range.startContainer) ?? speakerOf(range), ...point));
  });
}

/// What is painted over the middle of a rectangle, over one of its ends, if it is one of words, or over most of it.
function coverOver(element, { rect, clickable }) {
  const look = (point) => coverAt(element, point, rect.height, clickable);
  // A text is read only if both its ends are.
  const ends = seenAt.has(element) ? endsOf(rect).flatMap((end) => pointsOf(end).slice(0, 1)) : [];
  const [middle, ...others] = pointsOf(rect);
  const first = [middle, ...ends].map(look).find(Boolean);
  if (first) return first;
  const covers = others.map(look).filter(Boolean);
  return covers.length * 2 > others.length + 1 ? covers[0] : null;
}

/// The first point of the element where a click reaches it: { point }, or { over } where something else would receive it everywhere.
/// The first of its rectangles counts, for links may break across lines.
function clickPoint(element) {
  const handle = handleOf(element);
  let over = null;
  for (const rect of rectsOf(handle)) {
    for (const [x, y] of pointsOf(clippedNow(handle, rect))) {
      const blocker = blockerAt(element, x, y);
      if (!blocker) return { point: [x, y] };
      over ??= blocker;
    }
  }
  return { over };
}

// Up and down, then sideways: [block, inline].
const ALIGNMENTS = [
  ...['center', 'end', 'start', 'nearest'].map((block) => [block, 'nearest']), ...['end', 'start', 'center'].map((inline) => ['nearest', inline]),
];

const bring = (element, block, inline = 'nearest') => scrollIntoView(element, { block, inline, behavior: 'instant' });

/// Scrolls an element to one place after the other where it may be free: what stays at the edge of the window, or of a box that scrolls,
/// may lie over it.
function* placed(element) {
  for (const alignment of ALIGNMENTS) {
    bring(element, ...alignment);
    yield;
  }
  for (let node = outward(element); node; node = outward(node)) if (tagOf(node) !== 'form' && scrolls(node)) scrollElement(node, { left: 0, behavior: 'instant' });
  yield;
}

/// Looks at an element, scrolled to until `look` finds nothing in the way, and leaves the page scrolled as it was.
function lookedAt(element, look) {
  let over = inView(element) ? look() : undefined;
  if (over === null) return null;
  const scrolled = [];
  for (let node = element; node; node = outward(node)) {
    if (tagOf(node) !== 'form' && scrolls(node)) scrolled.push([node, node.scrollLeft, node.scrollTop]);
  }
  const views = [...new Set([window, ownerOf(element).defaultView])].map((view) => [view, view.scrollX, view.scrollY]);
  for (const _ of placed(element)) {
    over = look();
    if (!over) break;
  }
  for (const [node, left, top] of scrolled) scrollElement(node, { left, top, behavior: 'instant' });
  for (const [view, left, top] of views) view.scrollTo({ left, top, behavior: 'instant' });
  return over;
}
