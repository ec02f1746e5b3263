// Whether letters can be distinguished from what is behind them. Needs dom.js, colours.js, semantics.js, visibility.js, pieces.js and cover.js.

/// Letters with less contrast than this can't be read. (For good reading WCAG asks for 4.5.)
const ILLEGIBLE = 1.1;

/// Whether the words of an element, or those in it that stand at a point, have the colour of what is behind them.
function isIllegible(element, x, y) {
  const speaker = [...hits(x, y)].find((node) => holds(element, node) && hasTextAt(node, x, y));
  if (!speaker && !wordRects(element).length) return false;
  const style = getComputedStyle(speaker ?? element), ink = inkOf(speaker ?? element, style);
  if (style.textShadow !== 'none' || parseFloat(style.webkitTextStrokeWidth) > 0) return false;
  if (alphaOf(ink) < FAINT) return !isClippedToText(speaker ?? element);
  if (!speaker) return false;
  const stack = [...hits(x, y)], behind = coloursBehind(stack.slice(stack.indexOf(speaker)));
  return behind !== null && behind.every((colour) => contrast(rgbaOf(ink), colour) < ILLEGIBLE);
}

/// All colours that the background of the first of these elements may have, which lie one behind the other; null where that can't be known.
function coloursBehind(stack) {
  const [speaker] = stack, around = [];
  for (let node = outward(speaker); node; node = outward(node)) around.push(node);
  const isUnlisted = (node) => !stack.includes(node) && paintsAny(getComputedStyle(node)) && !matches(node, 'html, body');
  if (stack.some((node) => isHardToTell(node, node === speaker)) || around.some((node) => isHardToTell(node) || isUnlisted(node))) return null;
  const column = closest(speaker, 'table') && query(closest(speaker, 'table'), 'col, colgroup');
  return column ? null : stack.toReversed().reduce((colours, node) => colours && paintedOver(colours, node), canvasOf(ownerOf(speaker)));
}

/// Whether something of an element that is not its background, or that changes colours, may lie below words.
function isHardToTell(node, isSpeaker = false) {
  const { filter, mixBlendMode, boxShadow } = getComputedStyle(node);
  const isShape = node.namespaceURI === SVG && tagOf(node) !== 'svg' && !isSpeaker;
  return filter !== 'none' || mixBlendMode !== 'normal' || boxShadow.includes('inset') || isShape || matches(node, `${PICTURES}, iframe, embed, object`)
    || ['::before', '::after'].some((pseudo) => {
      const style = getComputedStyle(node, pseudo);
      return isGenerated(style) && paintsAny(style);
    });
}

const paintsAny = ({ backgroundColor, backgroundImage }) => alphaOf(backgroundColor) > 0 || backgroundImage !== 'none';

/// What is behind all of a document's elements (CSS Backgrounds, "the canvas background").
function canvasOf({ documentElement: root, body }) {
  if (getComputedStyle(root).colorScheme.includes('dark')) return null;
  const source = body && !paintsAny(getComputedStyle(root)) ? body : root;
  return paintedOver([[255, 255, 255]], source);
}

/// These colours with an element's background over them; null where that is a picture.
function paintedOver(colours, element) {
  const style = getComputedStyle(element), opacity = opacityAround(element);
  const gradient = style.backgroundImage === 'none' ? [style.backgroundColor] : fillingGradient(style);
  if (!gradient) return null;
  const layers = gradient.map(rgbaOf).map(([red, green, blue, alpha]) => [red, green, blue, alpha * opacity]);
  return layers.flatMap((layer) => colours.map((colour) => blended(layer, colour)));
}
