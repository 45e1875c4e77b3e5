// How long from the navigation until the log-in form takes a key, in turn with a page that fetches the same bytes,
// instantiates them and clears one frame (baseline.html). Each opening has a cache of its own: everything is fetched, brotli
// as a server sends it. That the form takes a key is tried each time. Prints `series nanoseconds` a line.
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeAll, closeBrowser, openPage, serveFolder } from '../../browser/harness.mjs';

const kPairs = 25;  // single openings differ by half
const here = path.dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'qudao-bench-page-'));
const nobody = (request, response) => {
  response.writeHead(401, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', status: 401, code: 'session.none' }));
};

function print(series, ms) { console.log(`${series} ${Math.round(ms * 1e6)}`); }

async function markOf(page, name) {
  const found = await page.waitForFunction((wanted) => performance.getEntriesByName(wanted)[0]?.startTime, name, { timeout: 60000 });
  return found.jsonValue();
}

async function measureClient(url) {
  const driven = await openPage(url, { ready: false });
  const at = await markOf(driven.page, 'qudao-interactive');
  await driven.page.keyboard.press('q');
  await driven.settle();
  const fields = (await driven.items()).filter((item) => item.value === 'q');
  if (fields.length !== 1) throw new Error(`no field took the key: ${await driven.words()}`);
  await driven.close();
  return at;
}

async function measureBaseline(url) {
  const driven = await openPage(`${url}baseline.html`, { ready: false });
  await driven.page.waitForFunction(() => globalThis.baseline, null, { timeout: 60000 });
  const { error } = await driven.page.evaluate(() => globalThis.baseline);
  if (error) throw new Error(`baseline: ${error}`);
  const at = await markOf(driven.page, 'baseline-cleared');
  await driven.close();
  return at;
}

try {
  cpSync(path.join(process.env.QUDAO_PAGES, 'qudao'), folder, { recursive: true });
  for (const file of ['baseline.html', 'baseline.js']) copyFileSync(path.join(here, file), path.join(folder, file));
  const { url } = await serveFolder(folder, { '/api/v1/session': nobody });
  for (let pair = -1; pair < kPairs; ++pair) {
    const [page, baseline] = [await measureClient(url), await measureBaseline(url)];
    if (pair < 0) continue; // a warm-up: the browser itself starts
    print('page', page);
    print('bare_page', baseline);
  }
} finally {
  await closeAll();
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
