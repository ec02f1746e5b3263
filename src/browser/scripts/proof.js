// Shutter proof: what stands between the page and a picture of it. Needs dom.js, semantics.js, locate.js, signs.js,
// resources.js, notices.js, drawn.js and twin.js.
// Takes { address, targets: [{ locator, phrase }], settings: [{ locator, phrase, expect }], named: [locator], mayAlert, allow: [kind],
// secrets: [text], unreachable: [address], frames, wait: ms, patience: ms }.
// Answers { outstanding: [finding], boxes, focus, focused, window, fingerprint, changes, recurrences, twin }: nothing outstanding means
// that the picture may be taken.

// A window that the page opened by itself was not prepared.
window.docentPage ??= { still() {}, endless: new Set(), failed: new WeakSet(), closed: new WeakMap(), hasClosed: false, awaited: () => null, isAnswering: () => false,
  recurrences: () => [], state: null };

/// All text that the picture may show, line by line, shadow trees included.
function linesNow() {
  if (cache.lines) return cache.lines;
  const parts = roots().flatMap((root) => (root.body ? [root.body] : [...root.children]));
  return cache.lines = parts.map((part) => part?.innerText ?? '').join('\n').split('\n').map(squeeze).filter(Boolean);
}

const fieldsNow = () => cache.fields ??= allOf('input, select, textarea').filter(inPicture);

/// All that may be read on a picture, folded: lines, fields and what stands in them while they are empty, what a style sheet draws, and the
/// fields' values one right after the other.
function readableNow() {
  if (cache.readable) return cache.readable;
  const shown = fieldsNow().filter(({ type }) => type !== 'password');
  const groups = allOf('optgroup').filter(inPicture).map(({ label }) => label);
  const parts = [...linesNow(), ...shown.map(({ value }) => value), ...shown.map((field) => attribute(field, 'placeholder') ?? ''), ...groups,
    shown.map(({ value }) => value).join(''), ...roots().map((root) => (root.body ? drawnText(root.body) : ''))];
  return cache.readable = fold(parts.join('\n'));
}

/// Whether the text of an error or a message is what the scene is about: a step names it.
const isNamed = ({ mayAlert, named, targets }) => (text) => mayAlert
  || [...named, ...targets.map(({ locator }) => locator)].some(({ name }) => name && standsIn(text, fold(name)));

const unnamed = (elements, scene) => elements.map((element) => fold(drawnText(element))).filter((text) => text && !isNamed(scene)(text));

function wrong({ address, secrets, ...scene }) {
  const faults = [];
  const page = pageNow();
  if (page.address !== address) faults.push({ about: 'address', detail: page.address });
  if (page.status >= 400) faults.push({ about: 'status', detail: String(page.status) });
  for (const detail of unnamed(alertsNow().filter(isError), scene)) faults.push({ about: 'alert', detail });
  if (secrets.some((secret) => readableNow().includes(fold(secret)))) faults.push({ about: 'secret' });
  return faults;
}

const plainBox = ({ x, y, width, height }) => ({ x, y, width, height });

/// What names the element beside it: its labels, or else the header of its row.
function labelBox(element) {
  const named = [...labelsOf(element), ...byIds(element, 'aria-labelledby')];
  const cell = closest(element, 'td, [role=cell], [role=gridcell]');
  const header = cell?.closest('tr, [role=row]')?.querySelector('th, [role=rowheader]') ?? (cell !== cell?.parentElement?.firstElementChild && cell?.parentElement?.firstElementChild);
  const boxes = (named.length ? named : [header].filter(Boolean))
    .filter((label) => !holds(element, label) && inPicture(label))
    .map((label) => textBox(label) ?? boundsOf(label));
  return boxes.length ? union(boxes) : null;
}

/// Higher than this it is no line with words in it, but a part of the page with much in it.
const HIGH = 80;
/// What is no further from an element is shown beside it in any case.
const NEAR = 40;

/// Where a wide line begins to be read.
function startOf(element, box) {
  const whole = (matches(element, 'input, select, textarea') ? null : textBox(element)) ?? box;
  if (whole.width <= WIDE) return whole;
  const left = getComputedStyle(element).direction === 'rtl' ? whole.right - WIDE : whole.left;
  return new DOMRect(left, whole.top, WIDE, whole.height);
}

/// What must be shown of an element for a person to know it: with the label beside it, of a wide one just the words. null where
/// that is the element itself.
function focusOf(element, box) {
  const isLine = box.width > WIDE && box.height <= HIGH;
  if (box.width > WIDE && !isLine) return null;
  const start = isLine ? startOf(element, box) : box;
  const label = labelBox(element);
  const isBeside = label && (label.left < start.left - NEAR || label.top < start.top - NEAR
    || label.right > start.right + NEAR || label.bottom > start.bottom + NEAR);
  if (!isLine && !isBeside) return null;
  return plainBox(isBeside ? union([start, label]) : start);
}

/// Why nobody sees it.
function unseen(element, box) {
  if (opacityOf(element) < FAINTEST) return 'transparent';
  if (!insideViewport(box)) return 'outside';
  const shown = shownPart(element);
  const { width, height } = boundsOf(element);
  // What has no box of its own is drawn by something else.
  return width * height > 0 && shown.width * shown.height < width * height / 2 ? 'clipped' : null;
}

function targetsNow(targets) {
  const boxes = [], focus = [], faults = [];
  const focused = focusedElement();
  for (const { locator, phrase } of targets) {
    const found = resolve(locator, 'point');
    if (found.failure) { faults.push({ about: found.failure.kind === 'hidden' ? 'hidden' : 'gone', phrase }); continue; }
    const [element] = found.elements;
    const own = eyeBoxOf(element);
    const box = inWindow(own, element);
    const seen = focusOf(element, own);
    boxes.push(plainBox(box));
    focus.push(seen && plainBox(inWindow(seen, element)));
    const reason = unseen(handleOf(element), box);
    const over = reason ? null : cover(element);
    if (reason) faults.push({ about: reason, phrase });
    if (over) faults.push({ about: 'covered', phrase, thing: thingOf(over) });
  }
  return { boxes, focus, focused: focused && inPicture(focused) ? plainBox(inWindow(drawnBox(focused), focused)) : null, faults };
}

/// What no longer is as a step of the scene left it.
function undone(settings) {
  const isUndone = ({ locator, expect }) => {
    const [element] = resolve(locator, 'point').elements ?? [];
    // Many pages take a file and empty the field at once.
    return element && element.type !== 'file' && surprise(element, expect);
  };
  return settings.filter(isUndone).map(({ phrase }) => ({ about: 'undone', phrase }));
}

/// Everything that a picture shows of text, values and layout.
function stateNow(targets, boxes) {
  const root = document.documentElement;
  const values = fieldsNow().map((field) => [field.type === 'password' ? field.value.length : field.value, field.checked]);
  return { lines: linesNow(), values, boxes: boxes.map((box, i) => [targets[i]?.phrase, box]), page: [scrollX, scrollY, root.scrollWidth, root.scrollHeight] };
}

function hashOf(state) {
  const text = JSON.stringify(state);
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/// What differs between two states, as findings.
function changesBetween(before, after) {
  if (!before) return [];
  const missing = (lines, from) => [...new Set(lines)].filter((line) => !from.includes(line)).slice(0, 3);
  const moved = after.boxes.filter(([phrase, box], i) => before.boxes[i] && JSON.stringify(before.boxes[i][1]) !== JSON.stringify(box));
  const changes = [
    ...missing(after.lines, before.lines).map((detail) => ({ about: 'came', detail: shortText(detail, 80) })),
    ...missing(before.lines, after.lines).map((detail) => ({ about: 'went', detail: shortText(detail, 80) })),
    ...moved.map(([phrase]) => ({ about: 'moved', phrase })),
  ];
  if (changes.length) return changes;
  if (JSON.stringify(before.values) !== JSON.stringify(after.values)) return [{ about: 'filled' }];
  return JSON.stringify(before.page) !== JSON.stringify(after.page) ? [{ about: 'scrolled' }] : [];
}

/// In ms. What scripts do more seldom than this is no spinner's turning.
const SELDOM = 2000;

/// What the page does again and again, which a picture may have to wait for to know whether it shows: { what, delay }.
const recurrences = () => kits().flatMap((kit) => kit.recurrences())
  .filter(([, delay]) => delay >= 100 && delay <= SELDOM).map(([source, delay]) => ({ what: hashOf(source), delay }));

/// What is under way, though the picture does not show it, and may well change it: waited for, but not for long.
function underWay({ patience, ...scene }) {
  if (document.readyState !== 'complete' && performance.now() < patience) return true;
  return Boolean(window.docentPage.awaited(patience)) || kits().some((kit) => kit.isAnswering(patience)) || mayGo((alert) => isNamed(scene)(fold(drawnText(alert))), patience);
}

function allowed({ kind }, allow) {
  return allow.includes(kind);
}

async function findings({ allow, unreachable, ...scene }) {
  const { named, targets } = scene;
  const meant = named.flatMap((locator) => resolve(locator, 'see').elements ?? []);
  const shown = [...meant, ...targets.flatMap(({ locator }) => resolve(locator, 'see').elements ?? [])];
  const signs = [...unfinished(), ...moving(), ...loadingSigns(meant), ...consentBanners(shown), ...await broken(unreachable)].filter((each) => !allowed(each, allow));
  return [...signs.map(({ element, ...told }) => told), ...unnamed([...errorTexts(), ...fieldErrors()], scene).map((detail) => ({ about: 'error', detail }))];
}

/// What the browser animates, and pictures that SVG moves by itself.
function stillAll() {
  endAnimations();
  for (const drawing of allOf('svg')) {
    if (drawing.animationsPaused()) continue;
    drawing.setCurrentTime(1000);
    drawing.pauseAnimations();
  }
}

const pause = (ms) => new Promise((resolve) => { afterTime(() => { forget(); resolve(); }, ms); });

const windowNow = () => ({ x: visualViewport.pageLeft, y: visualViewport.pageTop, width: innerWidth, height: innerHeight });

async function prove(request) {
  const deadline = performance.now() + request.wait;
  const { docentPage } = window;
  let still = 0, last = null, changes = [];
  stillAll();
  for (;;) {
    const { boxes, focus, focused, faults } = targetsNow(request.targets);
    const state = stateNow(request.targets, boxes);
    const fingerprint = hashOf(state);
    still = fingerprint === last ? still + 1 : 1;
    last = fingerprint;
    const differs = changesBetween(docentPage.state, state);
    if (differs.length) changes = differs;
    docentPage.state = state;
    const isLate = performance.now() >= deadline;
    let outstanding = [...wrong(request), ...faults, ...undone(request.settings)];
    if (isLate || (!outstanding.length && still >= request.frames)) outstanding = [...outstanding, ...await findings(request)];
    const isReady = !outstanding.length && still >= request.frames;
    const seen = { boxes, focus, focused, window: windowNow(), fingerprint, changes };
    if (isReady && (isLate || !underWay(request))) return { outstanding, ...seen, recurrences: recurrences(), twin: twinNow() };
    if (isLate) {
      const restless = { about: 'restless', detail: null };
      return { outstanding: outstanding.length ? outstanding : [restless, ...changes], ...seen, recurrences: [], twin: [] };
    }
    // To look for everything takes a while: the page gets some time between two looks.
    if (outstanding.length && still >= request.frames) await pause(50);
    await nextFrame();
    stillAll();
  }
}

/// What is drawn at a point, out of shadow trees.
function elementAt(x, y, root = document) {
  const element = root.elementFromPoint(x, y);
  const shadow = element && shadowOf(element);
  return (shadow && shadow !== root && elementAt(x, y, shadow)) || element;
}

/// What is drawn in an area: the smallest element that holds all of it.
function nameAt({ x, y, width, height }) {
  let element = elementAt(x + width / 2, y + height / 2);
  const holdsAll = (box) => box.left <= x + 4 && box.top <= y + 4 && box.right >= x + width - 4 && box.bottom >= y + height - 4;
  while (element && drawnParent(element) && !holdsAll(boundsOf(element))) element = drawnParent(element);
  return element ? thingOf(element) : null;
}
