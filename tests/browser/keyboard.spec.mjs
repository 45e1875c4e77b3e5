// Everything without a mouse, on the product's own screens: Tab and arrows come to all there is, leave it again, and the focus
// always has a name.
import { equal, ok, test } from './harness.mjs';
import { countOf, customersInView, enterSandbox, hash, labels, noErrors, who, workbookOf } from './journey.mjs';

// What the browser says has the focus: its role, its name, whether it is seen.
async function focus(page) {
  return page.page.evaluate(() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const role = at.getAttribute('role') || at.tagName.toLowerCase();
    return { role, name: at.getAttribute('aria-label') || at.textContent, seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight };
  });
}
// Tab until the way begins anew; where it led.
async function wayOfTab(page, most = 90) {
  const way = [];
  for (let i = 0; i < most; ++i) {
    await page.key('Tab');
    const at = await focus(page);
    ok(at.role !== 'body' && at.name !== '', `stop ${i} has a name: ${JSON.stringify(at)} after ${JSON.stringify(way.slice(-2))}`);
    if (way.length > 1 && at.role === way[0].role && at.name === way[0].name) return way;
    way.push(at);
  }
  throw new Error(`the way of Tab does not come back to where it began: ${way.map((at) => `${at.role} ${at.name}`).join(' | ')}`);
}
async function tabTo(page, role, name) {
  for (let i = 0; i < 90; ++i) {
    await page.key('Tab');
    const at = await focus(page);
    if (at.role === role && (name === undefined || at.name === name)) return at;
  }
  throw new Error(`Tab does not come to ${role} ${name}`);
}
async function open(page, address) {
  await page.page.evaluate((to) => { location.hash = to; }, address);
  await page.settle();
}

test('Tab comes to the titles, the menu and the rows of every table, and goes on', async () => {
  const page = await enterSandbox();
  for (const address of ['/customers', '/cabinets', '/round']) {
    await open(page, address);
    const way = await wayOfTab(page);
    const roles = way.map((at) => at.role);
    for (const role of ['columnheader', 'row'])
      if ((await labels(page, role)).length > 0) ok(roles.includes(role), `${address}: Tab comes to a ${role} (${roles.join(' ')})`);
  }
  const system = await enterSandbox(who.system);
  for (const address of ['/people', '/roles']) {
    await open(system, address);
    const roles = (await wayOfTab(system)).map((at) => at.role);
    ok(roles.includes('columnheader') && roles.filter((role) => role === 'row').length === 1, `${address}: one stop for the rows (${roles.join(' ')})`);
  }
  await noErrors(page);
});

test('arrows go through the rows, Enter opens one, and back', async () => {
  const page = await enterSandbox();
  await tabTo(page, 'columnheader');
  const title = await focus(page);
  await page.key('ArrowRight');
  ok((await focus(page)).role === 'columnheader' && (await focus(page)).name !== title.name, 'the next title');
  await page.key('Enter');
  equal(await page.value('columnheader', (await focus(page)).name), '▲', 'sorted by it');
  await tabTo(page, 'row');
  const first = (await focus(page)).name;
  const codes = await customersInView(page);
  ok(codes.slice(0, 2).includes(first), `the first in view: ${first}`);
  await page.key('ArrowDown');
  await page.key('ArrowDown');
  equal((await focus(page)).name, codes[codes.indexOf(first) + 2], 'two rows down');
  ok((await page.item('row', (await focus(page)).name)).selected, 'and selected');
  for (let i = 0; i < 30; ++i) await page.key('ArrowDown');
  const far = await focus(page);
  ok(far.role === 'row' && far.seen && !codes.includes(far.name), `the list follows: ${JSON.stringify(far)}`);
  await page.key('Home');
  equal((await focus(page)).name, codes[0], 'the first of all');
  await page.key('PageDown');
  ok((await focus(page)).seen && !codes.slice(0, 3).includes((await focus(page)).name), 'a page further');
  await page.key('Home');
  await page.key('ArrowUp');
  equal((await focus(page)).role, 'columnheader', 'above the rows are the titles');
  await page.key('ArrowDown');
  equal((await focus(page)).name, codes[0], 'and below them the rows');
  await page.key('Enter');
  await page.expect('button', '客户页');
  await page.picture('row-opened-by-key');
  await page.key('Escape');
  equal((await focus(page)).name, codes[0], 'closed, the focus is where it was');
  await page.page.mouse.move(800, 600);
  await page.page.mouse.wheel(0, 3000);
  await page.settle();
  await page.key('Tab');
  ok((await focus(page)).role !== 'body', 'Tab goes on from a row that was scrolled away');
  await noErrors(page);
});

test('a screen opened by the keyboard has the focus on its title, and Tab goes on from there', async () => {
  const page = await enterSandbox();
  await tabTo(page, 'button', '导出');
  await page.key('Control+k');
  await page.page.keyboard.type('tzrz');
  await page.settle();
  await page.key('Enter');
  equal(await hash(page), '#/log', 'another screen');
  equal(await focus(page), { role: 'heading', name: '调整日志', seen: true }, 'its title');
  await page.picture('title-with-focus');
  await page.key('Tab');
  ok(['textarea', 'tab', 'combobox', 'button'].includes((await focus(page)).role), `a control of the screen: ${JSON.stringify(await focus(page))}`);
  await page.page.evaluate(() => window.addEventListener('keydown', (e) => { window.taken = e.defaultPrevented; }));
  await page.key('Alt+ArrowLeft');
  equal(await page.page.evaluate(() => window.taken), false, 'the browser’s way back is left to it');
  await page.page.goBack();
  await page.settle();
  equal((await focus(page)).name, '客户查询', 'back: the title has the focus');
  await page.key('Tab');
  ok((await focus(page)).role !== 'body', 'Tab is alive');
  await noErrors(page);
});

test('a drop-down is worked by Enter and arrows', async () => {
  const page = await enterSandbox();
  await tabTo(page, 'combobox', '渠道');
  await page.key('Enter');
  equal((await focus(page)).role, 'option', 'the list has the focus');
  equal((await focus(page)).name, '全部', 'at what is chosen');
  await page.key('ArrowDown');
  const wanted = (await focus(page)).name;
  await page.key('Enter');
  equal(await page.value('combobox', '渠道'), wanted, 'chosen');
  equal((await focus(page)).name, '渠道', 'and the focus is back');
  await page.key('Enter');
  await page.key('Escape');
  await page.expectNot('option', '全部');
  equal((await focus(page)).name, '渠道', 'closed by Escape, with nothing changed');
});

test('a tree is one tree, folded and unfolded by the arrows', async () => {
  const page = await enterSandbox();
  equal(await page.page.getByRole('tree').count(), 1, 'one tree');
  equal(await page.page.getByRole('menubar').count(), 1, 'one menu');
  await tabTo(page, 'treeitem');
  for (let i = 0; i < 4 && !(await page.items()).find((i) => i.focused).expandable; ++i) await page.key('ArrowDown');
  const unit = async () => (await page.items()).find((i) => i.focused);
  const before = await unit();
  await page.key(before.expanded ? 'ArrowLeft' : 'ArrowRight');
  equal([(await unit()).label, (await unit()).expanded], [before.label, !before.expanded], 'turned over by an arrow, the focus stays');
  await page.key(before.expanded ? 'ArrowRight' : 'ArrowLeft');
  equal((await unit()).expanded, before.expanded, 'and back');
});

test('rows without a code are rows too: read, checked and dropped by role', async () => {
  const page = await enterSandbox();
  const [code] = await customersInView(page);
  await page.press('menuitem', '批量调整');
  await page.drop('无编码.csv', workbookOf([['', 'C999', ''], [code, 'C999', ''], ['', 'C998', '']]));
  equal(await countOf(page, '拒绝'), 3, 'all are refused');
  const row = page.page.getByRole('row', { name: '2', exact: true });
  equal(await row.getByRole('cell').count() > 3, true, 'a row with cells, named by its line');
  await page.page.getByRole('checkbox', { name: '2', exact: true }).click();
  await page.settle();
  await page.expect('text', '已勾选 1 行');
  ok(await page.page.getByRole('checkbox', { name: '全选', exact: true }).isVisible(), 'the box over all has a name');
  await tabTo(page, 'row');
  await page.key('ArrowDown');
  await page.key('Space');
  await page.expect('text', '已勾选 2 行');
  await noErrors(page);
});

test('what is wrong with a field is said unasked, and the field points to it', async () => {
  const page = await enterSandbox();
  await open(page, '/log');
  await page.type('textbox', '起始日期', '2026-99-99');
  await page.key('Enter');
  const field = page.page.locator('#mirror [role=textbox][aria-label="起始日期"]');
  equal(await field.getAttribute('aria-invalid'), 'true', 'the field is wrong');
  const id = await field.getAttribute('aria-describedby');
  ok(id, 'and points to why');
  equal(await page.page.locator(`#${id}`).getAttribute('role'), 'alert', 'which is an alert');
  ok((await page.page.locator(`#${id}`).textContent()).includes('日期'), 'in words');
  await open(page, '/customers');
  await page.press('columnheader', '客户编码');
  await page.press('columnheader', '收入（元）', { modifiers: ['Shift'] });
  equal(await page.find('columnheader', '收入（元）').getAttribute('aria-sort'), 'ascending', 'a sort by several columns is said, which way round');
  equal(await page.find('columnheader', '收入（元）').getAttribute('aria-description'), '▲2', 'and in which place');
});
