// Runs in every new document before the page's own scripts. Elements of the page's own making give their role and name to the
// browser by ElementInternals, which no script can read afterwards: what they were attached with is remembered for semantics.js.
(() => {
  const known = new WeakMap();
  const attach = HTMLElement.prototype.attachInternals;
  HTMLElement.prototype.attachInternals = function attachInternals() {
    const internals = attach.call(this);
    known.set(this, internals);
    return internals;
  };
  Object.defineProperty(window, Symbol.for('docent.internals'), { value: known });
})();
