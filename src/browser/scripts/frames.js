// Where the documents of frames are drawn: frames stand somewhere in the page, and may be scaled, turned or zoomed. Needs dom.js and
// semantics.js. A mapping is a matrix as in CSS: x' = a x + c y + e, y' = b x + d y + f.

const UNMOVED = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

const mapPoint = ({ a, b, c, d, e, f }, x, y) => [a * x + c * y + e, b * x + d * y + f];

function combined(outer, inner) {
  const { a, b, c, d } = outer, [e, f] = mapPoint(outer, inner.e, inner.f);
  return {
    a: a * inner.a + c * inner.b, b: b * inner.a + d * inner.b, c: a * inner.c + c * inner.d, d: b * inner.c + d * inner.d, e, f,
  };
}

function inverse({ a, b, c, d, e, f }) {
  const area = a * d - b * c;
  return { a: d / area, b: -b / area, c: -c / area, d: a / area, e: (c * f - d * e) / area, f: (b * e - a * f) / area };
}

/// A rectangle where a mapping takes it; of one that is turned, the box around it.
function moved({ left, top, width, height }, { a, b, c, d, e, f }) {
  const x = e + Math.min(a * left, a * (left + width)) + Math.min(c * top, c * (top + height));
  const y = f + Math.min(d * top, d * (top + height)) + Math.min(b * left, b * (left + width));
  const across = Math.abs(a) * width + Math.abs(c) * height, down = Math.abs(b) * width + Math.abs(d) * height;
  return { left: x, top: y, right: x + across, bottom: y + down, width: across, height: down };
}

/// What an element's own style makes of directions and lengths in it, in space.
function spaceTurn({ transform, rotate, scale }) {
  const turn = new DOMMatrix();
  if (rotate !== 'none') {
    const axis = rotate.split(' '), angle = axis.pop();
    const name = axis.length === 1 ? `rotate${axis[0].toUpperCase()}(` : axis.length ? `rotate3d(${axis.join()},` : 'rotate(';
    turn.multiplySelf(new DOMMatrix(`${name}${angle})`));
  }
  if (scale !== 'none') {
    const [across, down = across] = scale.split(' ').map(Number);
    turn.scaleSelf(across, down);
  }
  return transform === 'none' ? turn : turn.multiplySelf(new DOMMatrix(transform));
}

/// As it is drawn. Where things are moved to is read from their boxes.
function ownTurn(style) {
  const { a, b, c, d } = spaceTurn(style);
  return { a, b, c, d, e: 0, f: 0 };
}

/// Boxes within lines of text are not transformed (CSS Transforms, "transformable element").
const isTransformable = (element, { display }) => display !== 'contents' && (display !== 'inline' || element.namespaceURI === SVG);

/// What a frame's style, and that of all around it, makes of directions and lengths in the frame. It is `known` if it explains the size
/// that the frame is drawn with: perspective, for one, does not map by a matrix.
const turnOf = remembered('turns', (frame) => {
  const zoom = frame.currentCSSZoom ?? 1;
  let turn = { ...UNMOVED, a: zoom, d: zoom }, known = true;
  for (let node = frame; node; node = drawnParent(node)) {
    const style = getComputedStyle(node);
    if (node !== frame && !isTransformable(node, style)) continue;
    turn = combined(ownTurn(style), turn);
    known &&= (style.offsetPath ?? 'none') === 'none';
  }
  const { width, height } = boundsOf(frame), { offsetWidth, offsetHeight } = frame;
  const expected = moved({ left: 0, top: 0, width: offsetWidth, height: offsetHeight }, turn);
  // Sizes before the transformation are known in whole pixels only.
  const isNear = (one, other, ...factors) => Math.abs(one - other) <= factors.reduce((sum, factor) => sum + Math.abs(factor), 0.5);
  known &&= isNear(width, expected.width, turn.a, turn.c) && isNear(height, expected.height, turn.b, turn.d);
  if (!known) turn = { ...UNMOVED, a: width / (offsetWidth || 1), d: height / (offsetHeight || 1) };
  return { turn, known };
});

/// From the viewport of the document in a frame to that of the document around it.
function mappingIn(frame) {
  const { left, top, width, height } = boundsOf(frame), style = getComputedStyle(frame);
  const across = frame.clientLeft + parseFloat(style.paddingLeft), down = frame.clientTop + parseFloat(style.paddingTop);
  const { turn } = turnOf(frame), { a, b, c, d } = turn;
  if (a === 1 && d === 1 && !b && !c) return { ...UNMOVED, e: left + across, f: top + down };
  // Whatever a box is turned about, its middle is the middle of the box around it.
  const [x, y] = mapPoint(turn, across - frame.offsetWidth / 2, down - frame.offsetHeight / 2);
  return { ...turn, e: left + width / 2 + x, f: top + height / 2 + y };
}

/// From the viewport of an element's document to the page's own.
function mappingOf(element) {
  const frame = frameOf(element);
  return frame ? combined(mappingOf(frame), mappingIn(frame)) : UNMOVED;
}

/// Whether it is known where the element's points are drawn.
function isMapped(element) {
  const frame = frameOf(element);
  return !frame || (turnOf(frame).known && isMapped(frame));
}
