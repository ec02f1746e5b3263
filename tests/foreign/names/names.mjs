// Holds Docent's roles and accessible names against Chromium's, on galleries of design systems or on a folder of web-platform-tests.
//   npm ci && node names.mjs [GALLERY…]        npm ci && node names.mjs --wpt DIR
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { describePage, difference, preload } from './compare.mjs';
import { galleries, serve } from './site.mjs';
import { runWpt } from './wpt.mjs';

const [first, second, ...rest] = process.argv.slice(2);
const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--force-renderer-accessibility'], defaultViewport: { width: 1280, height: 800 } });

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/// Looks a second time at a page that differs: what a script changes meanwhile is no difference.
async function differencesOf(client) {
  let { elements, took } = await describePage(client);
  const differing = (all) => all.map((element, index) => ({ index, kind: difference(element), ...element })).filter(({ kind }) => kind);
  let differences = differing(elements);
  if (differences.length) {
    await pause(500);
    const again = new Set(differing((await describePage(client)).elements).map(({ kind, html }) => kind + html));
    differences = differences.filter(({ kind, html }) => again.has(kind + html));
  }
  return { differences, elements: elements.length, took };
}

async function open(address, gallery, number) {
  const page = await browser.newPage();
  const errors = [];
  await page.evaluateOnNewDocument(preload);
  page.on('pageerror', (error) => errors.push(String(error.message ?? error).slice(0, 200)));
  await page.goto(`${address}/${gallery}#${number}`, { waitUntil: 'networkidle0' });
  const pages = await page.evaluate('window.galleryPages') ?? [];
  await pause(400);
  if (pages[number]?.click) {
    await page.locator(pages[number].click).setTimeout(3000).click().catch((error) => errors.push(`not opened: ${error.message}`));
    await pause(700);
  }
  return { page, pages, errors };
}

async function look(address, gallery, number, found) {
  const { page, pages, errors } = await open(address, gallery, number);
  const title = `${gallery}: ${pages[number]?.title}`;
  const client = await page.createCDPSession();
  await client.send('Accessibility.enable');
  const result = await differencesOf(client);
  for (const error of errors) console.error(`  ${title}: ${error}`);
  if (result.elements < 5) console.error(`  ${title}: only ${result.elements} elements`);
  for (const each of result.differences) found.push({ ...each, where: title });
  await page.close();
  return { ...result, title, more: number + 1 < pages.length };
}

function print(found) {
  const kinds = new Map();
  for (const each of found) kinds.set(each.kind, [...(kinds.get(each.kind) ?? []), each]);
  for (const [kind, all] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`\n## ${kind} (${all.length})`);
    for (const { where, name, theirs, html } of all.slice(0, Number(process.env.EXAMPLES ?? 3))) {
      console.log(`- ${where}\n  kit ${JSON.stringify(name)}, browser ${JSON.stringify(theirs.name)} (${theirs.role})\n  ${html.replaceAll('\n', ' ')}`);
    }
  }
}

async function runGalleries(wanted) {
  const names = await galleries(wanted);
  const site = await serve();
  const found = [], looked = [];
  for (const gallery of names) {
    for (let number = 0, more = true; more; number += 1) {
      const result = await look(site.address, gallery, number, found);
      looked.push(result);
      more = result.more;
    }
    console.error(`${gallery}: ${looked.filter(({ title }) => title.startsWith(`${gallery}:`)).length} pages`);
  }
  site.close();
  print(found);
  const elements = looked.reduce((sum, each) => sum + each.elements, 0);
  const took = looked.reduce((sum, each) => sum + each.took, 0);
  const slowest = looked.toSorted((a, b) => b.took - a.took)[0];
  console.log(`\n${looked.length} pages of ${names.length} galleries, ${elements} elements: ${found.length} differences of ${new Set(found.map(({ kind }) => kind)).size} kinds.`);
  console.log(`Roles and names of all: ${took.toFixed(0)} ms, ${(took / elements * 1000).toFixed(0)} µs an element; slowest: ${slowest.title}, ${slowest.elements} elements in ${slowest.took.toFixed(0)} ms.`);
  return found.length;
}

try {
  const differences = first === '--wpt' ? await runWpt(browser, second) : await runGalleries([first, second, ...rest].filter(Boolean));
  process.exitCode = differences ? 1 : 0;
} finally {
  await browser.close();
}
