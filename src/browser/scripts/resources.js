// What a page has asked for and is still on its way, or did not come. Needs dom.js, semantics.js, locate.js and signs.js.

const isStyle = (link) => matches(link, 'link[rel~=stylesheet i]:not([rel~=alternate i])') && !link.disabled
  && (!link.media || matchMedia(link.media).matches);

/// Whether only a part of an image came, of which the browser draws what there is. To find out it must be decoded, once.
async function isCutOff(image) {
  const known = window.docentPage.cutOff ??= new WeakMap();
  const { currentSrc } = image;
  if (known.get(image)?.currentSrc !== currentSrc) {
    const isCutOff = await createImageBitmap(image).then((bitmap) => bitmap.close(), ({ message }) => /allocated/.test(message));
    known.set(image, { currentSrc, isCutOff: Boolean(isCutOff) });
  }
  return known.get(image).isCutOff;
}

/// An image asked for a second time is answered from the browser's memory, at once or when the first has come.
function imageOf(url) {
  const images = window.docentPage.images ??= new Map();
  if (!images.has(url)) {
    const image = { state: 'loading' };
    const probe = new Image();
    image.settled = new Promise((resolve) => { probe.onload = probe.onerror = resolve; })
      .then(async ({ type }) => { image.state = type === 'load' && !await isCutOff(probe) ? 'loaded' : 'broken'; });
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
      const urls = `${style.backgroundImage} ${style.maskImage} ${style.borderImageSource} ${style.listStyleImage} ${style.content}`.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g);
      for (const [, url] of urls) if (/^https?:/.test(url) && inPicture(element)) yield [element, url];
    }
  }
}

/// Images of elements that do not say themselves how they fare: [element, address].
function* quietImages() {
  for (const element of allShown('image, input[type=image], video[poster]')) {
    if (tagOf(element) === 'video' && element.played.length) continue;
    const address = tagOf(element) === 'image' ? element.href.baseVal : attribute(element, tagOf(element) === 'video' ? 'poster' : 'src');
    const url = address && new URL(address, ownerOf(element).baseURI).href;
    if (/^https?:/.test(url)) yield [element, url];
  }
}

async function imageFaults() {
  const found = (images, late, lost) => [...images].map(([element, url]) => ({ element, url, late, lost, image: imageOf(url) }));
  const all = [...found(backgrounds(), 'background', 'no background'), ...found(quietImages(), 'image', 'no image')];
  await Promise.race([Promise.all(all.map(({ image }) => image.settled)), new Promise((resolve) => { afterTime(resolve, 100); })]);
  return all.filter(({ image }) => image.state !== 'loaded').map(({ element, url, late, lost, image }) => (image.state === 'loading'
    ? finding('loading', late, element, shortened(url))
    : finding('broken-image', lost, element, shortened(url))));
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

/// Of a style sheet's imports those that did not come: { url, isUsed }. The element of which it is says only that something is missing.
function lostImports({ sheet }) {
  const lost = [];
  const rulesOf = (each) => { try { return [...each.cssRules]; } catch { return [{}]; } };
  const look = (importer) => {
    for (const rule of rulesOf(importer).filter(({ styleSheet }) => styleSheet)) {
      const isUsed = matchMedia(rule.media.mediaText).matches;
      if (!rulesOf(rule.styleSheet).length) lost.push({ url: new URL(rule.href, importer.href ?? document.baseURI).href, isUsed });
      else look(rule.styleSheet);
    }
  };
  if (sheet) look(sheet);
  return lost;
}

function lostStyles() {
  const failed = allOf('link, style').filter((element) => hasFailed(element) && (tagOf(element) === 'style' || isStyle(element)));
  const urls = failed.flatMap((element) => {
    const imports = lostImports(element);
    return imports.length || !element.href ? imports.filter(({ isUsed }) => isUsed).map(({ url }) => url) : [element.href];
  });
  return urls.map((url) => finding('broken-style', 'no style', null, shortened(url)));
}

/// Frames that show an error's page, the server's or the browser's own; `unreachable` are addresses that the browser could not get.
function lostFrames(unreachable) {
  const faults = [];
  for (const frame of allShown('iframe')) {
    if (hasAttribute(frame, 'srcdoc') || !attribute(frame, 'src')) continue;
    const [navigation] = documentIn(frame)?.defaultView?.performance.getEntriesByType('navigation') ?? [];
    const status = navigation?.responseStatus ?? 0;
    if (status >= 400) faults.push(finding('broken-frame', 'no frame', frame, `${shortened(frame.src)}, error status ${status}`));
    else if (unreachable.includes(frame.src.split('#')[0])) faults.push(finding('broken-frame', 'no frame', frame, shortened(frame.src)));
  }
  return faults;
}

async function broken(unreachable) {
  const faults = [...await imageFaults(), ...lostStyles(), ...lostFrames(unreachable)];
  for (const image of allShown('img')) {
    const isBroken = image.currentSrc && image.complete && !image.naturalWidth && !await image.decode().then(() => true, () => false);
    if (isBroken) faults.push(finding('broken-image', 'no image', image, shortened(image.currentSrc)));
    else if (image.complete && image.naturalWidth && await isCutOff(image)) faults.push(finding('broken-image', 'cut off', image, shortened(image.currentSrc)));
  }
  for (const font of document.fonts) if (font.status === 'error') faults.push(finding('broken-font', 'no font', null, font.family.replace(/"/g, '')));
  return faults;
}
