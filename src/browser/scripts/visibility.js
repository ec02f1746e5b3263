// What a person sees: drawn at all, not clipped away, within reach of scrolling, and with nothing painted over it.
// Needs dom.js, frames.js and semantics.js. All rectangles are in the coordinates of the page's own viewport, those of elements in frames, too.

const boxOf = (element) => {
  const { left, top, width, height } = moved(boundsOf(element), mappingOf(element));
  return { x: left, y: top, width, height };
};

const sameBox = (a, b) => ['x', 'y', 'width', 'height'].every((side) => Math.abs(a[side] - b[side]) < 0.01);

function sized(element) {
  const mapping = mappingOf(element);
  return [...clientRects(element)].filter(({ width, height }) => width && height).map((rect) => moved(rect, mapping));
}

/// Where it is drawn: its own rectangles, else (what it holds floats, or it has no box) those of the first thing in it that has any.
function rectsOf(element) {
  const own = sized(element);
  if (own.length) return own;
  for (const inner of everything(element)) {
    const rects = hidden(inner) ? [] : sized(inner);
    if (rects.length) return rects;
  }
  return [];
}

function intersection(a, b) {
  const left = Math.max(a.left, b.left), right = Math.min(a.right, b.right);
  const top = Math.max(a.top, b.top), bottom = Math.min(a.bottom, b.bottom);
  return { left, top, right, bottom, width: right - left, height: bottom - top };
}

/// Less than a pixel either way, or one single pixel, is what style sheets leave of what only screen readers are to read.
const isTiny = ({ width, height }) => width < 0.5 || height < 0.5 || (width <= 1.5 && height <= 1.5);

const lengths = (value) => [...value.matchAll(/(-?[\d.]+)(px|%)?/g)].map(([, number, unit]) => ({ number: Number(number), unit }));

/// What is fainter than this, of 1, is not seen.
const FAINT = 0.05;

const inPixels = ({ number, unit }, whole) => (unit === '%' ? (number / 100) * whole : number);

/// The area of a polygon, in CSS pixels ("shoelace formula").
function polygonArea(values, { width, height }) {
  const corners = [];
  for (let at = 0; at + 1 < values.length; at += 2) corners.push([inPixels(values[at], width), inPixels(values[at + 1], height)]);
  const twice = corners.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/// Whether its own `clip` or `clip-path` leaves nothing of it.
function isClippedAway({ clip, clipPath, position }, element) {
  if (clip.startsWith('rect(') && ['absolute', 'fixed'].includes(position)) {
    const [top, right, bottom, left] = lengths(clip).map(({ number }) => number);
    if (right - left <= 1 || bottom - top <= 1) return true;
  }
  if (clipPath.startsWith('inset(')) {
    const [top, right = top, bottom = top, left = right] = lengths(clipPath.split(' round ')[0]);
    const bounds = boundsOf(element);
    const fills = (a, b, whole) => inPixels(a, whole) + inPixels(b, whole) >= whole - 0.5;
    return fills(top, bottom, bounds.height) || fills(left, right, bounds.width);
  }
  if (clipPath.startsWith('polygon(')) return polygonArea(lengths(clipPath.replace(/^polygon\((\w+, )?/, '')), boundsOf(element)) < 1;
  return /^circle\(0(px|%)?[ )]/.test(clipPath);
}

const SCROLLS = ['auto', 'scroll'];

/// What is left of a rectangle in a box that clips: along an axis that can be scrolled, all that can be scrolled to.
function clippedBy(box, rect, style) {
  const bounds = moved(boundsOf(box), mappingOf(box));
  const clip = { ...bounds };
  if (SCROLLS.includes(style.overflowX)) {
    if (rect.right + Math.abs(box.scrollLeft) <= bounds.left && style.direction === 'ltr') return null;
    Object.assign(rect, { left: Math.max(bounds.left, Math.min(rect.left, bounds.right - rect.width)) });
    rect.right = rect.left + rect.width;
  } else if (style.overflowX === 'visible') {
    Object.assign(clip, { left: -Infinity, right: Infinity });
  }
  if (SCROLLS.includes(style.overflowY)) {
    if (rect.bottom + box.scrollTop <= bounds.top) return null;
    Object.assign(rect, { top: Math.max(bounds.top, Math.min(rect.top, bounds.bottom - rect.height)) });
    rect.bottom = rect.top + rect.height;
  } else if (style.overflowY === 'visible') {
    Object.assign(clip, { top: -Infinity, bottom: Infinity });
  }
  const left = intersection(clip, rect);
  return isTiny(left) ? null : left;
}

const containsFixed = ({ transform, filter, perspective, contain }) =>
  transform !== 'none' || filter !== 'none' || perspective !== 'none' || /paint|layout|strict|content/.test(contain);

/// What is left of a rectangle of the element once everything around it has clipped it; null where nothing is.
function unclipped(element, rect) {
  let left = { ...rect };
  let { position } = getComputedStyle(element);
  for (let node = drawnParent(element); node && node !== ownerOf(node).body && node !== ownerOf(node).documentElement; node = drawnParent(node)) {
    const style = getComputedStyle(node);
    const isContaining = position === 'fixed' ? containsFixed(style)
      : position !== 'absolute' || style.position !== 'static' || containsFixed(style);
    if (!isContaining) continue;
    if (isClippedAway(style, node)) return null;
    if (style.overflowX !== 'visible' || style.overflowY !== 'visible') left = clippedBy(node, left, style);
    if (!left) return null;
    position = style.position;
  }
  return withinReach(element, left, position) ? left : null;
}

/// Whether its document can be scrolled to it.
function withinReach(element, rect, position) {
  const page = ownerOf(element), { defaultView: view, documentElement: root, body } = page;
  const here = moved(rect, inverse(mappingOf(element)));
  const { clientWidth: width, clientHeight: height } = root;
  if (position === 'fixed') return here.right > 0 && here.bottom > 0 && here.left < view.innerWidth && here.top < view.innerHeight;
  const style = getComputedStyle(root), inner = body ? getComputedStyle(body) : style;
  const isFixedFrame = attribute(frameOf(element) ?? root, 'scrolling') === 'no';
  const stuck = (axis) => isFixedFrame || ['hidden', 'clip'].includes(style[axis]) || (style[axis] === 'visible' && ['hidden', 'clip'].includes(inner[axis]));
  const { scrollWidth, scrollHeight } = page.scrollingElement ?? root;
  const isRtl = style.direction === 'rtl';
  const farLeft = isRtl ? width - scrollWidth - view.scrollX : -view.scrollX;
  const reach = {
    left: stuck('overflowX') ? 0 : farLeft, right: stuck('overflowX') ? width : farLeft + scrollWidth,
    top: stuck('overflowY') ? 0 : -view.scrollY, bottom: stuck('overflowY') ? Math.max(height, view.innerHeight) : scrollHeight - view.scrollY,
  };
  return here.right > reach.left && here.left < reach.right && here.bottom > reach.top && here.top < reach.bottom;
}

/// Its opacity and that of all it stands in.
const opacityAround = remembered('opacity', (element) => {
  const { opacity, filter } = getComputedStyle(element), around = outward(element);
  const filtered = filter.match(/opacity\(([\d.]+)\)/)?.[1] ?? 1;
  return Number(opacity) * Number(filtered) * (around ? opacityAround(around) : 1);
});

/// Whether any of it is drawn where a person can see it, or can scroll to. What lies over it does not matter here.
const isDrawn = remembered('drawn', (element) => {
  const style = getComputedStyle(element);
  const isRendered = style.display === 'contents' ? rendered(element)
    : isVisible(element, { visibilityProperty: true, opacityProperty: true });
  if (!isRendered || opacityAround(element) < FAINT || isClippedAway(style, element)) return false;
  const frame = frameOf(element);
  if (frame && !isDrawn(frame)) return false;
  return rectsOf(element).some((rect) => !isTiny(rect) && unclipped(element, rect));
});

const CONTROLS = 'input, select, textarea, button, [role=checkbox], [role=radio], [role=switch], [role=slider], [role=option]';

/// The box around a control that is transparent or tiny itself, and that nothing else can be operated in.
function drawnAround(control) {
  let around = drawnParent(control);
  for (let steps = 0; around && steps < 3; steps++, around = drawnParent(around)) {
    const others = everything(around).some((other) => other !== control && matches(other, CONTROLS));
    if (others || around === ownerOf(control).body) return null;
    if (isDrawn(around)) return around;
  }
  return null;
}

/// What a person sees and clicks of a control: for one that is transparent, tiny or not drawn itself, its label or the box around it.
const handleOf = remembered('handles', (element) => {
  if (isDrawn(element) || !matches(element, CONTROLS)) return element;
  return labelsOf(element).find((label) => !hidden(label) && isDrawn(label)) || drawnAround(element) || element;
});

/// Whether a sign stands where an image should be.
const isBroken = (element) => tagOf(element) === 'img' && hasAttribute(element, 'src') && element.complete && element.naturalWidth === 0;

/// A field for files is often hidden altogether, and its label is what a person clicks.
const isUploadBehindLabel = (element) => matches(element, 'input[type=file]') && labelsOf(element).some((label) => !hidden(label) && isDrawn(label));

const isShown = (element) => (!hidden(element) && isDrawn(handleOf(element)) && !isBroken(element)) || isUploadBehindLabel(element);

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

const alphaOf = (colour) => {
  if (colour === 'transparent') return 0;
  const alpha = colour.match(/^rgba\(.*, ([\d.]+)\)$/) ?? colour.match(/\/ ([\d.]+)\)$/);
  return alpha ? Number(alpha[1]) : 1;
};

/// What lies under a colour fainter than this, of 1, is still seen.
const VEILED = 0.45;

const paintsBox = (style) => alphaOf(style.backgroundColor) * Number(style.opacity) > VEILED || style.backgroundImage !== 'none'
  || (style.backdropFilter ?? 'none') !== 'none';

const PICTURES = 'img, video, canvas';

const REPLACED = `${PICTURES}, iframe, embed, object, select, textarea, input:not([type=hidden])`;

function hasTextAt(element, x, y) {
  const [across, down] = mapPoint(inverse(mappingOf(element)), x, y);
  return [...childNodesOf(element)].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()).some((node) => {
    const range = ownerOf(element).createRange();
    range.selectNode(node);
    return [...range.getClientRects()].some((rect) => across >= rect.left && across <= rect.right && down >= rect.top && down <= rect.bottom);
  });
}

/// Whether an element that is under a point paints anything there; what shines through is still seen.
function paintsAt(element, x, y) {
  if (!isVisible(element, { visibilityProperty: true, opacityProperty: true })) return false;
  if (matches(element, REPLACED) || (element.namespaceURI === SVG && tagOf(element) !== 'svg')) return true;
  if (paintsBox(getComputedStyle(element)) || hasTextAt(element, x, y)) return true;
  return ['::before', '::after'].some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return !['none', 'normal'].includes(style.content) && style.display !== 'none' && paintsBox(style);
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
  const range = ownerOf(element).createRange();
  range.selectNodeContents(element);
  const mapping = mappingOf(element);
  return [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1).map((rect) => moved(rect, mapping));
}

/// What lies over a point and is opaque though a click passes through it, if anything is. A page can't be asked for it unless clicks are
/// made to stop at it, for a moment in which nothing is drawn.
function veilAt(element, x, y) {
  const stopping = new CSSStyleSheet();
  stopping.replaceSync('*, *::before, *::after { pointer-events: auto !important }');
  const before = [...document.adoptedStyleSheets];
  document.adoptedStyleSheets = [...before, stopping];
  try {
    const stack = [...hits(x, y)];
    const isOwn = (node) => [element, handleOf(element), ...labelsOf(element)].some((part) => holds(part, node));
    // Where words stand, even a part of the element may lie over them.
    const speaker = stack.findIndex((node) => holds(element, node) && hasTextAt(node, x, y));
    const own = speaker < 0 ? stack.findIndex(isOwn) : speaker;
    return stack.slice(0, Math.max(0, own)).find((node) => !holds(node, stack[own]) && (isVeil(node) || (holds(element, node) && matches(node, PICTURES)))) ?? null;
  } finally {
    document.adoptedStyleSheets = before;
  }
}

const isOpaque = (element, pseudo) => {
  const style = getComputedStyle(element, pseudo);
  const isThere = !pseudo || (!['none', 'normal'].includes(style.content) && style.display !== 'none');
  return isThere && alphaOf(style.backgroundColor) * Number(style.opacity) > 0.9;
};

const isVeil = (element) => opacityAround(element) > 0.9 && [undefined, '::before', '::after'].some((pseudo) => isOpaque(element, pseudo));

/// Whether an element draws something opaque over its own content, as placeholders for what is still loading do.
function coversItself(element) {
  const { width, height } = boundsOf(element);
  return ['::before', '::after'].some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return style.position === 'absolute' && isOpaque(element, pseudo) && !(Number(style.zIndex) < 0)
      && parseFloat(style.width) >= width * 0.9 && parseFloat(style.height) >= height * 0.9;
  });
}

/// Whether the words of an element have the colour of what is behind them.
function isIllegible(element, x, y) {
  const style = getComputedStyle(element);
  if (!wordRects(element).length || style.textShadow !== 'none' || style.webkitBackgroundClip === 'text') return false;
  if (alphaOf(inkOf(element, style)) < FAINT) return true;
  const stack = [...hits(x, y)], own = stack.findIndex((node) => holds(element, node));
  const says = own >= 0 && [...childNodesOf(element)].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!says) return false;
  const behind = stack.slice(own).find((node) => paintsBox(getComputedStyle(node)) || matches(node, REPLACED));
  const { backgroundColor, backgroundImage } = behind ? getComputedStyle(behind) : { backgroundColor: 'rgb(255, 255, 255)', backgroundImage: 'none' };
  return !(behind && matches(behind, REPLACED)) && backgroundImage === 'none' && backgroundColor === inkOf(element, style);
}

/// What hides the element: something painted over its middle, or over most of the points looked at; or itself. Veils are looked for on
/// request: the whole page is styled anew for it, and a page about to be photographed should be left alone.
function cover(element, withVeils = false) {
  const handle = handleOf(element);
  const [rect] = [...wordRects(handle).filter((words) => pointsOf(words).length), ...rectsOf(handle)];
  const points = rect ? pointsOf(rect) : [];
  if (points.length) {
    if (coversItself(handle) || isIllegible(handle, ...points[0])) return handle;
    const veil = withVeils && veilAt(element, ...points[0]);
    if (veil) return veil;
  }
  const covers = points.map(([x, y]) => coverAt(element, x, y, false));
  if (covers[0]) return covers[0];
  const found = covers.filter(Boolean);
  return found.length * 2 > points.length ? found[0] : null;
}

/// The first point of the element where a click reaches it: { point }, or { over } where something else would receive it everywhere.
/// The first of its rectangles counts, for links may break across lines.
function clickPoint(element) {
  const handle = handleOf(element);
  let over = null;
  for (const rect of rectsOf(handle)) {
    for (const [x, y] of pointsOf(rect)) {
      const cover = coverAt(element, x, y, true);
      if (!cover) return { point: [x, y] };
      over ??= cover;
    }
  }
  return { over };
}

const ALIGNMENTS = ['center', 'end', 'start', 'nearest'];

const bring = (element, block) => scrollIntoView(element, { block, inline: 'nearest', behavior: 'instant' });

/// Looks at an element, scrolled to until `look` finds nothing in the way, and leaves the page scrolled as it was.
function lookedAt(element, look) {
  let over = inView(element) ? look() : undefined;
  if (over === null) return null;
  const scrolled = [];
  for (let node = element; node; node = outward(node)) {
    if (tagOf(node) !== 'form' && scrolls(node)) scrolled.push([node, node.scrollLeft, node.scrollTop]);
  }
  const views = [...new Set([window, ownerOf(element).defaultView])].map((view) => [view, view.scrollX, view.scrollY]);
  for (const block of ALIGNMENTS) {
    bring(element, block);
    over = look();
    if (!over) break;
  }
  for (const [node, left, top] of scrolled) scrollElement(node, { left, top, behavior: 'instant' });
  for (const [view, left, top] of views) view.scrollTo({ left, top, behavior: 'instant' });
  return over;
}
