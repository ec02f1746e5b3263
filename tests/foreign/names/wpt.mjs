// Holds roles and names against the expectations of web-platform-tests: accname, html-aam and wai-aria of a checkout.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describePage, difference, fold, usualRole } from './compare.mjs';
import { serve } from './site.mjs';

/// Stands in for the tests' own scripts, which need WebDriver. A manual test says what it expects to ATTAcomm.
function standIns() {
  window.setup = () => {};
  window.AriaUtils = new Proxy({}, { get: () => () => {} });
  window.ATTAcomm = class {
    constructor({ steps }) {
      const expect = () => steps.forEach(({ element, test }) => {
        const name = test?.ATK?.find(([kind, property, relation]) => kind === 'property' && property === 'name' && relation === 'is');
        if (name) document.getElementById(element)?.setAttribute('data-expectedlabel', name[3]);
      });
      document.addEventListener('DOMContentLoaded', expect);
    }
  };
}

async function look(browser, address, file) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(standIns);
  await page.goto(`${address}/${file}`);
  const client = await page.createCDPSession();
  await client.send('Accessibility.enable');
  const { elements } = await describePage(client);
  await page.close();
  return elements.filter(({ expectedName, expectedRole }) => expectedName !== undefined || expectedRole !== undefined);
}

/// null where the kit gives what the test expects, else who differs from whom.
function verdict(element) {
  const { expectedName, expectedRole, theirs } = element;
  const ours = { name: element.name, role: element.hidden ? 'none' : element.role };
  const same = ({ name, role }) => (expectedName === undefined || fold(name) === fold(expectedName))
    && (expectedRole === undefined || expectedRole.split('/').some((each) => usualRole(each) === usualRole(role)));
  if (same(ours)) return null;
  if (difference(element) === null) return 'the browser gives what the kit gives';
  return same(theirs) ? 'the browser is right' : 'the browser gives something else again';
}

/// Compares all tests below the folder; answers how many differ while the browser is right.
export async function runWpt(browser, folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.html?$/.test(file) && !/crash|reftest/.test(file));
  const site = await serve(path.resolve(folder));
  const found = [];
  let checked = 0;
  for (const file of files.sort()) {
    const elements = await look(browser, site.address, file);
    checked += elements.length;
    for (const element of elements) {
      const kind = verdict(element);
      if (kind) found.push({ ...element, kind, file });
    }
  }
  site.close();
  for (const { kind, file, test, name, role, expectedName, expectedRole, theirs, html } of found) {
    console.log(`- ${kind}: ${file}: ${test ?? ''}\n  expected ${expectedRole ?? ''} ${JSON.stringify(expectedName ?? '')}, kit ${role} ${JSON.stringify(name)}, browser ${theirs.role} ${JSON.stringify(theirs.name)}\n  ${html.replaceAll('\n', ' ')}`);
  }
  console.log(`\n${checked} expectations of ${files.length} files, ${found.length} not met.`);
  return found.filter(({ kind }) => kind !== 'the browser gives what the kit gives').length;
}
