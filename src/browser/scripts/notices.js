// What a page tells its reader beside its content: errors, other messages, the question for cookies. Needs dom.js, semantics.js, locate.js and signs.js.

// What those who write pages call news that are none of an error, in names of classes or attributes.
const GOOD_NEWS = /(?:^|[\s_-])(?:success|info|positive|confirm)|Success|Info(?![a-z])/;
const BAD_NEWS = /error|danger|fail|negative|critical|warn/i;

// What errors say in English, French, German and Spanish.
const ERROR_WORDS = new RegExp(String.raw`(?<!\p{L})(?:${[
  'errors?', 'fail(?:s|ed|ure)?', 'invalid', 'incorrect', 'wrong', 'denied', 'refused', 'rejected', 'forbidden', 'unable', 'expired', 'missing',
  'unavailable', 'timed out', 'time-?out', 'too many', 'unauthori[sz]ed', 'unsuccessful', 'problem', 'oops', 'sorry', 'try again', 'code \\d+',
  'erreurs?', 'échec', 'échoué', 'invalides?', 'refusée?', 'impossible', 'introuvable', 'expirée?', 'indisponible', 'désolée?s?', 'réessaye[zr]',
  'fehler', 'fehlgeschlagen', 'ungültig\\p{L}*', 'falsch\\p{L}*', 'abgelehnt', 'abgelaufen', 'leider', 'erneut',
  'falló', 'fallid[oa]', 'inválid[oa]s?', 'incorrect[oa]s?', 'denegad[oa]', 'rechazad[oa]', 'caducad[oa]', 'inténtelo', 'lo sentimos',
].join('|')})(?!\p{L})`, 'iu');
const NO_ERROR = /(?<!\p{L})(?:no|0|without|sans|keine|ohne|sin) (?:errors?|erreurs?|fehler|errores)(?!\p{L})/giu;
// What is said not to be so may be an error.
const NEGATIONS = /(?<!\p{L})(?:not|no|cannot|\p{L}+n[’']t|must|required|ne|n[’']\p{L}+|pas|aucune?|obligatoires?|nicht|keine?[mnrs]?|erforderlich|muss|ningun[oa]|obligatori[oa]s?|debe)(?!\p{L})/iu;

const hasErrorWords = (text) => ERROR_WORDS.test(text.replace(NO_ERROR, ''));

/// What an element's author says of what kind it is, of what it stands in and what it holds, too.
function namesOfKind(element) {
  const parts = [outward(element), element, ...queryAll(element, ':scope > *')].filter(Boolean);
  return parts.flatMap((part) => ['class', 'data-status', 'data-type', 'severity', 'variant'].map((each) => attribute(part, each) ?? '')).join(' ');
}

function isRed(colour) {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  const span = red - Math.min(green, blue);
  return alpha > 0.2 && red >= Math.max(green, blue) && span > 0.4 * red && span > 60 && Math.abs(green - blue) <= 0.35 * span;
}

const looksRed = (element) => [element, ...queryAll(element, '*')].some((part) => {
  const { color, backgroundColor, borderLeftColor, borderLeftWidth } = getComputedStyle(part);
  return isRed(backgroundColor) || (borderLeftWidth !== '0px' && isRed(borderLeftColor)) || (squeeze(textOf(part)) && isRed(color));
});

/// Whether the words of an element are of a language whose errors are known here.
function isUnderstood(element) {
  for (let node = element; node; node = outward(node)) {
    const language = attribute(node, 'lang');
    if (language) return /^(?:en|fr|de|es)\b/i.test(language);
  }
  return false;
}

/// Whether an alert is news of an error: by its names, its words, its colour, or because fields of the page are marked as wrong.
function isError(alert) {
  const names = namesOfKind(alert), text = drawnText(alert);
  if (BAD_NEWS.test(names)) return true;
  if (GOOD_NEWS.test(names)) return false;
  return !isUnderstood(alert) || hasErrorWords(text) || NEGATIONS.test(text) || looksRed(alert) || allShown('[aria-invalid=true]').length > 0;
}

const ERROR_NAME = /(?:^|\s)(?!(?:no|has|is|on|with|without|btn|button|badge|icon)[-_])(?:[\w-]*[-_])?(?:errors?|error-?message|invalid-feedback|alert-danger)(?:(?:[-_]{1,2})(?:message|messages|msg|text|box|summary|banner|notice|alert|description|toast|inline))?(?=\s|$)/i;
const NO_ERROR_TEXT = 'a, button, input, select, textarea, label, legend, table, thead, tbody, tr, th, td, code, pre, html, body, main, [role=alert]';

/// Texts that are errors to a person without being an alert: called one and red or saying so, or a status that says so.
function errorTexts() {
  const isOne = (element) => {
    const text = squeeze(textOf(element) ?? '');
    if (!/\p{L}{2}/u.test(text) || text.length > 300 || matches(element, NO_ERROR_TEXT)) return false;
    const isCalledOne = ERROR_NAME.test(attribute(element, 'class') ?? '');
    if (matches(element, '[role=status]')) return isCalledOne || (isUnderstood(element) && hasErrorWords(text) && !GOOD_NEWS.test(namesOfKind(element)));
    return isCalledOne && (looksRed(element) || (isUnderstood(element) && hasErrorWords(text)));
  };
  // Few elements are worth a closer look.
  const mayBeOne = (element) => matches(element, '[class*=err i], [class*=danger i], [class*=invalid i], [role=status]');
  return nearby().filter(mayBeOne).filter(isOne).filter(inPicture);
}

const MARKED_WRONG = '[aria-invalid]:not([aria-invalid=false], [aria-invalid=""]), :user-invalid';
/// So far below a field, in CSS pixels, its error stands.
const BELOW = 32;

/// Texts that are errors by the field that they belong to: one marked as wrong, which refers to them, or under which they stand in red. Of
/// a field that is only not filled in rightly yet they must speak of it.
function fieldErrors() {
  const texts = nearby().filter((element) => !matches(element, NO_ERROR_TEXT) && fold(ownText(element)).split(' ').length > 1 && /\p{L}{2}/u.test(textOf(element)));
  const isRedBelow = (field) => (element) => {
    const own = boundsOf(field), box = boundsOf(element);
    const isBelow = box.top >= own.top && box.top <= own.bottom + BELOW && box.left < own.right && own.left < box.right;
    return isBelow && !holds(element, field) && isRed(getComputedStyle(element).color);
  };
  const speaks = (element) => hasErrorWords(textOf(element)) || NEGATIONS.test(textOf(element));
  const fields = nearby().filter((field) => matches(field, `:invalid:not(form, fieldset), ${MARKED_WRONG}`));
  return fields.flatMap((field) => {
    const red = texts.filter(isRedBelow(field));
    if (!matches(field, MARKED_WRONG)) return red.filter(speaks);
    const described = byIds(field, 'aria-describedby').filter((element) => looksRed(element) || speaks(element));
    return [...byIds(field, 'aria-errormessage'), ...described, ...red];
  }).filter(inPicture);
}

const TOAST_NAME = /toast|snack-?bar/i;

/// Messages that lie over the page.
function toasts() {
  const liesOver = (element) => [element, drawnParent(element)].some((each) => each && /fixed|absolute/.test(getComputedStyle(each).position));
  return nearby().filter((element) => (matches(element, '[role=alert], [role=status]') || TOAST_NAME.test(attribute(element, 'class') ?? '')) && liesOver(element) && inPicture(element));
}

/// Toasts, and alerts that are no errors, nor meant by the scene, may go: that is waited for, but once and not for long.
function mayGo(isMeant, patience) {
  const known = window.docentPage.messages ??= new Map();
  const alerts = alertsNow().filter((alert) => !isError(alert) && !GOOD_NEWS.test(namesOfKind(alert)));
  const texts = [...alerts, ...toasts()].filter((each) => !isMeant(each)).map((alert) => fold(drawnText(alert))).filter(Boolean);
  return texts.some((text) => {
    if (!known.has(text)) known.set(text, performance.now());
    return performance.now() - known.get(text) < patience;
  });
}

const CONSENT_WORDS = /(?<!\p{L})(?:cookies?|cookie-\p{L}+|galletas|témoins de connexion)(?!\p{L})|файл\p{L}* cookie|ملفات تعريف الارتباط/iu;
const CONSENT_BUTTON = /^(?:i )?(?:accept|agree|allow|consent|reject|decline|deny|got it|ok$|okay|accepter|tout accepter|refuser|autoriser|akzeptieren|alle|zustimmen|ablehnen|aceptar|rechazar|permitir|принять|принимаю|отклонить|قبول|موافق|接受|同意|accett|rifiut|aceitar)/iu;

/// What lies over the page and asks for consent to cookies, unless the scene is about it.
function consentBanners(meant) {
  const isBanner = (element) => {
    if (!/fixed|sticky/.test(getComputedStyle(element).position) || !inPicture(element)) return false;
    const text = squeeze(drawnText(element));
    if (text.length > 1500 || !CONSENT_WORDS.test(text)) return false;
    return everything(element).some((part) => matches(part, 'button, a, [role=button], input[type=button], input[type=submit]')
      && CONSENT_BUTTON.test(squeeze(drawnText(part) || attribute(part, 'value') || '')));
  };
  return nearby().filter(isBanner).filter((banner) => !meant.some((element) => holds(banner, element)))
    .map((banner) => finding('cookie-banner', 'consent', banner, fold(drawnText(banner)).slice(0, 60)));
}

