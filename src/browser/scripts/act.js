// What has to be done in the page itself before or in place of mouse and keys. Needs dom.js, semantics.js, visibility.js, text.js and
// state.js.

const setter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).set;

/// Sets a value past whatever a framework has put in the place of the property, and says so as the browser does for a person.
function setValue(input, value) {
  setter(ownerOf(input).defaultView.HTMLInputElement.prototype, 'value').call(input, value);
  announce(input);
}

function announce(element) {
  element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

/// Focuses a field and sets it once the kit has its answer, which would be lost if the page was left by what is set. The next call waits
/// for it.
function setAfterAnswer(field, set) {
  const act = () => {
    field.focus({ preventScroll: true });
    set();
  };
  window.docentDue = new Promise((resolve) => { afterTime(() => { try { act(); } finally { resolve(); } }, 0); });
  return { way: 'set' };
}

/// Fields whose keys depend on the browser's language, and where nothing can be typed over. They are set to a value in HTML's own form.
const SET_BY_VALUE = {
  date: '2024-07-02', time: '14:27', 'datetime-local': '2024-07-02T14:27', month: '2024-07', week: '2024-W27', color: '#1a2b3c',
  range: '20', number: '20',
};

/// Prepares an element for a text: { way: 'set' } where it now holds it, 'file', 'slider' or 'keys' for what is still to be done, or
/// { failure }. What a field holds is selected, so that keys replace it.
function prepareTyping(element, text) {
  if (isFileField(element)) return prepareUpload(element, null);
  const type = tagOf(element) === 'input' ? element.type : '';
  if (SET_BY_VALUE[type]) return setInput(element, text);
  if (kindRole(element) === 'slider') return { way: 'slider', ...sliderOf(element) };
  if (!isTypedInto(element)) return { failure: { kind: 'not-a-field', ...describe(element) } };
  element.focus({ preventScroll: true });
  if (['input', 'textarea'].includes(tagOf(element))) element.select();
  else ownerOf(element).getSelection().selectAllChildren(element);
  return { way: 'keys', isFilled: (valuesOf(element)?.[0] ?? '') !== '' };
}

const isTypedInto = (element) => tagOf(element) === 'textarea' || element.isContentEditable
  || (tagOf(element) === 'input' && !WITHOUT_VALUE.includes(element.type)) || hasAttribute(element, 'tabindex');

function setInput(input, text) {
  const probe = input.cloneNode();
  setter(HTMLInputElement.prototype, 'value').call(probe, text);
  if (text !== '' && (probe.value === '' || (input.type === 'color' && probe.value !== text.toLowerCase()))) {
    return { failure: { kind: 'not-a-value', type: input.type, example: SET_BY_VALUE[input.type] } };
  }
  return setAfterAnswer(input, () => setValue(input, text));
}

const isFileField = (element) => tagOf(element) === 'input' && element.type === 'file';

/// As prepareTyping, for a file: the field is the element, or what a person gets to by clicking it.
function prepareUpload(element, token) {
  const field = fileFieldOf(element, token);
  if (!field) return { failure: { kind: 'no-file-field' } };
  // Many are made for the click alone; the driver gives files to what is in the document only.
  if (!isAttached(field)) Object.assign(document.body.appendChild(field), { hidden: true });
  watchUpload(field);
  return { way: 'file', element: field };
}

/// The file field that is behind an element; null where a click on it opens none. It is clicked once for each token.
function fileFieldOf(element, token) {
  if (isFileField(element)) return element;
  const { control } = closest(element, 'label') ?? {};
  if (control && isFileField(control)) return control;
  if (window.docentOpened?.token !== token) {
    const { docentPage } = ownerOf(element).defaultView;
    window.docentOpened = { token, field: docentPage?.fileFieldOpenedBy(() => element.click()) ?? null };
  }
  return window.docentOpened.field;
}

/// Notes which file the driver gives to a field, and whether the page takes it out again at once, as many do that keep it themselves.
function watchUpload(field) {
  const upload = window.docentUpload = { field, file: null, isTakenAtOnce: false };
  const note = () => {
    upload.file ??= field.files[0] ?? null;
    setTimeout(() => { upload.isTakenAtOnce ||= field.files.length === 0; });
  };
  for (const type of ['input', 'change']) field.addEventListener(type, note, { capture: true, once: true });
}

/// Whether a field's `accept` names the file's ending or type (HTML, "file upload state"). Of a file without a type only its ending is known.
function isAccepted({ name, type }, accept) {
  const wanted = accept.toLowerCase().split(',').map((each) => each.trim()).filter(Boolean);
  const isOfType = (each) => !type || each === '*/*' || each === type || (each.endsWith('/*') && type.startsWith(each.slice(0, -1)));
  return !wanted.length || wanted.some((each) => (each.startsWith('.') ? name.toLowerCase().endsWith(each) : isOfType(each)));
}

/// What became of a file that was uploaded, as { failure } or nothing: the field still holds it, or took it out at once, or the page
/// says its name. Takes { wait: ms }. A page that was left meanwhile has taken it.
async function uploaded({ wait }) {
  const { field, file, isTakenAtOnce } = window.docentUpload ?? {};
  if (!file) return {};
  const accept = attribute(field, 'accept') ?? '';
  if (!isAccepted(file, accept)) return { failure: { kind: 'not-accepted', file: file.name, accept } };
  const deadline = performance.now() + wait, mayChange = unrest(SOON);
  while (mayChange()) await nextFrame();
  const isTaken = () => isTakenAtOnce || field.files.length > 0 || !isAttached(field) || standsIn(fold(drawnText(document.body)), fold(file.name));
  while (!isTaken() && performance.now() < deadline) await nextFrame();
  return isTaken() ? {} : { failure: { kind: 'unexpected', property: 'value', masked: false, actual: '' } };
}

const sliderOf = (element) => {
  const number = (name, other) => Number(stated(element, name) ?? other);
  element.focus({ preventScroll: true });
  return { now: number('valuenow', 0), least: number('valuemin', 0), most: number('valuemax', 100) };
};

/// None of these options of a list is called so.
const noOption = (options) => ({ failure: { kind: 'no-option', options: options.map((each) => squeeze(optionLabel(each))) } });

/// Chooses one of the suggestions of a text field (HTML, "the datalist element") by its label or its value.
function chooseSuggestion(field, label) {
  const wanted = fold(label), options = [...field.list.options];
  const option = options.find((each) => [optionLabel(each), each.value].some((name) => fold(name) === wanted));
  if (!option) return noOption(options);
  return setAfterAnswer(field, () => setValue(field, option.value));
}

/// Chooses an option of a native selection list by its label. One that takes several keeps what was chosen before.
function chooseNative(list, label) {
  const isOffered = (option) => !option.disabled && !option.parentElement.disabled && getComputedStyle(option).display !== 'none';
  const options = [...list.options].filter(isOffered);
  const wanted = fold(label);
  const [option, twin] = options.filter((each) => fold(optionLabel(each)) === wanted);
  if (twin) return { failure: { kind: 'several', matches: [option, twin].map(placeOf) } };
  if (!option) return noOption(options);
  if (option.selected && !list.multiple) return { way: 'set' };
  return setAfterAnswer(list, () => {
    setter(HTMLOptionElement.prototype, 'selected').call(option, true);
    announce(list);
  });
}

/// What a field of ARIA's kind refers to as the lists that it opens.
const listsOf = (element) => [element, ...everything(element)]
  .flatMap((node) => [...byIds(node, 'aria-controls'), ...byIds(node, 'aria-owns')]);

/// The lists that are open: those it refers to, or itself.
const popupsOf = (element) => (kindRole(element) === 'listbox' ? [element] : listsOf(element).filter(isShown));

/// The lines that are drawn around a list that is not drawn itself: some draw for people what only assistive technology reads there.
function linesBeside(element) {
  const around = (list) => { let box = drawnParent(list); while (box && !isDrawn(box)) box = drawnParent(box); return box; };
  const boxes = listsOf(element).filter((list) => !isShown(list)).map(around);
  const isApart = (box) => box && !holds(box, element) && tagOf(box) !== 'body';
  return boxes.filter(isApart).flatMap((box) => everything(box)).filter((part) => hasOwnWords(part) && isShown(part));
}

const optionsOf = (element) => {
  const lists = popupsOf(element), beside = lists.length ? [] : linesBeside(element);
  if (beside.length) return beside;
  const all = lists.length ? lists.flatMap((list) => everything(list)) : everything(document);
  return all.filter((option) => ['option', 'menuitem', 'menuitemradio', 'treeitem'].includes(roleOf(option)) && isShown(option));
};

/// What to do next towards an option of a list of ARIA's kind: { way: 'option' } with the option, or 'open' to open the list first.
function chooseByAria(element, label) {
  const wanted = fold(label);
  const options = optionsOf(element);
  const ways = [...WAYS.slice(0, 3), (each, name) => textsOf(each).includes(name)];
  const option = ways.map((way) => options.find((each) => way(each, wanted))).find(Boolean);
  const isTaken = option && stated(option, 'selected') === 'true' && closest(option, '[aria-multiselectable=true]');
  if (isTaken) return { way: 'set' };
  if (option) return disabled(option) ? { failure: { kind: 'disabled' } } : { way: 'option', element: option };
  const isOpen = stated(element, 'expanded') === 'true' || kindRole(element) === 'listbox' || popupsOf(element).length > 0;
  if (!isOpen) return { way: 'open' };
  return { failure: { kind: 'no-option', options: options.map((each) => namesOf(each)[0] || fold(drawnText(each))).slice(0, 50) } };
}
