// Runs in every new document before the page's own scripts. What differs between two runs is made constant, and what the camera
// asks for later is recorded. Takes { now: ms since 1970, or null to leave the clock alone }.
// Animations and transitions are not stopped. Short ones run so fast that they end at once, with all their events, and endless ones
// end after one such round. Long ones take their time: many pages take a message away when an animation of seconds ends.
(({ now }) => {
  const { observed, ...answer } = window[Symbol.for('docent.answer')];

  const calm = new CSSStyleSheet();
  calm.replaceSync('*, ::before, ::after { caret-color: transparent !important; }');

  /// Of elements: what could not be loaded.
  const failed = new WeakSet();
  /// Closed shadow roots by their hosts: no script of ours could look into them.
  const closed = new WeakMap();
  /// Animations that had no end.
  const endless = new Set();

  /// Animations that were made to end at once, which takes a frame or two.
  const hastened = new WeakSet();

  /// In ms. What plays for longer is a time that the page gives a person, unless it shows what could not be seen.
  const SHORT = 1000;
  const RATE = 1000;

  const appears = (effect) => {
    const opacities = effect.getKeyframes().map(({ opacity }) => opacity).filter((opacity) => opacity !== undefined).map(Number);
    return opacities.length > 1 && opacities.at(-1) > opacities[0];
  };

  function isLong(animation) {
    const { effect, currentTime } = animation;
    const { delay, activeDuration } = effect.getComputedTiming();
    return activeDuration + Math.max(0, delay - currentTime) > SHORT && !(animation instanceof CSSTransition) && !appears(effect);
  }

  function hasten(animation) {
    const { effect, timeline, playState } = animation;
    if (!effect || timeline !== document.timeline || playState !== 'running' || animation.playbackRate === RATE) return;
    if (effect.getTiming().iterations === Infinity) {
      endless.add(animation);
      effect.updateTiming({ iterations: 1 });
      animation.finished.then(() => show(animation), () => {});
    } else if (isLong(animation)) return;
    hastened.add(animation);
    animation.updatePlaybackRate(RATE);
  }

  /// What is transparent but for its animation, a slide of a carousel for instance, stays as it is when it is seen best.
  function show(animation) {
    const { effect } = animation;
    if (!effect?.target || effect.pseudoElement || getComputedStyle(effect.target).opacity > 0) return;
    const frames = effect.getKeyframes().filter(({ opacity }) => opacity !== undefined);
    const [brightest] = frames.sort((a, b) => b.opacity - a.opacity);
    if (!(brightest?.opacity > 0)) return;
    animation.pause();
    animation.currentTime = brightest.computedOffset * effect.getTiming().duration;
  }

  /// Roots in which animations have started. Pages start many at a time: they are gone through once.
  const started = new Set();
  function hastenSoon({ currentTarget: root }) {
    if (!started.size) queueMicrotask(() => {
      started.forEach((each) => each.getAnimations().forEach(hasten));
      started.clear();
    });
    started.add(root);
  }

  /// A document or an open or closed shadow root: calmed, and its events recorded, which do not leave a shadow tree.
  function watch(root) {
    still(root);
    // When it begins, and when the time before it is over.
    for (const type of ['transitionrun', 'transitionstart', 'animationstart']) root.addEventListener(type, hastenSoon, true);
    root.addEventListener('error', ({ target }) => { if (target instanceof Element) failed.add(target); }, true);
    root.addEventListener('load', ({ target }) => failed.delete(target), true);
    answer.watch(root);
  }

  /// Makes good what the page may have undone, or what came without a call, such as shadow roots in the page's source.
  function still(root) {
    if (!root.adoptedStyleSheets.includes(calm)) root.adoptedStyleSheets.push(calm);
    root.getAnimations().forEach(hasten);
  }

  for (const { prototype } of [Document, ShadowRoot]) {
    const native = Object.getOwnPropertyDescriptor(prototype, 'adoptedStyleSheets');
    Object.defineProperty(prototype, 'adoptedStyleSheets', {
      ...native,
      set(sheets) {
        const ours = (this.ownerDocument ?? this) === document ? [calm] : [];
        native.set.call(this, [...new Set([...sheets, ...ours])]);
      },
    });
  }
  observed(Element.prototype, 'attachShadow', {
    after(root) {
      watch(root);
      if (root.mode !== 'closed') return;
      closed.set(root.host, root);
      page.hasClosed = true;
    },
  });
  observed(Element.prototype, 'animate', { after: hasten });

  watch(document);

  /// The file field that something opens. The browser's dialog for files, which nothing can answer, does not open meanwhile.
  function fileFieldOpenedBy(act) {
    fieldOpened = null;
    isCatching = true;
    try { act(); } finally { isCatching = false; }
    return fieldOpened;
  }
  let isCatching = false, fieldOpened = null;
  for (const [owner, name] of [[HTMLElement.prototype, 'click'], [HTMLInputElement.prototype, 'showPicker']]) {
    owner[name] = new Proxy(owner[name], {
      apply(target, self, given) {
        if (!isCatching || self?.type !== 'file') return Reflect.apply(target, self, given);
        fieldOpened = self;
        return undefined;
      },
    });
  }

  const isEnding = (animation) => hastened.has(animation) && animation.playState === 'running';
  const isAnswering = (patience) => answer.isDue(patience) || document.getAnimations().some(isEnding);
  const page = {
    ...answer, isAnswering, fileFieldOpenedBy, still, endless, failed, closed, hasClosed: false, state: null,
    // Whether the dialog that was answered last was an alert, which has no button but OK; whether time passes for scripts.
    hadAlert: false, hasTime: false,
    // What the page says to screen readers without an element.
    notified: [],
  };
  const { setTimeout: later } = answer.natives;
  later(() => { page.hasTime = true; }, 0);
  for (const { prototype } of [Document, Element]) {
    observed(prototype, 'ariaNotify', { before(_, [text]) { page.notified.push(String(text)); } });
  }
  observed(window, 'alert', { after() { page.hadAlert = true; } });

  Object.defineProperty(window, 'docentPage', { value: page });
  if (now === null) return;
  const passed = performance.now.bind(performance);

  // What shows the time makes a Date, which stands still. What waits for time to pass, as debounced handlers do, asks Date.now():
  // that stands still for a second at a time, lest the wait never end.
  const begun = passed();
  const ticks = () => now + Math.floor((passed() - begun) / 1000) * 1000;
  const native = Date;
  native.now = ticks;
  window.Date = new Proxy(native, {
    construct: (_, given, made) => Reflect.construct(native, given.length ? given : [now], made),
    apply: () => new native(now).toString(),
  });
  native.prototype.constructor = window.Date;

  // Without an argument these take the moment from the browser.
  for (const name of ['formatToParts', 'format']) {
    const native = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, name);
    const frozen = (format) => (date = now) => format(date);
    const replaced = native.get
      ? { ...native, get() { return frozen(native.get.call(this)); } }
      : { ...native, value(date = now) { return native.value.call(this, date); } };
    Object.defineProperty(Intl.DateTimeFormat.prototype, name, replaced);
  }
  if (window.Temporal) {
    const instant = () => Temporal.Instant.fromEpochMilliseconds(now);
    const zoned = (zone = Temporal.Now.timeZoneId()) => instant().toZonedDateTimeISO(zone);
    const parts = { plainDateTimeISO: 'toPlainDateTime', plainDateISO: 'toPlainDate', plainTimeISO: 'toPlainTime' };
    Object.assign(Temporal.Now, { instant, zonedDateTimeISO: zoned });
    for (const [name, part] of Object.entries(parts)) Temporal.Now[name] = (zone) => zoned(zone)[part]();
  }

  // Numbers that differ from each other, as keys and shuffles need them, and are the same in every run (the Mulberry32 generator).
  let seed = 1;
  Math.random = () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
})
