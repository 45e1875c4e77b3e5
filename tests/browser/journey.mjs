// What the journeys share: opening the client in its sandbox, being one of its people, finding things on a screen.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { equal, ok, openPage, serveFolder } from './harness.mjs';

export const client = path.join(process.env.QUDAO_PAGES, 'qudao');
// The sandbox's people, in the order they are offered.
export const who = { province: 0, network_public: 1, network: 2, team: 3, manager: 4, query: 5, system: 6 };

export async function openSandbox({ hash = '', customers = 4000, ...options } = {}) {
  const { url, sent } = await serveFolder(client);
  const page = await openPage(`${url}?sandbox&customers=${customers}#${hash}`, options);
  page.sent = sent;
  return page;
}

export async function labels(page, role) { return (await page.items()).filter((i) => i.role === role).map((i) => i.label); }
export async function labelled(page, role, start) {
  const found = (await labels(page, role)).find((label) => label.startsWith(start));
  ok(found, `${role} “${start}…” is on screen (${await page.words()})`);
  return found;
}
export async function pressStarting(page, role, start) { await page.press(role, await labelled(page, role, start)); }

export async function enter(page, person = who.province) {
  const people = (await labels(page, 'button')).filter((label) => /^(以|Enter as )/.test(label));
  ok(people.length >= 7, `seven people and more to choose from, there are ${people.length}`);
  await page.press('button', people[person]);
  return page;
}
export async function enterSandbox(person = who.province, options = {}) { return enter(await openSandbox(options), person); }

// On a real server.
export async function logIn(page, login = 'qudao_admin', password = 'demo-2026') {
  // The name stays in its field when a session has ended.
  if (await page.value('textbox', '用户名') !== login) await page.type('textbox', '用户名', login);
  await page.type('textbox', '密码', password);
  await page.key('Enter');
}

export async function hash(page) { return page.page.evaluate(() => decodeURIComponent(location.hash)); }

// The codes of the customers in view.
export async function customersInView(page) { return (await labels(page, 'row')).filter((label) => /^\d{13}$/.test(label)); }

export const kHeader = '\ufeff客户编码,目标单位编码,备注\r\n';
export function workbookOf(rows) { return Buffer.from(kHeader + rows.map((row) => row.join(',')).join('\r\n') + '\r\n'); }

// Presses and gives the bytes and the name of the file that was saved by it.
export async function saved(page, press) {
  const [download] = await Promise.all([page.page.waitForEvent('download', { timeout: 60000 }), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
export function isWorkbook(file) { equal(file.bytes.subarray(0, 2).toString(), 'PK', `${file.name} is a .xlsx`); }

// A server is asked who one is before one logs in, which the console says.
export async function noErrors(page) { equal(page.errors.filter((error) => !error.includes('status of 401')), [], 'errors on the console'); }

// A number beside a verdict in the list of filters.
export async function countOf(page, verdict) { return Number((await page.value('treeitem', verdict)).replaceAll(',', '')); }
