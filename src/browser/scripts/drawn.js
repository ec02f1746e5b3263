// The box that is drawn of an element: what a person would point at. Needs dom.js, semantics.js, visibility.js, state.js and signs.js.

/// Wider than this, a phone does not show the whole of it.
const WIDE = 420;
/// Of parts with more elements in them the own box serves: to look at all of them would take too long.
const MANY_PARTS = 500;
/// So much larger than a field, either way, is the box that a component draws round it.
const ROUND_FIELD = { width: 200, height: 48 };

const union = (boxes) => {
  const [left, top] = ['left', 'top'].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...boxes.map((box) => box[side])));
  return new DOMRect(left, top, right - left, bottom - top);
};

const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const isSized = ({ width, height }) => width > 1 && height > 1;

/// Where its text is drawn; null where there is none.
function textBox(element) {
  const boxes = [...rangeIn(element).getClientRects()].filter(isSized);
  const text = squeeze(element.innerText ?? '');
  return text && boxes.length ? union(boxes) : null;
}

const drawsBorder = (element) => hasBorder(getComputedStyle(element));

function drawsBox(element) {
  const style = getComputedStyle(element);
  return drawsBorder(element) || paintsBox(style) || style.boxShadow !== 'none' || matches(element, REPLACED);
}

/// The rectangles of the words that stand in an element itself, not in elements within it.
function ownWords(element) {
  return [...childNodesOf(element)].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    .flatMap((node) => [...rangeOf(node).getClientRects()]);
}

/// Where anything is drawn of an element that draws no box itself: boxes and words in it. null where nothing is, or too much to look at.
function contentBox(element) {
  const parts = [element, ...everything(element)];
  if (parts.length > MANY_PARTS) return null;
  const boxes = parts.filter(inPicture).flatMap((part) => [
    ...(part !== element && (drawsBox(part) || tagOf(part) === 'svg') ? [boundsOf(part)] : []), ...ownWords(part),
  ]).filter(isSized);
  return boxes.length ? union(boxes) : null;
}

/// The border that a component draws round a field which has none itself; null where there is none.
function borderRound(field) {
  const own = boundsOf(field);
  const isRound = (box) => box.left <= own.left + 1 && box.top <= own.top + 1 && box.right >= own.right - 1 && box.bottom >= own.bottom - 1
    && box.width <= own.width + ROUND_FIELD.width && box.height <= own.height + ROUND_FIELD.height;
  let around = drawnParent(field);
  for (let steps = 0; around && steps < 4 && isRound(boundsOf(around)); steps++, around = drawnParent(around)) {
    const isShared = everything(around).some((other) => other !== field && matches(other, 'input, select, textarea') && inPicture(other));
    if (isShared) return null;
    const border = [around, ...childrenOf(around)].find((part) => part !== field && drawsBorder(part) && isRound(boundsOf(part)));
    if (border) return boundsOf(border);
  }
  return null;
}

/// The box that an element draws: where it is drawn round it, or is less than all that the element takes up, that one.
function drawnBox(element) {
  const own = boundsOf(element);
  const isField = matches(element, 'input:not([type=checkbox], [type=radio], [type=range]), textarea, select') || FIELDS.includes(roleOf(element));
  if (isField && !shadowOf(element)) return (!drawsBorder(element) && borderRound(element)) || own;
  if (drawsBox(element)) return own;
  const isText = roleOf(element) === 'heading' || KNOWN_BY_TEXT.has(roleOf(element));
  if (!shadowOf(element) && !isText && own.width <= WIDE) return own;
  const border = isField && everything(element).find((part) => drawsBorder(part) && inPicture(part));
  return (border && boundsOf(border)) || contentBox(element) || own;
}

/// What an eye takes for the element: a check box or radio button belongs together with its label's words, unless the next one
/// stands among them.
function eyeBoxOf(element) {
  if (!matches(element, '[type=checkbox], [type=radio]')) return drawnBox(element);
  const own = boundsOf(element);
  const labels = labelsOf(element).map((label) => [boundsOf(label), textBox(label)]);
  // A label as wide as its column says less of where it is than its words do.
  const boxes = labels.map(([box, words]) => (words && box.width > 1.5 * words.width + own.width ? words : box));
  const seen = [own, ...boxes].filter(({ width }) => width);
  const whole = seen.length ? union(seen) : own;
  const others = [...queryAll(rootOf(element), '[type=checkbox], [type=radio]')].filter((other) => other !== element);
  const intruding = own.width && others.some((other) => other.getClientRects().length && meet(whole, boundsOf(other)));
  return intruding ? own : whole;
}

