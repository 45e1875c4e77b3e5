// The client at a desk: found by the keyboard, looks, views, tables of the real screens, printing.
import { equal, ok, test } from './harness.mjs';
import { customersInView, enterSandbox, hash, isWorkbook, labels, noErrors, saved } from './journey.mjs';

test('the command palette finds screens, units and customers by Chinese, initials and code', async () => {
  const page = await enterSandbox();
  await page.key('Control+k');
  await page.expect('dialog', '快速查找');
  await page.page.keyboard.type('tzrz');
  await page.settle();
  ok((await labels(page, 'option'))[0] === '调整日志', `a screen by its initials: ${await labels(page, 'option')}`);
  await page.key('Enter');
  ok((await hash(page)).startsWith('#/log'), 'and goes there');

  await page.key('Control+k');
  await page.page.keyboard.type('cdep1');
  await page.settle();
  ok((await labels(page, 'option')).includes('城东二片1社区'), 'a unit by its initials');
  await page.press('option', '城东二片1社区');
  ok(/^#\/customers\?unit=\d+/.test(await hash(page)), `the customers of the unit: ${await hash(page)}`);
  const code = (await customersInView(page))[0];

  await page.key('Control+k');
  await page.page.keyboard.type(code);
  await page.settle();
  ok((await page.items()).some((i) => i.role === 'option' && i.value.startsWith(code)), 'a customer by code');
  await page.key('ArrowDown');
  await page.key('ArrowUp');
  await page.key('Enter');
  ok((await hash(page)).includes(`code=${code}`), 'leads to the customer');
  await page.key('Control+k');
  await page.key('Escape');
  await page.expectNot('dialog', '快速查找');
  await noErrors(page);
});

test('the shortcuts are shown', async () => {
  const page = await enterSandbox();
  await page.page.keyboard.type('?');
  await page.settle();
  await page.expect('dialog', '键盘快捷键');
  ok((await page.words()).includes('Ctrl+K'), 'with the way to the palette');
  await page.press('button', '关闭');
  await page.expectNot('dialog', '键盘快捷键');
});

test('another look is applied at once and remembered', async () => {
  const page = await enterSandbox();
  const [person] = (await labels(page, 'button')).filter((label) => label === '王杰荣');
  await page.press('button', person);
  await page.press('menuitem', '显示设置');
  await page.press('tab', '深色');
  await page.press('tab', '紧凑');
  equal(await page.page.evaluate(() => document.documentElement.dataset.scheme), 'dark', 'dark');
  await page.picture('look-dialog');
  await page.page.reload();
  equal(await page.page.evaluate(() => document.documentElement.dataset.scheme), 'dark', 'dark before the program is there');
  await page.page.waitForFunction(() => window.qudao?.ready);
  equal(await page.page.evaluate(() => localStorage.getItem('qudao.look')), 'dark compact', 'remembered');
  await noErrors(page);
});

test('a list is sorted by several columns and filtered by its headers; the address says so', async () => {
  const page = await enterSandbox();
  await page.press('columnheader', '装机日期');
  await page.press('columnheader', '收入（元）', { modifiers: ['Shift'] });
  equal(await page.value('columnheader', '收入（元）'), '▲2', 'the second');
  ok((await hash(page)).includes('sorts=installed_on,revenue'), `in the address: ${await hash(page)}`);
  await page.press('columnheader', '收入（元）', { button: 'right' });
  await page.page.keyboard.type('>=500');
  await page.key('Enter');
  ok((await hash(page)).includes('f.revenue='), `the filter too: ${await hash(page)}`);
  const revenues = (await page.items()).filter((i) => i.role === 'cell' && /^[\d,]+\.\d\d$/.test(i.label)).map((i) => Number(i.label.replaceAll(',', '')));
  ok(revenues.length > 3 && revenues.every((revenue) => revenue >= 500), `at least 500: ${revenues}`);
  await page.press('columnheader', '收入（元）', { button: 'right' });
  await page.page.keyboard.press('Control+a');
  await page.page.keyboard.type('viel');
  await page.key('Enter');
  ok((await labels(page, 'alert')).some((label) => label.includes('viel')), 'what is not understood is said');
  await page.press('link', '清除列筛选');
  ok(!(await hash(page)).includes('f.'), 'and lifted');
  await noErrors(page);
});

test('what is shown is saved as a workbook and printed as a page', async () => {
  const page = await enterSandbox();
  await page.press('button', '表格菜单');
  const file = await saved(page, () => page.page.getByRole('menuitem', { name: '导出所见内容' }).click());
  ok(/^客户查询-\d{4}-\d\d-\d\d\.xlsx$/.test(file.name), file.name);
  isWorkbook(file);
  await page.settle();
  await page.page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.press('button', '表格菜单');
  await page.press('menuitem', '打印');
  await page.page.waitForFunction(() => window.printed);
  const shown = await page.page.evaluate(() => [...document.querySelectorAll('#print th')].map((cell) => cell.textContent));
  equal(shown.slice(0, 2), ['客户编码', '客户名称'], 'the titles');
  await page.page.emulateMedia({ media: 'print' });
  await page.page.screenshot({ path: 'build/screenshots/printed.png' });
  const pdf = await page.page.pdf();
  equal(pdf.subarray(0, 4).toString(), '%PDF', 'a document');
  ok(pdf.length > 8000, `with something on it: ${pdf.length} bytes`);
  await noErrors(page);
});

test('a view is saved with its conditions and columns, and opened again', async () => {
  const page = await enterSandbox();
  await page.press('treeitem', '南宁市电信分公司');
  const there = await hash(page);
  await page.press('button', '表格菜单');
  await page.press('checkbox', '渠道');
  await page.key('Escape');
  await page.press('button', '王杰荣');
  await page.press('menuitem', '我的视图');
  await page.type('textbox', '视图名称', '南宁');
  await page.press('button', '保存当前画面');
  await page.key('Escape');
  await page.press('menuitem', '调整日志');
  await page.key('Control+k');
  await page.page.keyboard.type('nn');
  await page.settle();
  await page.press('option', '南宁');
  equal(await hash(page), there, 'the screen and its conditions');
  ok(!(await labels(page, 'columnheader')).includes('渠道'), 'the columns as they were');
  await noErrors(page);
});

test('revenue by unit as a picture, looked into by pressing', async () => {
  const page = await enterSandbox();
  await page.press('tab', '收入分布');
  await page.press('button', '南宁市电信分公司');
  ok(/unit=\d+/.test(await hash(page)), 'a tile chooses its unit');
  await page.picture('revenue-map');
  await page.press('button', '表格');
  await page.expect('text', '合计');
  await noErrors(page);
});

test('at a zoom of 150 % nothing overlaps', async () => {
  const page = await enterSandbox(0, { width: 911, height: 512, density: 1.5 });
  for (const screen of ['客户查询', '批量调整', '调整批次', '调整日志', '新移交清单']) {
    await page.press('menuitem', screen);
    const buttons = (await page.items()).filter((i) => ['button', 'textbox', 'combobox', 'checkbox', 'searchbox'].includes(i.role));
    for (const [n, a] of buttons.entries()) {
      ok(a.x >= 0 && a.x + a.width <= 912, `${screen}: ${a.label} is inside the window`);
      for (const b of buttons.slice(n + 1)) {
        const over = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x), under = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        ok(over <= 2 || under <= 2, `${screen}: ${a.role} ${a.label} and ${b.role} ${b.label} lie apart`);
      }
    }
    await page.picture(`zoom-${screen}`);
  }
  await noErrors(page);
});

test('the rest of the font comes when a character of it is shown, and once', async () => {
  const page = await enterSandbox();
  const asked = () => page.page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('qudao-more.ttf')).length);
  await page.type('textbox', '客户名称', '覃');
  equal(await asked(), 0, 'a common name is there from the start');
  await page.page.keyboard.insertText('龠');
  await page.settle();
  equal(await asked(), 1, 'the second file is fetched for the second level');
  await page.page.keyboard.insertText('鼹');
  await page.settle();
  equal(await asked(), 1, 'once');
  await page.picture('rest-of-the-font');
  await noErrors(page);
});
