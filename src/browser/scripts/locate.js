// Resolves a locator to exactly one element and waits, in the page, until it is ready for what is to be done with it.
// Needs dom.js, semantics.js, visibility.js, cover.js, text.js, match.js, control.js, order.js, state.js and act.js.
// Takes { locator, purpose: 'see' | 'see-none' | 'announced' | 'point' | 'click' | 'type', expect?, choose?, text?, token?, wait: ms, lasting?: ms }.
// `lasting`: what is found must still be so when the page has answered what was done last, which is waited for so long at most.
// Answers { element, role, name, box, point, way, address, … } or { failure: { kind, … }, page }.

/// Whether the element stands still from one frame to another, with time for the page's timers in between: a busy browser draws
/// two frames one right after the other and lets timers wait.
async function rests(element, handle) {
  const before = boxOf(handle);
  const [isDrawnNow] = await Promise.all([nextFrame(), new Promise((resolve) => { afterTime(resolve, 20); })]);
  forget();
  return (isDrawnNow || document.hidden) && isAttached(element) && sameBox(before, boxOf(handle));
}

const shownNow = (selector, role) => roots().flatMap((root) => [...queryAll(root, selector)]).filter((element) => roleOf(element) === role && isShown(element));

const alertsNow = () => shownNow('[role=alert]', 'alert');

function pageNow() {
  const [heading] = shownNow('h1, [role=heading]', 'heading');
  const alerts = alertsNow().map((element) => fold(drawnText(element)));
  const [navigation] = performance.getEntriesByType('navigation');
  return {
    address: location.href, title: pageTitle(document), heading: heading ? fold(drawnText(heading)) : '',
    alerts: alerts.filter(Boolean), status: navigation?.responseStatus ?? 0,
    // The browser's own page about one that it could not get.
    isBrowsersOwn: location.protocol === 'chrome-error:',
  };
}

/// What stands between the element and its purpose, or null.
async function obstacle(element, { purpose, locator, hover = false }) {
  const handle = handleOf(element);
  const isMouse = purpose === 'click' || hover, isByRole = typeof locator.by !== 'string';
  const blocking = isMouse ? () => clickPoint(element).over ?? null : () => cover(element, true);
  if (purpose === 'see') {
    // Of a role it is what assistive technology can reach.
    if (isByRole && getComputedStyle(element).interactivity === 'inert') return { kind: 'concealed' };
    return covered(lookedAt(handle, blocking), handle);
  }
  if (purpose !== 'type' && !isMapped(handle)) return { kind: 'distorted' };
  if (!inView(handle)) {
    bring(handle, 'center');
    for (const kit of kits()) kit.beginAnswer?.();
  }
  // Keys go to the field wherever it is.
  if (purpose !== 'type' && !await rests(element, handle)) return { kind: 'moving' };
  if ((purpose === 'click' || purpose === 'type') && disabled(element)) return { kind: 'disabled' };
  if (purpose === 'type' && readOnly(element)) return { kind: 'read-only' };
  if (purpose === 'click' && (getComputedStyle(handle).pointerEvents === 'none' || isInert(handle))) return { kind: 'unclickable' };
  // Out from under what stays on top, as a person scrolls.
  let over = blocking();
  for (const _ of over ? placed(handle) : []) {
    over = blocking();
    if (over) continue;
    if (purpose !== 'type' && !await rests(element, handle)) return { kind: 'moving' };
    break;
  }
  return covered(over, handle);
}

const covered = (over, handle) => {
  if (!over) return null;
  return over === handle ? { kind: 'hidden' } : { kind: 'covered', by: nameable(over) };
};

/// What else is to be known or done once an element is ready.
function readied(element, { purpose, choose, text, uploads, token }) {
  if (choose !== undefined) {
    if (tagOf(element) === 'select') return chooseNative(element, choose);
    if (element.list) return chooseSuggestion(element, choose);
    if (['combobox', 'listbox', 'button', 'textbox', 'searchbox'].includes(kindRole(element))) return chooseByAria(element, choose);
    return { failure: { kind: 'no-option', options: [] } };
  }
  if (uploads) return prepareUpload(element, token);
  return purpose === 'type' ? prepareTyping(element, text) : {};
}

/// An element as it is answered. The driver knows elements of the page's own document only.
function found(element, request) {
  const ready = readied(element, request);
  if (ready.failure) return ready;
  window.docentField = ready.way === 'open' || ready.way === 'option' ? element : null;
  if (['click', 'type'].includes(request.purpose)) window.docentDone = element;
  const target = ready.element ?? element;
  return {
    ...describe(element), way: null, ...ready, element: ownerOf(target) === document ? target : null,
    isNative: ['select', 'option', 'optgroup'].includes(tagOf(target)),
    box: boxOf(handleOf(element)), target, values: request.expect?.property === 'typed' && element.type !== 'password' ? valuesOf(element) : null,
  };
}

const LIVE = ':is([role=status], [role=alert], [role=log], output):not([aria-live=off]), [aria-live=polite], [aria-live=assertive]';

/// What a screen reader says of a live region: such regions are often not drawn, and what is hidden from it is left out.
function announcement(element) {
  if (hidden(element) && getComputedStyle(element).visibility === 'visible') return '';
  const parts = partsOf(element).map((part) => {
    if (part.nodeType === Node.TEXT_NODE) return hidden(element) ? '' : part.data;
    if (part.nodeType !== Node.ELEMENT_NODE || matches(part, '[aria-live=off]')) return '';
    const inner = announcement(part) || nameOf(part);
    return setApart(part, getComputedStyle(part)) ? ` ${inner} ` : inner;
  });
  return parts.join('');
}

/// Outside of a modal dialog nothing is announced.
const isAnnounced = (text) => roots().some((root) => [...queryAll(root, LIVE)]
  .some((region) => !modalOver(region) && !closest(region, '[aria-busy=true]') && standsIn(fold(announcement(region)), text)))
  || kits().some(({ notified }) => notified?.some((each) => standsIn(fold(each), text)));

/// The field whose list was opened. What opens may hide all else from assistive technology, the field included.
function resumed() {
  const field = window.docentField;
  return field && isAttached(field) && isDrawn(handleOf(field)) ? { elements: [field] } : null;
}

/// What something was done to just now: what is called so, or the same element, which the page may have renamed since. { isGone } where
/// the page has taken it away or is another one: it went on by what was done.
function doneTo({ elements = [] }) {
  const element = window.docentDone, isThere = element && isAttached(element) && isShown(element);
  return elements.length || isThere ? { elements: [...new Set([...elements, ...(isThere ? [element] : [])])] } : { isGone: true };
}

async function attempt(request) {
  const { locator, purpose, expect } = request;
  isFixedWindow = request.isFixed === true;
  // The page around this frame has looked at what is in it.
  if (request.isSeenInto) return { element: null, frames: framesToEnter(locator) };
  if (purpose === 'announced') {
    return isAnnounced(fold(locator.name)) ? { element: null } : { failure: { kind: 'missing', places: [document], locator } };
  }
  const named = request.resume && resumed() || resolve(locator, purpose);
  const resolved = request.isDone ? doneTo(named) : named;
  if (resolved.isGone) return { element: null, isGone: true };
  if (purpose === 'see-none') {
    // Where there is no such row, nothing is said of what is in it.
    if (resolved.failure?.depth) return resolved;
    if (resolved.elements || resolved.failure.kind === 'several') return { failure: { kind: 'present' } };
    return { element: null, frames: framesToEnter(locator) };
  }
  if (resolved.failure) return resolved;
  let first = null;
  for (const element of resolved.elements) {
    const isInTheWay = !request.resume && await obstacle(element, request);
    const hindrance = isInTheWay || (expect && surprise(element, expect));
    if (!hindrance) return pressable(found(element, request), request);
    first ??= hindrance;
  }
  return { failure: first };
}

/// With the point to press, where the mouse is to be used.
async function pressable({ target, ...outcome }, request) {
  const { purpose } = request;
  if (request.hover) return { ...outcome, point: clickPoint(target).point };
  if (outcome.failure || purpose !== 'click') return outcome;
  if (outcome.way === 'option') {
    const hindrance = await obstacle(target, request);
    if (hindrance) return { failure: hindrance };
  }
  if (!outcome.isNative && outcome.way !== 'set') {
    outcome.point = clickPoint(target).point;
    if (!outcome.point) return { failure: { kind: 'moving' } };
    watchClick(target, request);
  }
  return outcome;
}

const COMES = ['pointerover', 'pointermove'];

const PRESSES = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'contextmenu', 'auxclick'];

/// The last event of each way to press.
const LAST = { once: 'click', twice: 'dblclick', right: 'auxclick' };

/// What an event's path shows of an element: of one in a closed shadow tree, the host.
function outOfClosed(element) {
  const root = rootOf(element);
  return root.mode === 'closed' ? outOfClosed(root.host) : element;
}

/// Keeps the next click from what is not meant: between being looked at and being clicked an element may be replaced, renamed or covered.
/// Nothing of such a click reaches the page, and it is made again.
function watchClick(target, { token, locator, press = 'once' }) {
  const parts = [target, handleOf(target), ...labelsOf(target)];
  const views = [...new Set(roots().map((root) => (root.ownerDocument ?? root).defaultView))];
  const ownText = (part) => [...childNodesOf(part)].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join();
  const written = () => parts.flatMap((part) => [part, ...everything(part)])
    .map((part) => [ownText(part), attribute(part, 'aria-label'), attribute(part, 'value')]).join();
  const name = written();
  // Rows change places, and long lists use the same elements again for other rows.
  const places = (locator.within && resolve(locator.within, 'within').elements) ?? [];
  const isInPlace = () => !places.length || resolve(locator.within, 'within').elements?.[0] === places[0];
  // Its words are asked for as the mouse comes: many say something else as long as it is there.
  let isNamed = null, verdict = null;
  const check = (event) => {
    if (!event.isTrusted) return;
    const isOn = parts.some((part) => event.composedPath().some((node) => node.nodeType === Node.ELEMENT_NODE && holds(outOfClosed(part), node)));
    if (isOn) isNamed ??= written() === name;
    if (COMES.includes(event.type)) return;
    if (verdict === null) {
      forget();
      verdict = isOn && isNamed && isInPlace();
    }
    if (!verdict) {
      event.preventDefault();
      event.stopImmediatePropagation();
      window.docentVisit = { ...window.docentVisit, token, missed: true };
    }
    if (event.type === LAST[press]) views.forEach(release);
  };
  const release = (view) => [...COMES, ...PRESSES].forEach((press) => view.removeEventListener(press, check, true));
  // The one before may have gone nowhere.
  window.docentRelease?.();
  window.docentRelease = () => views.forEach(release);
  for (const view of views) [...COMES, ...PRESSES].forEach((press) => view.addEventListener(press, check, true));
}

/// Notes whether the page is about to be left, so that what comes after a click can be waited for.
function watchForLeaving(token) {
  window.docentVisit = { token, leaving: false };
  if (!window.navigation || window.docentWatched) return;
  window.docentWatched = true;
  navigation.addEventListener('navigate', (event) => {
    const staysHere = event.hashChange || event.downloadRequest !== null || event.defaultPrevented;
    if (!staysHere) window.docentVisit.leaving = true;
  });
  for (const end of ['navigatesuccess', 'navigateerror']) {
    navigation.addEventListener(end, () => { window.docentVisit.leaving = false; });
  }
}

/// Lets animations end that have yet to begin, which no event tells of, or that came with shadow roots in the page's source.
function endAnimations() {
  for (const root of roots()) (root.ownerDocument ?? root).defaultView?.docentPage?.still(root);
}

/// What preload.js keeps, of the page and of its frames.
const kits = () => roots().map((root) => root.defaultView?.docentPage).filter(Boolean);

/// In ms: what a page takes back for its own reasons, it takes back within this.
const SOON = 1000;

/// Asked once a frame: whether the page has yet to answer what was done last, or has done so just now.
function unrest(longest = 0) {
  const end = performance.now() + longest;
  let calmFrames = 2;
  return () => {
    if (performance.now() >= end) return false;
    calmFrames = kits().some((kit) => kit.isAnswering?.(longest)) ? 0 : calmFrames + 1;
    return calmFrames < 3;
  };
}

/// In ms: what is transparent in sight for longer does not fade in by itself.
const FADING = 500;

/// Asked once a frame: whether something that is transparent may appear when it is scrolled to. What is in sight is left where it is for as
/// long as it may fade in: a tool tip would close if the page was scrolled below the mouse.
function patience() {
  let since = null, last = null;
  return (element) => {
    if (element !== last) [last, since] = [element, performance.now()];
    return !inView(element) || performance.now() - since > FADING;
  };
}

async function locate(request) {
  await window.docentDue;
  noteSought(request);
  const deadline = deadlineIn(request.wait);
  const mayChange = unrest(request.lasting);
  if (request.lasting) endAnimations();
  let scrolledTo = null;
  const mayNeedScrolling = patience();
  for (;;) {
    const outcome = await attempt(request);
    const { unseen } = outcome.failure ?? {};
    if (unseen && unseen !== scrolledTo && mayNeedScrolling(unseen)) bring(scrolledTo = unseen, 'center');
    if (!outcome.failure && !mayChange()) {
      if (request.token) watchForLeaving(request.token);
      return { ...outcome, address: location.href };
    }
    if (outcome.failure && isThorough && performance.now() >= deadline) return { failure: reported(outcome.failure), page: pageNow() };
    endAnimations();
    await nextFrame();
    isThorough = !outcome.failure || performance.now() >= deadline;
  }
}

/// How long pictures, frames and what else a document loads are waited for once it is parsed: one that never comes holds nobody up.
const LOAD_GRACE = 500;

/// The page's document is parsed, and has loaded what it loads if that is quick.
async function arrived(deadline) {
  while (readyState(document) === 'loading' && performance.now() < deadline) await nextFrame();
  const enough = Math.min(deadline, performance.now() + LOAD_GRACE);
  while (readyState(document) !== 'complete' && performance.now() < enough) await nextFrame();
  return readyState(document) !== 'loading';
}

/// After a click: the page that comes next has come, or it is known that none will. Takes { token, wait }. Answers `leaving` where
/// another page was asked for but this one is still there: a page cannot tell one that is slow from a download. `missed`: the click
/// would have reached something else, and was kept from it.
async function settle({ token, wait }) {
  await window.docentDue;
  const deadline = performance.now() + wait;
  const here = window.docentVisit?.token === token;
  if (here) {
    await nextFrame();
    await nextFrame();
    if (window.docentVisit.missed) return { leaving: false, pending: false, missed: true, page: pageNow() };
    // Time for the browser to tell its driver.
    const noticed = Math.min(deadline, performance.now() + 100);
    while (window.docentVisit.leaving && performance.now() < noticed) await nextFrame();
    if (window.docentVisit.leaving) return { leaving: true, pending: false, missed: false, page: pageNow() };
  }
  const isPending = !await arrived(deadline);
  return { leaving: false, pending: isPending, missed: false, page: pageNow() };
}

/// Whether the browser is where it should be: what the expected address leaves out (query, fragment) is not compared, and `…` stands
/// for anything.
function isAt(expected) {
  const { origin, pathname, search, hash } = location;
  const [, start, query = '', fragment = ''] = expected.match(/^([^?#]*)(\?[^#]*)?(#.*)?$/);
  const fits = (part, actual) => new RegExp(`^${part.split('…').map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(actual);
  const decoded = (text) => { try { return decodeURI(text); } catch { return text; } };
  // A form writes a space in a query as "+" (URL Standard, "application/x-www-form-urlencoded").
  const spaced = (text) => decoded(text.startsWith('?') ? text.replaceAll('+', ' ') : text);
  const same = (part, actual) => !part || [(text) => text, decoded, spaced].some((read) => fits(read(part), read(actual)));
  return same(start, origin === 'null' ? location.href.replace(/[?#].*$/, '') : origin + pathname) && same(query, search) && same(fragment, hash);
}

/// Waits until the browser is at an address. Takes { expected, wait }.
async function arrive({ expected, wait }) {
  const deadline = performance.now() + wait;
  const mayChange = unrest(wait);
  while ((!isAt(expected) || mayChange()) && performance.now() < deadline) await nextFrame();
  await arrived(deadline);
  return { isThere: isAt(expected), page: pageNow() };
}

/// The names of all things of a kind, in their order, once they are the expected ones. Takes { locator, names, wait }.
async function enumerate({ locator, names, wait }) {
  noteSought({ locator, names });
  const deadline = deadlineIn(wait), mayChange = unrest(wait);
  endAnimations();
  for (;;) {
    const outer = locator.within ? resolve(locator.within, 'within') : {};
    const places = outer.elements ? insideOf(outer.elements[0], fold(locator.within.name)) : [document];
    const all = outer.failure ? [] : asDrawn(listed(locator, places));
    const isCalled = (own, name) => own.some((each) => each === name || shortNames(each).includes(name));
    const isSame = !outer.failure && all.length === names.length && all.every(({ own }, index) => isCalled(own, fold(names[index])));
    const seen = all.filter(({ element }) => !element || !lookedAt(handleOf(element), () => cover(element)));
    const isSeen = isSame && seen.length === all.length;
    const others = outer.failure ? ['nothing, for what it should be in is not there'] : seen.map(({ own: [first] }) => first);
    const actual = isSeen ? names : others;
    if ((isSeen && !mayChange()) || performance.now() >= deadline) return { actual, page: pageNow() };
    endAnimations();
    await nextFrame();
  }
}

/// Everything of a kind that is shown: { node, element, own: all that it is called }; of texts the lines, which are no elements.
function listed(locator, places) {
  if (locator.by === 'text' || locator.by === 'whole-text') return places.flatMap((place) => [...lines(place)]).map(({ text, from }) => ({ node: from, own: [text] }));
  const shown = ofKind(locator, places).filter(isSeen);
  const called = (element) => {
    if (locator.by === 'placeholder') return [fold(attribute(element, 'placeholder'))];
    return locator.by === 'test-id' ? [attribute(element, 'data-testid')] : namesOf(element);
  };
  return shown.map((element) => ({ node: element, element, own: called(element) }));
}
