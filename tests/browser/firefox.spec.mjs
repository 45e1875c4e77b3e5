// The main journey once more, in Debian's Firefox.
import { equal, ok, serveFolder, test } from './harness.mjs';
import { client, kHeader } from './journey.mjs';
import { missing, openFirefox } from './firefox.mjs';

const kCommunity = '450103GZ0201';  // 城东二片1社区, in every demonstration

async function enterSandbox() {
  const { url } = await serveFolder(client);
  const page = await openFirefox(`${url}?sandbox&customers=2000`);
  const person = (await page.labels('button')).find((label) => /^(以|Enter as )/.test(label));
  await page.press('button', person);
  if (!(await page.labels('menuitem')).includes('客户查询')) await page.press('button', '中文');
  return page;
}

if (missing && process.env.CI !== 'true') console.log(`skip  firefox: ${missing} is missing (toolchains/setup test)`);
else {
  test('a workbook from file to undo, found by role and name', async () => {
    ok(!missing, `${missing} is there`);
    const page = await enterSandbox();
    await page.expect('heading', '客户查询');
    const codes = (await page.labels('row')).filter((label) => /^\d{13}$/.test(label));
    ok(codes.length >= 4, `${codes.length} customers to move`);
    await page.press('columnheader', '客户名称');
    equal(await page.value('columnheader', '客户名称'), '▲', 'sorted by a header');
    await page.drop('调整.csv', kHeader + codes.slice(0, 3).map((code) => `${code},${kCommunity},`).join('\r\n'));
    await page.expect('heading', '批量调整');
    await page.press('button', '提交 3 户');
    await page.press('button', '确认提交 3 户');
    await page.expect('heading', '调整批次 1');
    await page.press('button', '撤销本批次');
    await page.press('button', '确认撤销 3 户');
    await page.expect('heading', '撤销批次 2');
    equal(page.errors, [], 'errors on the console');
  });

  test('typing, the command palette and the keyboard', async () => {
    ok(!missing, `${missing} is there`);
    const page = await enterSandbox();
    await page.press('textbox', '客户编码');
    await page.page.keyboard.type('0771');
    await page.page.keyboard.press('Enter');
    await page.settle();
    ok((await page.page.evaluate(() => decodeURIComponent(location.hash))).includes('code=0771'), 'the address says what was typed');
    await page.page.keyboard.down('Control');
    await page.page.keyboard.press('k');
    await page.page.keyboard.up('Control');
    await page.settle();
    await page.expect('dialog', '快速查找');
    await page.page.keyboard.type('tzrz');
    await page.settle();
    await page.page.keyboard.press('Enter');
    await page.settle();
    await page.expect('heading', '调整日志');
    equal(page.errors, [], 'errors on the console');
  });
}
