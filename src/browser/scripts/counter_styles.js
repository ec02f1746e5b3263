// How style sheets write numbers: the counter styles that browsers bring, and those of a page's own. Needs dom.js, generated.js and gradients.js.
// Source: CSS Counter Styles 3.

const DIGITS = {
  'arabic-indic': 'arab', bengali: 'beng', cambodian: 'khmr', 'cjk-decimal': 'hanidec', devanagari: 'deva', gujarati: 'gujr', gurmukhi: 'guru',
  kannada: 'knda', khmer: 'khmr', lao: 'laoo', malayalam: 'mlym', mongolian: 'mong', myanmar: 'mymr', oriya: 'orya', persian: 'arabext',
  tamil: 'tamldec', telugu: 'telu', thai: 'thai', tibetan: 'tibt', urdu: 'arabext',
};

const LATIN = [...'abcdefghijklmnopqrstuvwxyz'];

const IN_TURN = {
  'lower-alpha': LATIN, 'lower-latin': LATIN, 'lower-greek': [...'αβγδεζηθικλμνξοπρστυφχψω'],
  hiragana: [...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん'],
  katakana: [...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン'],
};

/// Numbers from letters for 1 to 9, 10 to 90 and so on: [value, letters], the greatest first.
const byRank = (...ranks) => ranks.flatMap((letters, rank) => [...letters].map((letter, at) => [(at + 1) * 10 ** rank, letter])).reverse();

const HEBREW = [
  ...byRank('', '', 'קרשת'), ...byRank('', 'יכלמנסעפצ').filter(([value]) => value > 10), [19, 'יט'], [18, 'יח'], [17, 'יז'], [16, 'טז'], [15, 'טו'],
  [10, 'י'], ...byRank('אבגדהוזחט'),
];

const ARMENIAN = byRank('ԱԲԳԴԵԶԷԸԹ', 'ԺԻԼԽԾԿՀՁՂ', 'ՃՄՅՆՇՈՉՊՋ', 'ՌՍՎՏՐՑՒՓՔ');

const lower = (symbols) => symbols.map(([value, letters]) => [value, letters.toLowerCase()]);
const upper = (symbols) => symbols.map((each) => (Array.isArray(each) ? [each[0], each[1].toUpperCase()] : each.toUpperCase()));

const ROMAN = [
  [1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
];

const SUMS = {
  'lower-roman': ROMAN, 'upper-roman': upper(ROMAN), hebrew: HEBREW, armenian: ARMENIAN, 'upper-armenian': ARMENIAN, 'lower-armenian': lower(ARMENIAN),
  georgian: byRank('აბგდევზჱთ', 'იკლმნჲოპჟ', 'რსტჳფქღყშ', 'ჩცძწჭხჴჯჰ'),
};

/// As many as the number says, from the greatest value on; null where something is left.
function summed(number, symbols) {
  if (number === 0) return symbols.find(([value]) => value === 0)?.[1] ?? null;
  const [text, rest] = symbols.filter(([value]) => value > 0)
    .reduce(([sum, left], [value, letters]) => [sum + letters.repeat(left / value), left % value], ['', number]);
  return rest ? null : text;
}

/// As letters are counted on from z to aa.
const inTurn = (number, symbols) => (number < 1 ? null : inTurnFrom(number, symbols));
const inTurnFrom = (number, symbols) => (number > 0
  ? inTurnFrom(Math.floor((number - 1) / symbols.length), symbols) + symbols[(number - 1) % symbols.length] : '');

/// In digits.
const inDigits = (number, symbols) => (number < symbols.length ? '' : inDigits(Math.floor(number / symbols.length), symbols)) + symbols[number % symbols.length];

const SYSTEMS = {
  cyclic: (number, symbols) => symbols[(((number - 1) % symbols.length) + symbols.length) % symbols.length],
  fixed: (number, symbols, first) => symbols[number - first] ?? null,
  symbolic: (number, symbols) => (number < 1 ? null : symbols[(number - 1) % symbols.length].repeat(Math.ceil(number / symbols.length))),
  alphabetic: inTurn,
  numeric: inDigits,
};

/// A number in a style that browsers bring: null where it has no form in it; undefined where that style is not known here.
function inBuiltIn(number, style) {
  const [, kind] = style.match(/^upper-(alpha|latin)$/) ?? [];
  if (style === 'decimal') return String(number);
  if (style === 'decimal-leading-zero') return (number < 0 ? '-' : '') + String(Math.abs(number)).padStart(2, '0');
  if (DIGITS[style]) return new Intl.NumberFormat(`en-u-nu-${DIGITS[style]}`, { useGrouping: false }).format(number);
  if (kind || IN_TURN[style]) return inTurn(number, kind ? upper(LATIN) : IN_TURN[style]);
  return SUMS[style] && (number > 0 ? summed(number, SUMS[style]) : null);
}

/// Those of the page's own, by name, the last that is written; what style sheets of other origins have can't be read.
function ownStyles(root) {
  const known = cache.counterStyles ??= new Map();
  const within = (holder) => {
    try {
      return [...holder?.cssRules ?? []].flatMap((rule) => (rule.constructor.name === 'CSSCounterStyleRule' ? rule : within(rule.styleSheet ?? rule)));
    } catch {
      return [];
    }
  };
  if (!known.has(root)) known.set(root, new Map([...root.styleSheets, ...root.adoptedStyleSheets].flatMap(within).map((rule) => [rule.name, rule])));
  return known.get(root);
}

/// A style of the page's own, that of the shadow tree first.
const ownStyle = (name, element) => [rootOf(element), ownerOf(element)].filter((root) => root.styleSheets)
  .map((root) => ownStyles(root).get(name)).find(Boolean);

const symbolsIn = (text) => [...text.matchAll(new RegExp(`(${STRING})|[^\\s"]+`, 'g'))].map(([symbol, string]) => (string ? unquoted(string) : symbol));

const symbolsWithValues = (text) => partsOfList(text).map((part) => {
  const value = part.match(/(?<!\S)\d+(?!\S)/)?.[0] ?? '0';
  return [Number(value), symbolsIn(part.replace(value, ''))[0] ?? ''];
});

const isInRange = (number, range) => /^(auto)?$/.test(range) || range.split(',').some((part) => {
  const [least, most] = part.trim().split(/\s+/).map((end, at) => (end === 'infinite' ? (at ? Infinity : -Infinity) : Number(end)));
  return number >= least && number <= most;
});

/// A number in a style of the page's own; null where it has no form in it.
function inOwn(number, rule, element) {
  const [system, given = ''] = (rule.system || 'symbolic').split(' ');
  if (!isInRange(number, rule.range)) return null;
  const isSigned = number < 0 && !['cyclic', 'fixed'].includes(system), plain = isSigned ? -number : number;
  const text = system === 'extends' ? inStyle(plain, given, element)
    : system === 'additive' ? summed(plain, symbolsWithValues(rule.additiveSymbols))
      : SYSTEMS[system]?.(plain, symbolsIn(rule.symbols), Number(given || 1));
  if (text === null || text === undefined) return null;
  const [before, after = ''] = isSigned ? symbolsIn(rule.negative || '"-"') : [''], [width = 0, filler = ''] = symbolsIn(rule.pad);
  return before + filler.repeat(Math.max(0, width - [...before + text + after].length)) + text + after;
}

function inStyle(number, style, element) {
  const rule = ownStyle(style, element);
  return rule ? inOwn(number, rule, element) : inBuiltIn(number, style);
}

/// A number as a counter style writes it; nothing where that draws a sign, or is not known here.
function written(number, style, element) {
  if (/^(none|disc|circle|square|disclosure-.*)$/.test(style)) return '';
  const text = inStyle(number, style, element);
  if (text !== null) return text ?? '';
  const fallback = ownStyle(style, element)?.fallback || 'decimal';
  return fallback === style ? String(number) : written(number, fallback, element);
}

/// What stands before and behind the number in front of an item of a list.
function affixes(style, element) {
  const rule = ownStyle(style, element), given = (own, other) => (own ? symbolsIn(own)[0] ?? '' : other);
  const behind = /^(cjk-|hiragana|katakana)/.test(style) ? '、' : '. ';
  return [given(rule?.prefix, ''), given(rule?.suffix, behind)];
}
