// What a person takes for a page that is not ready, or is damaged. Needs dom.js, semantics.js and locate.js.
// A finding is { kind, about, thing?, detail? }: `kind` is what @allow takes, `about` is the message's key in shutter.rs.

/// The part of an element's box that is in the window, after whatever around it clips it.
const shownPart = (element) => shownRect(boundsOf(element), element);

/// As `shownPart`, of a rectangle in an element, such as a line of its text.
function shownRect(own, element) {
  let { left, top, right, bottom } = own;
  const clip = (box, across, down) => {
    if (across) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
    if (down) [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
  };
  const owner = ownerOf(element);
  let { position } = getComputedStyle(element);
  for (let node = drawnParent(element); node && position !== 'fixed'; node = drawnParent(node)) {
    // What the root and the body clip is the window itself.
    if (node === owner.body || node === owner.documentElement) break;
    const style = getComputedStyle(node);
    if (position === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
    position = style.position;
    if (style.display !== 'contents' && style.display !== 'inline') {
      clip(boundsOf(node), style.overflowX !== 'visible', style.overflowY !== 'visible');
    }
  }
  const frame = frameOf(element);
  const size = { width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  ({ left, top, right, bottom } = moved({ left, top, ...size }, mappingOf(element)));
  clip(frame ? edgesOf(shownPart(frame)) : { left: 0, top: 0, right: innerWidth, bottom: innerHeight }, true, true);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

const edgesOf = ({ x, y, width, height }) => ({ left: x, top: y, right: x + width, bottom: y + height });

/// Where something of an element's document stands in the window.
function inWindow({ x: left, y: top, width, height }, element) {
  const box = moved({ left, top, width, height }, mappingOf(element));
  return new DOMRect(box.left, box.top, box.width, box.height);
}

/// From 0 to 1, its own times that of everything around it.
function opacityOf(element) {
  let opacity = 1;
  for (let node = element; node; node = outward(node)) opacity *= getComputedStyle(node).opacity;
  return opacity;
}

/// Less than this nobody sees.
const FAINTEST = 0.05;

/// Whether the picture shows something of it. What is hidden from assistive technology alone is shown.
function inPicture(element) {
  const { width, height } = shownPart(element);
  return width > 1 && height > 1 && isVisible(element, { visibilityProperty: true, contentVisibilityAuto: true })
    && opacityOf(element) >= FAINTEST;
}

const isInWindow = ({ left, top, right, bottom }) => right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;

/// Every element whose box the window shows some of: few, on a page of thousands of rows. Remembered until the page may have changed.
function nearby() {
  const near = (element) => isInWindow(frameOf(element) ? inWindow(boundsOf(element), element) : boundsOf(element));
  return cache.nearby ??= [...everything(document)].filter(near);
}

const allShown = (selector) => nearby().filter((element) => matches(element, selector) && inPicture(element));

/// Whether they are shown or not.
const allOf = (selector) => roots().flatMap((root) => [...queryAll(root, selector)]);

/// An element for a message: by its own name, or by how its HTML begins and what it is in.
function thingOf(element) {
  const html = openingTag(element);
  for (let node = element; node; node = outward(node)) {
    const { role, name } = describe(node);
    if (name && role !== 'generic') return { role, name, html, isOwn: node === element };
  }
  return { role: '', name: '', html, isOwn: false };
}

const finding = (kind, about, element, detail) => ({ kind, about, element, thing: element ? thingOf(element) : null, detail });

const shortened = (url) => {
  const { origin, pathname } = new URL(url, document.baseURI);
  return url.startsWith('data:') ? 'data:' : origin === location.origin ? pathname : origin + pathname;
};

// The beginnings of "Loading", "Please wait" and their like in the six languages of the United Nations, German, Italian and Portuguese.
const LOADING_WORDS = [
  'loading', 'please wait', 'just a moment', 'one moment', 'fetching', 'retrieving',
  'chargement', 'veuillez patienter', 'patientez', 'un instant',
  'cargando', 'espere', 'por favor,? espere', 'un momento',
  'загрузка', 'загружается', 'подождите', 'пожалуйста,? подождите', 'идёт загрузка', 'идет загрузка',
  'جارٍ التحميل', 'جار التحميل', 'جاري التحميل', 'يرجى الانتظار', 'الرجاء الانتظار', 'لحظة من فضلك',
  'wird geladen', 'lädt', 'bitte warten', 'caricamento', 'attendere', 'carregando', 'aguarde',
  '正在加载', '加载中', '载入中', '请稍候', '请稍等', '请等待',
].join('|');
const GOES_ON = String.raw`(?:…|⋯|\.{3}|。{3})`;
// Chinese has no spaces between words.
const BEGINS_LOADING = new RegExp(`^(?:${LOADING_WORDS})(?:(?<=\\p{Script=Han})|(?![\\p{L}\\p{N}]))`, 'iu');
/// "Loading…", "Loading your documents …".
const saysLoading = (text) => text.length <= 60 && new RegExp(`^[^.…⋯。]*${GOES_ON}$`, 'u').test(text)
  && (BEGINS_LOADING.test(text) || ENDS_LOADING.test(text));
// "Your notes are loading …" and its like, where the verb comes last.
const ENDS_LOADING = new RegExp(String.raw`(?:\b(?:is|are) (?:still )?(?:loading|being loaded)|\b(?:wird|werden) geladen|en cours de chargement|\bse están? cargando)\s*${GOES_ON}$`, 'iu');
/// These words ask for patience wherever they stand alone.
const ASKS_TO_WAIT = /^(?:please wait|veuillez patienter|bitte warten|por favor,? espere|пожалуйста,? подождите|يرجى الانتظار|请稍候)[\s.!…。]*$/iu;
/// The mere word, which could be a menu's, too.
const maySayLoading = (text) => new RegExp(`^(?:${LOADING_WORDS})[\\s.!:…⋯。]*$`, 'iu').test(text);

const BUSY_NAME = /load(?:ing|er)|spin(?:ner|ning)?\b|busy|progress|skeleton|shimmer|pending|please-?wait/i;
const SKELETON_NAME = /skeleton|shimmer|placeholder-(?:glow|wave)/i;

/// What its author calls an element.
const calledBy = (element) => `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''} ${tagOf(element)}`;

function* textNodes() {
  for (const root of roots()) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) yield walker.currentNode;
  }
}

function seemsBusy(element) {
  for (let node = element, steps = 0; node && steps < 4; node = drawnParent(node), steps++) {
    if (BUSY_NAME.test(calledBy(node)) || matches(node, '[aria-busy=true], [role=status], [role=progressbar], [aria-live]')) return true;
    if (node.getAnimations({ subtree: true }).length) return true;
  }
  return false;
}

/// In these the mere word is what something is called, or the state of what a row or an entry is about.
const NAMES_THINGS = 'a, button, nav, label, legend, summary, h1, h2, h3, h4, h5, h6, li, dt, dd, th, td, [role=heading], [role=tab], [role=menuitem], [role=cell], [role=gridcell]';

function loadingWords() {
  const found = new Map();
  for (const node of textNodes()) {
    const text = squeeze(node.data);
    const element = node.parentElement ?? node.parentNode?.host;
    if (!(BEGINS_LOADING.test(text) || ENDS_LOADING.test(text)) || !element || matches(element, 'script, style, template, noscript, option')) continue;
    const whole = squeeze(element.innerText || text);
    const isAsked = ASKS_TO_WAIT.test(whole) && !closest(element, 'a, button');
    const says = [text, whole].some(saysLoading) || isAsked || (maySayLoading(whole) && (seemsBusy(element) || !closest(element, NAMES_THINGS)));
    if (says && inPicture(element)) found.set(element, whole);
  }
  for (const [element, text] of loadingByStyle()) if (saysLoading(text) && inPicture(element)) found.set(element, text);
  return [...found].map(([element, text]) => finding('loading', 'says', element, shortText(text, 60)));
}

/// What a style sheet writes before and after elements: [element, text].
function* loadingByStyle() {
  for (const element of nearby()) {
    for (const pseudo of ['::before', '::after']) {
      const [, text] = /^"(.*)"$/s.exec(getComputedStyle(element, pseudo).content) ?? [];
      if (text) yield [element, squeeze(text)];
    }
  }
}

function painted(element, pseudo) {
  const { backgroundColor, backgroundImage, content } = getComputedStyle(element, pseudo);
  if (pseudo && content === 'none') return false;
  return backgroundImage !== 'none' || !/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor);
}

const isEmpty = (element) => !squeeze(element.innerText ?? textOf(element) ?? '')
  && !query(element, 'img, svg, canvas, video, iframe, input, button, a');

/// As high as a line of text, and longer than it is high.
function isBarShaped(element) {
  const { width, height } = boundsOf(element);
  return height >= 6 && height <= 40 && width >= 3 * height;
}

/// A light grey as nobody writes or draws with.
function isPale(colour) {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  const lightest = Math.max(red, green, blue), darkest = Math.min(red, green, blue);
  return alpha > 0.5 && lightest - darkest <= 12 && darkest >= 190 && lightest <= 245;
}

/// Of nothing but such a grey, or of greys that run into each other.
function isGreyed(element) {
  if (!matches(element, 'div, span, p, li') || childNodesOf(element).length || hasAttribute(element, 'role') || titleOf(element)) return false;
  const { backgroundColor, backgroundImage, cursor } = getComputedStyle(element);
  if (cursor === 'pointer') return false;
  if (backgroundImage === 'none') return isPale(backgroundColor);
  const colours = backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
  return /^linear-gradient\([^"]*\)$/.test(backgroundImage) && colours.length > 1 && colours.every((colour) => isPale(colour) || colour === 'rgb(255, 255, 255)')
    && colours.some(isPale);
}

const isGreyBar = (element) => isBarShaped(element) && isGreyed(element);

/// What stands for the picture of somebody.
function isGreyDisc(element) {
  const { width, height } = boundsOf(element);
  return width >= 20 && width <= 120 && Math.abs(width - height) < 1 && parseFloat(getComputedStyle(element).borderRadius) >= 0.4 * width && isGreyed(element);
}

/// A bar that is all there is below a heading. Thin ones underline it.
function isOnlyContent(bar) {
  const others = [...childrenOf(parentOf(bar) ?? bar)].filter((each) => each !== bar);
  return boundsOf(bar).height >= 10 && others.length > 0 && others.every((each) => matches(each, 'h1, h2, h3, h4, h5, h6'))
    && squeeze(textOf(parentOf(bar))) === squeeze(others.map(textOf).join(' '));
}

function skeletons() {
  const named = nearby().filter((element) => SKELETON_NAME.test(calledBy(element)) && isEmpty(element)
    && [element, ...queryAll(element, '*')].some((part) => painted(part) || painted(part, '::before') || painted(part, '::after')));
  const bars = nearby().filter((element) => {
    const next = element.nextElementSibling;
    const isPair = next && (isGreyBar(element) || isGreyDisc(element)) && (isGreyBar(next) || isGreyDisc(next));
    return (isPair && [element, next].some(isGreyBar)) || (!next && isGreyBar(element) && isOnlyContent(element));
  });
  return [...named, ...bars].filter(inPicture).slice(0, 3).map((element) => finding('loading', 'skeleton', element));
}

/// What turns for ever, or moves for ever and is called a loader, is one. Anything else may move for ever for its beauty's sake.
function isSpinner(animation) {
  const { target } = animation.effect ?? {};
  if (!target?.isConnected) return false;
  const { width, height } = sizeOf(animation.effect);
  const isBar = isBarShaped(target) && isEmpty(target) && painted(target);
  const turns = animation.effect.getKeyframes().some(({ transform, rotate }) => /rotate/.test(transform ?? '') || (rotate && rotate !== 'none'));
  return isBar || (turns && width <= 200 && height <= 200)
    || [target, drawnParent(target)].some((element) => element && BUSY_NAME.test(calledBy(element)));
}

/// What a style sheet draws before or after an element has a size of its own.
function sizeOf({ target, pseudoElement }) {
  if (!pseudoElement) return boundsOf(target);
  const { width, height } = getComputedStyle(target, pseudoElement);
  return { width: parseFloat(width), height: parseFloat(height) };
}

/// Three or more equal dots side by side that move for ever.
function isDot({ target, pseudoElement }, effects) {
  const { width, height } = boundsOf(target);
  const isLikeIt = (other) => !other.pseudoElement && parentOf(other.target) === parentOf(target) && isEmpty(other.target) && painted(other.target)
    && Math.abs(other.target.offsetWidth - target.offsetWidth) < 1;
  return !pseudoElement && width <= 24 && height <= 24 && parentOf(target) && new Set(effects.filter(isLikeIt).map((each) => each.target)).size >= 3;
}

const SPINNER_NAME = /(?:^|[\s_-])(?:spinner|loader|throbber|loading-?indicator)(?:[\s_-](?:border|grow|icon|circle|wheel|ring|dots?|sm|lg))*(?=\s|$)/i;

/// What is called a spinner and draws something small without words, whether it moves or not.
function namedSpinners() {
  const draws = (part) => painted(part) || hasBorder(getComputedStyle(part)) || matches(part, 'svg, img, canvas');
  const isOne = (element) => {
    const { width, height } = boundsOf(element);
    return width <= 200 && height <= 200 && SPINNER_NAME.test(attribute(element, 'class') ?? '') && !squeeze(textOf(element)) && [element, ...queryAll(element, '*')].some(draws);
  };
  return nearby().filter(isOne);
}

function spinners() {
  const endless = kits().flatMap((kit) => [...kit.endless]);
  const effects = endless.map(({ effect }) => effect).filter((effect) => effect?.target?.isConnected);
  const isLoader = (animation) => isSpinner(animation) || (animation.effect?.target?.isConnected && isDot(animation.effect, effects));
  const own = endless.filter((animation) => isLoader(animation) && isCurrent(animation)).map(({ effect }) => effect.target);
  const drawn = allOf('animateTransform[type=rotate][repeatCount=indefinite]').map((element) => element.ownerSVGElement).filter(Boolean);
  return [...new Set([...own, ...drawn, ...namedSpinners()])].filter(inPicture).map((element) => finding('loading', 'spinner', element));
}

/// A style sheet's animation is over when its element no longer asks for it.
function isCurrent({ animationName, effect }) {
  return !animationName || getComputedStyle(effect.target, effect.pseudoElement).animationName.includes(animationName);
}

function marks() {
  return [
    ...allShown('[aria-busy=true]').map((element) => finding('loading', 'busy', element)),
    ...allShown('progress:not([value]), [role=progressbar]:not([aria-valuenow])').map((element) => finding('loading', 'under way', element)),
  ];
}

/// What shows that the page loads something; `named` are elements that the scene's steps name, so that their loading belongs there.
function loadingSigns(named) {
  const meansLoading = (element) => matches(element, 'progress, [role=progressbar]')
    || [saysLoading, maySayLoading].some((says) => says(squeeze(element.innerText ?? '')));
  const meant = named.filter(meansLoading);
  const belongs = ({ element }) => meant.some((each) => holds(element, each) || holds(drawnParent(each) ?? each, element));
  return [...marks(), ...loadingWords(), ...skeletons(), ...spinners()].filter((sign) => !belongs(sign));
}

/// What moves by the browser's own doing: an animation of seconds, what scripts begin again and again, or a film.
function moving() {
  const isUnderWay = ({ playState, timeline, effect, currentTime }) => {
    if (playState !== 'running' || !(timeline instanceof DocumentTimeline) || !effect?.target) return false;
    return currentTime >= effect.getComputedTiming().delay && inPicture(effect.target);
  };
  const running = roots().flatMap((root) => root.getAnimations()).filter(isUnderWay).map(({ effect }) => finding('moving', 'moves', effect.target));
  const films = allShown('video').filter((film) => !film.paused && !film.ended).map((film) => finding('moving', 'plays', film));
  return [...running, ...films];
}
