// What a screen reader meets: every screen through axe-core, and work done through roles alone, with the clicks that
// readers make, which no pointer made.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, equal, ok, test } from './harness.mjs';
import { countOf, customersInView, enter, enterSandbox, labelled, labels, noErrors, openSandbox, workbookOf } from './journey.mjs';

const axe = readFileSync(path.join(process.env.QUDAO_NPM || path.join(build, 'node'), 'node_modules/axe-core/axe.min.js'), 'utf8');
const kCommunity = '450103GZ0201';

// The mirror's words are transparent over the canvas, which has the colours: contrast is a matter of the theme.
async function look(page, screen, faults) {
  if (!(await page.page.evaluate(() => 'axe' in window))) await page.page.evaluate(axe);
  const found = await page.page.evaluate(async () => (await window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    rules: { 'color-contrast': { enabled: false }, 'page-has-heading-one': { enabled: false }, 'heading-order': { enabled: false } },
  })).violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`));
  faults.push(...found.map((fault) => `${screen}: ${fault}`));
}

// As a reader presses: a click that comes from no pointer.
async function act(page, role, name) {
  await page.find(role, name).dispatchEvent('click', { detail: 0, bubbles: true });
  await page.settle();
}

test('axe-core finds nothing on any screen', async () => {
  const page = await openSandbox();
  const faults = [];
  const sound = (at, screen) => look(at, screen, faults);
  await sound(page, 'log-in');
  await enter(page);
  await sound(page, 'the customers');
  const codes = await customersInView(page);
  await page.press('button', '更多条件');
  await sound(page, 'all conditions');
  for (const screen of (await labels(page, 'menuitem')).filter((name) => name !== '客户查询')) {
    await page.press('menuitem', screen);
    await sound(page, screen);
  }
  await page.press('menuitem', '批量调整');
  await page.drop('读屏.csv', workbookOf([...codes.slice(0, 5).map((code) => [code, kCommunity, '']), ['x', kCommunity, '']]));
  await sound(page, 'the workbench');
  await page.press('link', '剔除并另存');
  for (const tab of ['前后对比', '流向', '可见范围变化', '逐行结果']) {
    await page.press('tab', tab);
    await sound(page, tab);
  }
  await page.press('button', '提交 5 户');
  await sound(page, 'the confirmation');
  await page.press('button', '确认提交 5 户');
  await sound(page, 'the batch');
  await page.press('button', '撤销本批次');
  await sound(page, 'the undo');
  equal(faults, [], 'what axe-core finds');
});

test('tables have rows, rows have cells, headers say how they sort', async () => {
  const page = await enterSandbox();
  const codes = await customersInView(page);
  const row = page.page.getByRole('table').getByRole('row', { name: codes[0], exact: true });
  const cells = await row.getByRole('cell').allTextContents();
  ok(cells.length >= 4 && cells[0] === codes[0], `the cells of the first row: ${cells}`);
  const header = page.page.getByRole('table').getByRole('row').first().getByRole('columnheader');
  ok(await header.count() >= 5, 'the header row');
  equal(await header.first().getAttribute('aria-sort'), 'ascending', 'by code');
  await act(page, 'columnheader', '收入（元）');
  ok((await page.page.evaluate(() => decodeURIComponent(location.hash))).includes('sort=revenue'), 'a header is pressed by a reader');
});

test('a bulk move by roles alone, pressed as a screen reader presses', async () => {
  const page = await openSandbox();
  await act(page, 'button', await labelled(page, 'button', '以'));
  const codes = await customersInView(page);
  await page.drop('读屏.csv', workbookOf([...codes.slice(0, 4).map((code) => [code, kCommunity, '']), ['x', kCommunity, '']]));
  await act(page, 'link', '剔除并另存');
  await act(page, 'treeitem', '移动');
  await act(page, 'checkbox', codes[1]);
  await act(page, 'button', '剔除所选');
  equal([await countOf(page, '移动'), await countOf(page, '已剔除')], [3, 2], 'one more is dropped');
  await act(page, 'button', '提交 3 户');
  const dialog = page.page.getByRole('dialog', { name: '确认提交' });
  equal(await dialog.getAttribute('aria-modal'), 'true', 'the dialog shuts the page out');
  ok((await dialog.innerText()).includes('3 户'), 'and has its words inside');
  await act(page, 'button', '确认提交 3 户');
  await page.expect('heading', '调整批次 1');
  await act(page, 'menuitem', '调整日志');
  await act(page, 'textbox', '客户编码');
  await page.page.keyboard.type(codes[0]);
  await page.settle();
  await act(page, 'button', '查询');
  equal(await customersInView(page), [codes[0]], 'the log of one customer');
  await noErrors(page);
});

test('the focus of the keyboard is the focus of the browser, with its name', async () => {
  const page = await enterSandbox();
  const focused = () => page.page.evaluate(() => {
    const at = document.activeElement;
    return [at.getAttribute('role') || at.tagName.toLowerCase(), at.getAttribute('aria-label') || at.textContent];
  });
  await page.press('textbox', '客户名称');
  equal(await focused(), ['textarea', '客户名称'], 'a field that is edited has the text area, by its name');
  await page.key('Tab');
  equal((await focused())[1], '客户编码', 'the next field');
  const seen = [];
  for (let i = 0; i < 6; ++i) {
    await page.key('Tab');
    seen.push((await focused()).join(' '));
  }
  ok(seen.some((name) => name.startsWith('button ')), `and then to buttons: ${seen}`);
  ok((await labels(page, 'heading')).includes('客户查询'), 'on the same screen');
});
