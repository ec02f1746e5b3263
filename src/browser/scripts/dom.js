// Reading the document: properties that no page can shadow, the flat tree, frames, and what is asked many times within one query.

// A form's fields stand in the place of its own properties, whatever they are called: `title`, `children`, `matches` (HTML, "the form
// element", [LegacyOverrideBuiltIns]). A document's named images and forms do the same. So both are read through their prototypes.
const method = (prototype, name) => (node, ...given) => prototype[name].apply(node, given);
const getter = (prototype, name) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name);
  return (node) => get.call(node);
};

const attribute = method(Element.prototype, 'getAttribute');
const hasAttribute = method(Element.prototype, 'hasAttribute');
const matches = method(Element.prototype, 'matches');
const closest = method(Element.prototype, 'closest');
const boundsOf = method(Element.prototype, 'getBoundingClientRect');
const clientRects = method(Element.prototype, 'getClientRects');
const query = method(Element.prototype, 'querySelector');
const scrollElement = method(Element.prototype, 'scrollTo');
const scrollIntoView = method(Element.prototype, 'scrollIntoView');
const isVisible = method(Element.prototype, 'checkVisibility');
const rootOf = method(Node.prototype, 'getRootNode');
const tagOf = getter(Element.prototype, 'localName');
const openShadowOf = getter(Element.prototype, 'shadowRoot');
const openSlotOf = getter(Element.prototype, 'assignedSlot');
const parentOf = getter(Node.prototype, 'parentElement');
const attributesOf = getter(Element.prototype, 'attributes');
const childrenOf = getter(Element.prototype, 'children');
const childNodesOf = getter(Node.prototype, 'childNodes');
const ownerOf = getter(Node.prototype, 'ownerDocument');
const isAttached = getter(Node.prototype, 'isConnected');
const textOf = getter(Node.prototype, 'textContent');
/// Whether words stand in an element itself, outside of the elements in it.
const hasOwnWords = (element) => [...childNodesOf(element)].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
// An empty attribute labels nothing (HTML, "the option element"), which the browser's own property does not know.
const optionLabel = (option) => option.label || option.text;
const titleOf = (element) => attribute(element, 'title') || '';

const pageTitle = getter(Document.prototype, 'title');
const readyState = getter(Document.prototype, 'readyState');

const PROTOTYPES = { [Node.ELEMENT_NODE]: Element, [Node.DOCUMENT_NODE]: Document, [Node.DOCUMENT_FRAGMENT_NODE]: DocumentFragment };

/// querySelectorAll of an element, a document or a shadow root.
const queryAll = (root, selector) => PROTOTYPES[root.nodeType].prototype.querySelectorAll.call(root, selector);

/// What was found out within one query. It holds for as long as the page can't change: until the next wait.
let cache = {};

function forget() { cache = {}; }

/// Remembers what `work` gives for an element until the page may have changed.
const remembered = (name, work) => (element) => {
  const known = cache[name] ??= new Map();
  if (!known.has(element)) known.set(element, work(element));
  return known.get(element);
};

/// What stands in an element, as a range.
function rangeIn(element) {
  const range = ownerOf(element).createRange();
  range.selectNodeContents(element);
  return range;
}

/// A node, as a range.
function rangeOf(node) {
  const range = ownerOf(node).createRange();
  range.selectNode(node);
  return range;
}

/// The browser's own function: what is called by its name, answer.js takes for a part of the page's answer.
const natively = (name) => window.docentPage?.natives[name] ?? window[name];

/// Whether time passes for scripts. In a frame with `sandbox` alone they run when the driver asks them, and are never called again:
/// HTML's parser reads what is in `noscript` there. Where a timer has run that is known: pages may refuse the test.
const runsOn = () => {
  if (window.docentPage?.hasTime) return true;
  try {
    const probe = document.createElement('div');
    probe.innerHTML = '<noscript><p></p></noscript>';
    return query(probe, 'p') === null;
  } catch {
    return true;
  }
};

const deadlineIn = (ms) => performance.now() + (runsOn() ? ms : 0);

const afterTime = (call, ms) => (runsOn() ? natively('setTimeout')(call, ms) : call());

/// Whether a frame was drawn. A page in the background gets none, and a busy browser none for a while; time goes on all the same.
const nextFrame = () => new Promise((resolve) => {
  const end = (isDrawn) => { forget(); resolve(isDrawn); };
  const timer = afterTime(() => end(false), 100);
  natively('requestAnimationFrame')(() => { clearTimeout(timer); end(true); });
});

/// The closed shadow root of an element: preload.js remembers those that scripts attach; those that a page's source declares are known
/// to the internals of an element of the page's own making, and to nobody else. Every element is asked for it, again and again.
function closedShadowOf(element) {
  cache.hasClosed ??= [...views(window)].some((view) => view.docentPage?.hasClosed);
  const attached = cache.hasClosed ? ownerOf(element).defaultView?.docentPage?.closed.get(element) : null;
  return attached ?? (isCustom(element) ? internalsOf(element)?.shadowRoot : null) ?? null;
}

/// A window and those of its frames that scripts can look into.
function* views(view) {
  try {
    view.document;
  } catch {
    return;
  }
  yield view;
  for (const inner of Array.from(view)) yield* views(inner);
}

const shadowOf = (element) => openShadowOf(element) ?? closedShadowOf(element);

/// The slot that an element stands in, of closed shadow trees, too.
function slotOf(element) {
  const host = parentOf(element), closed = host && closedShadowOf(host);
  return closed ? [...queryAll(closed, 'slot')].find((slot) => slot.assignedElements().includes(element)) ?? null : openSlotOf(element);
}

// A script can ask any of these but <embed> for its document.
const HOLDS_DOCUMENT = ['iframe', 'frame', 'object', 'embed'];

/// The document in a frame; null where it is of another origin, or none.
function documentIn(frame) {
  if (!HOLDS_DOCUMENT.includes(frame.localName)) return null;
  try {
    const inner = frame.localName === 'embed' ? embeddedView(frame)?.document : frame.contentDocument;
    return inner?.documentElement ? inner : null;
  } catch {
    return null;
  }
}

const embeddedView = (embed) => [...views(ownerOf(embed).defaultView)].find((view) => view.frameElement === embed);

/// The frame that an element's document stands in, within the page.
function frameOf(element) {
  const { defaultView } = ownerOf(element);
  return defaultView && defaultView !== window ? defaultView.frameElement : null;
}

/// The element that a text stands in: of one that stands in a shadow tree itself, the host.
const elementAround = (text) => parentOf(text) ?? rootOf(text).host;

const openSlotOfText = getter(Text.prototype, 'assignedSlot');

/// The slot that a text stands in, of closed shadow trees, too.
function slotOfText(text) {
  const host = parentOf(text), closed = host && closedShadowOf(host);
  return closed ? [...queryAll(closed, 'slot')].find((slot) => slot.assignedNodes().includes(text)) ?? null : openSlotOfText(text);
}

/// The parent in the tree that is drawn (CSS Scoping, "flattening"), out of shadow trees, too. The end of a frame's document is its end.
const drawnParent = (element) => slotOf(element) || parentOf(element) || rootOf(element).host || null;

/// As `drawnParent`, and on from a frame's document to the frame.
const outward = (element) => drawnParent(element) || frameOf(element);

/// All elements below root in the tree that is drawn: those of shadow trees and of frames of the same origin included, in the
/// order of the document. What is slotted into a part of a shadow tree is below that part, too.
function everything(root) {
  if (root === document) return cache.all ??= below(document, false, []);
  return below(root, root.nodeType === Node.ELEMENT_NODE && Boolean(rootOf(root).host), []);
}

function below(root, withSlotted, found) {
  const enter = (element) => {
    const inner = shadowOf(element) || documentIn(element);
    if (inner) below(inner, false, found);
    if (withSlotted && tagOf(element) === 'slot') slotted(element, found);
  };
  if (root.nodeType === Node.ELEMENT_NODE) enter(root);
  for (const element of queryAll(root, '*')) {
    found.push(element);
    enter(element);
  }
  return found;
}

function slotted(slot, found) {
  for (const element of slot.assignedElements()) {
    found.push(element);
    below(element, true, found);
  }
}

/// The documents and shadow roots of the page.
function roots() {
  if (!cache.roots) {
    const found = [document];
    for (const element of everything(document)) {
      const root = shadowOf(element) || documentIn(element);
      if (root) found.push(root);
    }
    cache.roots = found;
  }
  return cache.roots;
}

/// The labels of a form control. `element.labels` looks through the whole document each time: here that is done once for all.
function labelsOf(element) {
  if (!cache.labels) {
    cache.labels = new Map();
    for (const root of roots()) {
      for (const label of queryAll(root, 'label')) {
        const { control } = label;
        if (control) cache.labels.set(control, [...cache.labels.get(control) ?? [], label]);
      }
    }
  }
  return cache.labels.get(element) ?? [];
}

/// A text of at most so many characters, cut at a word; "…" says that there is more.
function shortText(text, longest) {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest), atWord = head.replace(/\s+\S*$/, '');
  return `${atWord || head}…`;
}

/// How an element's HTML begins, for a message. Long values are cut, and attributes for which there is no room are left out: "…" says so.
function openingTag(element) {
  const written = [...attributesOf(element)].map(({ name, value }) => (value === '' ? name : `${name}="${shortText(value.replaceAll('"', '&quot;'), 60)}"`));
  let tag = `<${tagOf(element)}`;
  for (const each of written) {
    if (tag.length + each.length > 100) return `${tag} …>`;
    tag += ` ${each}`;
  }
  return `${tag}>`;
}
