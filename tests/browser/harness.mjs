// What browser tests are written with: a static server, Chromium, and a page whose widgets are found by their
// ARIA role and label like any page's. See a spec for how it reads.
//
//   import { test, openPage, serveFolder, equal, ok } from './harness.mjs';
//   test('…', async () => { const page = await openPage(url); await page.press('button', '提交'); … });
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const build = path.join(top, 'build');
const require = createRequire(path.join(process.env.QUDAO_NPM || path.join(build, 'node'), 'package.json'));
const { chromium } = require('playwright-core');

// ---- checks ------------------------------------------------------------------------------------------------
export function ok(value, what) {
  if (!value) throw new Error(`not so: ${what}`);
}
export function equal(actual, expected, what) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}: expected ${e}, is ${a}`);
}

// ---- tests: registered by specs, run by run.mjs ------------------------------------------------------------
export const tests = [];
export function test(name, body) { tests.push({ name, body }); }

const closers = [];
export function atEnd(close) { closers.push(close); }
export async function closeAll() { for (const close of closers.splice(0).reverse()) await close(); }

// ---- serving -----------------------------------------------------------------------------------------------
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.ttf': 'font/ttf' };

// The folder at a port of its own; `routes` maps a path to a handler (request, response, body).
export async function serveFolder(folder, routes = {}) {
  const sent = { bytes: 0 };
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    if (routes[name]) {
      const pieces = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => routes[name](request, response, Buffer.concat(pieces)));
      return;
    }
    const file = path.join(folder, name === '/' ? 'index.html' : path.normalize(name));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const packed = existsSync(`${file}.br`) && /\bbr\b/.test(request.headers['accept-encoding'] || '');
    response.writeHead(200, { 'content-type': kTypes[path.extname(file)] || 'application/octet-stream',
      ...(packed ? { 'content-encoding': 'br' } : {}), 'cache-control': 'no-cache' });
    createReadStream(packed ? `${file}.br` : file).on('data', (piece) => { sent.bytes += piece.length; }).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => new Promise((resolve) => { server.closeAllConnections?.(); server.close(resolve); }));
  return { url: `http://127.0.0.1:${server.address().port}/`, sent };
}

// ---- the browser -------------------------------------------------------------------------------------------
let browser;
async function theBrowser() {
  if (browser) return browser;
  browser = await chromium.launch({
    executablePath: process.env.QUDAO_CHROMIUM || '/usr/bin/chromium', headless: true,
    args: ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });
  return browser;
}
export async function closeBrowser() { await browser?.close(); }

// Opens the page and waits until it is at rest. Anything the page reports as an error fails the test.
export async function openPage(url, { width = 1366, height = 768, density = 1, grant = [], ready = true, touch = false, before = null, wire = false } = {}) {
  const context = await (await theBrowser()).newContext({ viewport: { width, height }, deviceScaleFactor: density,
    locale: 'zh-CN', timezoneId: 'Asia/Shanghai', permissions: grant, acceptDownloads: true, hasTouch: touch });
  atEnd(() => context.close());
  // Generous: a machine that builds and draws in software at once is slow, and a fault shows anyway.
  context.setDefaultNavigationTimeout(120000);
  context.setDefaultTimeout(60000);
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  const driven = new Driven(page, errors);
  if (wire) await driven.countWire();
  await page.goto(url);
  if (ready) {
    await page.waitForFunction(() => window.qudao?.ready || !document.getElementById('refusal')?.hidden, null, { timeout: 120000 });
    const refusal = await page.evaluate(() => !window.qudao?.ready && document.getElementById('refusal').innerText + document.getElementById('detail').textContent);
    ok(!refusal, `the page opens: ${refusal} ${errors.join(' ')}`);
    await page.waitForFunction(() => document.getElementById('cover').hidden);
    await driven.settle();
  }
  return driven;
}

export class Driven {
  constructor(page, errors) {
    this.page = page;
    this.errors = errors;
  }
  // Until nothing moves and no answer is awaited.
  async settle() { await this.page.evaluate(() => window.qudao.settle(60000)); }
  // Before the end of the test: software rendering is slow, and every open page takes its share.
  async close() { await this.page.context().close(); }
  async idle(ms) { await new Promise((resolve) => setTimeout(resolve, ms)); }

  find(role, name, options = {}) {
    return role === 'text' ? this.page.getByText(name, { exact: true, ...options }).last()
      : this.page.getByRole(role, { name, exact: true, ...options }).first();
  }
  async press(role, name, options) {
    await this.find(role, name).click({ timeout: 20000, ...options });
    await this.settle();
  }
  async type(role, name, text) {
    await this.press(role, name);
    await this.page.keyboard.type(text);
    await this.settle();
  }
  async key(keys) {
    await this.page.keyboard.press(keys);
    await this.settle();
  }
  async sees(role, name) {
    await this.settle();
    return this.find(role, name).isVisible();
  }
  async expect(role, name) { ok(await this.sees(role, name), `${role} “${name}” is on screen (${await this.words()})`); }
  async expectNot(role, name) { ok(!(await this.sees(role, name)), `${role} “${name}” is not on screen`); }
  async items() { return this.page.evaluate(() => window.qudao.items()); }
  async item(role, label) { return (await this.items()).find((i) => i.role === role && i.label === label); }
  async words() { return (await this.items()).map((i) => i.label + (i.value ? `=${i.value}` : '')).join(' | ').slice(0, 1500); }
  async value(role, name) { return (await this.item(role, name))?.value; }
  async frames() { return this.page.evaluate(() => window.qudao.frames()); }
  async memory() { return this.page.evaluate(() => window.qudao.memory()); }
  // The WASM memory of each engine that runs; it never shrinks, so this is the most it ever had.
  async engines() { return Promise.all(this.page.workers().map((worker) => worker.evaluate(() => HEAPU8.length))); }
  // From now on `wire` adds up what comes over the network, as compressed as it comes, heads included.
  async countWire() {
    this.wire = { bytes: 0, replies: 0 };
    const session = await this.page.context().newCDPSession(this.page);
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      this.wire.bytes += encodedDataLength;
      ++this.wire.replies;
    });
    await session.send('Network.enable');
  }

  // For a person to look at: build/screenshots/<name>.png. Also returns the bytes.
  async picture(name) {
    await this.settle();
    mkdirSync(path.join(build, 'screenshots'), { recursive: true });
    return this.page.screenshot({ path: path.join(build, 'screenshots', `${name}.png`) });
  }
  // A file in the hand: its bytes are brought into the page, which takes the page's time, before it is dropped.
  async carry(name, bytes) {
    return this.page.evaluateHandle(([fileName, base64]) => {
      const transfer = new DataTransfer();
      const raw = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([raw], fileName));
      return transfer;
    }, [name, Buffer.from(bytes).toString('base64')]);
  }
  async drop(name, bytes, at) { await this.dropCarried(await this.carry(name, bytes), at); }
  async dropCarried(transfer, at = { x: 400, y: 400 }) {
    for (const type of ['dragenter', 'dragover', 'drop'])
      await this.page.dispatchEvent('#stage', type, { dataTransfer: transfer, clientX: at.x, clientY: at.y, bubbles: true });
    await this.settle();
  }
  // A real input method, as the browser sees it: composes step by step, then commits.
  async compose(steps, committed) {
    const session = await this.page.context().newCDPSession(this.page);
    for (const text of steps) {
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      await this.settle();
    }
    if (committed === null) await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    else await session.send('Input.insertText', { text: committed });
    await session.detach();
    await this.settle();
  }
}
