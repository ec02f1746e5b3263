// What a person sees: drawn at all, not clipped away, and within reach of scrolling. What is painted over it is for cover.js.
// Needs dom.js, colours.js, frames.js and semantics.js. All rectangles are in the coordinates of the page's own viewport, those of elements in frames, too.

const boxOf = (element) => {
  const { left, top, width, height } = moved(boundsOf(element), mappingOf(element));
  return { x: left, y: top, width, height };
};

const sameBox = (a, b) => ['x', 'y', 'width', 'height'].every((side) => Math.abs(a[side] - b[side]) < 0.01);

function sized(element) {
  const mapping = mappingOf(element);
  return [...clientRects(element)].filter(({ width, height }) => width && height).map((rect) => moved(rect, mapping));
}

/// Where the words are that stand in an element itself: of one without width or height they are drawn all the same.
function ownWordRects(element) {
  // There words make the box that they are drawn in, if they are drawn.
  if (element.namespaceURI === SVG) return [];
  const mapping = mappingOf(element), style = getComputedStyle(element);
  return [...childNodesOf(element)].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    .flatMap((node) => [...rangeOf(node).getClientRects()]).filter(({ width, height }) => width && height)
    .map((rect) => leftInBox(element, moved(rect, mapping), style)).filter(Boolean);
}

/// Where it is drawn: its own rectangles, else (what it holds floats, or it has no box) those of its words, or of the first thing in it
/// that has any.
function rectsOf(element) {
  const own = sized(element), drawn = own.length ? own : ownWordRects(element);
  if (drawn.length) return drawn;
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

/// What is fainter than this, of 1, is not seen.
const FAINT = 0.05;

const SCROLLS = ['auto', 'scroll'];

/// Where a box with `overflow: clip` clips what is in it.
function withClipMargin(bounds, { overflowX, overflowY, overflowClipMargin = '' }) {
  const margin = overflowX === 'clip' && overflowY === 'clip' ? parseFloat(overflowClipMargin.match(/[\d.]+px/)?.[0] ?? 0) : 0;
  return { left: bounds.left - margin, top: bounds.top - margin, right: bounds.right + margin, bottom: bounds.bottom + margin };
}

/// What is left of a rectangle in a box that clips: along an axis that can be scrolled, all that can be scrolled to.
function clippedBy(box, rect, style) {
  const isCut = isContained(style);
  const bounds = moved(boundsOf(box), mappingOf(box));
  // It comes by, and by again.
  if (tagOf(box) === 'marquee') return { ...rect, left: bounds.left, right: bounds.left + Math.min(rect.width, bounds.width), width: Math.min(rect.width, bounds.width) };
  const clip = withClipMargin(bounds, style);
  if (SCROLLS.includes(style.overflowX)) {
    const scrolled = Math.abs(box.scrollLeft);
    const isOut = style.direction === 'rtl' ? rect.left - scrolled >= bounds.right : rect.right + scrolled <= bounds.left;
    if (isOut && style.flexDirection !== 'row-reverse') return null;
    Object.assign(rect, { left: Math.max(bounds.left, Math.min(rect.left, bounds.right - rect.width)) });
    rect.right = rect.left + rect.width;
  } else if (style.overflowX === 'visible' && !isCut) {
    Object.assign(clip, { left: -Infinity, right: Infinity });
  }
  if (SCROLLS.includes(style.overflowY)) {
    // What is laid out from below can be scrolled to upwards.
    if (rect.bottom + box.scrollTop <= bounds.top && style.flexDirection !== 'column-reverse') return null;
    Object.assign(rect, { top: Math.max(bounds.top, Math.min(rect.top, bounds.bottom - rect.height)) });
    rect.bottom = rect.top + rect.height;
  } else if (style.overflowY === 'visible' && !isCut) {
    Object.assign(clip, { top: -Infinity, bottom: Infinity });
  }
  const left = intersection(clip, rect);
  return isTiny(left) ? null : left;
}

const CONTAINING = ['transform', 'translate', 'rotate', 'scale', 'filter', 'backdropFilter', 'perspective'];

const containsFixed = (style) => CONTAINING.some((property) => (style[property] ?? 'none') !== 'none')
  || /paint|layout|strict|content/.test(style.contain) || style.contentVisibility === 'auto' || style.transformStyle === 'preserve-3d'
  || /transform|translate|rotate|scale|filter|perspective|contain/.test(style.willChange);

/// Whether its `overflow` is that of the window: the root's, and that of a body where the root has none (CSS Overflow 3, "overflow viewport
/// propagation").
const isOfWindow = (box) => box === ownerOf(box).documentElement
  || (box === ownerOf(box).body && getComputedStyle(ownerOf(box).documentElement).overflow === 'visible');

/// The boxes that an element stands in, from within, with their styles, and whether it is laid out in them, so that what overflows is cut
/// off there; what stands for the window is not among them.
function* boxesAround(element, from = drawnParent(element), { position } = getComputedStyle(element)) {
  for (let box = from; box && !isOfWindow(box); box = drawnParent(box)) {
    const style = getComputedStyle(box);
    const isContaining = position === 'fixed' ? containsFixed(style)
      : position !== 'absolute' || style.position !== 'static' || containsFixed(style);
    yield [box, style, isContaining];
    if (isContaining) position = style.position;
  }
}

/// Whether nothing is painted outside of a box (CSS Containment, "paint containment").
const isContained = ({ contain, contentVisibility }) => /paint|strict|content/.test(contain) || contentVisibility === 'auto';

// These cut off nothing (CSS Overflow 3, "applies to").
const NEVER_CLIPS = /^(inline|contents|ruby.*|table-(row|column|(row|column|header|footer)-group))$/;

const clips = (box, style) => (style.overflowX !== 'visible' || style.overflowY !== 'visible' || isContained(style))
  && (!NEVER_CLIPS.test(style.display) || box.namespaceURI === SVG || matches(box, REPLACED));

/// What a box leaves of a rectangle in it by `overflow`, its clip path and its mask; null where that is nothing.
function leftInBox(box, rect, style) {
  const left = clips(box, style) ? clippedBy(box, { ...rect }, style) : rect;
  return left && leftInShape(box, left, style);
}

/// What is left of a rectangle of the element once everything around it has clipped it; null where nothing is.
function unclipped(element, rect, ...inside) {
  let left = { ...rect }, [, { position } = getComputedStyle(element)] = inside;
  for (const [box, style, isContaining] of boxesAround(element, ...inside)) {
    // What is far from the window is laid out only when it is scrolled to.
    if (style.contentVisibility === 'auto' && !isVisible(element, { contentVisibilityAuto: true })) return left;
    if (isContaining && isClippedAway(style, box)) return null;
    left = isContaining ? leftInBox(box, left, style) : leftInShape(box, left, style);
    if (!left) return null;
    if (isContaining) position = style.position;
  }
  const here = moved(left, inverse(mappingOf(element))), reach = reachOf(element, position);
  if (here.right <= reach.left || here.left >= reach.right || here.bottom <= reach.top || here.top >= reach.bottom) return null;
  const frame = frameOf(element);
  return frame ? throughFrame(frame, here, reach) : left;
}

/// Whether ::before or ::after of an element, with this style, is drawn where it can be seen or scrolled to, as far as that is known.
function isPseudoInSight(element, style) {
  const { a, b, c, d } = spaceTurn(style), box = boxOfPseudo(element, style);
  if (Math.abs(a * d - b * c) < 0.001) return false;
  if (!box || (isTiny(box) && style.overflowX === 'visible')) return true;
  const [x, y] = lengths(style.transformOrigin).map(({ number }) => number);
  const { e, f } = new DOMMatrix(style.transform === 'none' ? '' : style.transform), { width, height } = box;
  const [left, top] = mapPoint({ a, b, c, d, e, f }, -x, -y);
  const rect = moved({ left: 0, top: 0, width, height }, { a, b, c, d, e: box.left + x + left, f: box.top + y + top });
  return !isTiny(rect) && unclipped(element, moved(rect, mappingOf(element)), element, style) !== null;
}

/// What the boxes around an element leave of a rectangle of it, scrolled as they are; the whole rectangle where that is nothing.
function clippedNow(element, rect) {
  let left = rect;
  for (const [box, style, isContaining] of boxesAround(element)) {
    if (isContaining && clips(box, style)) left = intersection(left, withClipMargin(moved(boundsOf(box), mappingOf(box)), style));
    const { bounds } = shapeOf(box, style) ?? {};
    if (bounds) left = intersection(left, bounds);
  }
  return left.width > 0 && left.height > 0 ? left : rect;
}

/// What is left, outside of a frame, of a rectangle in its viewport, scrolled to where most of it can be seen; null where nothing is.
function throughFrame(frame, here, reach) {
  const { innerWidth: width, innerHeight: height } = documentIn(frame).defaultView, mapping = mappingIn(frame);
  const into = (by, least, most) => Math.max(Math.min(by, most), least);
  // As it is, at the beginning and at the end of what the frame shows.
  const shifts = [[0, 0], [-here.left, -here.top], [width - here.right, height - here.bottom]]
    .map(([across, down]) => [into(across, width - reach.right, -reach.left), into(down, height - reach.bottom, -reach.top)]);
  const outer = frameOf(frame) ? mappingOf(frame) : UNMOVED;
  const left = shifts.map(([across, down]) => {
    const { left: x, top: y } = here;
    const seen = intersection({ left: 0, top: 0, right: width, bottom: height }, { left: x + across, top: y + down, right: here.right + across, bottom: here.bottom + down });
    return isTiny(seen) ? null : unclipped(frame, moved(seen, combined(outer, mapping)));
  });
  const area = (rect) => (rect ? rect.width * rect.height : 0);
  return left.reduce((most, rect) => (area(rect) > area(most) ? rect : most), null);
}

/// Whether this is the document of a frame of another origin that does not scroll.
let isFixedWindow = false;

/// All that its document can be scrolled to, in its own viewport's coordinates.
function reachOf(element, position) {
  const page = ownerOf(element), { defaultView: view, documentElement: root, body } = page;
  const { clientWidth: width, clientHeight: height } = root;
  if (position === 'fixed') return { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight };
  const style = getComputedStyle(root), inner = body ? getComputedStyle(body) : style;
  const frame = frameOf(element), isFixedFrame = frame ? attribute(frame, 'scrolling') === 'no' : isFixedWindow;
  const stuck = (axis) => isFixedFrame || ['hidden', 'clip'].includes(style[axis]) || (style[axis] === 'visible' && ['hidden', 'clip'].includes(inner[axis]));
  const { scrollWidth, scrollHeight } = page.scrollingElement ?? root;
  // The body's direction is the window's (CSS Writing Modes 4, "principal flow").
  const isRtl = inner.direction === 'rtl';
  const farLeft = isRtl ? width - scrollWidth - view.scrollX : -view.scrollX;
  return {
    left: stuck('overflowX') ? 0 : farLeft, right: stuck('overflowX') ? width : farLeft + scrollWidth,
    top: stuck('overflowY') ? 0 : -view.scrollY, bottom: stuck('overflowY') ? Math.max(height, view.innerHeight) : scrollHeight - view.scrollY,
  };
}

/// What it and all that it stands in make of it: { opacity, blur: in CSS pixels }.
const filteredBy = remembered('filters', (element) => {
  const style = getComputedStyle(element), { opacity, filter } = style, around = outward(element);
  const { opacity: outer, blur } = around ? filteredBy(around) : { opacity: 1, blur: 0 };
  const [, filtered = 1] = filter.match(/opacity\(([\d.]+)\)/) ?? [], [, blurred = 0] = filter.match(/blur\(([\d.]+)px\)/) ?? [];
  const own = isMaskedAway(style) || isTurnedAway(element, style) ? 0 : Number(opacity) * Number(filtered);
  return { opacity: own * outer, blur: blur + Number(blurred) };
});

const isMaskedAway = ({ maskImage = 'none' }) => maskImage !== 'none'
  && Boolean(gradientColours(maskImage)?.every((colour) => alphaOf(colour) < FAINT));

/// Whether a person looks at its back, and that is not drawn: cards are turned over so.
function isTurnedAway(element, style) {
  if (style.backfaceVisibility !== 'hidden') return false;
  let turn = spaceTurn(style);
  for (let around = drawnParent(element); around; around = drawnParent(around)) {
    const outer = getComputedStyle(around);
    if (outer.transformStyle !== 'preserve-3d') break;
    turn = spaceTurn(outer).multiply(turn);
  }
  // CSS Transforms 2, "backface-visibility".
  return turn.inverse().m33 < 0;
}

const opacityAround = (element) => filteredBy(element).opacity;

/// Letters that are blurred by more than this part of their size can't be read.
const BLURRED = 0.18;

const isBlurred = (element, { fontSize }) => filteredBy(element).blur > BLURRED * parseFloat(fontSize) && !matches(element, 'img, svg, video, canvas');

/// Whether any of it is drawn where a person can see it, or can scroll to. What lies over it does not matter here.
const isDrawn = remembered('drawn', (element) => {
  const style = getComputedStyle(element);
  const isRendered = style.display === 'contents' ? rendered(element)
    : isVisible(element, { visibilityProperty: true, opacityProperty: true });
  if (!isRendered || opacityAround(element) < FAINT || isBlurred(element, style) || isClippedAway(style, element)) return false;
  const frame = frameOf(element);
  if (frame && !isDrawn(frame)) return false;
  const isLeft = (node) => (rect) => !isTiny(rect) && unclipped(node, rect);
  const own = sized(element);
  if (own.length) return own.some(isLeft(element));
  // What is folded to nothing may cut off what it holds.
  return ownWordRects(element).some(isLeft(element))
    || everything(element).some((inner) => !hidden(inner) && [...sized(inner), ...ownWordRects(inner)].some(isLeft(inner)));
});

const CONTROLS = 'input, select, textarea, button, [role=checkbox], [role=radio], [role=switch], [role=slider], [role=option]';

// What may be drawn by something else than itself: a box beside or around it.
const DRAWN_BESIDE = 'input:is([type=checkbox], [type=radio], [type=range], [type=file]), [role=checkbox], [role=radio], [role=switch], [role=slider], select, [role=combobox]';

/// Whether it is by its own style that a control is not seen, and not because it is folded away, or moved out of sight, with others.
function isUnseenByItself(control) {
  const style = getComputedStyle(control);
  return Number(style.opacity) < FAINT || isTiny(boundsOf(control)) || isClippedAway(style, control);
}

/// The box around a control that is transparent or tiny itself, and that nothing else can be operated in.
function drawnAround(control) {
  let around = drawnParent(control);
  const isWrapped = around !== null && isClippedAway(getComputedStyle(around), around);
  if (!matches(control, DRAWN_BESIDE) || !(isWrapped || isUnseenByItself(control))) return null;
  for (let steps = 0; around && steps < 3; steps++, around = drawnParent(around)) {
    const others = everything(around).some((other) => other !== control && matches(other, CONTROLS));
    if (others || around === ownerOf(control).body) return null;
    if (isDrawn(around)) return around;
    // Folded away, with all that is in it. A clip path is there for the control alone: libraries wrap those so that only assistive
    // technology finds.
    const style = getComputedStyle(around);
    if (!isUnseenByItself(around) || (style.overflow !== 'visible' && !isClippedAway(style, around))) return null;
  }
  return null;
}

const TEXT_INPUTS = 'input:not([type=checkbox], [type=radio], [type=hidden]), textarea';

/// The component that draws a text field for a person by its label, while the field proper is transparent: until something is typed, say.
function componentAround(field) {
  const { host } = rootOf(field);
  if (!host || !matches(field, TEXT_INPUTS) || opacityAround(field) >= FAINT || isTiny(boundsOf(field)) || !isDrawn(host)) return null;
  const others = everything(host).some((other) => other !== field && matches(other, `${TEXT_INPUTS}, select`)), name = fold(nameOf(field));
  return !others && name && fold(drawnText(host)).includes(name) ? host : null;
}

/// What a person sees and clicks of a control: for one that is transparent, tiny or not drawn itself, its label or the box around it.
const handleOf = remembered('handles', (element) => {
  if (isDrawn(element) || !matches(element, CONTROLS)) return element;
  const label = labelsOf(element).find((each) => !hidden(each) && isDrawn(each)), box = drawnAround(element) ?? componentAround(element);
  // A list is opened by its box; a click on its label only brings the focus there.
  return (matches(element, 'select, [role=combobox]') ? box ?? label : label ?? box) ?? element;
});

/// Whether nothing, or a sign that says so, stands where an image should be.
function isBroken(element) {
  if (tagOf(element) === 'img') return element.complete && element.naturalWidth === 0 && !isDrawnByStyle(element);
  if (tagOf(element) === 'svg') return query(element, 'use') !== null && isEmptyBox(element.getBBox());
  return matches(element, 'input[type=image]') && hasFailed(element);
}

/// Whether a style sheet draws a picture for an image without a source.
function isDrawnByStyle(image) {
  const { content, backgroundImage } = getComputedStyle(image);
  return !hasAttribute(image, 'src') && (content !== 'normal' || backgroundImage !== 'none');
}

const isEmptyBox = ({ width, height }) => width === 0 && height === 0;

/// Whether an image is asked for when it is scrolled to, and not before.
const isYetToLoad = (element) => tagOf(element) === 'img' && element.loading === 'lazy' && !element.complete;

const hasFailed = (element) => Boolean(ownerOf(element).defaultView?.docentPage?.failed.has(element));

/// Fields for files, check boxes and radio buttons are often hidden altogether, and the label is what a person sees and clicks.
const isBehindLabel = (element) => matches(element, 'input:is([type=file], [type=checkbox], [type=radio])')
  && labelsOf(element).some((label) => !hidden(label) && isDrawn(label));

const isShown = (element) => (!hidden(element) && isDrawn(handleOf(element)) && !isBroken(element) && !isYetToLoad(element)) || isBehindLabel(element);

/// Whether a person sees it, whatever assistive technology is kept from. A picture that is hidden from it is mere decoration.
const isSeen = (element) => isShown(element) || isYetToLoad(element)
  || (concealed(element) && rendered(element) && roleOf(element) !== 'img' && isDrawn(handleOf(element)) && !isNamelessFrame(element));

/// Whether the words on the line around a group, which take up their place in it, are not drawn.
const isNamelessFrame = (element) => tagOf(element) === 'fieldset' && !drawnText(query(element, 'legend') ?? element).trim();
