// Roles and names of all elements of a page, as Docent computes them and as the browser does.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const scripts = path.join(import.meta.dirname, '../../../src/browser/scripts');
const script = (name) => readFile(path.join(scripts, name), 'utf8');
const source = await script('dom.js') + await script('semantics.js');

/// To be run in every new document, as Docent does.
export const preload = await script('internals.js');

// The same tables as in tests/kit/semantics.rs, where their reasons stand.
const INTERNAL_ROLES = {
  none: 'generic', Abbr: 'generic', Canvas: 'generic', DescriptionList: 'generic', Figcaption: 'generic', LabelText: 'generic',
  Legend: 'generic', LineBreak: 'generic', Ruby: 'generic', image: 'img', SvgRoot: 'img', DisclosureTriangle: 'button', Date: 'textbox',
  DateTime: 'textbox', InputTime: 'textbox', ColorWell: 'button', LayoutTable: 'table', LayoutTableRow: 'row', LayoutTableCell: 'cell',
  presentation: 'generic', Iframe: 'generic',
};
const NAMED_FOR_PEOPLE = ['row', 'figure'];

export const fold = (name) => name.split(/\s+/u).filter(Boolean).join(' ');

export const usualRole = (role) => INTERNAL_ROLES[role] ?? role;

/// Evaluated in the page. Elements and what we say of them are kept apart: only the latter is copied out of the page.
const describe = `(() => { ${source}
  const elements = [...everything(document.body)].filter((element) => ownerOf(element) === document);
  const start = performance.now();
  const ours = elements.map((element) => ({ role: roleOf(element), name: nameOf(element), hidden: hidden(element) }));
  const took = performance.now() - start;
  ours.forEach((each, index) => {
    const { outerHTML, dataset, localName } = elements[index];
    Object.assign(each, { tag: localName, html: outerHTML.slice(0, 400), expectedRole: dataset?.expectedrole, expectedName: dataset?.expectedlabel, test: dataset?.testname });
  });
  return { elements, ours: { took, described: ours } };
})()`;

/// All elements: { role, name, hidden, tag, html, theirs: { role, name } }, and the time in which we described them.
export async function describePage(client) {
  const { result, exceptionDetails } = await client.send('Runtime.evaluate', { expression: describe });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  const property = async (objectId, name) =>
    (await client.send('Runtime.getProperties', { objectId, ownProperties: true })).result.find((each) => each.name === name)?.value.objectId;
  const { result: { value: { took, described } } } = await client.send('Runtime.callFunctionOn',
    { objectId: await property(result.objectId, 'ours'), functionDeclaration: 'function () { return this; }', returnByValue: true });
  const elements = await client.send('Runtime.getProperties', { objectId: await property(result.objectId, 'elements'), ownProperties: true });
  for (const { name, value } of elements.result) {
    if (value.objectId) described[name].theirs = await computed(client, value.objectId);
  }
  await client.send('Runtime.releaseObject', { objectId: result.objectId });
  return { took, elements: described };
}

async function computed(client, objectId) {
  const { nodes: [node] } = await client.send('Accessibility.getPartialAXTree', { objectId, fetchRelatives: false });
  return { role: node.ignored ? 'none' : node.role?.value ?? 'none', name: node.name?.value ?? '' };
}

/// null where both say the same, else the kind of the difference. The rules are those of tests/kit/semantics.rs.
export function difference({ tag, theirs, ...ours }) {
  const role = usualRole(theirs.role);
  const name = fold(theirs.name);
  const ourRole = ours.hidden || ours.role === 'none' ? 'generic' : ours.role;
  const leftOut = ourRole === 'paragraph' && role === 'generic';
  if (ourRole !== role && !leftOut) return `role of <${tag}>: kit ${ourRole}, browser ${theirs.role}${ours.hidden ? ' (hidden for the kit)' : ''}`;
  if (ours.name === name || (!name && NAMED_FOR_PEOPLE.includes(ourRole))) return null;
  return `name of ${ourRole}: ${kindOfName(ours.name, name)}`;
}

function kindOfName(ours, theirs) {
  if (!ours) return 'the kit has none';
  if (!theirs) return 'the browser has none';
  if (ours.replaceAll(' ', '') === theirs.replaceAll(' ', '')) return 'spaces';
  if (ours.toLowerCase() === theirs.toLowerCase()) return 'capitals';
  if (theirs.includes(ours)) return 'the kit lacks a part';
  if (ours.includes(theirs)) return 'the kit has more';
  return 'another';
}
