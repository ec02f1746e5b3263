// What an element paints at a point, as layers from front to back: [red, green, blue, alpha], null for one that can't be known. Needs dom.js,
// colours.js, gradients.js, frames.js, generated.js, semantics.js and visibility.js. Points are those of the page's own viewport.

/// A point in an element's own box: { size, point }, without what a transformation makes of it; null where the point is not in it.
function withinBox(element, x, y) {
  const [across, down] = mapPoint(inverse(mappingOf(element)), x, y);
  const box = [...clientRects(element)].find(({ left, top, right, bottom }) => across >= left && across <= right && down >= top && down <= bottom);
  if (!box) return null;
  const isInline = clientRects(element).length > 1, { offsetWidth = 0, offsetHeight = 0 } = element;
  const isKnown = !isInline && offsetWidth && offsetHeight;
  const size = isKnown ? { width: offsetWidth, height: offsetHeight } : { width: box.width, height: box.height };
  return { size, point: [((across - box.left) / box.width) * size.width, ((down - box.top) / box.height) * size.height] };
}

const widthOfBorder = (style, side) => parseFloat(style[`border${side}Width`]) || 0;

/// What a box's background has at a point of it.
function backgroundAt(style, { width, height }, [x, y]) {
  if (style.webkitBackgroundClip === 'text') return [];
  const colour = alphaOf(style.backgroundColor) > 0 ? [rgbaOf(style.backgroundColor)] : [];
  if (style.backgroundImage === 'none') return colour;
  const [left, top, right, bottom] = ['Left', 'Top', 'Right', 'Bottom'].map((side) => widthOfBorder(style, side));
  const area = { width: width - left - right, height: height - top - bottom };
  const isFixed = style.backgroundAttachment.includes('fixed');
  return [...imagesOf(style, 'background').map((image) => (isFixed ? null : imageAt(image, area, [x - left, y - top]))), ...colour];
}

/// What a box's border has at a point of it: where two meet, the one that is nearer by its own width.
function borderAt(style, { width, height }, [x, y]) {
  const depths = { Left: x, Top: y, Right: width - x, Bottom: height - y };
  const parts = Object.entries(depths).map(([side, depth]) => ({ side, part: depth / widthOfBorder(style, side) }));
  const [nearest] = parts.filter(({ part }) => part < 1).sort((one, other) => one.part - other.part);
  if (!nearest) return [];
  return [style.borderImageSource === 'none' ? rgbaOf(style[`border${nearest.side}Color`]) : null];
}

/// What shadows that fall into a box have at a point of it.
function innerShadowsAt(style, { width, height }, [x, y]) {
  if (!style.boxShadow.includes('inset')) return [];
  return partsOfList(style.boxShadow).filter((shadow) => shadow.includes('inset')).flatMap((shadow) => {
    const [colour] = shadow.match(/^[a-z]+\([^)]*\)/) ?? [];
    const [across, down, blur, spread] = lengths(shadow.replace(colour, '')).map(({ number }) => number);
    const depth = Math.min(x - across, width - x + across, y - down, height - y + down) - spread;
    return depth > blur ? [] : [colour && depth < -blur ? rgbaOf(colour) : null];
  });
}

const boxLayers = (...box) => [borderAt, innerShadowsAt, backgroundAt].flatMap((layers) => layers(...box));

const PSEUDOS = ['::before', '::after'];

/// The box of ::before or ::after that is positioned: { left, top, width, height } in the viewport of its document; null for others.
function boxOfPseudo(element, style) {
  if (!['absolute', 'fixed'].includes(style.position)) return null;
  let around = element;
  const contains = (box) => { const own = getComputedStyle(box); return own.position !== 'static' || containsFixed(own); };
  while (around && (style.position === 'fixed' || !contains(around))) around = drawnParent(around);
  const origin = around ? boundsOf(around) : { left: 0, top: 0 };
  const extra = (...sides) => (style.boxSizing === 'border-box' ? 0
    : sides.reduce((sum, side) => sum + parseFloat(style[`padding${side}`]) + widthOfBorder(style, side), 0));
  const box = {
    left: origin.left + (around?.clientLeft ?? 0) + parseFloat(style.left), top: origin.top + (around?.clientTop ?? 0) + parseFloat(style.top),
    width: parseFloat(style.width) + extra('Left', 'Right'), height: parseFloat(style.height) + extra('Top', 'Bottom'),
  };
  return Object.values(box).every(Number.isFinite) ? box : null;
}

/// What ::before and ::after of an element paint at a point where they are positioned above its own words.
function pseudoLayersAt(element, x, y) {
  const at = mapPoint(inverse(mappingOf(element)), x, y);
  return PSEUDOS.flatMap((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (!isGenerated(style) || style.visibility !== 'visible' || Number(style.zIndex) < 0 || style.clipPath !== 'none') return [];
    const box = boxOfPseudo(element, style);
    if (!box) return [];
    let [across, down] = [at[0] - box.left, at[1] - box.top];
    if (style.transform !== 'none' || style.scale !== 'none') {
      const [originX, originY] = lengths(style.transformOrigin).map(({ number }) => number);
      const turned = new DOMPoint(across - originX, down - originY).matrixTransform(spaceTurn(style).inverse());
      [across, down] = [turned.x + originX, turned.y + originY];
    }
    const isInside = across >= 0 && down >= 0 && across <= box.width && down <= box.height;
    return isInside ? boxLayers(style, box, [across, down]).map((layer) => faded(layer, Number(style.opacity))) : [];
  });
}

const faded = (layer, opacity) => layer && [...layer.slice(0, 3), layer[3] * opacity];

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

/// What a shape of SVG has at a point: its outline, and what fills it.
function shapeLayersAt(shape, x, y) {
  if (tagOf(shape) === 'image') return [pictureAt(shape, x, y)];
  if (['text', 'tspan', 'textPath', 'g', 'a', 'foreignObject'].includes(tagOf(shape))) return [];
  const matrix = shape.isPointInFill && shape.getScreenCTM();
  if (!matrix) return [null];
  const [across, down] = mapPoint(inverse(mappingOf(shape)), x, y), style = getComputedStyle(shape);
  const point = new DOMPoint(across, down).matrixTransform(matrix.inverse());
  const layers = (paint, opacity) => (paint === 'none' ? [] : [/^(url|context)/.test(paint) ? null : faded(rgbaOf(paint), Number(opacity))]);
  return [
    ...(shape.isPointInStroke(point) ? layers(style.stroke, style.strokeOpacity) : []),
    ...(shape.isPointInFill(point) ? layers(style.fill, style.fillOpacity) : []),
  ];
}

/// What is drawn in the box of an element that is replaced: pictures may be transparent, and so may what is in a frame.
function contentAt(element, x, y) {
  if (matches(element, PICTURES)) return [pictureAt(element, x, y)];
  if (!HOLDS_DOCUMENT.includes(tagOf(element))) return [];
  // The backgrounds of these are the whole frame's; what else is in it is asked for itself.
  const { documentElement, body } = documentIn(element) ?? {};
  if (!documentElement) return [null];
  return [body, documentElement].filter(Boolean).map((part) => getComputedStyle(part))
    .flatMap((style) => (style.backgroundImage === 'none' ? [rgbaOf(style.backgroundColor)] : [null]));
}

/// What an element paints at a point, without ::before and ::after and without words.
function layersAt(element, x, y) {
  if (element.namespaceURI === SVG && tagOf(element) !== 'svg') return shapeLayersAt(element, x, y);
  const place = withinBox(element, x, y);
  return place ? [...contentAt(element, x, y), ...boxLayers(getComputedStyle(element), place.size, place.point)] : [];
}

/// How much of an element its mask leaves at a point, from 0 to 1; null where that can't be known.
function maskedAt(element, style, x, y) {
  const images = imagesOf(style, 'mask'), place = images.length && withinBox(element, x, y);
  if (!place) return 1;
  const layers = images.map((image) => imageAt(image, place.size, place.point));
  return layers.includes(null) ? null : Math.max(...layers.map(([, , , alpha]) => alpha));
}
