// Role and accessible name of an element, as the browser itself computes them.
// Needs dom.js. Sources: WAI-ARIA 1.2, HTML-AAM 1.0, Accessible Name and Description Computation 1.2.

const ROLES = new Set((
  'alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox ' +
  'complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid ' +
  'gridcell group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem ' +
  'menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup ' +
  'region row rowgroup rowheader scrollbar search searchbox sectionfooter sectionheader separator slider spinbutton status ' +
  'strong subscript superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem'
).split(' '));

// Several words for one role; ours is the first of ARIA 1.2's.
const SYNONYMS = { presentation: 'none', image: 'img', directory: 'list' };

const SECTIONING = 'article, aside, nav, section, [role=article], [role=complementary], [role=navigation], [role=region]';

// HTML-AAM has no role for fields of dates and times: they are typed into like text. Nor for colours and files: they open a dialog.
const INPUT_ROLES = {
  button: 'button', checkbox: 'checkbox', color: 'button', date: 'textbox', 'datetime-local': 'textbox', email: 'textbox',
  file: 'button', image: 'button', month: 'textbox', number: 'spinbutton', password: 'textbox', radio: 'radio', range: 'slider',
  reset: 'button', search: 'searchbox', submit: 'button', tel: 'textbox', text: 'textbox', time: 'textbox', url: 'textbox',
  week: 'textbox',
};

const TAG_ROLES = {
  address: 'group', article: 'article', blockquote: 'blockquote', button: 'button', caption: 'caption', code: 'code',
  datalist: 'listbox', dd: 'definition', del: 'deletion', details: 'group', dfn: 'term', dialog: 'dialog', dt: 'term',
  em: 'emphasis', fieldset: 'group', figure: 'figure', form: 'form', h1: 'heading', h2: 'heading', h3: 'heading', h4: 'heading',
  h5: 'heading', h6: 'heading', hgroup: 'group', hr: 'separator', ins: 'insertion', main: 'main', mark: 'mark', math: 'math',
  menu: 'list', meter: 'meter', nav: 'navigation', ol: 'list', optgroup: 'group', option: 'option', output: 'status',
  p: 'paragraph', progress: 'progressbar', s: 'deletion', search: 'search', strong: 'strong', sub: 'subscript',
  summary: 'button', sup: 'superscript', svg: 'img', table: 'table', textarea: 'textbox', time: 'time', ul: 'list',
};

const FROM_CONTENT = new Set((
  'button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row ' +
  'rowheader switch tab term tooltip treeitem'
).split(' '));

// Roles on which ARIA 1.2 prohibits a name. The browser takes one from aria-label and aria-labelledby all the same.
const NAMELESS = new Set((
  'caption code deletion emphasis generic insertion none paragraph strong subscript superscript time'
).split(' '));

// Attributes that keep their meaning on any element, so that role="none" has no effect beside them (ARIA 1.2, 5.3.3 and 6.4).
const GLOBAL = [
  'atomic', 'busy', 'controls', 'current', 'describedby', 'details', 'dropeffect', 'flowto', 'grabbed', 'keyshortcuts', 'label',
  'labelledby', 'live', 'owns', 'relevant', 'roledescription',
].map((name) => `[aria-${name}]`).join(', ');

const SVG = 'http://www.w3.org/2000/svg';

const squeeze = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim();

const byIds = (element, name) =>
  (attribute(element, name) || '').split(/\s+/).filter(Boolean)
    .map((id) => rootOf(element).getElementById?.(id)).filter(Boolean);

/// Forms can't be focused unless they say so, and one may have a field called `tabIndex`.
function focusable(element) {
  return hasAttribute(element, 'tabindex') || (tagOf(element) !== 'form' && element.tabIndex >= 0);
}

function rendered(element) {
  const { display, visibility } = getComputedStyle(element);
  // Only its content has boxes.
  if (display === 'contents') return visibility === 'visible' && rendered(drawnParent(element));
  return isVisible(element, { visibilityProperty: true });
}

/// Whether it is hidden from assistive technology, by itself or by what it stands in.
const concealed = remembered('concealed', (element) =>
  matches(element, '[aria-hidden=true], [inert]') || (outward(element) !== null && concealed(outward(element))));

/// Whether it takes up no place for anybody: not rendered, or hidden from assistive technology.
const hidden = remembered('hidden', (element) => {
  // What a closed selection list offers is there for assistive technology.
  const list = parentOf(element) && closest(parentOf(element), 'select');
  if (list) return hidden(list);
  return !rendered(element) || concealed(element) || (frameOf(element) !== null && hidden(frameOf(element)));
});

function explicitRole(element) {
  const tokens = (attribute(element, 'role') || '').toLowerCase().split(/\s+/);
  const token = tokens.find((each) => ROLES.has(each) || each.startsWith('doc-'));
  const role = SYNONYMS[token] || token;
  if (role === 'none' && (focusable(element) || matches(element, GLOBAL))) return undefined;
  return (role === 'region' || role === 'form') && !isNamed(element) ? 'generic' : role;
}

/// A table without meaning takes it from its parts, too (ARIA 1.2, 5.3.3).
const partOf = (whole, role) => (whole && explicitRole(whole) === 'none' ? 'generic' : role);

/// HTML's rule for header cells without a scope, as the browser reads it: what stands beside it decides.
function headerCell(element) {
  if (element.scope) return element.scope.startsWith('row') ? 'rowheader' : 'columnheader';
  const beside = [element.previousElementSibling, element.nextElementSibling].map((cell) => cell?.localName);
  return beside.includes('td') && !beside.includes('th') ? 'rowheader' : 'columnheader';
}

function implicitRole(element) {
  const tag = tagOf(element);
  const within = (selector) => parentOf(element) && closest(parentOf(element), selector);
  switch (tag) {
    case 'a': case 'area': return element.matches('[href], [*|href]') ? 'link' : 'generic';
    case 'aside': return !within(SECTIONING) || isNamed(element) ? 'complementary' : 'generic';
    case 'img': return element.getAttribute('alt') === '' && !element.title && !element.matches(GLOBAL) ? 'none' : 'img';
    case 'header': return within(`${SECTIONING}, main, [role=main]`) ? 'sectionheader' : 'banner';
    case 'footer': return within(`${SECTIONING}, main, [role=main]`) ? 'sectionfooter' : 'contentinfo';
    case 'section': return isNamed(element) ? 'region' : 'generic';
    case 'li': return matches(element, 'ul > *, ol > *, menu > *') && roleOf(parentOf(element)) !== 'list' ? 'generic' : 'listitem';
    case 'select': return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    case 'tr': return partOf(element.closest('table'), 'row');
    case 'thead': case 'tfoot': return partOf(element.closest('table'), 'rowgroup');
    case 'td': return partOf(element.closest('table'), element.closest('[role=grid], [role=treegrid]') ? 'gridcell' : 'cell');
    case 'th': return partOf(element.closest('table'), headerCell(element));
    case 'g': return ownChild(element, 'title') ? 'group' : 'generic';
    case 'input': {
      if (element.list && ['email', 'search', 'tel', 'text', 'url'].includes(element.type)) return 'combobox';
      return INPUT_ROLES[element.type] || 'generic';
    }
    default: return TAG_ROLES[tag] || 'generic';
  }
}

const computedRole = (element) => explicitRole(element) || implicitRole(element);

const rememberedRole = remembered('role', computedRole);

/// What is found out about a role while a name is being made may rest on that name, and must not outlast it.
const roleOf = (element) => (beingNamed.size ? computedRole : rememberedRole)(element);

const beingNamed = new Set();

/// Whether its author gave it a name; yes for what is asked while its own name is made, for it may be its own label.
function isNamed(element) {
  if (beingNamed.has(element)) return true;
  beingNamed.add(element);
  const name = ariaName(element, new Set()) || squeeze(titleOf(element));
  beingNamed.delete(element);
  return Boolean(name);
}

/// The text that aria-labelledby refers to. What is referred to may be hidden, then with all that is in it.
function referenced(element, seen) {
  return squeeze(byIds(element, 'aria-labelledby').map((label) => {
    const others = new Set([...seen, element].filter((each) => each !== label));
    return textAlternative(label, { labelling: true, isReferred: true, isSelf: label === element, withHidden: hidden(label), seen: others });
  }).join(' '));
}

const ariaName = (element, seen) => referenced(element, seen) || squeeze(attribute(element, 'aria-label') || '');

const ownChild = (element, selector) => query(element, `:scope > ${selector}`);

/// What the element's own language says of its name: label, alt, legend, caption. null where it says nothing.
function hostName(element, context) {
  const child = (selector) => {
    const node = ownChild(element, selector);
    return node && (context.withHidden || !hidden(node)) ? squeeze(textAlternative(node, { ...context, labelling: true })) : null;
  };
  switch (tagOf(element)) {
    case 'input':
      if (['submit', 'reset', 'button'].includes(element.type)) {
        const shown = { submit: 'Submit', reset: 'Reset', button: null };
        return labels(element, context) || element.value || shown[element.type];
      }
      if (element.type === 'image') return labels(element, context) || element.alt || element.value || element.title || 'Submit';
      return labels(element, context);
    case 'button': case 'meter': case 'output': case 'progress': case 'select': case 'textarea': return labels(element, context);
    case 'img': case 'area': return element.hasAttribute('alt') ? squeeze(element.alt) : null;
    case 'fieldset': return child('legend');
    case 'figure': return child('figcaption');
    case 'table': return child('caption');
    case 'optgroup': return squeeze(element.label);
    case 'option': return element.hasAttribute('label') ? squeeze(element.label) : null;
    default: return element.namespaceURI === SVG ? ownChild(element, 'title')?.textContent || null : null;
  }
}

/// null where it has no label; where it has, that may be hidden or empty, and is its name all the same.
function labels(element, context) {
  const own = labelsOf(element);
  if (!own.length) return null;
  const { withHidden } = context;
  const seen = new Set([...context.seen, element]);
  return squeeze(own.map((label) => textAlternative(label, { labelling: true, withHidden, seen })).join(' '));
}

/// The value a control adds to the name of what surrounds it, or refers to it.
function embeddedValue(element, role) {
  if (role === 'textbox' || role === 'searchbox') return element.value ?? element.textContent;
  if (role === 'combobox' && element.selectedOptions) return [...element.selectedOptions].map((option) => option.text).join(' ');
  if (['slider', 'spinbutton', 'progressbar', 'meter', 'scrollbar'].includes(role)) {
    return attribute(element, 'aria-valuetext') || attribute(element, 'aria-valuenow') || String(element.value ?? '');
  }
  return null;
}

/// Whether names are made as the source has them, without `text-transform`; and whether that has made a difference.
let isAsWritten = false, isTransformed = false;

/// Text as it is drawn: a name is what a person reads.
function drawn(text, { textTransform }) {
  if (isAsWritten || textTransform === 'none') return text;
  const result = transformed(text, textTransform);
  isTransformed ||= result !== text;
  return result;
}

function transformed(text, textTransform) {
  switch (textTransform) {
    case 'uppercase': return text.toLocaleUpperCase();
    case 'lowercase': return text.toLocaleLowerCase();
    case 'capitalize': return text.replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toLocaleUpperCase());
    default: return text;
  }
}

// What stands in a line like a word of its own. The browser has a space on both sides of it.
const APART = 'img, svg, br, wbr, canvas, [aria-label], [aria-labelledby]';

const setApart = (element, style) => style.display !== 'inline' || Boolean(element && matches(element, APART));

const STRINGS = '(?:"(?:[^"\\\\]|\\\\.)*"\\s*)+';
const CONTENT = new RegExp(`^(${STRINGS})(?:/\\s*(${STRINGS}))?$`);

/// The text of ::before or ::after: what is to be spoken (after a slash), else what is drawn.
function generated(element, pseudo) {
  const style = getComputedStyle(element, pseudo);
  const [, shown, spoken] = style.display === 'none' ? [] : style.content.match(CONTENT) || [];
  const strings = (spoken ?? shown ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g);
  const text = [...strings].map(([, string]) => string.replace(/\\(.)/g, '$1')).join('');
  return spoken !== undefined || setApart(null, style) ? ` ${text} ` : text;
}

function drawnChildren(element) {
  if (shadowOf(element)) return shadowOf(element).childNodes;
  return tagOf(element) === 'slot' && element.assignedNodes().length ? element.assignedNodes() : childNodesOf(element);
}

function contentOf(element, context) {
  const style = getComputedStyle(element);
  let text = generated(element, '::before');
  for (const child of drawnChildren(element)) {
    if (child.nodeType === Node.TEXT_NODE) {
      text += context.withHidden ? child.data : drawn(child.data, style);
    } else if (child.nodeType === Node.ELEMENT_NODE && !isBranch(child)) {
      const inner = textAlternative(child, { ...context, embedded: true });
      text += setApart(child, getComputedStyle(child)) ? ` ${inner} ` : inner;
    }
  }
  return text + generated(element, '::after');
}

/// What hangs below an item of a tree is no part of its name.
const isBranch = (element) => matches(element, '[role=group]') && Boolean(parentOf(element)) && matches(parentOf(element), '[role=treeitem]');

/// Steps 2A to 2I of the computation. `context`: { seen, labelling: for another element, isReferred: by its id, isSelf: by
/// itself, embedded: as part of content, withHidden: below something hidden that counts all the same }.
function textAlternative(element, context) {
  if (context.seen.has(element) || (!context.withHidden && hidden(element))) return '';
  const seen = new Set([...context.seen, element]);
  const role = roleOf(element);
  const reference = context.isReferred ? '' : referenced(element, seen);
  if (reference) return reference;
  if (context.embedded || (context.labelling && !context.isSelf)) {
    const value = embeddedValue(element, role);
    if (value || (value !== null && context.embedded)) return value;
  }
  const label = squeeze(attribute(element, 'aria-label') || '');
  if (label) return label;
  const host = role === 'none' ? null : hostName(element, { ...context, seen });
  if (host !== null) return host;
  if (FROM_CONTENT.has(role) || tagOf(element) === 'summary' || context.labelling || context.embedded) {
    const content = contentOf(element, { ...context, embedded: true, seen });
    if (squeeze(content)) return content;
  }
  if (NAMELESS.has(role)) return '';
  return squeeze(titleOf(element) || attribute(element, 'placeholder') || attribute(element, 'aria-placeholder') || '');
}

/// What is hidden has no name; `withHidden` gives the one it would have.
function nameOf(element, { withHidden = false } = {}) {
  return withHidden ? nameWithHidden(element) : nameAsShown(element);
}

const nameWithHidden = remembered('names with hidden parts', (element) => computedName(element, true));

const nameAsShown = remembered('names', (element) => hidden(element) ? '' : computedName(element, false));

/// The name as the source writes it, where `text-transform` draws it otherwise; else the name.
const nameAsWritten = remembered('names as written', (element) => {
  if (hidden(element)) return '';
  isTransformed = false;
  const name = computedName(element, false);
  if (!isTransformed) return name;
  isAsWritten = true;
  try {
    return computedName(element, false);
  } finally {
    isAsWritten = false;
  }
});

function computedName(element, withHidden) {
  const seen = new Set();
  if (tagOf(element) === 'abbr') return ariaName(element, seen) || squeeze(titleOf(element));
  return NAMELESS.has(roleOf(element)) ? ariaName(element, seen) : squeeze(textAlternative(element, { seen, withHidden }));
}
