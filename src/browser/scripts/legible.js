// Whether letters can be distinguished from what is behind them. Needs dom.js, colours.js, gradients.js, paint.js, semantics.js,
// visibility.js, pieces.js and cover.js.

/// Letters with less contrast than this can't be read. (For good reading WCAG asks for 4.5.)
const ILLEGIBLE = 1.1;

/// The colours that letters are drawn in: their own, and those of their outlines and shadows.
function inksOf(element, style) {
  const stroke = parseFloat(style.webkitTextStrokeWidth) > 0 ? style.webkitTextStrokeColor : 'none';
  const inks = [inkOf(element, style), element.namespaceURI === SVG ? style.stroke : stroke, ...shadowsOf(style)];
  return inks.filter((ink) => ink !== 'none' && alphaOf(ink) > FAINT);
}

/// Whether the words of an element, or those in it that stand at a point, have the colour of what is behind them.
function isIllegible(element, x, y) {
  const speaker = [...hits(x, y)].find((node) => holds(element, node) && hasTextAt(node, x, y));
  if (!speaker && !wordRects(element).length) return false;
  const letters = speaker ?? element, hasNoInk = !inksOf(letters, getComputedStyle(letters)).length;
  return speaker ? isDimAt(speaker, x, y) : hasNoInk && !isClippedToText(letters);
}

/// A slot has no box of its own, as a rule: its words stand in what is around it.
const boxOfSpeaker = (speaker) => (tagOf(speaker) === 'slot' && isWithoutBox(speaker) ? boxOfSpeaker(drawnParent(speaker)) : speaker);

/// The first text of a block, from its first letter on; null where it has none.
function firstTextOf(block) {
  const texts = ownerOf(block).createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = rangeOf(texts.currentNode), start = texts.currentNode.data.search(/\S/);
    if (start < 0 || !range.getClientRects().length) continue;
    range.setStart(texts.currentNode, start);
    range.setEnd(texts.currentNode, texts.currentNode.length);
    return range;
  }
  return null;
}

/// Whether a style sheet draws the letters of a pseudo-element otherwise than those of its element.
const isDrawnApart = (one, other) => ['color', 'webkitTextFillColor', 'textShadow', 'webkitTextStrokeWidth']
  .some((property) => one[property] !== other[property]) || parseFloat(one.fontSize) < UNREADABLE;

/// The style in which an element draws its letters at a point: a style sheet may make those of a block's first line, or its first letter,
/// look otherwise (CSS Pseudo-Elements 4, "typographic pseudo-elements").
function styleOfLetters(speaker, x, y) {
  const own = getComputedStyle(speaker);
  let block = speaker;
  while (block && !HAS_FIRST_LETTER.test(getComputedStyle(block).display)) block = drawnParent(block);
  if (!block || inkOf(speaker, own) !== inkOf(block, getComputedStyle(block))) return own;
  const [letter, line] = ['::first-letter', '::first-line'].map((pseudo) => getComputedStyle(block, pseudo));
  const isApart = [letter, line].map((style) => isDrawnApart(style, getComputedStyle(block)));
  const first = isApart.some(Boolean) ? firstTextOf(block) : null, [top] = first ? rectsOfRanges([first]) : [];
  if (!top) return own;
  first.setEnd(first.startContainer, first.startOffset + 1);
  const isIn = (rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
  if (isApart[0] && rectsOfRanges([first]).some(isIn)) return letter;
  return isApart[1] && y >= top.top && y <= top.bottom ? line : own;
}

/// Whether the letters that an element has at a point have the colour of what is behind them.
function isDimAt(speaker, x, y) {
  const inks = inksOf(speaker, styleOfLetters(speaker, x, y)), filters = coloursFilteredBy(speaker);
  if (!inks.length) return !isClippedToText(speaker);
  if (filters === null || inks.some((ink) => /^(url|context)/.test(ink))) return false;
  const stack = [...hits(x, y)], at = stack.indexOf(boxOfSpeaker(speaker)), behind = at < 0 ? null : colourBehind(stack.slice(at), x, y);
  return behind !== null && inks.every((ink) => contrast(filtered(rgbaOf(ink), filters), behind) < ILLEGIBLE);
}

/// The filters of an element and of all around it that change colours, the inner ones first; null where one can't be known.
const coloursFilteredBy = remembered('colour filters', (element) => {
  const { filter } = getComputedStyle(element), around = outward(element), outer = around ? coloursFilteredBy(around) : '';
  if (filter === 'none') return outer;
  if (filter.includes('url(') || outer === null) return null;
  return [...filter.match(/(?:brightness|contrast|grayscale|hue-rotate|invert|saturate|sepia)\([^)]*\)/g) ?? [], outer].filter(Boolean).join(' ');
});

/// A colour as filters make it.
const filtered = ([red, green, blue, alpha], filters) => (!filters ? [red, green, blue, alpha] : drawnPixel((context) => {
  context.filter = filters;
  context.fillStyle = `rgb(${red} ${green} ${blue} / ${alpha})`;
  context.fillRect(0, 0, 1, 1);
  context.filter = 'none';
}));

/// The colour behind the first of these elements, which lie one behind the other, at a point; null where that can't be known.
function colourBehind(stack, x, y) {
  const [speaker] = stack, { documentElement: root, body } = ownerOf(speaker), layers = [];
  const blended = (behind) => layers.reduceRight((colour, layer) => blendedOver(layer, colour), behind);
  for (const node of stack) {
    if (isHardToTell(node, x, y)) return null;
    if (node === root) break;
    // What the body has is drawn on the canvas, if the root has nothing.
    if (node === body && !paintsAny(getComputedStyle(root))) continue;
    // What fades the letters together with what is behind them makes no contrast.
    const opacity = opacityAround(node), filters = coloursFilteredBy(node), isAround = holds(node, speaker);
    for (const layer of layersAt(node, x, y)) {
      if (!layer || filters === null) return null;
      layers.push(faded(filtered(layer, filters), isAround ? 1 : opacity));
      if (layers.at(-1)[3] > 0.99) return hasUnlisted(stack, node) ? null : blended([0, 0, 0]);
    }
  }
  const canvas = hasUnlisted(stack, root) ? null : canvasOf(ownerOf(speaker));
  return canvas && blended(canvas);
}

/// Whether something around the first of these elements paints a background that a point does not tell of, within another.
function hasUnlisted(stack, outer) {
  for (let node = outward(stack[0]); node && node !== outer; node = outward(node)) {
    if (!stack.includes(node) && !matches(node, 'html, body') && paintsAny(getComputedStyle(node))) return true;
  }
  const table = closest(stack[0], 'table');
  if (!table || table === outer || !holds(outer, table)) return false;
  return [...queryAll(table, 'col, colgroup')].some((column) => paintsAny(getComputedStyle(column)));
}

/// Whether an element changes colours, or draws something before or after its content that may lie above or below words.
const isHardToTell = (node, x, y) => getComputedStyle(node).mixBlendMode !== 'normal' || pseudoLayersAt(node, x, y).length > 0
  || hasPseudoBelow(node);

/// Whether a colour is that of the ground that an element stands on, as far as that is known without a point of the page.
function isLikeGround(element, colour) {
  let ground = null;
  for (let node = element; node && !ground; node = drawnParent(node)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(node);
    if (backgroundImage !== 'none') return false;
    if (alphaOf(backgroundColor) > 0.99) ground = rgbaOf(backgroundColor).slice(0, 3);
  }
  ground ??= canvasOf(ownerOf(element));
  return ground !== null && contrast(rgbaOf(colour), ground) < ILLEGIBLE;
}

/// Whether ::before or ::after lies below all else: it is not known where.
const hasPseudoBelow = (node) => PSEUDOS.some((pseudo) => {
  const style = getComputedStyle(node, pseudo);
  return isGenerated(style) && paintsAny(style) && (Number(style.zIndex) < 0 || style.clipPath !== 'none');
});

const paintsAny = ({ backgroundColor, backgroundImage }) => alphaOf(backgroundColor) > 0 || backgroundImage !== 'none';

/// What is behind all of a document's elements (CSS Backgrounds, "the canvas background"); null where that is a picture.
function canvasOf({ documentElement: root, body }) {
  const source = body && !paintsAny(getComputedStyle(root)) ? body : root, style = getComputedStyle(source);
  return style.backgroundImage === 'none' ? blendedOver(rgbaOf(style.backgroundColor), groundOf(root)) : null;
}

/// What a browser draws behind a page that draws nothing: Chromium's white and, in the dark, its grey.
function groundOf(root) {
  const { colorScheme } = getComputedStyle(root), meta = query(root, 'meta[name=color-scheme]');
  const scheme = colorScheme === 'normal' && meta ? attribute(meta, 'content') ?? '' : colorScheme;
  const isDark = scheme.includes('dark') && (!scheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches);
  return isDark ? [18, 18, 18] : [255, 255, 255];
}
