// Runs in every new document before the page's own scripts: what differs between two runs is made constant.
// Takes { now: ms since 1970, or null to leave the clock alone }.
(({ now }) => {
  const still = new CSSStyleSheet();
  still.replaceSync(`*, *::before, *::after, *::backdrop {
    animation: none !important; transition: none !important; caret-color: transparent !important; scroll-behavior: auto !important;
  }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  if (now === null) return;

  const RealDate = Date;
  class FrozenDate extends RealDate {
    constructor(...given) { super(...(given.length ? given : [now])); }
    static now() { return now; }
  }
  // Date is callable without new, which a class is not.
  window.Date = new Proxy(FrozenDate, { apply: () => new FrozenDate().toString() });
  Math.random = () => 0.5;
})
