// Role and accessible name of an element, as the browser itself computes them.
// Sources: WAI-ARIA 1.2, HTML-AAM 1.0, Accessible Name and Description Computation 1.2.

const ROLES = new Set((
  'alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox ' +
  'complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid ' +
  'gridcell group heading img image insertion link list listbox listitem log main marquee math menu menubar menuitem ' +
  'menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup ' +
  'region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong subscript ' +
  'superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem'
).split(' '));

const SECTIONING = 'article, aside, main, nav, section, [role=article], [role=complementary], [role=main], [role=navigation], [role=region]';

const INPUT_ROLES = {
  button: 'button', checkbox: 'checkbox', email: 'textbox', image: 'button', number: 'spinbutton', password: 'textbox',
  radio: 'radio', range: 'slider', reset: 'button', search: 'searchbox', submit: 'button', tel: 'textbox', text: 'textbox',
  url: 'textbox',
};

const TAG_ROLES = {
  address: 'group', article: 'article', aside: 'complementary', blockquote: 'blockquote', button: 'button', caption: 'caption',
  code: 'code', datalist: 'listbox', dd: 'definition', del: 'deletion', details: 'group', dfn: 'term', dialog: 'dialog',
  dt: 'term', em: 'emphasis', fieldset: 'group', figure: 'figure', h1: 'heading', h2: 'heading', h3: 'heading',
  h4: 'heading', h5: 'heading', h6: 'heading', hr: 'separator', ins: 'insertion', main: 'main', mark: 'mark', math: 'math',
  menu: 'list', meter: 'meter', nav: 'navigation', ol: 'list', optgroup: 'group', option: 'option', output: 'status',
  p: 'paragraph', progress: 'progressbar', s: 'deletion', search: 'search', strong: 'strong', sub: 'subscript',
  summary: 'button', sup: 'superscript', table: 'table', tbody: 'rowgroup', textarea: 'textbox', tfoot: 'rowgroup',
  thead: 'rowgroup', time: 'time', tr: 'row', ul: 'list', svg: 'img',
};

const FROM_CONTENT = new Set((
  'button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row ' +
  'rowheader switch tab tooltip treeitem'
).split(' '));

// Roles on which ARIA 1.2 prohibits a name: aria-label has no effect there.
const NAMELESS = new Set((
  'caption code deletion emphasis generic insertion none paragraph presentation strong subscript superscript'
).split(' '));

const squeeze = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim();

const byIds = (element, attribute) =>
  (element.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
    .map((id) => element.getRootNode().getElementById(id)).filter(Boolean);

function focusable(element) {
  return element.tabIndex >= 0 || element.hasAttribute('tabindex');
}

/// Whether it takes up no place for anybody: not rendered, or hidden from assistive technology.
function hidden(element) {
  if (!element.checkVisibility({ visibilityProperty: true })) return true;
  return Boolean(element.closest('[aria-hidden=true], [inert]'));
}

function explicitRole(element) {
  const tokens = (element.getAttribute('role') || '').toLowerCase().split(/\s+/);
  const role = tokens.find((token) => ROLES.has(token));
  const presentational = role === 'none' || role === 'presentation';
  return presentational && (focusable(element) || element.hasAttribute('aria-label')) ? undefined : role;
}

function implicitRole(element) {
  const tag = element.localName;
  switch (tag) {
    case 'a': case 'area': return element.hasAttribute('href') ? 'link' : 'generic';
    case 'img': return element.getAttribute('alt') === '' && !element.title ? 'none' : 'img';
    case 'header': return element.closest(SECTIONING) ? 'generic' : 'banner';
    case 'footer': return element.closest(SECTIONING) ? 'generic' : 'contentinfo';
    case 'form': return authorName(element) ? 'form' : 'generic';
    case 'section': return authorName(element) ? 'region' : 'generic';
    case 'li': return element.closest('ul, ol, menu, [role=list]') ? 'listitem' : 'generic';
    case 'select': return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    case 'td': return element.closest('[role=grid], [role=treegrid]') ? 'gridcell' : 'cell';
    case 'th': return element.scope === 'row' || element.scope === 'rowgroup' ? 'rowheader' : 'columnheader';
    case 'input': {
      if (element.list && ['email', 'search', 'tel', 'text', 'url'].includes(element.type)) return 'combobox';
      return INPUT_ROLES[element.type] || 'generic';
    }
    default: return TAG_ROLES[tag] || 'generic';
  }
}

function roleOf(element) {
  const role = explicitRole(element) || implicitRole(element);
  if (role === 'presentation') return 'none';
  return role === 'image' ? 'img' : role;
}

/// A name that the author gave by attribute, whatever the role.
function authorName(element) {
  const labelled = byIds(element, 'aria-labelledby');
  if (labelled.length) {
    const text = squeeze(labelled.map((label) => textAlternative(label, { labelling: true, seen: new Set([element]) })).join(' '));
    if (text) return text;
  }
  return squeeze(element.getAttribute('aria-label') || '') || squeeze(element.title || '');
}

/// What the element's own language says of its name: label, alt, legend, caption.
function hostName(element, context) {
  const from = (node) => (node ? squeeze(textAlternative(node, { labelling: true, seen: context.seen })) : '');
  const child = (selector) => from(element.querySelector(`:scope > ${selector}`));
  switch (element.localName) {
    case 'input':
      if (['submit', 'reset', 'button'].includes(element.type)) {
        const shown = { submit: 'Submit', reset: 'Reset', button: '' };
        return labels(element, context) || element.value || shown[element.type];
      }
      if (element.type === 'image') return labels(element, context) || element.alt || element.value || 'Submit';
      return labels(element, context);
    case 'button': case 'meter': case 'output': case 'progress': case 'select': case 'textarea': return labels(element, context);
    case 'img': case 'area': return squeeze(element.getAttribute('alt') || '');
    case 'fieldset': return child('legend');
    case 'figure': return child('figcaption');
    case 'table': return child('caption');
    case 'svg': return child('title');
    case 'optgroup': case 'track': return squeeze(element.label || '');
    default: return '';
  }
}

function labels(element, context) {
  const seen = new Set([...context.seen, element]);
  return squeeze([...(element.labels || [])].filter((label) => !context.seen.has(label))
    .map((label) => textAlternative(label, { labelling: true, seen })).join(' '));
}

/// The value a control adds to the name of what surrounds it.
function embeddedValue(element, role) {
  if (role === 'textbox' || role === 'searchbox') return element.value ?? element.textContent;
  if (role === 'combobox' && element.selectedOptions) return [...element.selectedOptions].map((option) => option.text).join(' ');
  if (['slider', 'spinbutton', 'progressbar', 'meter', 'scrollbar'].includes(role)) {
    return element.getAttribute('aria-valuetext') || element.getAttribute('aria-valuenow') || String(element.value ?? '');
  }
  return null;
}

function generated(element, pseudo) {
  const content = getComputedStyle(element, pseudo).content;
  const quoted = content.match(/^"((?:[^"\\]|\\.)*)"/);
  return quoted ? quoted[1].replace(/\\(.)/g, '$1') : '';
}

function contentOf(element, context) {
  let text = generated(element, '::before');
  const children = element.shadowRoot ? element.shadowRoot.childNodes
    : element.localName === 'slot' && element.assignedNodes().length ? element.assignedNodes() : element.childNodes;
  for (const child of children) {
    if (child.nodeType === Node.TEXT_NODE) {
      text += child.data;
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const inner = textAlternative(child, { ...context, embedded: true });
      const inline = child.localName !== 'br' && /^(inline$|contents$)/.test(getComputedStyle(child).display);
      text += inline ? inner : ` ${inner} `;
    }
  }
  return text + generated(element, '::after');
}

/// Steps 2A to 2I of the computation.
function textAlternative(element, context) {
  if (context.seen.has(element)) return '';
  const seen = new Set([...context.seen, element]);
  if (!context.labelling && hidden(element)) return '';
  if (context.labelling && context.embedded && hidden(element)) return '';
  const role = roleOf(element);
  const labelled = context.labelling || context.embedded ? [] : byIds(element, 'aria-labelledby');
  if (labelled.length) {
    const text = squeeze(labelled.map((label) => textAlternative(label, { labelling: true, seen })).join(' '));
    if (text) return text;
  }
  const label = squeeze(element.getAttribute('aria-label') || '');
  if (context.embedded) {
    const value = embeddedValue(element, role);
    if (value !== null) return value;
  }
  if (label) return label;
  if (role !== 'none') {
    const host = hostName(element, { seen });
    if (host) return host;
  }
  if (FROM_CONTENT.has(role) || element.localName === 'summary' || context.labelling || context.embedded) {
    const content = contentOf(element, { ...context, labelling: context.labelling, embedded: true, seen });
    if (squeeze(content)) return content;
  }
  const title = squeeze(element.title || '');
  if (title) return title;
  return squeeze(element.getAttribute('placeholder') || element.getAttribute('aria-placeholder') || '');
}

function nameOf(element) {
  if (NAMELESS.has(roleOf(element))) return '';
  return squeeze(textAlternative(element, { seen: new Set() }));
}

/// All elements below root, those of open shadow trees included, in the order of the document.
function* everything(root) {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}
