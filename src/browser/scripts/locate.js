// Resolves a locator to exactly one element and waits, in the page, until it is ready for what is to be done with it.
// Needs dom.js and semantics.js. Takes { locator, purpose: 'see' | 'see-none' | 'point' | 'click' | 'type', expect?, choose?, token?, wait: ms }.
// Answers { element, role, name, box, filled, address } or { failure: { kind, … }, page }.

/// Whether the element stands still from one frame to another, with time for the page's timers in between: a busy browser draws
/// two frames one right after the other and lets timers wait.
async function rests(element, handle) {
  const before = boxOf(handle);
  const [drawn] = await Promise.all([nextFrame(), new Promise((resolve) => setTimeout(resolve, 20))]);
  forget();
  return (drawn || document.hidden) && element.isConnected && sameBox(before, boxOf(handle));
}

const boxOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

const sameBox = (a, b) => ['x', 'y', 'width', 'height'].every((side) => Math.abs(a[side] - b[side]) < 0.01);

const describe = (element) => ({ role: roleOf(element), name: nameOf(element) });

function textHolders(root, text) {
  return [...everything(root)].filter((element) =>
    !['script', 'style', 'template', 'noscript'].includes(element.localName)
    && squeeze(element.textContent).includes(text)
    && ![...element.children].some((child) => squeeze(child.textContent).includes(text)));
}

function matching(locator, root) {
  const { by, name } = locator;
  if (by === 'text') return textHolders(root, name);
  if (by === 'placeholder') return [...everything(root)].filter((element) => squeeze(element.placeholder || '') === name);
  if (by === 'test-id') return [...everything(root)].filter((element) => element.dataset?.testid === name);
  return [...everything(root)].filter((element) => by.role.includes(roleOf(element)) && nameOf(element, { withHidden: true }) === name
    && (nameOf(element) === name || !isShown(element)));
}

const sized = (element) => [...element.getClientRects()].filter(({ width, height }) => width && height);

/// Where it is drawn: its own rectangles, else (what it holds floats, or it has no box) those of the first thing in it that has any.
function rectsOf(element) {
  const own = sized(element);
  if (own.length) return own;
  for (const inner of everything(element)) {
    const rects = hidden(inner) ? [] : sized(inner);
    if (rects.length) return rects;
  }
  return [];
}

/// What a person sees and clicks of a control: for one that is drawn by its label alone, the label.
function handleOf(element) {
  if (sized(element).length) return element;
  return labelsOf(element).find((label) => !hidden(label) && sized(label).length) || element;
}

const isShown = (element) => !hidden(element) && rectsOf(handleOf(element)).length > 0;

/// Either { elements } that are shown, or { failure }.
function resolve(locator, purpose) {
  let root = document;
  if (locator.within) {
    const outer = resolve(locator.within, 'within');
    if (outer.failure) return { failure: { ...outer.failure, depth: (outer.failure.depth ?? 0) + 1 } };
    root = outer.elements[0];
  }
  const all = matching(locator, root);
  const shown = all.filter(isShown);
  const many = locator.by === 'text' && (purpose === 'see' || purpose === 'see-none');
  if (shown.length === 1 || (shown.length && many)) return { elements: shown };
  if (shown.length) return { failure: { kind: 'several', matches: shown.slice(0, 10).map(placeOf) } };
  if (all.length) return { failure: { kind: 'hidden' } };
  return { failure: { kind: 'missing', root } };
}

/// Where an element stands, for a person who must tell it from its like.
function placeOf(element) {
  const names = [];
  for (let outer = parentOf(element); outer; outer = parentOf(outer)) {
    const role = roleOf(outer);
    if (['region', 'dialog', 'group', 'form', 'navigation', 'row', 'banner', 'contentinfo', 'tabpanel'].includes(role)) {
      names.push({ role, name: nameOf(outer) });
    }
  }
  return { ...describe(element), within: names.slice(0, 2) };
}

/// Everything with a name that is shown: what the page has instead.
function candidates(root) {
  const found = [];
  for (const element of everything(root)) {
    if (found.length >= 400) break;
    if (!isShown(element)) continue;
    const thing = describe(element);
    if (thing.name && thing.role !== 'generic') found.push(thing);
  }
  return found;
}

/// A failure as it is told. Only now: looking at everything in every frame would slow down the page that is waited for.
function told({ root, ...failure }) {
  return root ? { ...failure, candidates: candidates(root) } : failure;
}

function pageNow() {
  const heading = [...document.querySelectorAll('h1, [role=heading]')].find((element) => !hidden(element));
  const alerts = [...document.querySelectorAll('[role=alert]')].filter((element) => !hidden(element)).map((element) => squeeze(element.innerText));
  const [navigation] = performance.getEntriesByType('navigation');
  return {
    address: location.href, title: pageTitle(document), heading: heading ? squeeze(heading.innerText) : '',
    alerts: alerts.filter(Boolean), status: navigation?.responseStatus ?? 0,
    // The browser's own page about one that it could not get.
    isBrowsersOwn: location.protocol === 'chrome-error:',
  };
}

function holds(outer, element) {
  for (let node = element; node; node = drawnParent(node)) if (node === outer) return true;
  return false;
}

function topmost(x, y) {
  let element = document.elementFromPoint(x, y);
  while (element?.shadowRoot) {
    const inner = element.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === element) break;
    element = inner;
  }
  return element;
}

/// What lies over the element at this point, if anything does.
function coverAt(element, x, y) {
  const top = topmost(x, y);
  if (!top || holds(element, top)) return null;
  if (labelsOf(element).some((label) => holds(label, top))) return null;
  return holds(top, element) ? null : top;
}

const inside = (box, { left, top, right, bottom }) =>
  box.x >= left && box.y >= top && box.x + box.width <= right + 0.5 && box.y + box.height <= bottom + 0.5;

const insideViewport = (box) => inside(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });

const scrolls = (node) => getComputedStyle(node).overflow !== 'visible'
  && (node.scrollHeight > node.clientHeight || node.scrollWidth > node.clientWidth);

/// Whether all of it is in the window, and in whatever scrolls around it.
function inView(element) {
  const box = boxOf(element);
  if (!insideViewport(box)) return false;
  for (let node = drawnParent(element); node && node !== document.body; node = drawnParent(node)) {
    if (scrolls(node) && !inside(box, node.getBoundingClientRect())) return false;
  }
  return true;
}

/// The first of the element's rectangles: links may break across lines. WebDriver clicks its middle.
function middle(element) {
  const [rect] = rectsOf(element);
  const left = Math.max(0, rect.left), right = Math.min(innerWidth, rect.right);
  const top = Math.max(0, rect.top), bottom = Math.min(innerHeight, rect.bottom);
  return [(left + right) / 2, (top + bottom) / 2];
}

/// What hides the element: something over its middle, or over most of the points looked at.
function cover(element) {
  const [rect] = rectsOf(element);
  const central = coverAt(element, ...middle(element));
  if (central) return central;
  const points = [[0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]]
    .map(([across, down]) => [rect.left + rect.width * across, rect.top + rect.height * down])
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const covers = points.map(([x, y]) => coverAt(element, x, y)).filter(Boolean);
  return covers.length * 2 > points.length ? covers[0] : null;
}

/// What to click in its place: the browser refuses to click a control whose label lies over it.
function clickable(element) {
  const handle = handleOf(element);
  const top = topmost(...middle(handle));
  return labelsOf(element).find((label) => top && !holds(element, top) && holds(label, top)) || handle;
}

/// Something a person knows it by: the nearest thing around it that has a name.
function nameable(element) {
  for (let node = element; node; node = drawnParent(node)) {
    const thing = describe(node);
    if (thing.name && thing.role !== 'generic') return thing;
  }
  const thing = describe(element);
  return { ...thing, name: thing.name || squeeze(element.innerText || '').slice(0, 60) };
}

/// Looks at an element that may have to be scrolled to, and leaves the page scrolled as it was.
function lookedAt(element, look) {
  if (inView(element)) return look();
  const scrolled = [];
  for (let node = element; node; node = drawnParent(node)) {
    if (scrolls(node)) scrolled.push([node, node.scrollLeft, node.scrollTop]);
  }
  const [x, y] = [scrollX, scrollY];
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const seen = look();
  for (const [node, left, top] of scrolled) scrollElement(node, { left, top, behavior: 'instant' });
  scrollTo({ left: x, top: y, behavior: 'instant' });
  return seen;
}

function disabled(element) {
  return element.matches(':disabled') || Boolean(element.closest('[aria-disabled=true]'));
}

function readOnly(element) {
  return element.readOnly || element.getAttribute('aria-readonly') === 'true';
}

/// What stands between the element and its purpose, or null.
async function obstacle(element, purpose) {
  const handle = handleOf(element);
  if (purpose === 'see') {
    const over = lookedAt(handle, () => cover(handle));
    return over ? { kind: 'covered', by: nameable(over) } : null;
  }
  if (!inView(handle)) handle.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  // Keys go to the field wherever it is.
  if (purpose !== 'type' && !await rests(element, handle)) return { kind: 'moving' };
  if ((purpose === 'click' || purpose === 'type') && disabled(element)) return { kind: 'disabled' };
  if (purpose === 'type' && readOnly(element)) return { kind: 'read-only' };
  const over = cover(handle);
  return over ? { kind: 'covered', by: nameable(over) } : null;
}

/// What a person would say of the element when asked for this property of it.
function observe(element, property) {
  switch (property) {
    case 'checked': return String(element.matches('input') ? element.checked : element.getAttribute('aria-checked') === 'true');
    case 'value': return element.selectedOptions ? squeeze([...element.selectedOptions].map((option) => option.text).join(', ')) : element.value ?? squeeze(element.innerText);
    case 'text': return squeeze(element.innerText);
    case 'enabled': return String(!disabled(element));
    case 'expanded': return String(element.open ?? parentOf(element)?.open ?? element.getAttribute('aria-expanded') === 'true');
    case 'corner': {
      const { x, y, width, height } = boxOf(element);
      const across = (x + width / 2) / innerWidth, down = (y + height / 2) / innerHeight;
      return `${down < 1 / 3 ? 'upper' : down > 2 / 3 ? 'lower' : 'middle'} ${across < 1 / 3 ? 'left' : across > 2 / 3 ? 'right' : 'centre'}`;
    }
    default: throw new Error(`no such property: ${property}`);
  }
}

/// null where the element is as expected, else what it is instead; what is masked stays masked.
function surprise(element, { property, value }) {
  const actual = observe(element, property);
  if (actual === value) return null;
  const masked = element.type === 'password';
  return { kind: 'unexpected', property, masked, actual: masked ? '•'.repeat(actual.length) : actual };
}

/// A driver that chooses an option tells the page of a `change` alone; where a person chooses, `input` comes before it.
function tellInputBeforeChange(list) {
  let told = false;
  const once = { capture: true, once: true };
  list.addEventListener('input', () => { told = true; }, once);
  list.addEventListener('change', () => {
    if (!told) list.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }, once);
}

/// The option of a selection list that a person would choose by this label.
function optionOf(element, label) {
  const options = [...(element.options ?? [])].filter((option) => !option.disabled);
  const option = options.find((each) => squeeze(each.label) === label);
  if (option) tellInputBeforeChange(element);
  return option ? { element: option } : { failure: { kind: 'no-option', options: options.map((each) => squeeze(each.label)) } };
}

async function attempt({ locator, purpose, expect, choose }) {
  const found = resolve(locator, purpose);
  if (purpose === 'see-none') {
    return found.elements || found.failure.kind === 'several' ? { failure: { kind: 'present' } } : { element: null };
  }
  if (found.failure) return found;
  let first = null;
  for (const element of found.elements) {
    const hindrance = (await obstacle(element, purpose)) || (expect && surprise(element, expect));
    if (!hindrance) {
      const chosen = choose === undefined ? {} : optionOf(element, choose);
      const target = purpose === 'click' ? { element: clickable(element) } : { element };
      return { ...describe(element), box: boxOf(handleOf(element)), filled: Boolean(element.value ?? element.textContent), ...target, ...chosen };
    }
    first ??= hindrance;
  }
  return { failure: first };
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

async function locate(request) {
  const deadline = performance.now() + request.wait;
  for (;;) {
    const outcome = await attempt(request);
    if (!outcome.failure) {
      if (request.token) watchForLeaving(request.token);
      return { ...outcome, address: location.href };
    }
    if (performance.now() >= deadline) return { failure: told(outcome.failure), page: pageNow() };
    await nextFrame();
  }
}

/// After a click: the page that comes next has come, or it is known that none will. Takes { token, wait }. Answers `leaving` where
/// another page was asked for but this one is still there: a page cannot tell one that is slow from a download.
async function settle({ token, wait }) {
  const deadline = performance.now() + wait;
  const here = window.docentVisit?.token === token;
  if (here) {
    await nextFrame();
    await nextFrame();
    // Time for the browser to tell its driver.
    const told = Math.min(deadline, performance.now() + 100);
    while (window.docentVisit.leaving && performance.now() < told) await nextFrame();
    if (window.docentVisit.leaving) return { leaving: true, pending: false, page: pageNow() };
  }
  while (document.readyState !== 'complete' && performance.now() < deadline) await nextFrame();
  return { leaving: false, pending: document.readyState !== 'complete', page: pageNow() };
}

/// The names of all things of a kind, in their order, once they are the expected ones. Takes { locator, names, wait }.
async function enumerate({ locator, names, wait }) {
  const deadline = performance.now() + wait;
  for (;;) {
    const outer = locator.within ? resolve(locator.within, 'within') : { elements: [document] };
    const actual = outer.failure ? [] : [...everything(outer.elements[0])]
      .filter((element) => locator.by.role.includes(roleOf(element)) && isShown(element))
      .map((element) => nameOf(element));
    if (JSON.stringify(actual) === JSON.stringify(names) || performance.now() >= deadline) return { actual, page: pageNow() };
    await nextFrame();
  }
}
