// Role and accessible name of an element, as the browser itself computes them.
// Needs dom.js and generated.js. Sources: WAI-ARIA 1.2, HTML-AAM 1.0, Accessible Name and Description Computation 1.2.

const ROLES = new Set((
  'alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox ' +
  'complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid ' +
  'gridcell group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem ' +
  'menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup ' +
  'region row rowgroup rowheader scrollbar search searchbox sectionfooter sectionheader separator slider spinbutton status ' +
  'strong subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem'
).split(' '));

// Several words for one role; ours is the first of ARIA 1.2's.
const SYNONYMS = { presentation: 'none', image: 'img', directory: 'list' };

// What is a role only as part of another one (ARIA 1.2, "required context role"), and what may stand between.
const CONTEXTS = { listitem: 'list', option: 'listbox', treeitem: 'tree' };
const BETWEEN = ['generic', 'none', 'group', 'treeitem'];

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
  sup: 'superscript', table: 'table', textarea: 'textbox', time: 'time', ul: 'list',
};

const FROM_CONTENT = new Set((
  'button cell checkbox columnheader doc-backlink doc-biblioref doc-glossref doc-noteref gridcell heading link menuitem ' +
  'menuitemcheckbox menuitemradio option radio row rowheader switch tab term tooltip treeitem'
).split(' '));

// What has no name from its content, but gives it to the name of what it stands in. Everything else (a status, a group, a dialog)
// gives its own name alone.
const GIVES_CONTENT = new Set((
  'caption code definition deletion emphasis generic insertion list listitem mark math none paragraph region strong subscript ' +
  'superscript time'
).split(' '));
const TAGS_THAT_GIVE_CONTENT = new Set(['address', 'details', 'footer', 'table', 'tbody', 'tfoot', 'thead', 'tr']);

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

/// What an element of the page's own making says of itself to the browser alone; see internals.js.
const internalsOf = (element) => ownerOf(element).defaultView?.[Symbol.for('docent.internals')]?.get(element);

/// How ElementInternals call what `aria-` attributes state (ARIA 1.2, "IDL Interface").
const REFLECTED = {
  checked: 'ariaChecked', disabled: 'ariaDisabled', expanded: 'ariaExpanded', invalid: 'ariaInvalid', pressed: 'ariaPressed',
  readonly: 'ariaReadOnly', required: 'ariaRequired', selected: 'ariaSelected',
  valuemax: 'ariaValueMax', valuemin: 'ariaValueMin', valuenow: 'ariaValueNow', valuetext: 'ariaValueText',
};

/// A state as an `aria-` attribute gives it, or an element of the page's own making to the browser alone; null where neither does.
const stated = (element, name) => attribute(element, `aria-${name}`) ?? internalsOf(element)?.[REFLECTED[name]] ?? null;

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

/// Whether it can't be used, and neither clicks nor keys come to it, though it is drawn (HTML, "inert subtrees"; CSS UI 4, `interactivity`).
const isInert = (element) => {
  if (getComputedStyle(element).interactivity === 'inert') return true;
  for (let node = element; node; node = outward(node)) if (matches(node, '[inert]')) return true;
  return false;
};

/// Whether it takes up no place for anybody: not rendered, or hidden from assistive technology.
const hidden = remembered('hidden', (element) => {
  // What a closed selection list offers is there for assistive technology.
  const list = parentOf(element) && closest(parentOf(element), 'select');
  if (list) return hidden(list);
  return !rendered(element) || concealed(element) || (frameOf(element) !== null && hidden(frameOf(element)));
});

/// Whether it gives nothing to a name that it is part of, or that it is the label for. What it stands in is not asked: either the
/// name's own element stands in it, too, or (a label elsewhere) it names in spite of it.
const isMute = (element) => matches(element, '[aria-hidden=true], [inert]') || (hidden(element) && !(concealed(element) && rendered(element)));

function explicitRole(element) {
  const tokens = (attribute(element, 'role') || '').toLowerCase().split(/\s+/);
  const token = tokens.find((each) => (ROLES.has(each) && isInContext(element, each)) || each.startsWith('doc-'));
  const role = SYNONYMS[token] || token;
  if (role === 'none' && (focusable(element) || matches(element, GLOBAL))) return undefined;
  return (role === 'region' || role === 'form') && !isNamed(element) ? 'generic' : role;
}

function isInContext(element, role) {
  if (!CONTEXTS[role]) return true;
  for (let outer = drawnParent(element); outer; outer = drawnParent(outer)) {
    if (roleOf(outer) === CONTEXTS[role] || (role === 'listitem' && matches(outer, 'ul, ol, menu'))) return true;
    if (!BETWEEN.includes(roleOf(outer))) return false;
  }
  return false;
}

/// Whether it is part of a section of the page, so that it is no landmark of the whole page (HTML-AAM, aside, header and footer).
function isInSection(element, sections) {
  for (let outer = drawnParent(element); outer; outer = drawnParent(outer)) {
    const role = roleOf(outer);
    if (sections.includes(role) || (tagOf(outer) === 'section' && (role === 'region' || role === 'generic'))) return true;
  }
  return false;
}

const SECTIONS = ['article', 'complementary', 'navigation'];

/// A table without meaning takes it from its parts, too (ARIA 1.2, 5.3.3).
const partOf = (whole, role) => (whole && explicitRole(whole) === 'none' ? 'generic' : role);

/// HTML's rule for header cells without a scope ("internal algorithm for scanning and assigning header cells"): in a row with data
/// they are of the row.
function headerCell(element) {
  const [scope] = /^(row|col)/i.exec(attribute(element, 'scope') || '') || [];
  if (scope) return scope.toLowerCase() === 'row' ? 'rowheader' : 'columnheader';
  const isData = (cell) => tagOf(cell) === 'td' && (squeeze(textOf(cell)) !== '' || childrenOf(cell).length > 0);
  return [...childrenOf(parentOf(element))].some(isData) ? 'rowheader' : 'columnheader';
}

/// React and others put a click on anchors that lead nowhere. Whoever sees one takes it for a link, and so does the browser.
const isLink = (element) => matches(element, '[href], [*|href]') || Boolean(element.onclick || element.onmousedown);

/// A cell is one of a grid where its own table is one, or stands in one without being a table of its own.
function cellRole(element) {
  const whole = closest(element, 'table, [role=grid], [role=treegrid]');
  return partOf(whole, whole && ['grid', 'treegrid'].includes(explicitRole(whole)) ? 'gridcell' : 'cell');
}

function implicitRole(element) {
  const tag = tagOf(element);
  switch (tag) {
    case 'a': case 'area': return isLink(element) ? 'link' : 'generic';
    case 'aside': return !isInSection(element, SECTIONS) || isNamed(element) ? 'complementary' : 'generic';
    case 'img': return element.getAttribute('alt') === '' && !element.title && !element.matches(GLOBAL) ? 'none' : 'img';
    case 'header': return isInSection(element, [...SECTIONS, 'main']) ? 'sectionheader' : 'banner';
    case 'footer': return isInSection(element, [...SECTIONS, 'main']) ? 'sectionfooter' : 'contentinfo';
    case 'section': return isNamed(element) ? 'region' : 'generic';
    case 'li': return matches(element, 'ul > *, ol > *, menu > *') && roleOf(parentOf(element)) !== 'list' ? 'generic' : 'listitem';
    case 'select': return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    case 'tr': return partOf(element.closest('table'), 'row');
    case 'thead': case 'tfoot': return partOf(element.closest('table'), 'rowgroup');
    case 'tbody': return matches(element, GLOBAL) ? partOf(element.closest('table'), 'rowgroup') : 'generic';
    case 'td': return cellRole(element);
    case 'th': return partOf(element.closest('table'), headerCell(element));
    case 'summary': return isSummary(element) ? 'button' : 'generic';
    case 'svg': return childrenOf(element).length || isNamed(element) ? 'img' : 'generic';
    case 'g': return ownChild(element, 'title') || hasAttribute(element, 'tabindex') ? 'group' : 'generic';
    case 'input': {
      if (element.list && ['email', 'search', 'tel', 'text', 'url'].includes(element.type)) return 'combobox';
      return INPUT_ROLES[element.type] || 'generic';
    }
    default: return TAG_ROLES[tag] || internalsOf(element)?.role || (matches(element, ':popover-open') ? 'group' : 'generic');
  }
}

const isSummary = (element) => {
  const details = parentOf(element);
  return details !== null && tagOf(details) === 'details' && ownChild(details, 'summary') === element;
};

const computedRole = (element) => explicitRole(element) || implicitRole(element);

const rememberedRole = remembered('role', computedRole);

/// What is found out about a role while a name is being made may rest on that name, and must not outlast it.
const roleOf = (element) => (beingNamed.size ? computedRole : rememberedRole)(element);

const beingNamed = new Set();

/// Whether its author gave it a name; yes for what is asked while its own name is made, for it may be its own label.
function isNamed(element) {
  if (beingNamed.has(element)) return true;
  beingNamed.add(element);
  const name = ariaName(element, beginning()) || squeeze(titleOf(element));
  beingNamed.delete(element);
  return Boolean(name);
}

/// What a name begins with: nothing is part of it yet, nothing is being worked on.
const beginning = (given = {}) => ({ visited: new Set(), path: new Set(), ...given });

/// The text that aria-labelledby refers to. What is referred to may be hidden, then with all that is in it. References within it are
/// not followed, so it may be part of the name already.
function referenced(element, { visited, isReferred }) {
  if (isReferred) return '';
  return squeeze(byIds(element, 'aria-labelledby').map((label) => textAlternative(label, {
    visited, path: new Set(), labelling: true, isReferred: true, isSelf: label === element, withHidden: hidden(label),
  })).join(' '));
}

const ariaName = (element, context) =>
  referenced(element, context) || squeeze(attribute(element, 'aria-label') || internalsOf(element)?.ariaLabel || '');

const ownChild = (element, selector) => query(element, `:scope > ${selector}`);

/// What the element's own language says of its name: label, alt, legend, caption. null where it says nothing.
function hostName(element, context) {
  const child = (selector) => {
    const node = ownChild(element, selector);
    return node && (context.withHidden || !isMute(node)) ? squeeze(textAlternative(node, { ...context, labelling: true })) : null;
  };
  switch (tagOf(element)) {
    case 'input':
      if (['submit', 'reset', 'button'].includes(element.type)) {
        const shown = { submit: 'Submit', reset: 'Reset', button: null };
        return labels(element, context) || (attribute(element, 'value') ?? shown[element.type]);
      }
      if (element.type === 'image') return labels(element, context) || element.alt || element.value || element.title || 'Submit';
      return labels(element, context);
    case 'button': case 'meter': case 'output': case 'progress': case 'select': case 'textarea': return labels(element, context);
    case 'img': case 'area': return element.hasAttribute('alt') ? squeeze(element.alt) : null;
    case 'fieldset': return child('legend');
    case 'figure': return context.embedded ? null : child('figcaption');
    case 'table': return child('caption');
    case 'optgroup': return squeeze(element.label);
    case 'option': return squeeze(attribute(element, 'label') ?? '') || null;
    default:
      if (isCustom(element)) return labels(element, context);
      return element.namespaceURI === SVG ? ownChild(element, 'title')?.textContent || null : null;
  }
}

/// A form control of the page's own making, with labels as those of HTML have them.
const isCustom = (element) => tagOf(element).includes('-');

/// null where it has no label that is not part of the name already; a label that is hidden or empty is its name all the same.
function labels(element, { visited, path, withHidden }) {
  const own = labelsOf(element).filter((label) => !visited.has(label));
  if (!own.length) return null;
  return squeeze(own.map((label) => textAlternative(label, { visited, path, withHidden, labelling: true })).join(' '));
}

const RANGES = ['slider', 'spinbutton', 'progressbar', 'meter', 'scrollbar'];

// HTML-AAM's inputs with a text that is typed: those with a placeholder, and with a value that is read out.
const TYPED = 'textarea, input:is(:not([type]), [type=email], [type=number], [type=password], [type=search], [type=tel], [type=text], [type=url])';

/// The value a control adds to the name of what surrounds it, or refers to it. Where it is empty, its name takes its place.
function embeddedValue(element, role) {
  if (matches(element, 'select')) return ['combobox', 'listbox'].includes(role) ? [...element.selectedOptions].map((option) => option.text).join(' ') : '';
  if (matches(element, TYPED)) return element.type === 'password' ? '•'.repeat(element.value.length) : element.value;
  if (role === 'listbox') return selectionIn(element);
  if (RANGES.includes(role)) {
    return stated(element, 'valuetext') || stated(element, 'valuenow') || (element.position === -1 ? '' : String(element.value ?? ''));
  }
  if (matches(element, 'input')) return '';
  const list = role === 'combobox' && (query(element, '[role=listbox]') || byIds(element, 'aria-owns')[0]);
  if (list) return selectionIn(list);
  return ['textbox', 'searchbox', 'combobox'].includes(role) || isEditor(element) ? squeeze(textOf(element)) : '';
}

const selectionIn = (list) => [...queryAll(list, '[aria-selected=true]')].map((option) => squeeze(textOf(option))).join(' ');

const isEditor = (element) => matches(element, '[contenteditable]:not([contenteditable=false])');

/// Whether names are made as the source has them, without `text-transform`; and whether that has made a difference.
let isAsWritten = false, isTransformed = false;

/// Text as it is drawn: a name is what a person reads.
function drawn(text, style) {
  if (isAsWritten || style.textTransform === 'none') return text;
  const result = transformed(text, style);
  isTransformed ||= result !== text;
  return result;
}

// What stands in a line like a word of its own. The browser has a space on both sides of it.
const APART = 'img, svg, br, wbr, canvas, :is([aria-label], [aria-labelledby]):not(slot)';

const setApart = (element, { display }) => (display !== 'inline' && display !== 'ruby') || Boolean(element && matches(element, APART));

/// What belongs to another element by `aria-owns` is part of that, wherever it is drawn.
const partsOf = (element) => [...drawnChildren(element), ...byIds(element, 'aria-owns').filter((owned) => !element.contains(owned))];

/// Whether only the summary of a <details> is drawn: style sheets may keep what is folded away in sight.
const isFolded = (element) => tagOf(element) === 'details' && !element.open
  && getComputedStyle(element, '::details-content').contentVisibility !== 'visible';

function drawnChildren(element) {
  if (shadowOf(element)) return shadowOf(element).childNodes;
  if (isFolded(element)) return [ownChild(element, 'summary')].filter(Boolean);
  return tagOf(element) === 'slot' && element.assignedNodes().length ? element.assignedNodes() : childNodesOf(element);
}

function contentOf(element, context) {
  const style = getComputedStyle(element);
  let text = generated(element, '::before', context.withHidden);
  for (const child of partsOf(element)) {
    if (child.nodeType === Node.TEXT_NODE) {
      text += textIn(child, style, context);
    } else if (child.nodeType === Node.ELEMENT_NODE && !isLeftOut(child)) {
      const inner = textAlternative(child, { ...context, embedded: true });
      const isOwned = parentOf(child) !== element && hasAttribute(element, 'aria-owns');
      text += isOwned || setApart(child, getComputedStyle(child)) ? ` ${inner} ` : inner;
    }
  }
  return text + generated(element, '::after', context.withHidden);
}

function textIn(node, style, { visited, isReferred, withHidden }) {
  if (visited.has(node) && !isReferred) return '';
  visited.add(node);
  if (withHidden) return node.data;
  return style.visibility === 'visible' ? drawn(node.data, style) : '';
}

/// How a word is pronounced is no part of a name.
const isLeftOut = (element) => matches(element, 'rt, rp');

const givesContent = (element, role) =>
  FROM_CONTENT.has(role) || GIVES_CONTENT.has(role) || (TAGS_THAT_GIVE_CONTENT.has(tagOf(element)) && !hasAttribute(element, 'role'));

/// Whether its name may be made of what is in it. Labels are, whatever their role, and what is referred to is, down to the last part.
function isNamedByContent(element, role, { embedded, labelling, isReferred }) {
  if (isReferred || (labelling && !embedded)) return true;
  return embedded ? givesContent(element, role) : FROM_CONTENT.has(role);
}

/// Steps 2A to 2I of the computation. `context`: { visited: what is part of the name already, path: what is being worked on,
/// labelling: for another element, isReferred: by its id, isSelf: by itself, embedded: as part of content, withHidden: below
/// something hidden that counts all the same }.
function textAlternative(element, given) {
  const { visited, embedded, labelling } = given;
  if (given.path.has(element) || (visited.has(element) && !given.isReferred)) return '';
  if (!given.withHidden && isMute(element)) return embedded && !isVisibleItself(element) ? contentOf(element, given) : '';
  visited.add(element);
  const context = { ...given, path: new Set([...given.path, element]) };
  const role = roleOf(element);
  const value = embedded || (labelling && !given.isSelf) ? embeddedValue(element, role) : '';
  if (value) return value;
  const authored = tagOf(element) === 'slot' ? '' : ariaName(element, context);
  if (authored) return authored;
  const host = role === 'none' ? null : hostName(element, context);
  if (host !== null) return host;
  if (isNamedByContent(element, role, context)) {
    const content = contentOf(element, { ...context, embedded: true });
    if (squeeze(content) || (content && embedded && role === 'generic')) return content;
  }
  return NAMELESS.has(role) ? '' : tooltip(element) || placeholder(element, role);
}

/// What can't be seen itself may have parts that can: `visibility: visible` in what is hidden by it.
const isVisibleItself = (element) => {
  const { display, visibility } = getComputedStyle(element);
  return visibility === 'visible' || display === 'none' || concealed(element);
};

/// A title that says what is there to be read already names nothing.
function tooltip(element) {
  const title = squeeze(titleOf(element));
  return title === squeeze(textOf(element)) && !matches(element, TYPED) ? '' : title;
}

function placeholder(element, role) {
  const own = matches(element, TYPED) ? attribute(element, 'placeholder') : null;
  return squeeze(own || (role === 'textbox' || role === 'searchbox' ? attribute(element, 'aria-placeholder') : null) || '');
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

// Without a role, but named by their title.
const TITLED = ['abbr', 'iframe'];

function computedName(element, withHidden) {
  if (tagOf(element) === 'slot') return '';
  const context = beginning({ withHidden });
  if (!NAMELESS.has(roleOf(element))) return squeeze(textAlternative(element, context));
  const title = TITLED.includes(tagOf(element)) ? squeeze(titleOf(element)) : '';
  return ariaName(element, context) || title || (isCustom(element) && labels(element, context)) || '';
}
