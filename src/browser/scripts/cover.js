// What is painted over an element, and where a click reaches it. Needs dom.js, colours.js, frames.js, semantics.js, visibility.js,
// order.js, pieces.js, places.js, text.js and legible.js.

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

/// What lies under a colour fainter than this, of 1, is still seen.
const VEILED = 0.45;

const paintsBox = (style) => alphaOf(style.backgroundColor) * Number(style.opacity) > VEILED || style.backgroundImage !== 'none'
  || (style.backdropFilter ?? 'none') !== 'none';

const PICTURES = 'img, video, canvas';

const REPLACED = `${PICTURES}, iframe, embed, object, select, textarea, input:not([type=hidden])`;

function hasTextAt(element, x, y) {
  const [across, down] = mapPoint(inverse(mappingOf(element)), x, y);
  return [...childNodesOf(element)].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()).some((node) => {
    return [...rangeOf(node).getClientRects()].some((rect) => across >= rect.left && across <= rect.right && down >= rect.top && down <= rect.bottom);
  });
}

/// As `paintsAt`, of what is no box with words in it: pictures and fields may be transparent, and so may what is in a frame.
function paintsContent(element, x, y) {
  const style = getComputedStyle(element);
  if (paintsBox(style)) return true;
  if (matches(element, PICTURES)) {
    const colour = pictureAt(element, x, y);
    return opacityAround(element) > VEILED && (colour === null || colour[3] > VEILED);
  }
  // The backgrounds of these are the whole frame's; what else is in it is asked for itself.
  const { documentElement, body } = documentIn(element) ?? {};
  if (documentElement) return [documentElement, body].some((part) => part && paintsBox(getComputedStyle(part)));
  return matches(element, WRITTEN_IN) ? Boolean(fieldText(element)) : true;
}

/// Whether an element that is under a point paints anything there; what shines through is still seen.
function paintsAt(element, x, y) {
  if (!isVisible(element, { visibilityProperty: true, opacityProperty: true })) return false;
  if (element.namespaceURI === SVG && tagOf(element) !== 'svg') return true;
  if (matches(element, REPLACED)) return paintsContent(element, x, y);
  if (paintsBox(getComputedStyle(element)) || hasTextAt(element, x, y)) return true;
  return ['::before', '::after'].some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return isGenerated(style) && paintsBox(style);
  });
}

/// What lies over the element at a point, if anything does: for a click whatever would receive it, else what is painted there.
function coverAt(element, x, y, isClick) {
  const parts = [element, handleOf(element), ...labelsOf(element)];
  const stack = [...hits(x, y)];
  const isOwn = (node) => parts.some((part) => holds(part, node));
  const own = stack.findIndex(isOwn);
  for (const [index, node] of stack.entries()) {
    if (index === own) return null;
    // Around it, and not in front of it.
    if (own < 0 && holds(node, element)) return null;
    if (isClick || paintsAt(node, x, y)) return node;
  }
  return null;
}

/// As `coverAt`, of what is painted at several points; where clicks pass through the element itself, what lies behind it is not over it.
function coversAt(element, points) {
  const look = () => points.map(([x, y]) => coverAt(element, x, y, false));
  const covers = look();
  if (!covers.some(Boolean)) return covers;
  const confirmed = withoutPassing(look);
  return covers.map((over, at) => (over === confirmed[at] ? over : null));
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
  const stopping = new CSSStyleSheet();
  stopping.replaceSync('*, *::before, *::after { pointer-events: auto !important }');
  const before = [...document.adoptedStyleSheets];
  document.adoptedStyleSheets = [...before, stopping];
  try {
    return find();
  } finally {
    document.adoptedStyleSheets = before;
  }
}

/// What lies over a point and is opaque though a click passes through it, if anything does; asked while clicks pass through nothing.
function veilAt(element, x, y) {
  const stack = [...hits(x, y)];
  const isOwn = (node) => [element, handleOf(element), ...labelsOf(element)].some((part) => holds(part, node));
  // Where words stand, even a part of the element may lie over them.
  const speaker = stack.findIndex((node) => holds(element, node) && hasTextAt(node, x, y));
  const own = speaker < 0 ? stack.findIndex(isOwn) : speaker;
  const isOver = (node) => isVeil(node) || (matches(node, PICTURES) && (holds(element, node) || isOpaquePicture(node, x, y)));
  return stack.slice(0, Math.max(0, own)).find((node) => !holds(node, stack[own]) && isOver(node)) ?? null;
}

/// What lies under something less opaque than this, of 1, shines through.
const OPAQUE = 0.9;

const isOpaque = (element, pseudo) => {
  const style = getComputedStyle(element, pseudo);
  const isThere = !pseudo || isGenerated(style);
  const isSolid = (colours) => colours.some((colour) => alphaOf(colour) * Number(style.opacity) > OPAQUE);
  const gradient = fillingGradient(style);
  return isThere && (isSolid([style.backgroundColor]) || (gradient !== null && gradient.every((colour) => isSolid([colour]))));
};

/// What a picture has at a point, as `drawnPixel` answers.
function pictureAt(picture, x, y) {
  const { left, top, width, height } = moved(boundsOf(picture), mappingOf(picture));
  return drawnPixel((context) => {
    try {
      context.drawImage(picture, left - x, top - y, width, height);
    } catch {
      // A picture that is broken draws nothing.
    }
  });
}

/// Whether a picture that clicks pass through has something opaque at a point.
function isOpaquePicture(picture, x, y) {
  const colour = opacityAround(picture) < OPAQUE ? null : pictureAt(picture, x, y);
  return colour !== null && colour[3] > OPAQUE;
}

const isVeil = (element) => opacityAround(element) > OPAQUE && [undefined, '::before', '::after'].some((pseudo) => isOpaque(element, pseudo));

/// Whether an element draws something opaque over its own content, as placeholders for what is still loading do. What stands at the point
/// above it is not covered, as the words on buttons whose colour is drawn so.
function coversItself(element, x, y) {
  const { width, height } = boundsOf(element);
  const isOver = ['::before', '::after'].some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return style.position === 'absolute' && isOpaque(element, pseudo) && !(Number(style.zIndex) < 0) && style.visibility === 'visible'
      && [style.transform, style.scale, style.clipPath].every((value) => value === 'none')
      && parseFloat(style.width) >= width * 0.9 && parseFloat(style.height) >= height * 0.9;
  });
  if (!isOver) return false;
  const stack = [...hits(x, y)], speaker = stack.findIndex((node) => holds(element, node) && hasTextAt(node, x, y));
  if (speaker >= 0) return stack[speaker] === element || stack.indexOf(element) < speaker;
  return everything(element).every((inner) => getComputedStyle(inner).position === 'static');
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

/// Where what hides an element is looked for: of a text, in each place where it stands; else at its words, or at its box.
function facesOf(element, handle) {
  const texts = (seenAt.get(element) ?? []).map(rectsOfRanges).filter((rects) => rects.length).map(linesOf);
  if (texts.length) return texts;
  return [[...wordRects(handle).filter((words) => pointsOf(words).length), ...rectsOf(handle)].slice(0, 1)];
}

/// What hides the element wherever it is looked for: something painted over its middle, or over most of the points looked at; or itself.
/// Veils are looked for on request: the whole page is styled anew for it, and a page about to be photographed should be left alone.
function cover(element, withVeils = false) {
  const handle = handleOf(element);
  let over = null;
  for (const rects of facesOf(element, handle)) {
    const found = rects.map((rect) => coverOver(element, handle, rect, withVeils)).find(Boolean);
    if (!found) return null;
    over ??= found;
  }
  return over;
}

function coverOver(element, handle, whole, withVeils) {
  const rect = clippedNow(handle, whole), points = pointsOf(rect);
  if (points.length) {
    const [point] = points, isDim = () => isIllegible(handle, ...point);
    if (coversItself(handle, ...point) || isUnreadable(handle)) return handle;
    // What clicks pass through may lie in between.
    if (!withVeils && isDim() && withoutPassing(isDim)) return handle;
    const veil = withVeils && withoutPassing(() => (isDim() ? handle : veilAt(element, ...point)));
    if (veil) return veil;
  }
  // A text is read only if both its ends are.
  const ends = seenAt.has(element) ? endsOf(rect).flatMap((end) => pointsOf(end).slice(0, 1)) : [];
  const all = coversAt(element, [...points, ...ends]), covers = all.slice(0, points.length);
  const first = covers[0] ?? all.slice(points.length).find(Boolean);
  if (first) return first;
  const found = covers.filter(Boolean);
  return found.length * 2 > points.length ? found[0] : null;
}

/// The first point of the element where a click reaches it: { point }, or { over } where something else would receive it everywhere.
/// The first of its rectangles counts, for links may break across lines.
function clickPoint(element) {
  const handle = handleOf(element);
  let over = null;
  for (const rect of rectsOf(handle)) {
    for (const [x, y] of pointsOf(clippedNow(handle, rect))) {
      const cover = coverAt(element, x, y, true);
      if (!cover) return { point: [x, y] };
      over ??= cover;
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
