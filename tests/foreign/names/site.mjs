// Builds the galleries, and serves them on a free port of this machine.
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';

const HERE = import.meta.dirname;
const BUILT = path.join(HERE, 'node_modules/.cache/galleries');
const TYPES = { css: 'text/css', html: 'text/html; charset=utf-8', js: 'text/javascript', svg: 'image/svg+xml' };

const entry = (gallery) => `
  import * as gallery from './galleries/${gallery}';
  import { show, openers } from './show.jsx';
  window.galleryPages = openers(gallery.default);
  show(gallery);`;

async function bundle(gallery) {
  await build({
    stdin: { contents: entry(gallery), resolveDir: HERE, loader: 'jsx' },
    outfile: path.join(BUILT, `${path.parse(gallery).name}.js`),
    bundle: true, format: 'esm', jsx: 'automatic', logLevel: 'error', minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    // Fonts and pictures change no name.
    loader: { '.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty', '.svg': 'empty', '.png': 'empty', '.jpg': 'empty', '.webp': 'empty', '.eot': 'empty', '.gif': 'empty' },
    external: ['/img/*'],
  });
}

/// Names of the galleries, once all are built.
export async function galleries(wanted) {
  const files = (await readdir(path.join(HERE, 'galleries'))).filter((file) => !wanted.length || wanted.includes(path.parse(file).name));
  for (const file of files) await bundle(file);
  return files.map((file) => path.parse(file).name);
}

const pageOf = (gallery) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${gallery}</title>
  <link rel="stylesheet" href="/${gallery}.css"><body><div id="root"></div><script type="module" src="/${gallery}.js"></script></body></html>`;

/// Serves the galleries, or the files of a folder; answers { address, close }.
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const type = TYPES[path.extname(pathname).slice(1)] ?? (folder ? 'application/octet-stream' : TYPES.html);
    try {
      if (folder && type === TYPES.js) throw new Error('has a stand-in');
      const body = !folder && !path.extname(pathname) ? pageOf(pathname.slice(1)) : await readFile(path.join(folder ?? BUILT, pathname));
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
