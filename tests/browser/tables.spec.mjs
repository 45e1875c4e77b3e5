// Tables as people know them, charts, printing, on the gallery page: found by role and label.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { equal, ok, openPage, serveFolder, test } from './harness.mjs';

const folder = path.join(process.env.QUDAO_PAGES, 'gallery');
async function gallery(hash, options = {}) {
  const { url } = await serveFolder(folder);
  const page = await openPage(`${url}#/${hash}`, options);
  page.url = url;
  return page;
}
const kClipboard = { grant: ['clipboard-read', 'clipboard-write'] };
const clipboard = (page) => page.page.evaluate(() => navigator.clipboard.readText());

// Titles from left to right.
async function headers(page) {
  return (await page.items()).filter((i) => i.role === 'columnheader').sort((a, b) => a.x - b.x).map((i) => i.label);
}
async function rows(page) { return (await page.items()).filter((i) => i.role === 'row').sort((a, b) => a.y - b.y); }
async function status(page) { return (await page.items()).filter((i) => i.role === 'status').map((i) => i.label).join(' '); }
async function drag(page, from, to) {
  await page.page.mouse.move(from.x, from.y);
  await page.page.mouse.down();
  for (let i = 1; i <= 8; ++i) {
    await page.page.mouse.move(from.x + (to.x - from.x) * i / 8, from.y + (to.y - from.y) * i / 8);
    await page.idle(70);   // a held button keeps the loop alive: there is no rest to wait for
  }
  await page.idle(250);
  await page.page.mouse.up();
  await page.settle();
}
const middle = (item) => ({ x: item.x + item.width / 2, y: item.y + item.height / 2 });

test('columns are reordered and resized by the mouse, and stay so over a reload', async () => {
  const page = await gallery('tables');
  equal(await headers(page), ['客户编码', '客户', '社区', '上月收入(元)', '状态', '备注'], 'as the view has them');
  await drag(page, middle(await page.item('columnheader', '状态')), middle(await page.item('columnheader', '社区')));
  const moved = await headers(page);
  ok(moved.indexOf('状态') < moved.indexOf('上月收入(元)'), `the state has gone to the left: ${moved}`);
  const before = await page.item('columnheader', '客户编码');
  const edge = { x: before.x + before.width + 6, y: middle(before).y };
  await drag(page, edge, { x: edge.x + 60, y: edge.y });
  const after = await page.item('columnheader', '客户编码');
  ok(after.width > before.width + 40, `wider: ${before.width} to ${after.width}`);
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  equal(await headers(page), moved, 'the order is remembered');
  ok(Math.abs((await page.item('columnheader', '客户编码')).width - after.width) < 3, 'and the width');
});

test('columns are hidden, moved and brought back without a mouse', async () => {
  const page = await gallery('tables');
  await page.press('button', '表格菜单');
  await page.press('checkbox', '社区');
  await page.key('Escape');
  ok(!(await headers(page)).includes('社区'), 'hidden');
  await page.press('button', '表格菜单');
  await page.press('button', '备注 …');
  await page.press('menuitem', '左移');
  await page.key('Escape');
  const order = await headers(page);
  ok(order.indexOf('备注') < order.indexOf('状态'), `moved to the left: ${order}`);
  await page.press('button', '表格菜单');
  await page.press('menuitem', '恢复默认列');
  equal(await headers(page), ['客户编码', '客户', '社区', '上月收入(元)', '状态', '备注'], 'as at first');
});

test('sorts by several columns', async () => {
  const page = await gallery('tables');
  await page.press('columnheader', '上月收入(元)');
  equal(await page.value('columnheader', '上月收入(元)'), '▲', 'by one');
  await page.press('columnheader', '客户', { modifiers: ['Shift'] });
  equal(await page.value('columnheader', '上月收入(元)'), '▲1', 'first by revenue');
  equal(await page.value('columnheader', '客户'), '▲2', 'then by name');
  await page.press('columnheader', '上月收入(元)', { modifiers: ['Shift'] });
  equal(await page.value('columnheader', '上月收入(元)'), '▼1', 'turned, in its place');
  await page.press('columnheader', '客户编码');
  equal(await page.value('columnheader', '客户'), '', 'a plain press sorts by that alone');
});

test('filters a column', async () => {
  const page = await gallery('tables');
  await page.press('columnheader', '客户', { button: 'right' });
  await page.page.keyboard.type('韦');
  await page.key('Enter');
  equal(await page.value('columnheader', '客户'), '韦', 'the header says by what');
  await page.press('button', '表格菜单');
  await page.press('button', '上月收入(元) …');
  await page.page.keyboard.type('?');
  await page.key('Enter');
  await page.press('columnheader', '上月收入(元)', { button: 'right' });
  await page.expect('text', '看不懂');
  await page.press('button', '清除');
  equal(await page.value('columnheader', '上月收入(元)'), '', 'lifted');
});

test('rows are selected by mouse and keyboard, and copied for a spreadsheet', async () => {
  const page = await gallery('tables', kClipboard);
  const first = await rows(page);
  await page.press('row', first[0].label);
  await page.press('row', first[3].label, { modifiers: ['Shift'] });
  ok((await status(page)).includes('已选 4 行'), `a stretch: ${await status(page)}`);
  await page.press('row', first[5].label, { modifiers: ['Control'] });
  ok((await status(page)).includes('已选 5 行'), 'and one more');
  await page.key('Control+c');
  const copied = (await clipboard(page)).trimEnd().split('\n').map((line) => line.split('\t'));
  equal(copied[0], ['客户编码', '客户', '社区', '上月收入(元)', '状态', '备注'], 'titles');
  equal(copied.length, 6, 'the rows');
  equal(copied[1][0], first[0].label, 'the first');
  equal(copied[5][0], first[5].label, 'the last');
  ok(/^\d+\.\d\d$/.test(copied[1][3]), `a figure without thousands: ${copied[1][3]}`);
  ok(['移动', '不变', '拒绝'].includes(copied[1][4]), `the word of a badge: ${copied[1][4]}`);

  await page.press('row', first[1].label);
  for (let i = 0; i < 3; ++i) await page.key('Shift+ArrowDown');
  ok((await status(page)).includes('已选 4 行'), `extended by the keyboard: ${await status(page)}`);
  await page.key('Control+a');
  ok((await status(page)).includes('已选 10000 行'), 'all');
  await page.key('Escape');
  ok(!(await status(page)).includes('已选'), 'none');
  const now = await rows(page);
  await drag(page, middle(now[1]), middle(now[4]));
  ok((await status(page)).includes('已选 4 行'), `dragged over: ${await status(page)}`);
});

test('header, first column and totals stay; the menu offers what is shown to the printer', async () => {
  const page = await gallery('tables', { width: 900 });
  await page.expect('text', '合计');
  await page.expect('text', '10,000 行');
  await page.page.mouse.move(600, 420);
  for (let i = 0; i < 6; ++i) {
    await page.page.mouse.wheel(300, 0);
    await page.idle(40);
  }
  await page.settle();
  ok((await headers(page)).includes('客户编码'), 'the first column is there');
  await page.page.evaluate(() => { window.print = () => { window.printed = (window.printed || 0) + 1; }; });
  await page.press('button', '表格菜单');
  await page.press('menuitem', '打印');
  await page.page.waitForFunction(() => window.printed === 1);
  await page.page.emulateMedia({ media: 'print' });
  equal(await page.page.locator('#print h1').innerText(), '客户', 'the title');
  ok(await page.page.locator('#print table').isVisible(), 'the table is on paper');
  ok(!(await page.page.locator('#stage').isVisible()), 'the screen is not');
  await page.page.emulateMedia({ media: 'screen' });
  ok(!(await page.page.locator('#print').isVisible()), 'nothing of it on screen');
});

test('a million rows scroll by the wheel without a tremble, and by the scrollbar', async () => {
  const page = await gallery('tables?rows=1000000');
  const number = (label) => (Number(label.slice(4)) - 1000000) / 37;
  const height = (await rows(page))[1].y - (await rows(page))[0].y;
  await page.page.mouse.move(700, 420);
  // Pixels above the view; the first and last rows may be cut.
  const place = async () => { const [, , row] = await rows(page); return number(row.label) * height - row.y; };
  let at = await place(), step = 0;
  for (let turn = 0; turn < 12; ++turn) {
    await page.page.mouse.wheel(0, 200);
    await page.idle(30);
    await page.settle();
    const now = await place();
    step = step || now - at;
    ok(step > 40, `the wheel moves the list: ${step}`);
    equal(now - at, step, `turn ${turn}: as far as every turn`);
    at = now;
    const seen = (await rows(page)).slice(1, -1);
    for (let i = 1; i < seen.length; ++i) equal(seen[i].y - seen[i - 1].y, height, 'rows stand apart evenly');
  }
  // The scrollbar leads to the place it is held at, and to the very last.
  const list = (await page.items()).find((i) => i.role === 'table');
  const bar = list.x + list.width + 6;   // beside what the table shows
  const seen = async () => { const now = await rows(page); return { first: number(now[0].label), last: number(now[now.length - 1].label) }; };
  await drag(page, { x: bar, y: list.y + 60 }, { x: bar, y: list.y + 160 });
  const upper = (await seen()).first;
  await drag(page, { x: bar, y: list.y + 160 }, { x: bar, y: list.y + 360 });
  const lower = (await seen()).first;
  ok(Math.abs((lower - upper) / upper - 200 / 160) < 0.35, `as far as the hand has gone: ${upper} after 160 pixels, ${lower} after 360`);
  await drag(page, { x: bar, y: list.y + 360 }, { x: bar, y: 767 });
  equal((await seen()).last, 999_999, 'the last row');
});

test('a list longer than can be drawn at once asks for more at its end, and only there', async () => {
  const page = await gallery('tables?rows=300000&more');
  await page.page.mouse.move(700, 420);
  await page.page.mouse.wheel(0, 2000);
  await page.settle();
  await page.expect('text', '300,000 行');
  const list = (await page.items()).find((i) => i.role === 'table');
  await drag(page, { x: list.x + list.width + 6, y: list.y + 60 }, { x: list.x + list.width + 6, y: 767 });
  await page.expect('text', '300,100 行');
});

test('every chart is a table as well, and a picture to keep', async () => {
  const page = await gallery('charts', { height: 1000 });
  for (const chart of ['各渠道客户数', '客户数变化', '各分公司收入', '调整流向']) await page.expect('img', chart);
  ok((await page.words()).includes('2026-06: '), 'figures are said');
  await page.press('button', '南宁市电信分公司');
  ok((await page.words()).includes('按下了 南宁市电信分公司'), 'a tile is pressed');
  const [download] = await Promise.all([page.page.waitForEvent('download'), page.page.getByRole('button', { name: '保存图片' }).first().click()]);
  equal(download.suggestedFilename(), '客户数.png', 'its name');
  const png = readFileSync(await download.path());
  equal(png.subarray(1, 4).toString(), 'PNG', 'a picture');
  ok(png.length > 4000, `with something in it: ${png.length} bytes`);
  await page.picture('charts');
  const count = await page.page.getByRole('button', { name: '表', exact: true }).count();
  equal(count, 4, 'four ways to a table');
  for (let i = 0; i < count; ++i) {
    await page.page.getByRole('button', { name: '表', exact: true }).nth(i).click();
    await page.settle();
  }
  for (const cell of ['2026-04', '4,210', '无数据', '214,300', '公众客户未分配社区', '620']) await page.expect('cell', cell);
  await page.picture('charts-as-tables');
});

test('looks: dark and compact', async () => {
  for (const look of ['dark comfortable', 'light compact', 'dark compact']) {
    const page = await gallery('tables', { before: `localStorage.setItem('qudao.look', '${look}')` });
    equal(await page.page.evaluate(() => document.documentElement.dataset.scheme), look.split(' ')[0], 'the page round the canvas');
    const height = (await rows(page))[1].y - (await rows(page))[0].y;
    equal(height, look.endsWith('compact') ? 28 : 38, 'the height of a row');
    await page.picture(`look-${look.replace(' ', '-')}`);
    await page.close();
  }
});
