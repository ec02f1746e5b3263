// What can be asked of a page, by name: the end of the function that `scripts.rs` installs in a document.

/// Which of several locators name nothing on this page, by index.
const unfound = (locators) => locators.flatMap((locator, index) => {
  const { failure } = resolve(locator, 'see');
  return failure && failure.kind !== 'several' ? [index] : [];
});

/// Which page is shown; given a number, the page is watched for being left.
function pageIdentity(token) {
  if (token !== null) watchForLeaving(token);
  // Applications of one document often keep their pages' addresses behind the number sign.
  const route = /^#!?\//.test(location.hash) ? location.hash.split('?')[0] : '';
  return { document: performance.timeOrigin, path: location.origin + location.pathname + route };
}

/// Which entry of the browser's history is shown. Blank pages, which the browser makes itself, are none.
const historyEntry = () => [performance.timeOrigin, window.navigation?.currentEntry?.key ?? null];

/// Whether another entry is shown than before, or is within the time.
async function hasTraversed({ before, wait }) {
  const deadline = deadlineIn(wait), isThere = () => String(historyEntry()) !== String(before);
  while (!isThere() && performance.now() < deadline) await nextFrame();
  return isThere() && !/^(about:blank|data:,)/.test(location.href);
}

/// Whether the dialog that was just answered was an alert. Asked once, it is forgotten.
function hadAlert() {
  const page = window.docentPage ?? {}, had = page.hadAlert === true;
  page.hadAlert = false;
  return had;
}

/// Role and name of every element, to be compared with the browser's own.
const describeAll = () => [...everything(document.body)].filter((element) => ownerOf(element) === document)
  .map((element) => ({ element, html: element.outerHTML.slice(0, 160), hidden: hidden(element), role: roleOf(element), name: nameOf(element) }));

return {
  locate, settle, arrive, uploaded, enumerate, unfound, pageIdentity, historyEntry, hasTraversed, hadAlert, describeAll,
  /// What error messages offer on this page: everything with a name that is shown.
  offered: () => candidates([document], { name: '', by: { role: [] } }, Infinity),
  prove: (request) => camera().prove(request),
  nameAt: (request) => camera().nameAt(request),
  /// Gives the page a moment.
  passTime: () => new Promise((resolve) => { natively('setTimeout')(resolve, 70); }),
};
