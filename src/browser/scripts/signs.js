// What a person takes for a page that is not ready, or is damaged. Needs semantics.js and locate.js.
// A finding is { kind, about, thing?, detail? }: `kind` is what @allow takes, `about` is the message's key in shutter.rs.

/// The part of an element's box that is in the window, after whatever around it clips it.
function shownPart(element) {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  const clip = (box, across, down) => {
    if (across) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
    if (down) [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
  };
  clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight }, true, true);
  let { position } = getComputedStyle(element);
  for (let node = drawnParent(element); node && position !== 'fixed'; node = drawnParent(node)) {
    // What the root and the body clip is the window itself.
    if (node === document.body || node === document.documentElement) break;
    const style = getComputedStyle(node);
    if (position === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
    position = style.position;
    if (style.display !== 'contents' && style.display !== 'inline') {
      clip(node.getBoundingClientRect(), style.overflowX !== 'visible', style.overflowY !== 'visible');
    }
  }
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/// From 0 to 1, its own times that of everything around it.
function opacityOf(element) {
  let opacity = 1;
  for (let node = element; node; node = drawnParent(node)) opacity *= getComputedStyle(node).opacity;
  return opacity;
}

/// Less than this nobody sees.
const FAINTEST = 0.05;

/// Whether the picture shows something of it. What is hidden from assistive technology alone is shown.
function inPicture(element) {
  const { width, height } = shownPart(element);
  return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && opacityOf(element) >= FAINTEST;
}

/// Open shadow roots included.
const allRoots = () => [document, ...[...everything(document)].map((element) => element.shadowRoot).filter(Boolean)];

const allShown = (selector) => [...everything(document)].filter((element) => element.matches(selector) && inPicture(element));

/// An element for a message: by its own name, or by how its HTML begins and what it is in.
function thingOf(element) {
  const html = element.cloneNode(false).outerHTML.replace(/<\/[^>]*>$/, '').slice(0, 100);
  for (let node = element; node; node = drawnParent(node)) {
    const thing = describe(node);
    if (thing.name && thing.role !== 'generic') return { ...thing, html, isOwn: node === element };
  }
  return { role: '', name: '', html, isOwn: false };
}

const finding = (kind, about, element, detail) => ({ kind, about, element, thing: element ? thingOf(element) : null, detail });

const shortened = (url) => {
  const { origin, pathname } = new URL(url, document.baseURI);
  return url.startsWith('data:') ? 'data:' : origin === location.origin ? pathname : origin + pathname;
};

// The beginnings of "Loading", "Please wait" and their like in the six languages of the United Nations.
const LOADING = [
  'loading', 'please wait', 'just a moment', 'one moment', 'fetching',
  'chargement', 'veuillez patienter', 'patientez', 'un instant',
  'cargando', 'espere', 'por favor,? espere', 'un momento',
  'загрузка', 'загружается', 'подождите', 'пожалуйста,? подождите', 'идёт загрузка', 'идет загрузка',
  'جارٍ التحميل', 'جار التحميل', 'جاري التحميل', 'يرجى الانتظار', 'الرجاء الانتظار', 'لحظة من فضلك',
  '正在加载', '加载中', '载入中', '请稍候', '请稍等', '请等待',
].join('|');
const GOES_ON = String.raw`(?:…|⋯|\.{3}|。{3})`;
// Chinese has no spaces between words.
const BEGINS_LOADING = new RegExp(`^(?:${LOADING})(?:(?<=\\p{Script=Han})|(?![\\p{L}\\p{N}]))`, 'iu');
/// "Loading…", "Loading your documents …".
const saysLoading = (text) => BEGINS_LOADING.test(text) && text.length <= 60 && new RegExp(`^[^.…⋯。]*${GOES_ON}$`, 'u').test(text);
/// The mere word, which could be a menu's, too.
const maySayLoading = (text) => new RegExp(`^(?:${LOADING})[\\s.!:…⋯。]*$`, 'iu').test(text);

const BUSY_NAME = /load(?:ing|er)|spin(?:ner|ning)?\b|busy|progress|skeleton|shimmer|pending|please-?wait/i;
const SKELETON_NAME = /skeleton|shimmer|placeholder-(?:glow|wave)/i;

/// What its author calls an element.
const calledBy = (element) => `${element.getAttribute('class') ?? ''} ${element.id} ${element.localName}`;

function* textNodes() {
  for (const root of allRoots()) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) yield walker.currentNode;
  }
}

function seemsBusy(element) {
  for (let node = element, steps = 0; node && steps < 4; node = drawnParent(node), steps++) {
    if (BUSY_NAME.test(calledBy(node)) || node.matches('[aria-busy=true], [role=status], [role=progressbar], [aria-live]')) return true;
    if (node.getAnimations({ subtree: true }).length) return true;
  }
  return false;
}

function loadingWords() {
  const found = new Set();
  for (const node of textNodes()) {
    const text = squeeze(node.data);
    const element = node.parentElement;
    if (!BEGINS_LOADING.test(text) || !element || element.matches('script, style, template, noscript, option')) continue;
    const whole = squeeze(element.innerText ?? '');
    const says = [text, whole].some(saysLoading) || (maySayLoading(whole) && seemsBusy(element));
    if (says && inPicture(element)) found.add(element);
  }
  return [...found].map((element) => finding('loading', 'says', element, squeeze(element.innerText).slice(0, 60)));
}

function painted(element, pseudo) {
  const { backgroundColor, backgroundImage, content } = getComputedStyle(element, pseudo);
  if (pseudo && content === 'none') return false;
  return backgroundImage !== 'none' || !/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor);
}

const isEmpty = (element) => !squeeze(element.innerText ?? element.textContent ?? '')
  && !element.querySelector('img, svg, canvas, video, iframe, input, button, a');

/// As high as a line of text, and longer than it is high.
function isBarShaped(element) {
  const { width, height } = element.getBoundingClientRect();
  return height >= 6 && height <= 40 && width >= 3 * height;
}

/// A grey as nobody writes or draws with, but which stands for text that is to come.
function isGreyBar(element) {
  if (!element.matches('div, span, p, li') || element.childNodes.length || element.hasAttribute('role') || element.title) return false;
  if (!isBarShaped(element)) return false;
  const { backgroundColor, backgroundImage, cursor } = getComputedStyle(element);
  const [red, green, blue, alpha = 1] = backgroundColor.match(/[\d.]+/g).map(Number);
  const lightest = Math.max(red, green, blue), darkest = Math.min(red, green, blue);
  return backgroundImage === 'none' && cursor !== 'pointer' && alpha > 0.5 && lightest - darkest <= 12 && darkest >= 190 && lightest <= 245;
}

function skeletons() {
  const named = [...everything(document.body)].filter((element) => SKELETON_NAME.test(calledBy(element)) && isEmpty(element)
    && [element, ...element.querySelectorAll('*')].some((part) => painted(part) || painted(part, '::before') || painted(part, '::after')));
  const bars = [...everything(document.body)].filter((element) => {
    const next = element.nextElementSibling;
    return next && isGreyBar(element) && isGreyBar(next);
  });
  return [...named, ...bars].filter(inPicture).slice(0, 3).map((element) => finding('loading', 'skeleton', element));
}

/// What turns for ever, or moves for ever and is called a loader, is one. Anything else may move for ever for its beauty's sake.
function isSpinner(animation) {
  const { target } = animation.effect ?? {};
  if (!target?.isConnected) return false;
  const { width, height } = target.getBoundingClientRect();
  const isBar = isBarShaped(target) && isEmpty(target) && painted(target);
  const turns = animation.effect.getKeyframes().some(({ transform, rotate }) => /rotate/.test(transform ?? '') || (rotate && rotate !== 'none'));
  return isBar || (turns && width <= 200 && height <= 200)
    || [target, drawnParent(target)].some((element) => element && BUSY_NAME.test(calledBy(element)));
}

function spinners() {
  const { endless } = window.docentPage;
  for (const animation of endless) if (!animation.effect?.target?.isConnected) endless.delete(animation);
  const own = [...endless].filter((animation) => isSpinner(animation) && isCurrent(animation)).map(({ effect }) => effect.target);
  const drawn = [...everything(document.body)]
    .filter((element) => element.matches('animateTransform[type=rotate][repeatCount=indefinite]'))
    .map((element) => element.ownerSVGElement);
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
  const meansLoading = (element) => element.matches('progress, [role=progressbar]')
    || [saysLoading, maySayLoading].some((says) => says(squeeze(element.innerText ?? '')));
  const meant = named.filter(meansLoading);
  const belongs = ({ element }) => meant.some((each) => holds(element, each) || holds(drawnParent(each) ?? each, element));
  return [...marks(), ...loadingWords(), ...skeletons(), ...spinners()].filter((sign) => !belongs(sign));
}

// What is on its way.

const isStyle = (link) => link.matches('link[rel~=stylesheet i]:not([rel~=alternate i])') && !link.disabled
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

const isInWindow = ({ left, top, right, bottom }) => right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;

/// Of the elements in the picture: [element, address] of every image that a style sheet gives them.
function* backgrounds() {
  for (const element of everything(document)) {
    if (!isInWindow(element.getBoundingClientRect())) continue;
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
  const { failed } = window.docentPage;
  for (const element of everything(document)) {
    if (element.localName === 'img' && !element.complete && inPicture(element)) waits.push(finding('loading', 'image', element, shortened(element.currentSrc || element.src)));
    if (element.localName === 'iframe' && inPicture(element) && isLoadingFrame(element)) waits.push(finding('loading', 'frame', element, shortened(element.src)));
    if (element.localName === 'link' && isStyle(element) && !element.sheet && !failed.has(element)) waits.push(finding('loading', 'style', null, shortened(element.href)));
  }
  for (const font of document.fonts) if (font.status === 'loading') waits.push(finding('loading', 'font', null, font.family.replace(/"/g, '')));
  return waits;
}

/// What moves by the browser's own doing: animations end at once, so this is what scripts begin again and again, or a film.
function moving() {
  const running = allRoots().flatMap((root) => root.getAnimations())
    .filter(({ playState, timeline, effect }) => playState === 'running' && timeline === document.timeline && effect?.target && inPicture(effect.target))
    .map(({ effect }) => finding('moving', 'moves', effect.target));
  const films = allShown('video').filter((film) => !film.paused && !film.ended).map((film) => finding('moving', 'plays', film));
  return [...running, ...films];
}

// What did not come.

async function broken() {
  const { failed } = window.docentPage;
  const faults = await backgroundFaults();
  for (const element of everything(document)) {
    if (element.localName === 'link' && isStyle(element) && failed.has(element)) faults.push(finding('broken-style', 'no style', null, shortened(element.href)));
    if (element.localName === 'img' && element.currentSrc && element.complete && !element.naturalWidth && inPicture(element)
      && !await element.decode().then(() => true, () => false)) {
      faults.push(finding('broken-image', 'no image', element, shortened(element.currentSrc)));
    }
  }
  for (const font of document.fonts) if (font.status === 'error') faults.push(finding('broken-font', 'no font', null, font.family.replace(/"/g, '')));
  return faults;
}
