// What a person takes for a page that is not ready, or is damaged. Needs dom.js, semantics.js and locate.js.
// A finding is { kind, about, thing?, detail? }: `kind` is what @allow takes, `about` is the message's key in shutter.rs.

/// The part of an element's box that is in the window, after whatever around it clips it.
function shownPart(element) {
  let { left, top, right, bottom } = boundsOf(element);
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
  const shift = shiftOf(element);
  [left, right, top, bottom] = [left + shift.x, right + shift.x, top + shift.y, bottom + shift.y];
  clip(frame ? edgesOf(shownPart(frame)) : { left: 0, top: 0, right: innerWidth, bottom: innerHeight }, true, true);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

const edgesOf = ({ x, y, width, height }) => ({ left: x, top: y, right: x + width, bottom: y + height });

/// How far the viewport of an element's document is from the window's: frames stand somewhere on the page.
function shiftOf(element) {
  const frame = frameOf(element);
  if (!frame) return { x: 0, y: 0 };
  const outer = shiftOf(frame), { left, top } = boundsOf(frame);
  return { x: outer.x + left + frame.clientLeft, y: outer.y + top + frame.clientTop };
}

/// Where something of an element's document stands in the window.
function inWindow({ x, y, width, height }, element) {
  const shift = shiftOf(element);
  return new DOMRect(x + shift.x, y + shift.y, width, height);
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

/// What preload.js keeps, of the page and of its frames.
const kits = () => roots().map((root) => root.defaultView?.docentPage).filter(Boolean);

const hasFailed = (element) => Boolean(ownerOf(element).defaultView?.docentPage?.failed.has(element));

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
const saysLoading = (text) => BEGINS_LOADING.test(text) && text.length <= 60 && new RegExp(`^[^.…⋯。]*${GOES_ON}$`, 'u').test(text);
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

function loadingWords() {
  const found = new Set();
  for (const node of textNodes()) {
    const text = squeeze(node.data);
    const element = node.parentElement ?? node.parentNode?.host;
    if (!BEGINS_LOADING.test(text) || !element || matches(element, 'script, style, template, noscript, option')) continue;
    const whole = squeeze(element.innerText ?? '');
    const says = [text, whole].some(saysLoading) || (maySayLoading(whole) && seemsBusy(element));
    if (says && inPicture(element)) found.add(element);
  }
  return [...found].map((element) => finding('loading', 'says', element, shortText(squeeze(element.innerText), 60)));
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

/// A grey as nobody writes or draws with, but which stands for text that is to come.
function isGreyBar(element) {
  if (!matches(element, 'div, span, p, li') || childNodesOf(element).length || hasAttribute(element, 'role') || titleOf(element)) return false;
  if (!isBarShaped(element)) return false;
  const { backgroundColor, backgroundImage, cursor } = getComputedStyle(element);
  const [red, green, blue, alpha = 1] = backgroundColor.match(/[\d.]+/g).map(Number);
  const lightest = Math.max(red, green, blue), darkest = Math.min(red, green, blue);
  return backgroundImage === 'none' && cursor !== 'pointer' && alpha > 0.5 && lightest - darkest <= 12 && darkest >= 190 && lightest <= 245;
}

function skeletons() {
  const named = nearby().filter((element) => SKELETON_NAME.test(calledBy(element)) && isEmpty(element)
    && [element, ...queryAll(element, '*')].some((part) => painted(part) || painted(part, '::before') || painted(part, '::after')));
  const bars = nearby().filter((element) => {
    const next = element.nextElementSibling;
    return next && isGreyBar(element) && isGreyBar(next);
  });
  return [...named, ...bars].filter(inPicture).slice(0, 3).map((element) => finding('loading', 'skeleton', element));
}

/// What turns for ever, or moves for ever and is called a loader, is one. Anything else may move for ever for its beauty's sake.
function isSpinner(animation) {
  const { target } = animation.effect ?? {};
  if (!target?.isConnected) return false;
  const { width, height } = boundsOf(target);
  const isBar = isBarShaped(target) && isEmpty(target) && painted(target);
  const turns = animation.effect.getKeyframes().some(({ transform, rotate }) => /rotate/.test(transform ?? '') || (rotate && rotate !== 'none'));
  return isBar || (turns && width <= 200 && height <= 200)
    || [target, drawnParent(target)].some((element) => element && BUSY_NAME.test(calledBy(element)));
}

function spinners() {
  const endless = kits().flatMap((kit) => [...kit.endless]);
  const own = endless.filter((animation) => isSpinner(animation) && isCurrent(animation)).map(({ effect }) => effect.target);
  const drawn = allOf('animateTransform[type=rotate][repeatCount=indefinite]').map((element) => element.ownerSVGElement).filter(Boolean);
  return [...new Set([...own, ...drawn])].filter(inPicture).map((element) => finding('loading', 'spinner', element));
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

// What is on its way.

const isStyle = (link) => matches(link, 'link[rel~=stylesheet i]:not([rel~=alternate i])') && !link.disabled
  && (!link.media || matchMedia(link.media).matches);

/// An image asked for a second time is answered from the browser's memory, at once or when the first has come.
function imageOf(url) {
  const images = window.docentPage.images ??= new Map();
  if (!images.has(url)) {
    const image = { state: 'loading' };
    const probe = new Image();
    image.settled = new Promise((resolve) => { probe.onload = probe.onerror = resolve; })
      .then(({ type }) => { image.state = type === 'load' ? 'loaded' : 'broken'; });
    probe.src = url;
    images.set(url, image);
  }
  return images.get(url);
}

/// Of the elements in the picture: [element, address] of every image that a style sheet gives them.
function* backgrounds() {
  for (const element of nearby()) {
    for (const pseudo of [undefined, '::before', '::after']) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && style.content === 'none') continue;
      const urls = `${style.backgroundImage} ${style.maskImage} ${style.borderImageSource}`.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g);
      for (const [, url] of urls) if (/^https?:/.test(url) && inPicture(element)) yield [element, url];
    }
  }
}

async function backgroundFaults() {
  const all = [...backgrounds()].map(([element, url]) => [element, url, imageOf(url)]);
  await Promise.race([Promise.all(all.map(([, , image]) => image.settled)), new Promise((resolve) => { setTimeout(resolve, 100); })]);
  return all.filter(([, , { state }]) => state !== 'loaded').map(([element, url, { state }]) => (state === 'loading'
    ? finding('loading', 'background', element, shortened(url))
    : finding('broken-image', 'no background', element, shortened(url))));
}

function isLoadingFrame(frame) {
  try {
    const { URL: url, readyState } = frame.contentDocument;
    const begins = frame.src && !frame.hasAttribute('srcdoc') && !frame.src.startsWith('about:') && url === 'about:blank';
    return begins || readyState === 'loading';
  } catch {
    // Another site's: it has come, or it could be looked into.
    return false;
  }
}

function unfinished() {
  const waits = [];
  const [navigation] = performance.getEntriesByType('navigation');
  if (document.readyState === 'loading' || navigation?.domContentLoadedEventEnd === 0) waits.push(finding('page', 'page'));
  for (const image of allShown('img')) if (!image.complete) waits.push(finding('loading', 'image', image, shortened(image.currentSrc || image.src)));
  for (const frame of allShown('iframe')) if (isLoadingFrame(frame)) waits.push(finding('loading', 'frame', frame, shortened(frame.src)));
  const styles = allOf('link').filter((link) => isStyle(link) && !link.sheet && !hasFailed(link));
  for (const link of styles) waits.push(finding('loading', 'style', null, shortened(link.href)));
  for (const font of document.fonts) if (font.status === 'loading') waits.push(finding('loading', 'font', null, font.family.replace(/"/g, '')));
  return waits;
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

// What did not come.

async function broken() {
  const faults = await backgroundFaults();
  for (const link of allOf('link')) if (isStyle(link) && hasFailed(link)) faults.push(finding('broken-style', 'no style', null, shortened(link.href)));
  for (const image of allShown('img')) {
    const isBroken = image.currentSrc && image.complete && !image.naturalWidth && !await image.decode().then(() => true, () => false);
    if (isBroken) faults.push(finding('broken-image', 'no image', image, shortened(image.currentSrc)));
  }
  for (const font of document.fonts) if (font.status === 'error') faults.push(finding('broken-font', 'no font', null, font.family.replace(/"/g, '')));
  return faults;
}
