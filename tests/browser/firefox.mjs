// Debian's firefox-esr, driven over WebDriver BiDi. It has WebGL 2 only where there is a display, so it gets a virtual
// one (Xvfb) of its own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { atEnd, build, ok } from './harness.mjs';

export const kFirefox = process.env.QUDAO_FIREFOX || '/usr/bin/firefox-esr';
const kDisplay = '/usr/bin/Xvfb';
// What is missing to run it, in words; '' for nothing.
export const missing = [kFirefox, kDisplay].filter((program) => !existsSync(program)).join(', ');

// A display of a number nobody uses: Xvfb chooses it and says which.
async function openDisplay() {
  const server = spawn(kDisplay, ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  atEnd(() => server.kill());
  const number = await new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error('Xvfb ended')));
    server.stdio[3].once('data', (bytes) => resolve(String(bytes).trim()));
  });
  return `:${number}`;
}

export async function openFirefox(url, { width = 1366, height = 768 } = {}) {
  const require = createRequire(path.join(process.env.QUDAO_NPM || path.join(build, 'node'), 'package.json'));
  const puppeteer = require('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: kFirefox, headless: false,
    env: { ...process.env, DISPLAY: await openDisplay() }, extraPrefsFirefox: { 'webgl.force-enabled': true, 'intl.accept_languages': 'zh-CN' } });
  atEnd(() => browser.close());
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  await page.goto(url);
  await page.waitForFunction(() => window.qudao?.ready || !document.getElementById('refusal')?.hidden, { timeout: 120000 });
  const refusal = await page.evaluate(() => !window.qudao?.ready && document.getElementById('refusal').textContent);
  ok(!refusal, `the page opens: ${refusal} ${errors.join(' ')}`);
  const driven = new Fox(page, errors);
  await driven.settle();
  return driven;
}

// As Driven of harness.mjs, as far as a journey needs it.
export class Fox {
  constructor(page, errors) {
    this.page = page;
    this.errors = errors;
  }
  async settle() { await this.page.evaluate(() => window.qudao.settle(60000)); }
  async items() { return this.page.evaluate(() => window.qudao.items()); }
  async words() { return (await this.items()).map((i) => i.label + (i.value ? `=${i.value}` : '')).join(' | ').slice(0, 1500); }
  async labels(role) { return (await this.items()).filter((i) => i.role === role).map((i) => i.label); }
  async value(role, label) { return (await this.items()).find((i) => i.role === role && i.label === label)?.value; }
  async expect(role, label) {
    await this.settle();
    ok((await this.items()).some((i) => i.role === role && i.label === label), `${role} “${label}” is on screen (${await this.words()})`);
  }
  // By the accessible role and name of the page's own elements.
  async press(role, name) {
    const found = await this.page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`, { timeout: 20000 });
    await found.click();
    await this.settle();
  }
  async drop(name, text) {
    await this.page.evaluate((fileName, words) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([words], fileName));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.getElementById('stage').dispatchEvent(new DragEvent(type, { dataTransfer: transfer, clientX: 400, clientY: 400, bubbles: true, cancelable: true }));
    }, name, text);
    await this.settle();
  }
}
