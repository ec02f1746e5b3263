// What clip paths and masks leave of an element. Needs dom.js, frames.js, gradients.js, paint.js and visibility.js. Sources: CSS Masking 1,
// CSS Shapes 1 and 2, as browsers compute their values.

const lengths = (value) => [...value.matchAll(/(-?[\d.]+)(px|%)?/g)].map(([, number, unit]) => ({ number: Number(number), unit }));

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

/// The shape that an element is clipped to: { bounds: a rectangle around it, has: whether a point is in it }, in the page's viewport; null
/// where it has none, or one that can't be known.
function shapeOf(element, { clip, clipPath, position }) {
  const isOld = clip !== 'auto' && ['absolute', 'fixed'].includes(position);
  if (clipPath === 'none' && !isOld) return null;
  const mapping = mappingOf(element), box = boundsOf(element);
  const at = ({ left, top, right, bottom }) => {
    return moved({ left: box.left + left, top: box.top + top, width: right - left, height: bottom - top }, mapping);
  };
  if (clipPath === 'none') {
    const [top, right, bottom, left] = clip.slice(5, -1).split(/,\s*|\s+/).map((side) => (side === 'auto' ? null : parseFloat(side)));
    return { bounds: at({ left: left ?? 0, top: top ?? 0, right: right ?? box.width, bottom: bottom ?? box.height }), has: () => true };
  }
  const inside = (has) => (x, y) => {
    const [across, down] = mapPoint(inverse(mapping), x, y);
    return has(across - box.left, down - box.top, across, down);
  };
  if (clipPath.startsWith('url(')) {
    const has = shapesOfClip(element, clipPath);
    return has && { bounds: null, has: inside(has) };
  }
  const [, kind, given] = clipPath.match(/^(\w+)\((.*?)\)( [a-z-]+)?$/s) ?? [];
  const shape = SHAPES[kind]?.(given, box);
  return shape ? { bounds: shape.bounds && at(shape.bounds), has: inside(shape.has) } : null;
}

/// The shapes of CSS, by what stands in their brackets and the box that they are laid out in.
const SHAPES = {
  inset(given, { width, height }) {
    const [top, right = top, bottom = top, left = right] = values(given.split(' round ')[0]);
    const [far, low] = [width - lengthIn(right, width), height - lengthIn(bottom, height)];
    return { bounds: { left: lengthIn(left, width), top: lengthIn(top, height), right: far, bottom: low }, has: () => true };
  },
  circle(given, box) {
    const [radius, , [x, y]] = roundShape(given, box, true);
    const bounds = { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
    return { bounds, has: (across, down) => Math.hypot(across - x, down - y) <= radius };
  },
  ellipse(given, box) {
    const [wide, high, [x, y]] = roundShape(given, box, false);
    return {
      bounds: { left: x - wide, top: y - high, right: x + wide, bottom: y + high },
      has: (across, down) => wide > 0 && high > 0 && Math.hypot((across - x) / wide, (down - y) / high) <= 1,
    };
  },
  polygon(given, { width, height }) {
    const path = new Path2D(), rule = given.startsWith('evenodd') ? 'evenodd' : 'nonzero';
    partsOfList(given.replace(/^(nonzero|evenodd), /, '')).forEach((corner, index) => {
      const [x, y] = values(corner);
      path[index ? 'lineTo' : 'moveTo'](lengthIn(x, width), lengthIn(y, height));
    });
    return { bounds: null, has: (across, down) => canvas().isPointInPath(path, across, down, rule) };
  },
  shape(given, box) {
    const path = pathOfShape(given, box);
    return path && SHAPES.path(`${given.startsWith('evenodd') ? 'evenodd' : ''} "${path}"`);
  },
  path(given) {
    const path = new Path2D(given.match(/"(.*)"/s)?.[1] ?? ''), rule = given.startsWith('evenodd') ? 'evenodd' : 'nonzero';
    return { bounds: null, has: (across, down) => canvas().isPointInPath(path, across, down, rule) };
  },
};

/// A `shape()` (CSS Shapes 2) as the path of an SVG; null for what is not known here.
function pathOfShape(given, { width, height }) {
  const pair = (text) => values(text).map((value, at) => (/^-?[\d.]|^calc/.test(value) ? lengthIn(value, at ? height : width) : NaN)).join(' ');
  const one = (text, whole) => (/^-?[\d.]|^calc/.test(text) ? lengthIn(text, whole) : NaN);
  const [first, ...commands] = partsOfList(given.replace(/^(nonzero|evenodd)\s+/, ''));
  const path = commands.map((command) => {
    const [, kind, way = '', end = '', more = ''] = command.match(/^(\w+)(?: (by|to) (.*?)(?: (?:with|of) (.*))?)?$/) ?? [], points = more.split(' / ').filter(Boolean);
    const letter = (name) => (way === 'by' ? name.toLowerCase() : name);
    switch (kind) {
      case 'move': return `${letter('M')}${pair(end)}`;
      case 'line': return `${letter('L')}${pair(end)}`;
      case 'hline': return `${letter('H')}${one(end, width)}`;
      case 'vline': return `${letter('V')}${one(end, height)}`;
      case 'curve': return `${letter(points.length > 1 ? 'C' : 'Q')}${[...points, end].map(pair).join(' ')}`;
      case 'smooth': return `${letter(points.length ? 'S' : 'T')}${[...points, end].map(pair).join(' ')}`;
      case 'arc': return `${letter('A')}${arcOf(more, { width, height })} ${pair(end)}`;
      case 'close': return 'Z';
      default: return 'NaN';
    }
  });
  const whole = [`M${pair(first.replace(/^from /, ''))}`, ...path].join(' ');
  return whole.includes('NaN') ? null : whole;
}

/// The radii, the angle and the flags of an arc, as those of an SVG.
function arcOf(given, { width, height }) {
  const [, size, more] = given.match(/^((?:calc\(.*?\)|[\d.]+(?:px|%))(?: (?:calc\(.*?\)|[\d.]+(?:px|%)))?)(.*)$/) ?? [null, 'NaN', ''];
  const [wide, high = wide] = values(size), [, angle = 0] = more.match(/rotate (-?[\d.]+)deg/) ?? [];
  const wholes = wide === high ? Array(2).fill(Math.hypot(width, height) / Math.SQRT2) : [width, height];
  return [lengthIn(wide, wholes[0]), lengthIn(high, wholes[1]), angle, Number(/\blarge\b/.test(more)), Number(/\bcw\b/.test(more))].join(' ');
}

/// The radii and the middle of a circle or an ellipse.
function roundShape(given, { width, height }, isCircle) {
  const [size, place = '50% 50%'] = given.split(/\s*\bat\b\s*/);
  const middle = values(place).map((value, at) => lengthIn(value, at ? height : width));
  const radii = values(size) ?? ['closest-side'];
  const wholes = isCircle ? Array(2).fill(Math.hypot(width, height) / Math.SQRT2) : [width, height];
  const sides = [[middle[0], width], [middle[1], height]].map(([at, whole]) => [Math.abs(at), Math.abs(whole - at)]);
  const radius = (value, axis) => {
    if (!value.endsWith('-side')) return lengthIn(value, wholes[axis]);
    return (value === 'closest-side' ? Math.min : Math.max)(...(isCircle ? sides.flat() : sides[axis]));
  };
  return [radius(radii[0], 0), radius(radii[1] ?? radii[0], 1), middle];
}

/// Whether a point is in the shapes of a <clipPath> of the same document; null where that can't be known.
function shapesOfClip(element, clipPath) {
  const [, id] = clipPath.match(/^url\("?#(.*?)"?\)/) ?? [], clip = id && rootOf(element).getElementById?.(id);
  if (!clip || tagOf(clip).toLowerCase() !== 'clippath' || attribute(clip, 'clipPathUnits') === 'objectBoundingBox') return null;
  const shapes = [...queryAll(clip, '*')].filter((shape) => shape.isPointInFill);
  const matrix = element.namespaceURI === SVG && element.getScreenCTM?.()?.inverse();
  return (left, top, x, y) => {
    const point = matrix ? new DOMPoint(x, y).matrixTransform(matrix) : new DOMPoint(left, top);
    return shapes.some((shape) => shape.isPointInFill(point));
  };
}

const canvas = () => cache.canvas ??= new OffscreenCanvas(1, 1).getContext('2d');

const GRID = [0.5, 0.05, 0.95].flatMap((across) => [0.5, 0.05, 0.95].map((down) => [across, down]));

/// What a clip path and a mask leave of a rectangle; null where nothing is seen of it at any of the points looked at.
function leftInShape(element, rect, style) {
  const isMasked = (style.maskImage ?? 'none') !== 'none';
  if (style.clipPath === 'none' && style.clip === 'auto' && !isMasked) return rect;
  const shape = shapeOf(element, style), left = shape?.bounds ? intersection(rect, shape.bounds) : rect;
  if (isTiny(left)) return null;
  const isLeft = ([across, down]) => {
    const [x, y] = [left.left + left.width * across, left.top + left.height * down];
    return (!shape || shape.has(x, y)) && (!isMasked || (maskedAt(element, style, x, y) ?? 1) >= FAINT);
  };
  return GRID.some(isLeft) ? left : null;
}
