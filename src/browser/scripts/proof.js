// Shutter proof: what stands between the page and a picture of it. Needs semantics.js and locate.js.
// Takes { address, targets: [locator], mayAlert, secrets: [text], frames, wait: ms }.
// Answers { outstanding: [text], boxes, fingerprint }: nothing outstanding means that the picture may be taken.

const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => !hidden(element) && element.getClientRects().length);

function unfinished() {
  const waits = [];
  if (document.readyState !== 'complete') waits.push('the page is still loading');
  if (document.fonts.status !== 'loaded') waits.push('a font is still loading');
  const images = [...document.images].filter((image) => !hidden(image) && !image.complete);
  if (images.length) waits.push(`${images.length} image(s) are still loading`);
  if (document.getAnimations().some((animation) => animation.playState === 'running')) waits.push('something is still moving');
  for (const element of shown('[aria-busy=true]')) waits.push(`${sayable(element)} is marked as busy`);
  for (const element of shown('progress:not([value]), [role=progressbar]:not([aria-valuenow])')) waits.push(`${sayable(element)} shows that something is under way`);
  return waits;
}

function sayable(element) {
  const { role, name } = nameable(element);
  return name ? `the ${role} "${name}"` : `a part of the page (${element.localName})`;
}

function wrong({ address, mayAlert, secrets }) {
  const faults = [];
  const page = pageNow();
  if (page.address !== address) faults.push(`the page is ${page.address}, not ${address}`);
  if (page.status >= 400) faults.push(`the page answered with the error status ${page.status}`);
  if (!mayAlert) for (const alert of page.alerts) faults.push(`the page shows an error: ${alert}`);
  const readable = [document.body.innerText, ...shown('input:not([type=password]), textarea').map((field) => field.value)].join('\n');
  if (secrets.some((secret) => readable.includes(secret))) faults.push('a secret would be readable in the picture');
  return faults;
}

/// What an eye takes for the element: a check box or radio button belongs together with its label.
function eyeBoxOf(element) {
  const boxes = [element, ...(element.matches('[type=checkbox], [type=radio]') ? element.labels : [])]
    .map((part) => part.getBoundingClientRect()).filter((box) => box.width);
  const [left, top] = ['left', 'top'].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...boxes.map((box) => box[side])));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function targetsNow(targets) {
  const boxes = [], faults = [];
  for (const target of targets) {
    const found = resolve(target.locator, 'point');
    if (found.failure) { faults.push(`${target.phrase} is no longer there`); continue; }
    const box = eyeBoxOf(found.elements[0]);
    boxes.push(box);
    if (!insideViewport(box)) faults.push(`${target.phrase} is not wholly inside the picture`);
    const over = cover(found.elements[0]);
    if (over) faults.push(`${target.phrase} is behind ${sayable(over)}`);
  }
  return { boxes, faults };
}

/// Changes when anything a picture shows of text, values or layout does.
function fingerprint(boxes) {
  const root = document.documentElement;
  const values = shown('input, select, textarea').map((field) => [field.type === 'password' ? field.value.length : field.value, field.checked]);
  const text = JSON.stringify([boxes, values, scrollX, scrollY, root.scrollWidth, root.scrollHeight, document.body.innerText]);
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

async function prove(request) {
  const deadline = performance.now() + request.wait;
  let still = 0, last = null;
  for (;;) {
    const { boxes, faults } = targetsNow(request.targets);
    const outstanding = [...wrong(request), ...faults, ...unfinished()];
    const now = fingerprint(boxes);
    still = now === last ? still + 1 : 1;
    last = now;
    if (!outstanding.length && still >= request.frames) return { outstanding, boxes, fingerprint: now };
    if (performance.now() >= deadline) {
      return { outstanding: outstanding.length ? outstanding : ['the page does not come to rest'], boxes, fingerprint: now };
    }
    await nextFrame();
  }
}
