// From a locator to the elements it names. Needs dom.js, semantics.js, visibility.js and text.js.
// A locator is { by: { role: [role], only: selector } | 'text' | 'whole-text' | 'placeholder' | 'test-id' | 'frame', name, within }.

const describe = (element) => ({ role: kindRole(element), name: namesOf(element)[0] });

/// Where to look for what is in an element that was found by a name: in a frame, its document; in a row, all rows that it reaches into.
const insideOf = (element, name) => (kindRole(element) === 'row' ? rowsOf(element, name) : [documentIn(element) || element]);

const isFrame = (element) => ['iframe', 'frame'].includes(tagOf(element));

/// The role that people take an element for: an editor without a role is a text field.
function kindRole(element) {
  if (isFrame(element)) return 'frame';
  const role = roleOf(element);
  return role === 'generic' && isEditor(element) ? 'textbox' : role;
}

// ARIA takes no names of these from their content. People call them by what they say.
const KNOWN_BY_TEXT = new Set((
  'alert blockquote caption code definition deletion emphasis insertion listitem log mark note paragraph status strong term time timer'
).split(' '));

const CELLS = '[role=cell], [role=gridcell], [role=rowheader], td, th';

/// A row is called by its header, else by its first cell that says something.
function namingCells(row) {
  const cells = everything(row).filter((cell) => matches(cell, CELLS));
  const headers = cells.filter((cell) => roleOf(cell) === 'rowheader');
  const first = cells.find((cell) => fold(drawnText(cell)));
  return (headers.length ? headers : [first]).filter(Boolean);
}

/// A row with those below it that the cell it is called by spans, too.
function rowsOf(row, name) {
  const cell = namingCells(row).find((each) => textsOf(each).includes(name));
  // Of 0 rows: all that there are (HTML, "the td element").
  const span = cell ? Number(cell.rowSpan ?? attribute(cell, 'aria-rowspan') ?? 1) || Infinity : 1;
  const rows = [row];
  for (let next = row.nextElementSibling; next && rows.length < span; next = next.nextElementSibling) rows.push(next);
  return [...rows, ...partsOfRow(row)];
}

/// Grids with columns that stay in place draw a row in several parts, which have its index.
function partsOfRow(row) {
  const index = attribute(row, 'aria-rowindex'), grid = closest(row, '[role=grid], [role=treegrid], [role=table], table');
  return index && grid ? everything(grid).filter((other) => other !== row && attribute(other, 'aria-rowindex') === index && kindRole(other) === 'row') : [];
}

const CLICKABLE = ['button', 'link'];

/// What its text says without the buttons and the lists in it: an alert and the button that closes it are two things.
function ownText(element) {
  const parts = [...childNodesOf(element)].map((node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || CLICKABLE.includes(roleOf(node)) || roleOf(node) === 'list') return '';
    return drawnText(node);
  });
  return parts.join('');
}

/// What is called by the first line that stands in it, too: a dialog by its title, an entry of a list by its first column.
const KNOWN_BY_FIRST_LINE = new Set(['dialog', 'alertdialog', 'listitem', 'option', 'treeitem', 'article', 'blockquote', 'definition', 'log', 'note']);

/// Beside these the words stand behind, beside all other fields before.
const WORDS_BEHIND = ['checkbox', 'radio', 'switch'];

/// The words of the line right beside a field without a label, or those in the cell beside its own.
function wordsBeside(field) {
  const isBehind = WORDS_BEHIND.includes(roleOf(field));
  const nextTo = (node) => (isBehind ? node.nextSibling : node.previousSibling);
  let words = '', node = nextTo(field);
  for (; node; node = nextTo(node)) {
    const isElement = node.nodeType === Node.ELEMENT_NODE;
    if (isElement && (!getComputedStyle(node).display.startsWith('inline') || matches(node, `br, ${CONTROLS}`))) break;
    const more = isElement ? drawnText(node) : node.nodeType === Node.TEXT_NODE ? node.data : '';
    words = isBehind ? words + more : more + words;
  }
  if (isBehind) return words;
  if (fold(words)) return node && isCalledByWordsBehind(node) ? '' : words;
  const cell = closest(field, 'td'), before = cell?.previousElementSibling;
  if (!before || query(before, CONTROLS)) return '';
  const other = before.previousElementSibling && query(before.previousElementSibling, TEXT_FIELDS);
  return other && isCalledByWordsBehind(other) ? '' : drawnText(before);
}

const TEXT_FIELDS = 'input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea';

/// Whether a field has no name but what stands behind it, as that of a check box does: a field after it is not called so.
const isCalledByWordsBehind = (field) => matches(field, `${TEXT_FIELDS}, [type=checkbox], [type=radio], [role=checkbox], [role=radio], [role=switch]`)
  && !labelsOf(field).length && !fold(nameOf(field)) && (WORDS_BEHIND.includes(roleOf(field)) || !fold(wordsBeside(field)));

/// What a person reads of an element to which the browser gives no name: a tool tip in it, the words of the label that it stands in,
/// what an editor shows while it is empty, the words beside a field.
function substituteNames(element) {
  const tips = [element, ...queryAll(element, '[title]')].map(titleOf);
  const hint = attribute(element, 'data-placeholder') || attribute(element, 'aria-placeholder') || '';
  let label = drawnParent(element);
  while (label && tagOf(label) !== 'label') label = drawnParent(label);
  const words = label ? drawnText(label) : matches(element, 'input, select, textarea') ? wordsBeside(element) : '';
  return [...tips, hint, words];
}

/// The words that are drawn on what has its name from its content, and those of labels: what a person reads, whatever ARIA calls it.
function wordsOn(element) {
  const labels = labelsOf(element);
  return [...(FROM_CONTENT.has(kindRole(element)) ? [element, ...labels] : labels)].flatMap(textsOf);
}

/// Whether these words are drawn on it. Few elements are worth a look at what is drawn.
function reads(element, name) {
  const mayRead = (part) => withOtherTexts().has(part) || gistsOf(name).every((word) => gistOf(part).includes(word));
  return [element, ...labelsOf(element)].some(mayRead) && wordsOn(element).includes(name);
}

/// The names of an element, the browser's own first. An empty one stands where it has none.
const namesOf = remembered('all names', (element) => {
  const role = kindRole(element), own = fold(nameOf(element));
  const more = [nameAsWritten(element), ...wordsOn(element)];
  // What a style sheet adds while the mouse is over it, a tool tip for instance, comes and goes.
  if (matches(element, ':hover')) more.push(piecesOf(element).filter(({ from }) => from?.nodeType === Node.TEXT_NODE).map(({ text }) => text).join(''));
  if (concealed(element)) more.push(nameOf(element, { withHidden: true }));
  if (RANGES.includes(role)) more.push(once(own));
  if (FIELDS.includes(role)) more.push(nameWithoutValue(element));
  if (role === 'combobox' && tagOf(element) !== 'select') more.push(...labelsOfReplaced(element));
  if (role === 'row') more.push(...namingCells(element).map(drawnText));
  if (KNOWN_BY_TEXT.has(role)) more.push(drawnText(element), ownText(element));
  if (KNOWN_BY_FIRST_LINE.has(role)) more.push(lines(element).next().value?.text ?? '');
  if (!own && isFrame(element)) more.push(titleOf(element), attribute(element, 'name') ?? '');
  else if (!own && (FROM_CONTENT.has(role) || FIELDS.includes(role) || RANGES.includes(role) || role === 'img')) more.push(...substituteNames(element));
  const names = [own, ...more.map(fold).filter(Boolean)];
  return own || names.length === 1 ? names : names.slice(1);
});

/// The labels of a native list that is not drawn, right before what is drawn in its place.
function labelsOfReplaced(field) {
  for (let node = field, steps = 0; node && steps < 3; node = drawnParent(node), steps++) {
    const list = node.previousElementSibling;
    if (list && tagOf(list) === 'select' && !isDrawn(list)) return labelsOf(list).map(drawnText);
  }
  return [];
}

/// What a field is labelled by but itself: some add what they hold to their name.
function nameWithoutValue(field) {
  const labels = byIds(field, 'aria-labelledby'), others = labels.filter((label) => label !== field && !holds(field, label));
  return others.length < labels.length ? others.map(drawnText).join(' ') : '';
}

// Keys that a menu shows beside its items: "Ctrl+Shift+L", "⌘K", and "0, 0" for one after the other.
const MODIFIERS = 'Ctrl|Control|Cmd|Command|Alt|Option|Shift|Meta|Win';
const SHORTCUT = new RegExp(`\\s+(?:(?:(?:${MODIFIERS})\\+)+|[⌘⇧⌥⌃]+\\s?)(?:[^\\s]|F\\d{1,2}|Enter|Esc|Escape|Del|Delete|Tab|Space|Home|End)$`, 'u');
const KEYS_IN_TURN = /\s+(?:(\p{L}), \1|(\d), \2)$/u;

// What only shows what something is, or how it stands.
const SIGNS = new RegExp([
  /^[▸▾▴▼▲►▶◀◂•●○◯◉▪«‹←»›→⋮☰☐☑☒✓✔]\s*/, /^\+\s+(?=\p{L})/, /\s*[*:…▸▾▴▼▲►▿✱→›»⌄⌃⧉]+$/,
  // Beside a number these say whether it is more or less.
  /^[↑↓↗⇅↕]\s*(?=\p{L})/, /(?<=\p{L})\s*[↑↓↗⇅↕]+$/, /(?<=\p{L})\s+[+−–-]$/,
].map(({ source }) => source).join('|'), 'gu');

// On a button it takes something away; in front of anything else it says that it is not so.
const CROSS = /^[✕✖×]\s*/u;

const withoutCross = (element, name) => (CLICKABLE.includes(kindRole(element)) ? name.replace(CROSS, '') : name);

/// A name without what comes and goes beside it: a count or a shortcut at its end, then signs that only show what it is, too.
function shortNames(name) {
  const bare = name.replace(SHORTCUT, '').replace(KEYS_IN_TURN, '').replace(/\s*(\(\s*\d[\d.,]*\+?\s*\)|\[\s*\d+\s*\])$/u, '');
  return [bare, bare.replace(SIGNS, '').trim()];
}

/// A name that a group's label doubles ("Volume Volume") is read once.
function once(name) {
  const half = name.slice(0, (name.length - 1) / 2);
  return name === `${half} ${half}` ? half : '';
}

const isCalled = (element, name) => fold(nameOf(element)) === name;

/// Ways in which a name can be an element's, the surest first. The next is asked only where the one before finds nothing to see.
/// What is called so and reads so is meant; else what is called so and what only reads so are alike: of two, neither is.
const WAYS = [
  (element, name) => isCalled(element, name) && reads(element, name),
  (element, name) => isCalled(element, name) || reads(element, name),
  (element, name) => namesOf(element).includes(name),
  (element, name) => namesOf(element).some((own) => own.includes(name) && shortNames(withoutCross(element, own)).includes(name)),
  // What is hidden has no name; the one it would have tells that it is there.
  (element, name) => hidden(element) && fold(nameOf(element, { withHidden: true })) === name,
];

/// The elements in these places that are of the locator's kind, whatever they are called.
function ofKind({ by }, places) {
  const all = places.flatMap(everything);
  if (by === 'placeholder') return all.filter((element) => attribute(element, 'placeholder'));
  if (by === 'test-id') return all.filter((element) => hasAttribute(element, 'data-testid'));
  if (by === 'frame') return all.filter(isFrame);
  // A button to ARIA, but what steps call a field, whatever its kind, is set so.
  const isField = !by.only && ['textbox', 'spinbutton'].every((role) => by.role.includes(role));
  const isColour = (element) => isField && matches(element, 'input[type=color]');
  const isOfRole = (element) => by.role.includes(kindRole(element)) || isColour(element);
  return all.filter((element) => isOfRole(element) && (!by.only || matches(element, by.only)));
}

/// Lists that pop up for a field belong to it, and often have its name.
function withoutOwnLists(elements) {
  const fields = elements.filter((element) => kindRole(element) === 'combobox');
  return fields.length ? elements.filter((element) => kindRole(element) !== 'listbox') : elements;
}

// Where a name can come from beside an element's text and its labels'.
const NAMED_OTHERWISE = '[aria-label], [aria-labelledby], [title], [alt], [placeholder], [aria-placeholder], [data-placeholder], [label], '
  + 'input:not([type=checkbox], [type=radio]), select, textarea, img, svg, slot, iframe';

/// So many elements of one kind are worth a look at what they may be called before each name is made.
const MANY = 100;

/// Whether names are made even where no word of the wanted one is seen: at the beginning and at the end of waiting, not in each frame.
let isThorough = true;

/// The elements that may have a name, by the words that stand in them. A style sheet that writes names is not thought of.
function likely(elements, name) {
  const words = gistsOf(name);
  const saysAll = (parts) => words.every((word) => parts.some((part) => gistOf(part).includes(word)));
  return elements.filter((element) => {
    const parts = [element, ...labelsOf(element)];
    const isOtherwise = withOtherTexts().has(element)
      || parts.some((part) => (part === element && parts.length > 1 ? hasAttribute(part, 'aria-label') : matches(part, NAMED_OTHERWISE))
        || (part === element && query(part, NAMED_OTHERWISE) !== null));
    return isOtherwise || saysAll(parts);
  });
}

/// What the locator names in these places: { shown: [element], hidden: whether something of it is there that is not shown, concealed:
/// whether a person sees it all the same, unseen: something of it that may appear when it is scrolled to }.
function matching(locator, places, isThere = isShown) {
  const name = fold(locator.name);
  seenAt = new Map();
  sought = typeof locator.by === 'string' ? null : name;
  if (locator.by === 'text' || locator.by === 'whole-text') return matchingText(locator, places, name);
  const all = ofKind(locator, places);
  const plainly = {
    placeholder: (element) => fold(attribute(element, 'placeholder')) === name,
    'test-id': (element) => attribute(element, 'data-testid') === locator.name,
  }[locator.by];
  if (plainly) return matchingWays([plainly], all, name, isThere);
  const few = all.length > MANY ? likely(all, name) : all;
  const found = matchingWays(WAYS, few, name, isThere);
  return found.shown.length || few.length === all.length || !isThorough ? found : matchingWays(WAYS, all, name, isThere);
}

function matchingWays(ways, elements, name, isThere) {
  let isHidden = false, isConcealed = false, unseen;
  for (const way of ways) {
    const found = elements.filter((element) => way(element, name));
    const shown = found.filter(isThere);
    if (shown.length) return { shown: withoutOwnLists(shown), hidden: false };
    isHidden ||= found.length > 0;
    isConcealed ||= found.some(isSeen);
    unseen ??= found.find(isTransparent);
  }
  return { shown: [], hidden: isHidden, concealed: isConcealed, unseen };
}

/// Whether it has its place on the page but is not drawn yet: many things appear when they are scrolled to.
const isTransparent = (element) => Boolean(element) && rendered(element) && (opacityAround(element) < FAINT || isYetToLoad(element)) && sized(element).length > 0;

function matchingText({ by }, places, name) {
  if (!name) return { shown: [], hidden: false };
  const wanted = { name, isWhole: by === 'whole-text' };
  let isThere = false;
  for (const isByStyle of [false, true]) {
    const found = places.flatMap((place) => textHolders(place, wanted, isByStyle));
    const shown = found.filter((element) => isTextDrawn(element, wanted));
    if (shown.length) return { shown, hidden: false };
    isThere ||= found.length > 0;
  }
  const said = places.map((place) => inSource(place, name)).find(Boolean);
  return { shown: [], hidden: isThere || Boolean(said), unseen: [said].find(isTransparent) };
}

/// Where a mere text is looked for to be acted on, what says just that goes before what says more.
function exactly(elements, name) {
  const exact = elements.filter((element) => textsOf(element).includes(name));
  return exact.length === 1 ? exact : elements;
}

/// Either { elements } that are shown, or { failure }.
function resolve(locator, purpose) {
  let places = [document];
  if (locator.within) {
    const outer = resolve(locator.within, 'within');
    if (outer.failure) return { failure: { ...outer.failure, depth: (outer.failure.depth ?? 0) + 1 } };
    places = insideOf(outer.elements[0], fold(locator.within.name));
  }
  const isText = locator.by === 'text' || locator.by === 'whole-text';
  const looksOn = purpose === 'see' || purpose === 'see-none';
  // What assistive technology is kept from is not absent: a person sees it.
  const found = matching(locator, places, purpose === 'see-none' ? isSeen : isShown);
  const shown = isText && !looksOn ? exactly(found.shown, fold(locator.name)) : found.shown;
  if (shown.length === 1 || (shown.length && isText && looksOn)) return { elements: shown };
  if (shown.length) return { failure: { kind: 'several', matches: shown.slice(0, 10).map(placeOf) } };
  if (found.hidden) return { failure: { kind: found.concealed ? 'concealed' : 'hidden', unseen: found.unseen } };
  return { failure: { kind: 'missing', places, locator } };
}

const PLACES_BY_NAME = ['region', 'dialog', 'alertdialog', 'group', 'form', 'navigation', 'row', 'banner', 'contentinfo', 'tabpanel', 'list', 'table'];

/// Where an element stands, for a person who must tell it from its like.
function placeOf(element) {
  const within = [];
  for (let outer = outward(element); outer; outer = outward(outer)) {
    if (PLACES_BY_NAME.includes(roleOf(outer)) && namesOf(outer)[0] && isShown(outer)) within.push(callable(outer));
  }
  return { ...callable(element), within: within.slice(0, 2) };
}

/// An element by its role and the shortest of its names: a row by its header rather than by all it says.
function callable(element) {
  const names = namesOf(element).filter(Boolean);
  const short = kindRole(element) === 'row' || KNOWN_BY_TEXT.has(kindRole(element));
  const name = short ? names.sort((a, b) => a.length - b.length)[0] : names[0];
  return { role: kindRole(element), name: name ?? '' };
}

/// Something a person knows it by: its own name, or that of the dialog which it is the ground of, or of the nearest thing around it.
function nameable(element) {
  const named = (node) => ({ role: roleOf(node), name: fold(nameOf(node)) });
  const isNamed = (node) => roleOf(node) !== 'generic' && fold(nameOf(node)) !== '';
  if (isNamed(element)) return named(element);
  const dialog = dialogOn(element);
  if (dialog && isNamed(dialog)) return named(dialog);
  for (let node = outward(element); node; node = outward(node)) if (isNamed(node)) return named(node);
  const thing = describe(element);
  return { ...thing, name: thing.name || shortText(squeeze(drawnText(element)), 60), html: openingTag(element) };
}

/// The dialog that stands on an overlay: in it, or, where it is empty, the topmost of the page.
function dialogOn(overlay) {
  const dialogs = (root) => everything(root).filter((element) => ['dialog', 'alertdialog'].includes(roleOf(element)) && isShown(element));
  return dialogs(overlay)[0] ?? (childrenOf(overlay).length ? null : dialogs(document).at(-1));
}

const pairs = (text) => new Set([...text].slice(1).map((letter, at) => text[at] + letter));

/// How much alike two texts are, from 0 to 1: the pairs of letters that they share (Dice's coefficient).
function alike(a, b) {
  const [one, other] = [pairs(a.toLowerCase()), pairs(b.toLowerCase())];
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size ? (2 * shared) / (one.size + other.size) : Number(a.toLowerCase() === b.toLowerCase());
}

/// How many similar things are sent to where the most similar are chosen.
const SENT = 40;
/// Longer texts are no names.
const LONGEST_NAME = 120;

/// What an element is likely called, at little cost.
const roughName = (element) => squeeze(attribute(element, 'aria-label') || [element, ...labelsOf(element)].map(textOf).join(' ')
  || titleOf(element) || attribute(element, 'placeholder') || attribute(element, 'alt') || '').slice(0, LONGEST_NAME);

/// What the page has instead: things with a name in these places that are shown, and texts from the whole page, the most similar of each.
function candidates(places, locator, limit = SENT) {
  const wanted = fold(locator.name), isText = typeof locator.by === 'string';
  const best = (things) => things.sort((a, b) => b.score - a.score).slice(0, limit);
  const bonus = (role) => (locator.by.role?.includes(role) ? 1 : 0);
  const withRole = places.flatMap(everything).map((element) => ({ element, role: kindRole(element) })).filter(({ role }) => role !== 'generic' && role !== 'none');
  const things = best(withRole.map((thing) => ({ ...thing, score: alike(roughName(thing.element), wanted) + bonus(thing.role) })));
  const texts = best(everything(document).filter(hasOwnWords).map((element) => ({ element, score: alike(roughName(element), wanted) })));
  return [
    ...things.filter(({ element }) => isShown(element)).map(({ element }) => callable(element)),
    ...texts.filter(({ element }) => isDrawn(element)).flatMap(({ element }) => drawnText(element).split(EDGES)).map((text) => ({ role: 'text', name: fold(text) }))
      .filter(({ name }) => isText || name === wanted),
  ].filter(({ name }) => name && name.length <= 2 * LONGEST_NAME);
}

/// Whether another document may be drawn in it: not in an object that shows what it holds in place of one.
const hasView = ({ localName, contentWindow }) => HOLDS_DOCUMENT.includes(localName) && (localName === 'embed' || contentWindow !== null);

/// Frames of other origins in these places, which no script of ours can look into.
const closedFrames = (places = [document]) => [...new Set(places.flatMap((place) => [place, ...everything(place)]))]
  .filter((frame) => hasView(frame) && !documentIn(frame) && isDrawn(frame));

const outermostFrame = (element) => (frameOf(element) ? outermostFrame(frameOf(element)) : element);

/// Where the driver has to look for what should not be there: frames of this document that are of other origins, and those that hold such
/// frames. With what is asked of it there: where all of a frame stands in the place that is meant, that is no more part of the question.
function framesToEnter(locator) {
  const outer = locator.within ? resolve(locator.within, 'within') : { elements: [document] };
  if (!outer.elements) return [];
  const places = locator.within ? insideOf(outer.elements[0], fold(locator.within.name)) : outer.elements;
  const inside = new Set(places.flatMap((place) => [place, ...everything(place)]));
  return [...new Set(closedFrames(places).map(outermostFrame))].map((frame) => ({
    frame,
    ask: {
      locator: inside.has(frame) ? { ...locator, within: null } : locator,
      isSeenInto: documentIn(frame) !== null, isFixed: attribute(frame, 'scrolling') === 'no',
    },
  }));
}

/// A failure as it is reported. Only now: looking at everything in every frame would slow down the page that is waited for.
function reported({ places, locator, unseen, ...failure }) {
  return places ? { ...failure, candidates: candidates(places, locator), frames: closedFrames().map((frame) => namesOf(frame)[0] || attribute(frame, 'src') || '') } : failure;
}
