// The client at a desk: found by the keyboard, looks, views, tables of the real screens, printing.
import path from 'node:path';
import { equal, ok, openPage, serveFolder, test } from './harness.mjs';
import { customersInView, enter, enterSandbox, hash, isWorkbook, labels, noErrors, openSandbox, saved, who, workbookOf } from './journey.mjs';

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
  // Customers by the initials of their names.
  await page.key('Control+k');
  await page.page.keyboard.type('nns');
  await page.settle();
  const found = (await page.items()).filter((i) => i.role === 'option' && /^\d{13}/.test(i.value)).map((i) => i.label);
  ok(found.length > 0 && found.every((label) => label.startsWith('南宁')), `customers by the initials of their names: ${found}`);
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
  await page.press('button', '保存当前页面');
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

test('at a zoom of 150 % the menu of a table is opened by the mouse, whatever column lies under it', async () => {
  const page = await openSandbox({ width: 911, height: 512, density: 1.5 });
  await enter(page);
  const there = await hash(page), button = await page.item('button', '表格菜单');
  await page.page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
  await page.settle();
  await page.expect('menuitem', '打印');
  equal(await hash(page), there, 'and nothing is sorted by it');
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

const kPressed = ['button', 'textbox', 'combobox', 'checkbox', 'searchbox', 'radio', 'tab', 'link', 'columnheader'];
const kWords = ['text', 'heading', 'alert', 'cell'];   // notices and tooltips come over the page by design
// What lies outside the window, or over something else: what is pressed, words, and words over what is pressed. A text is as wide
// as it is written, not as it is seen, so one that runs out of its card into the next meets what stands there. The cells of a
// table have its rows below them, and a row of a list may hold what is pressed.
function misplaced(items, width) {
  const faults = [], looked = items.filter((i) => (kPressed.includes(i.role) || kWords.includes(i.role)) && i.label.trim() !== '');
  const name = (i) => `${i.role} ${i.label.slice(0, 40)}`;
  // A place to drop files is a button with words in it.
  const holds = (a, b) => a.role === 'button' && a.height > 60 && b.x >= a.x && b.y >= a.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;
  for (const [n, a] of looked.entries()) {
    if (a.x < 0 || a.x + a.width > width + 1) faults.push(`${name(a)} is not inside the window`);
    for (const b of looked.slice(n + 1)) {
      const over = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x), under = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      const slack = kPressed.includes(a.role) && kPressed.includes(b.role) ? 2 : 4;
      if (over > slack && under > slack && !holds(a, b)) faults.push(`${name(a)} and ${name(b)} lie over each other`);
    }
  }
  return faults;
}

// What is under the mouse may be said in a tooltip.
async function aside(page) {
  await page.page.mouse.move(2, 2);
  await page.settle();
}

// A plan and a person are open: screens that the menu alone does not show.
async function openMore(page, person, english, look) {
  const say = (zh, en) => (english ? en : zh);
  if (person === who.system) {
    await page.press('menuitem', say('人员管理', 'People'));
    await page.press('row', (await labels(page, 'row')).filter((label) => label)[1]);
    return look('a person');
  }
  await page.press('menuitem', say('客户查询', 'Customers'));
  const codes = await customersInView(page);
  await page.press('menuitem', say('批量调整', 'Bulk adjustment'));
  await page.drop('moves.csv', workbookOf(codes.map((code) => [code, '450103GZ0201', ''])));
  for (const tab of [say('逐行结果', 'Row by row'), say('前后对比', 'Before and after'), say('流向', 'Flows'), say('可见范围变化', 'Who sees what')]) {
    await page.press('tab', tab);
    await look(`plan, ${tab}`);
  }
}
for (const language of ['中文', 'English'])
  test(`at a zoom of 150 % nothing overlaps on any screen, and none draws while nothing happens: ${language}`, async () => {
    const faults = [];
    for (const person of [who.province, who.system]) {
      const page = await openSandbox({ width: 911, height: 512, density: 1.5 });
      await page.press('tab', language);
      await enter(page, person);
      const screens = await labels(page, 'menuitem');
      ok(screens.length >= 5, `screens of the menu: ${screens}`);
      for (const screen of screens) {
        await page.press('menuitem', screen);
        await aside(page);
        faults.push(...misplaced(await page.items(), 911).map((fault) => `${screen}: ${fault}`));
        if (language === '中文') {
          await page.idle(700);
          const before = await page.frames();
          await page.idle(400);
          const drawn = await page.frames() - before;
          if (drawn !== 0) faults.push(`${screen}: ${drawn} frames while idle`);
        }
        await page.picture(`zoom-${language}-${screen}`);
      }
      await openMore(page, person, language === 'English', async (what) => {
        await aside(page);
        faults.push(...misplaced(await page.items(), 911).map((fault) => `${what}: ${fault}`));
        await page.picture(`zoom-${language}-${what}`);
      });
      // The buttons of a round change with its steps.
      if (person === who.province) {
        await page.press('menuitem', language === 'English' ? 'Monthly round' : '月度划分');
        for (const step of language === 'English' ? ['Gather new customers', 'Give to departments', 'To the departments'] : ['归集新增客户', '分发给部门', '去部门确认']) {
          await page.press('button', step);
          await aside(page);
          faults.push(...misplaced(await page.items(), 911).map((fault) => `${step}: ${fault}`));
        }
        await page.picture(`zoom-${language}-round`);
      }
      await noErrors(page);
      await page.close();
    }
    equal(faults, [], 'what is wrong');
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

test('where the rest of the font cannot be had, the system\'s fonts draw it', async () => {
  const page = await enterSandbox();
  let asked = 0;
  await page.page.route('**/qudao-more.ttf', (route) => { ++asked; return route.abort(); });
  const box = await page.item('textbox', '客户名称');
  const drawn = async (character) => {
    await page.type('textbox', '客户名称', character);
    await page.key('End');
    await page.settle();
    return page.page.screenshot({ clip: { x: box.x, y: box.y, width: 60, height: box.height } });
  };
  const [blank, one, other] = [await drawn('\u3000'), await drawn('龠'), await drawn('鼹')];
  equal(asked, 1, 'asked for once, and not again with every character');
  ok(!one.equals(blank) && !other.equals(blank) && !one.equals(other), 'each is seen, with a look of its own');
});

test('a server that takes long over its first answer is waited for', async () => {
  const kLongerThanTheCoverMs = 11000;
  const { url } = await serveFolder(path.join(process.env.QUDAO_PAGES, 'qudao'), {
    '/api/v1/session': (request, response) => setTimeout(() => {
      response.writeHead(401, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ type: 'about:blank', status: 401, code: 'session.none' }));
    }, kLongerThanTheCoverMs),
  });
  const page = await openPage(url, { ready: false });
  await page.page.waitForFunction(() => window.qudao?.ready || !document.getElementById('refusal').hidden);
  ok(await page.page.locator('#refusal').isHidden(), 'the page does not say that it could not be opened');
  await page.expect('button', '登录');
});
