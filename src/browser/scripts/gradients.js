// The colour that an image of a style sheet has at a point: gradients, and pictures that the browser has at hand. Needs dom.js,
// colours.js and visibility.js. Sources: CSS Images 3, CSS Backgrounds 3, as browsers compute their values.

/// The parts of a list that commas separate, outside of brackets and strings.
function partsOfList(text) {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[^]/g)) {
    depth += Number(token === '(') - Number(token === ')');
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim());
}

/// A length, or a sum of some as `calc(100% - 4px)`, in CSS pixels.
const lengthIn = (value, whole) => [...value.matchAll(/([-+] )?(-?[\d.]+(?:e-?\d+)?)(px|%)/g)]
  .reduce((sum, [, sign, number, unit]) => sum + (sign === '- ' ? -1 : 1) * inPixels({ number: Number(number), unit }, whole), 0);

/// The values that spaces separate, outside of brackets.
const values = (text) => text.match(/calc\((?:[^()]|\([^()]*\))*\)|\S+/g);

const DIRECTIONS = { left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1] };

/// Where a point is along a linear gradient: { length, at }, in CSS pixels.
function alongLine(direction, { width, height }, [x, y]) {
  const sides = direction.match(/left|right|top|bottom/g) ?? [];
  let [across, down] = sides.reduce(([a, b], side) => [a + DIRECTIONS[side][0], b + DIRECTIONS[side][1]], [0, 0]);
  // To a corner: the colour of the middle goes through the two others.
  if (sides.length === 2) [across, down] = [across * height, down * width];
  if (!sides.length) {
    const angle = (parseFloat(direction || '180') * Math.PI) / 180;
    [across, down] = [Math.sin(angle), -Math.cos(angle)];
  }
  const norm = Math.hypot(across, down) || 1;
  [across, down] = [across / norm, down / norm];
  const length = Math.abs(width * across) + Math.abs(height * down);
  return { length, at: (x - width / 2) * across + (y - height / 2) * down + length / 2 };
}

/// Where a point is on the way out of a radial gradient.
function alongRadius(shape, { width, height }, [x, y]) {
  const [size, place = '50% 50%'] = shape.split(/\s*\bat\b\s*/);
  const [centreX, centreY] = values(place).map((value, at) => lengthIn(value, at ? height : width));
  const [across, down] = [[centreX, width], [centreY, height]].map(([centre, whole]) => [Math.abs(centre), Math.abs(whole - centre)]);
  const pick = size.includes('closest') ? Math.min : Math.max;
  let radii = [pick(...across), pick(...down)];
  const given = size.match(/-?[\d.]+(?:px|%)/g);
  if (given) radii = [lengthIn(given[0], width), lengthIn(given[1] ?? given[0], height)];
  else if (size.includes('circle')) radii = Array(2).fill(size.includes('side') ? pick(...radii) : Math.hypot(...radii));
  else if (!size.includes('side')) radii = radii.map((radius) => radius * Math.SQRT2);
  return { length: radii[0], at: Math.hypot((x - centreX) / radii[0], (y - centreY) / radii[1]) * radii[0] };
}

/// The stops of a gradient in order: [{ at, colour }]; null where that can't be known.
function stopsOf(parts, length) {
  const stops = parts.flatMap((part) => {
    const [, colour, places] = part.match(/^([a-z-]+\([^()]*\))\s*(.*)$/) ?? [];
    if (!colour) return [null];
    return (values(places) ?? [null]).map((place) => ({ colour: rgbaOf(colour), at: place && lengthIn(place, length) }));
  });
  if (stops.includes(null) || stops.length < 2) return null;
  stops[0].at ??= 0;
  stops.at(-1).at ??= length;
  stops.forEach((stop, index) => {
    if (stop.at === null) {
      const next = stops.findIndex((other, place) => place > index && other.at !== null), before = stops[index - 1].at;
      stop.at = before + (stops[next].at - before) / (next - index + 1);
    }
    stop.at = Math.max(stop.at, stops[index - 1]?.at ?? -Infinity);
  });
  return stops;
}

function colourAmong(stops, at) {
  const next = stops.findIndex((stop) => stop.at > at);
  if (next <= 0) return stops.at(next).colour;
  const [one, other] = [stops[next - 1], stops[next]], part = (at - one.at) / (other.at - one.at);
  const alpha = one.colour[3] * (1 - part) + other.colour[3] * part;
  const mixed = [0, 1, 2].map((index) => one.colour[index] * one.colour[3] * (1 - part) + other.colour[index] * other.colour[3] * part);
  return [...mixed.map((value) => (alpha ? value / alpha : 0)), alpha];
}

/// The colour of a gradient that fills a box of this size; null where that can't be known.
function gradientAt(image, size, point) {
  const [, repeats, kind, inner] = image.match(/^(repeating-)?(linear|radial)-gradient\((.*)\)$/) ?? [];
  if (!kind) return null;
  const parts = partsOfList(inner), isColour = /^(rgba?|color|oklch|oklab|lab|lch|hsl)\(/.test(parts[0]);
  const first = isColour ? '' : parts.shift().replace(/\s*\bin [a-z0-9-]+( \w+ hue)?/, '');
  const { length, at } = (kind === 'linear' ? alongLine : alongRadius)(first, size, point);
  const stops = stopsOf(parts, length);
  if (!stops) return null;
  const [start, end] = [stops[0].at, stops.at(-1).at], round = end - start;
  return colourAmong(stops, repeats && round > 0 ? start + ((((at - start) % round) + round) % round) : at);
}

/// A picture that a style sheet draws; null where the browser does not have it at hand. Nothing is asked of a server.
const pictureOf = remembered('pictures', (address) => {
  const image = new Image();
  image.src = address;
  if (image.complete && image.naturalWidth) return image;
  image.src = '';
  return null;
});

/// The size of one tile of a background (CSS Backgrounds 3, "background-size").
function tileSize(size, area, picture) {
  const natural = picture ? { width: picture.naturalWidth, height: picture.naturalHeight } : area;
  const [across, down] = [area.width / natural.width, area.height / natural.height];
  if (size === 'cover' || size === 'contain') {
    const scale = (size === 'cover' ? Math.max : Math.min)(across, down);
    return picture ? { width: natural.width * scale, height: natural.height * scale } : area;
  }
  const [width, height = 'auto'] = values(size);
  const length = (value, whole) => (value === 'auto' ? null : lengthIn(value, whole));
  const given = { width: length(width, area.width), height: length(height, area.height) };
  const ratio = picture ? natural.width / natural.height : null;
  return {
    width: given.width ?? (given.height !== null && ratio ? given.height * ratio : natural.width),
    height: given.height ?? (given.width !== null && ratio ? given.width / ratio : natural.height),
  };
}

const NOTHING = [0, 0, 0, 0];

/// The colour of one image of a background, or of a mask, at a point of the area that it is laid out in; null where that can't be known.
function imageAt({ image, size, position, repeat }, area, point) {
  const [, address] = image.match(/^url\("(.*)"\)$/s) ?? [], picture = address && pictureOf(address.replace(/\\(.)/g, '$1'));
  if (address && !picture) return null;
  const tile = tileSize(size, area, picture);
  if (!(tile.width > 0 && tile.height > 0)) return NOTHING;
  const places = values(position), ways = repeat.split(' ');
  const inTile = ['width', 'height'].map((side, axis) => {
    const way = ways[axis] ?? ways[0];
    const offset = point[axis] - lengthIn(places[axis] ?? '50%', area[side] - tile[side]);
    const isRepeated = way === 'repeat-x' ? axis === 0 : way === 'repeat-y' ? axis === 1 : way !== 'no-repeat';
    return isRepeated ? ((offset % tile[side]) + tile[side]) % tile[side] : offset;
  });
  if (inTile.some((offset, axis) => offset < 0 || offset > tile[axis ? 'height' : 'width'])) return NOTHING;
  if (!picture) return gradientAt(image, tile, inTile);
  // A whole pixel of it, at its edges, too.
  const [across, down] = [tile.width, tile.height].map((side, axis) => Math.max(0, Math.floor(Math.min(inTile[axis], side - 1))));
  return drawnPixel((context) => context.drawImage(picture, -across, -down, tile.width, tile.height));
}

/// The images that are drawn by one group of properties, 'background' or 'mask', each as `imageAt` takes it.
function imagesOf(style, group) {
  if ((style[`${group}Image`] ?? 'none') === 'none') return [];
  const [sizes, positions, repeats] = ['Size', 'Position', 'Repeat'].map((name) => partsOfList(style[`${group}${name}`]));
  return partsOfList(style[`${group}Image`]).map((image, at) => ({
    image, size: sizes[at % sizes.length], position: positions[at % positions.length], repeat: repeats[at % repeats.length],
  })).filter(({ image }) => image !== 'none');
}
