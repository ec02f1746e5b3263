// Texts that style sheets write: before and after an element's content, and as its marker. Needs dom.js, semantics.js and counter_styles.js.
// Sources: CSS Generated Content 3, CSS Lists 3.

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const STRINGS = `(?:${STRING}\\s*)+`;
const CONTENT = new RegExp(`^(${STRINGS}|url\\(.*\\)\\s*(?=/))(?:/\\s*(${STRINGS}))?$`);

/// Whether a style sheet draws a box before or after an element; the style is that of ::before or ::after.
const isGenerated = ({ content, display }) => !['none', 'normal'].includes(content) && display !== 'none';

/// The text that a string of CSS stands for.
const unquoted = (string) => string.slice(1, -1)
  .replace(/\\(?:([\da-f]{1,6}) ?|(.))/gi, (_, code, letter) => letter ?? String.fromCodePoint(parseInt(code, 16)));

const stringsIn = (content) => [...content.matchAll(new RegExp(STRING, 'g'))].map(([string]) => unquoted(string)).join('');

/// The text of ::before or ::after as it is part of a name: what is to be spoken (after a slash), else what is drawn.
function generated(element, pseudo, withHidden) {
  const style = getComputedStyle(element, pseudo);
  if (style.display === 'none' || (style.visibility !== 'visible' && !withHidden)) return '';
  const [, shown, spoken] = style.content.match(CONTENT) || [];
  const text = stringsIn(spoken ?? shown ?? '');
  return spoken !== undefined || setApart(null, style) ? ` ${text} ` : text;
}

const ITEMS = new RegExp(`url\\((?:${STRING}|[^)]*)\\)|(?<string>${STRING})|(?<counter>counters?)\\((?<of>(?:${STRING}|[^()"])*)\\)|(?<quote>open|close)-quote|/`, 'g');

// The marks of quotations, and those of quotations in them, by languages as Chromium has them.
const QUOTES = Object.fromEntries(Object.entries({
  '„“‚‘': 'de cs sk sl hr et', '«»«»': 'fr', '«»‹›': 'fr-CH fa', '«»”“': 'fr-CA', '«»“”': 'it pt-PT el ca', '‘’‘’': 'nl', '„”«»': 'pl ro',
  '«»„“': 'ru uk', '„”»«': 'hu', '””’’': 'sv fi he', '«»‘’': 'nb no nn', '„“„“': 'bg lt', '„”’’': 'sr', '「」『』': 'ja zh-Hant', '”“’‘': 'ar',
}).flatMap(([marks, languages]) => languages.split(' ').map((language) => [language, marks])));

/// How deep an element stands in quotations that style sheets draw.
function quotesAround(element) {
  const opens = (outer) => getComputedStyle(outer, '::before').content.includes('open-quote');
  let depth = 0;
  for (let outer = drawnParent(element); outer; outer = drawnParent(outer)) if (opens(outer)) depth += 1;
  return depth;
}

/// The mark that stands where a style sheet asks for one.
function quoteMark(element, { quotes, webkitLocale }, isOpening) {
  if (quotes === 'none') return '';
  const language = webkitLocale?.startsWith('"') ? unquoted(webkitLocale) : '';
  const byLanguage = () => [...QUOTES[language] ?? QUOTES[language.split('-')[0]] ?? '“”‘’'];
  const marks = quotes === 'auto' ? byLanguage() : [...quotes.matchAll(new RegExp(STRING, 'g'))].map(([string]) => unquoted(string));
  return marks[Math.min(2 * quotesAround(element), marks.length - 2) + Number(!isOpening)] ?? '';
}

/// The text of ::before, ::after or ::marker as it is drawn.
function drawnContent(element, pseudo) {
  const style = getComputedStyle(element, pseudo);
  let text = '';
  for (const { 0: item, groups } of style.content.matchAll(ITEMS)) {
    const { string, counter, of, quote } = groups;
    if (item === '/') break;
    if (string) text += unquoted(string);
    else if (counter) text += counted(countersOf(element)?.[pseudo] ?? {}, of, element);
    else if (quote) text += quoteMark(element, style, quote === 'open');
  }
  return text;
}

/// The text in front of an item of a list; nothing where there is none, or a picture such as a dot.
function markerText(element) {
  const { listStyleType, listStyleImage } = getComputedStyle(element);
  const { content } = getComputedStyle(element, '::marker');
  if (content !== 'normal') return drawnContent(element, '::marker');
  if (listStyleImage !== 'none') return '';
  if (listStyleType.startsWith('"')) return unquoted(listStyleType);
  const number = written(countersOf(element)?.['::marker']?.['list-item']?.at(-1) ?? 0, listStyleType, element);
  return number && affixes(listStyleType, element).join(number);
}

/// `counter(NAME, STYLE)` or `counters(NAME, "BETWEEN", STYLE)`, by what stands in the brackets.
function counted(counters, given, element) {
  const [, name, , between, , style = 'decimal'] = given.match(new RegExp(`^\\s*([^\\s,]+)(\\s*,\\s*(${STRING}))?(\\s*,\\s*([\\w-]+))?\\s*$`)) ?? [];
  const values = (counters[name] ?? [0]).map((value) => written(value, style, element));
  return between ? values.join(unquoted(between)) : values.at(-1);
}

/// The values of all counters, from the outermost, for each text that a style sheet may write for an element: { '::before': { NAME: [] } }.
function countersOf(element) {
  cache.counters ??= new Map();
  const root = ownerOf(element).documentElement;
  if (!cache.counters.has(root)) countBelow(root, {});
  return cache.counters.get(element);
}

function countBelow(element, counters) {
  const style = getComputedStyle(element);
  cache.counters.set(element, {});
  if (style.display === 'none') return;
  count(counters, style, parentOf(element), element);
  keepCounters(element, '::marker', counters);
  countGenerated(element, '::before', counters);
  for (const child of drawnChildren(element)) if (child.nodeType === Node.ELEMENT_NODE) countBelow(child, counters);
  countGenerated(element, '::after', counters);
  // A counter ends with the siblings of the element that began it.
  for (const stack of Object.values(counters)) while (stack.at(-1)?.scope === element) stack.pop();
}

function countGenerated(element, pseudo, counters) {
  const style = getComputedStyle(element, pseudo);
  if (style.content === 'none' || style.content === 'normal' || style.display === 'none') return;
  count(counters, style, element, null);
  keepCounters(element, pseudo, counters);
}

function keepCounters(element, pseudo, counters) {
  cache.counters.get(element)[pseudo] = Object.fromEntries(Object.entries(counters).map(([name, stack]) => [name, stack.map(({ value }) => value)]));
}

const changesIn = (property) => [...property.matchAll(/(\S+) (-?\d+)/g)].map(([, name, number]) => [name, Number(number)]);

/// What an element, or what is generated for one, does to the counters in its parent.
function count(counters, style, scope, element) {
  const last = (name) => {
    const stack = counters[name] ??= [];
    if (!stack.length) stack.push({ value: 0, scope });
    return stack.at(-1);
  };
  const begin = ([name, value]) => {
    const stack = counters[name] ??= [];
    if (stack.at(-1)?.scope === scope) stack.pop();
    stack.push({ value, scope });
  };
  const list = element && listNumbers(element, style);
  [...list?.reset ?? [], ...changesIn(style.counterReset)].forEach(begin);
  [...changesIn(style.counterIncrement), ...list?.increment ?? []].forEach(([name, by]) => { last(name).value += by; });
  [...list?.set ?? [], ...changesIn(style.counterSet)].forEach(([name, value]) => { last(name).value = value; });
}

/// What HTML does to the numbers of lists (CSS Lists 3, "the implicit list-item counter").
function listNumbers(element, { display, counterIncrement }) {
  const isList = matches(element, 'ol, ul, menu'), isReversed = (list) => list !== null && matches(list, 'ol[reversed]');
  const isFromEnd = isReversed(element) && !hasAttribute(element, 'start');
  const start = isFromEnd ? queryAll(element, ':scope > li').length : element.start ?? 1;
  const isItem = display.includes('list-item') && !/(^| )list-item /.test(counterIncrement);
  const value = tagOf(element) === 'li' && attribute(element, 'value');
  return {
    reset: isList ? [['list-item', start + (isReversed(element) ? 1 : -1)]] : [],
    increment: isItem ? [['list-item', isReversed(parentOf(element)) ? -1 : 1]] : [],
    set: value ? [['list-item', parseInt(value, 10)]] : [],
  };
}
