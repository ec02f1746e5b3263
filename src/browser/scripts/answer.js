// Runs in every new document before preload.js and the page's own scripts. Knows what the page does in answer to what was done last, or to
// its own coming: what follows from an event by timers, requests, callbacks and what the page is given to load. All of it goes through
// `consequence`, which is asked when something is set to happen, and called when it does.
(() => {
  /// A function that does what it did, and tells of it. A proxy keeps its name and its length, and still says that it is native.
  function observed(owner, name, { before = () => {}, after = () => {} }) {
    const native = owner?.[name];
    if (!native) return;
    owner[name] = new Proxy(native, {
      apply(target, self, given) {
        before(self, given);
        const result = Reflect.apply(target, self, given);
        after(result);
        return result;
      },
    });
  }

  /// Timers that are part of the page's answer to what was done last, or of its coming: set because of an event of a person's or by
  /// such a timer, and due within this time of it, in ms.
  const SOON = 1000;
  /// What has no timer of its own - observers, messages, events of transitions, files that are read, promises of the browser's - follows a
  /// part of an answer within this time, in ms. What runs for reasons of its own stands aside, and is no part of it.
  const AFTERWARDS = 150;
  const timers = new Set();
  const passed = performance.now.bind(performance);
  const { setTimeout: later, queueMicrotask: soon } = window;
  /// For the kit's own scripts, whose waiting is no part of the page's answer.
  const natives = { setTimeout: later, requestAnimationFrame: window.requestAnimationFrame };
  /// Since when the page answers; null while it does not.
  let answersSince = passed(), answers = 1;
  /// Whether what runs now was set to run before anything was done, or for later: loops and polls go on for ever.
  let isAside = false;

  function endAnswer() {
    answers -= 1;
    if (!answers) answersSince = null;
  }

  /// What the page does in this task, and what follows it at once, is its answer.
  function beginAnswer(since = passed()) {
    answersSince = Math.max(answersSince ?? 0, since);
    answers += 1;
    later(endAnswer, AFTERWARDS);
  }

  /// Until the end of this task with the promises that are settled in it.
  function standAside(steps = 5) {
    isAside = steps > 0;
    if (isAside) soon(() => standAside(steps - 1));
  }

  /// Since when what runs now is part of an answer; null where it is none, or where that was long ago.
  const cause = (delay = 0) => (isAside || answersSince === null || passed() + delay - answersSince > SOON ? null : answersSince);

  /// What has to be called when that happens which is asked for now: it is part of the same answer, or of none. Waiting for the browser
  /// does not count.
  function consequence(isWaiting = false) {
    const since = cause(), begun = passed();
    return since === null ? () => standAside() : () => beginAnswer(isWaiting ? since + passed() - begun : since);
  }

  /// A handler of the page's that does something else first.
  const preceded = (handler, first) => function (...values) {
    first();
    return Reflect.apply(handler, this, values);
  };

  /// Timers may be given the source of a script (HTML, "timer initialization steps"), which is the same each time.
  const sources = new Map();
  function asFunction(handler) {
    if (typeof handler !== 'string') return handler;
    if (!sources.has(handler)) sources.set(handler, () => window.eval(handler));
    return sources.get(handler);
  }

  /// What runs again and again, with its delay in ms, until when it is to be expected, and by which id it may be ended.
  const recurring = new Map();
  const timed = new WeakSet();

  window.setInterval = new Proxy(window.setInterval, {
    apply(target, self, given) {
      const [written, delay, ...more] = given, handler = asFunction(written);
      if (typeof handler !== 'function') return Reflect.apply(target, self, given);
      const since = cause(Number(delay) || 0), counts = since !== null;
      const run = preceded(handler, () => (counts && passed() - since <= SOON ? beginAnswer(since) : standAside()));
      const id = Reflect.apply(target, self, [run, delay, ...more]);
      recurring.set(handler, { id, delay: Number(delay) || 0, end: Infinity });
      // Part of the answer for as long as that may take, or until it ends.
      if (counts) {
        timers.add(id);
        later(() => timers.delete(id), SOON - (passed() - since));
      }
      return id;
    },
  });

  /// A timer that is set again by the same function.
  function noteAgain(handler, delay) {
    if (timed.has(handler)) recurring.set(handler, { id: null, delay, end: passed() + 2 * delay });
    timed.add(handler);
  }

  window.setTimeout = new Proxy(later, {
    apply(target, self, [written, delay, ...given]) {
      const handler = asFunction(written);
      if (typeof handler !== 'function') return Reflect.apply(target, self, [handler, delay, ...given]);
      noteAgain(handler, Number(delay) || 0);
      const counts = cause(Number(delay) || 0) !== null, go = counts ? consequence() : () => standAside();
      const run = preceded(handler, () => {
        timers.delete(id);
        go();
      });
      const id = Reflect.apply(target, self, [run, delay, ...given]);
      if (counts) timers.add(id);
      return id;
    },
  });

  /// What the page asks to be called for without a time, or with one among its options: the same goes for it.
  function continued(owner, name, noted) {
    const native = owner?.[name];
    if (!native) return;
    owner[name] = new Proxy(native, {
      apply(target, self, [handler, ...given]) {
        if (typeof handler !== 'function') return Reflect.apply(target, self, [handler, ...given]);
        const counts = cause(given[0]?.delay) !== null, go = counts ? consequence() : () => standAside();
        const run = preceded(handler, () => {
          noted.delete(id);
          go();
        });
        const id = Reflect.apply(target, self, [run, ...given]);
        if (counts) noteFor(SOON, noted, id);
        return id;
      },
    });
  }

  /// Notes what is awaited, for so many ms at most.
  function noteFor(ms, noted, each) {
    noted.add(each);
    later(() => noted.delete(each), ms);
  }

  /// Callbacks for when the browser is idle, draws a frame, or has time for a task, that are still to come.
  const idle = new Set(), frames = new Set(), tasks = new Set();
  continued(window, 'requestIdleCallback', idle);
  continued(window, 'requestAnimationFrame', frames);
  continued(window.Scheduler?.prototype, 'postTask', tasks);
  observed(window, 'cancelIdleCallback', { before(self, [id]) { idle.delete(id); } });
  observed(window, 'cancelAnimationFrame', { before(self, [id]) { frames.delete(id); } });

  /// What follows a promise of the browser's that is part of an answer is part of it, too.
  function continueAfter(promise) {
    const go = consequence(true);
    promise.then(go, go);
  }

  for (const name of ['json', 'text', 'blob', 'arrayBuffer', 'formData']) observed(Response.prototype, name, { after: continueAfter });

  /// What was asked as part of an answer and has yet to come: replies of workers, and what elements load.
  const asked = new Set();

  /// Waits for the first of these events, before the page's own handlers have it.
  function awaitEvent(target, types, isPending = true) {
    const go = consequence(true), isPart = cause() !== null;
    if (isPart && isPending) noteFor(SOON, asked, target);
    const end = () => {
      types.forEach((type) => target.removeEventListener(type, end, true));
      asked.delete(target);
      go();
    };
    if (isPart) types.forEach((type) => target.addEventListener(type, end, true));
  }

  /// Waits for a promise of the browser's for what it loads: fonts, and pictures that are to be drawn.
  function awaitPromise(promise) {
    if (cause() !== null) {
      noteFor(SOON, asked, promise);
      const end = () => asked.delete(promise);
      promise.then(end, end);
    }
    continueAfter(promise);
  }

  for (const { prototype } of [FontFace, document.fonts.constructor]) observed(prototype, 'load', { after: awaitPromise });
  observed(HTMLImageElement.prototype, 'decode', { after: awaitPromise });

  observed(window.Worker?.prototype, 'postMessage', { before(worker) { awaitEvent(worker, ['message']); } });

  const ASKS = 'script[src], link[rel~=stylesheet][href], img[src]:not([loading=lazy]), iframe:is([src], [srcdoc]):not([loading=lazy]), '
    + 'object[data], embed[src]';

  /// What is put into the page as part of an answer, and has something to load: scripts, style sheets, pictures, frames. What stands in the
  /// page's source is waited for as the page comes.
  const asksByElements = new MutationObserver((changes) => {
    if (cause() === null || document.readyState === 'loading') return;
    const parts = changes.flatMap(({ type, target, addedNodes }) => (type === 'attributes' ? [target] : [...addedNodes]));
    for (const part of new Set(parts)) {
      if (!(part instanceof Element)) continue;
      for (const element of [part, ...Element.prototype.querySelectorAll.call(part, ASKS)]) {
        if (Element.prototype.matches.call(element, ASKS)) awaitEvent(element, ['load', 'error'], !element.complete);
      }
    }
  });

  /// A picture that stands nowhere yet, if something waits for it: others only count visits.
  const { set: setSource, ...source } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
  Object.defineProperty(HTMLImageElement.prototype, 'src', {
    ...source,
    set(value) {
      setSource.call(this, value);
      const isAwaited = () => !this.complete && (this.onload ?? this.onerror) !== null;
      if (!this.isConnected && cause() !== null) soon(() => awaitEvent(this, ['load', 'error'], isAwaited()));
    },
  });

  for (const name of ['clearTimeout', 'clearInterval']) {
    observed(window, name, {
      before(self, [id]) {
        timers.delete(Number(id));
        for (const [handler, each] of recurring) if (each.id === Number(id)) recurring.delete(handler);
      },
    });
  }

  /// What runs again and again, as [source text, delay].
  const recurrences = () => [...recurring].filter(([, { end }]) => passed() < end).map(([handler, { delay }]) => [String(handler), delay]);

  const DEEDS = [
    'pointerover', 'mouseover', 'pointermove', 'mousemove', 'pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click',
    'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'focusin', 'focusout', 'submit', 'drop', 'dragend',
    'hashchange', 'popstate', 'load', 'error',
  ];
  for (const deed of DEEDS) addEventListener(deed, () => { if (!isAside) beginAnswer(); }, true);
  // What scrolls smoothly is on its way until it says that it has arrived.
  const scrolling = new WeakSet();
  addEventListener('scroll', ({ target }) => {
    if (cause() === null || scrolling.has(target)) return;
    scrolling.add(target);
    awaitEvent(target, ['scrollend']);
    target.addEventListener('scrollend', () => scrolling.delete(target), { capture: true, once: true });
  }, true);
  addEventListener('DOMContentLoaded', () => later(endAnswer, 0), { capture: true, once: true });

  /// When the page began to be left for another document: scripts go on for as long as that takes to come.
  let leftSince = null;
  window.navigation?.addEventListener('navigate', ({ hashChange, downloadRequest, destination }) => {
    if (!hashChange && downloadRequest === null && !destination.sameDocument) leftSince = passed();
  });
  for (const end of ['navigatesuccess', 'navigateerror']) window.navigation?.addEventListener(end, () => { leftSince = null; });

  const isYoung = (since, patience) => passed() - since < patience;

  /// Whether the page has yet to answer: a timer, or a request or another document asked for less than `patience`, in ms, ago, is under
  /// way.
  const isDue = (patience) => [timers, idle, frames, tasks, asked].some(({ size }) => size > 0)
    || (leftSince !== null && isYoung(leftSince, patience))
    || [...requests.values()].some(({ url, since }) => !outlasted.has(place(url)) && isYoung(since, patience));

  /// Requests of the page's scripts that are under way, each with when it began. What outlasted a wait is waited for no more.
  const requests = new Map();
  const outlasted = new Set();
  const plain = (url) => String(url).split('#')[0];
  const place = (url) => plain(url).split('?')[0];

  function begin(url, key) {
    if (/^https?:/.test(url)) requests.set(key, { url: plain(url), since: passed() });
  }

  observed(window, 'fetch', {
    before(self, [resource, options]) {
      const request = resource instanceof Request ? resource : null;
      const key = {};
      const signal = options?.signal ?? request?.signal;
      if (options?.keepalive ?? request?.keepalive) return;
      try {
        begin(request?.url ?? new URL(resource, document.baseURI).href, key);
        signal?.addEventListener('abort', () => requests.delete(key));
      } catch {
        // The page gets the error of an address that is none.
      }
    },
    after: continueAfter,
  });
  observed(XMLHttpRequest.prototype, 'open', {
    before(request, [, url]) {
      request.addEventListener('loadstart', () => begin(new URL(url, document.baseURI).href, request), { once: true });
      request.addEventListener('loadend', () => requests.delete(request), { once: true });
      const go = consequence(true);
      request.addEventListener('readystatechange', () => { if (request.readyState === 4) go(); });
    },
  });

  new PerformanceObserver((list) => {
    for (const { name, initiatorType } of list.getEntries()) {
      if (initiatorType !== 'fetch') continue;
      for (const [key, { url }] of requests) {
        if (url !== plain(name)) continue;
        requests.delete(key);
        break;
      }
    }
  }).observe({ type: 'resource', buffered: true });

  /// The address of a request that is waited for: one younger than `patience`, in ms, whose like was answered in that time before.
  function awaited(patience) {
    for (const [key, { url, since }] of requests) {
      if (outlasted.has(place(url))) continue;
      if (isYoung(since, patience)) return url;
      outlasted.add(place(url));
      requests.delete(key);
    }
    return null;
  }

  /// Of a document or a shadow root: what is put into it.
  const attributeFilter = ['src', 'srcdoc', 'href', 'data'];
  const watch = (root) => asksByElements.observe(root, { childList: true, subtree: true, attributeFilter });

  Object.defineProperty(window, Symbol.for('docent.answer'), { value: { observed, natives, watch, beginAnswer, isDue, awaited, recurrences } });
})();
