// A monthly round as its people do it, in the sandbox and on a real server: with the clock set, real clicks, real workbooks.
import { inflateRawSync } from 'node:zlib';
import { equal, ok, openPage, test } from './harness.mjs';
import { enterSandbox, hash, isWorkbook, labels, logIn, noErrors, pressStarting, saved, who } from './journey.mjs';
import { databases, serve } from './live.mjs';

// The customer codes of a .xlsx, in the order of its first sheet.
function codesOf(file) {
  const codes = [];
  for (let at = 0; (at = file.bytes.indexOf('PK\x03\x04', at, 'latin1')) >= 0; ++at) {
    const [method, size, name, extra] = [file.bytes.readUInt16LE(at + 8), file.bytes.readUInt32LE(at + 18), file.bytes.readUInt16LE(at + 26), file.bytes.readUInt16LE(at + 28)];
    const path = file.bytes.toString('utf8', at + 30, at + 30 + name);
    if (!path.endsWith('sheet1.xml') && !path.endsWith('sharedStrings.xml')) continue;
    const begin = at + 30 + name + extra;
    const raw = file.bytes.subarray(begin, size > 0 ? begin + size : undefined);
    const text = (method === 0 ? raw : inflateRawSync(raw)).toString('utf8');
    codes.push(...(text.match(/(?<!\d)0\d{12}(?!\d)/g) ?? []));
  }
  return [...new Set(codes)];
}

const kColumns = '客户编码,客户名称,合同号,装机地址,入网日期,现归属单位,意见,备注';
function marksOf(rows) {
  return Buffer.from('\ufeff' + [kColumns, ...rows.map(([code, mark]) => `${code},,,,,,${mark},`)].join('\r\n') + '\r\n');
}

// A notice, in whatever tone it is given.
async function told(page, start) {
  const notices = (await labels(page, 'alert')).concat(await labels(page, 'status'));
  ok(notices.some((label) => label.startsWith(start)), `“${start}…” is told (${await page.words()})`);
}

// One of several buttons of a name: that of the department at this place.
async function pressOf(page, label, at) {
  await page.page.getByRole('button', { name: label, exact: true }).nth(at).click({ timeout: 20000 });
  await page.settle();
}

async function handBack(page, at, name, bytes) {
  const [chooser] = await Promise.all([page.page.waitForEvent('filechooser', { timeout: 60000 }),
    page.page.getByRole('button', { name: '交回标注', exact: true }).nth(at).click({ timeout: 20000 })]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: bytes });
  await page.idle(300);
  await page.settle();
}

async function setDate(page, day) {
  await pressStarting(page, 'button', '演示日期');
  await page.press('textbox', '日期');
  await page.page.keyboard.press('Control+a');
  await page.page.keyboard.type(day);
  await page.settle();
  await page.key('Enter');
}

// High enough for what appears below the cards: only what is in view is named.
const kView = { height: 1200 };
const begun = {
  'in the sandbox': () => enterSandbox(who.province, kView),
  async 'on a server'() {
    const server = await serve(await databases.sqlite(4000));
    const page = await openPage(server.url, kView);
    await logIn(page);
    await page.expect('heading', '客户查询');
    return page;
  },
};

for (const [where, begin] of Object.entries(begun)) test(`a whole round ${where}, from the new customers to the lock`, async () => {
  const page = await begin();
  await page.press('menuitem', '月度划分');
  await page.expect('heading', '月度划分');
  await told(page, '窗口 2026-12-03 关闭，剩余 16 天');
  await page.picture('round-begin');

  await page.press('button', '归集新增客户');
  await page.press('button', '分发给部门');
  await page.press('tab', '部门确认');
  ok((await hash(page)).includes('tab=departments'), 'the tab has its address');
  await page.picture('round-departments');
  const list = await saved(page, () => pressOf(page, '下载名单', 0));
  await page.settle();
  isWorkbook(list);
  equal(list.name, '202610新增客户-大客户.xlsx', 'the list of the department');
  const codes = codesOf(list);
  ok(codes.length > 50, `${codes.length} customers are listed`);

  // One faulty row and nothing is taken.
  await handBack(page, 0, '大客户 标注.csv', marksOf([[codes[0], '是'], [codes[0], '是'], ['0771999999999', '是']]));
  await told(page, '大客户 标注.csv 有 2 行不对');
  const faults = await saved(page, () => page.press('link', '下载有误的行'));
  isWorkbook(faults);
  await page.settle();
  await handBack(page, 0, '大客户 标注.csv', marksOf([[codes[0], '是'], [codes[1], '是'], [codes[3], '是']]));
  await told(page, '大客户 标注.csv 已收下：3 行，认领 3 户。');
  await handBack(page, 1, '商业 标注.csv', marksOf([[codes[1], '是'], [codes[2], '是'], [codes[3], '是']]));
  await told(page, '商业 标注.csv 已收下');
  for (let department = 0; department < 3; ++department) {
    await pressOf(page, '确认', 0);  // the first that is not confirmed yet
    await page.expect('dialog', '确认名单');
    await page.press('button', '确定');
  }
  await page.picture('round-confirmed');

  await page.press('button', '去裁定冲突');
  await page.expect('row', codes[1]);
  await page.picture('round-conflicts');
  await pressOf(page, '大客户', 1);  // of the first row; before it, of all
  await pressOf(page, '商业客户', 0);
  await page.expect('dialog', '裁定全部未决冲突');
  ok((await page.words()).includes('还没有裁定的 1 户'), 'what is decided stays so');
  await page.picture('round-decide-all');
  await page.press('button', '确定');
  await page.press('button', '汇总移交');
  await page.expect('dialog', '汇总移交');
  await page.press('button', '确定');
  await page.press('button', '划到渠道');
  await page.expect('dialog', '第一阶段：划到渠道');
  await page.picture('round-stage-1');
  await page.press('button', '确定');
  await page.expect('button', '查看批次');
  await page.press('tab', '进度');
  await page.picture('round-progress');
  const stageTwo = await saved(page, () => page.press('button', '下载待落社区表'));
  await page.settle();
  isWorkbook(stageTwo);
  equal(stageTwo.name, '第二阶段-202610.xlsx', 'the template with what waits in pools');
  ok(codesOf(stageTwo).length > 50, 'every customer that waits is in it');

  // The clock goes on: louder, then closed.
  await setDate(page, '2026-12-03');
  await told(page, '今天是最后一天！');
  await page.picture('round-last-day');
  await setDate(page, '2026-12-04');
  await page.press('menuitem', '月度划分');
  await page.press('combobox', '账期');
  await page.press('option', '2026年10月');
  await told(page, '已于 ');
  await page.press('tab', '锁定客户');
  const locked = (await labels(page, 'row')).filter((label) => /^\d{13}$/.test(label));
  ok(locked.length > 0, 'what was not placed is locked');
  await page.picture('round-locks');
  await page.page.getByRole('link', { name: '解除锁定', exact: true }).first().click({ timeout: 20000 });
  await page.settle();
  await page.expect('dialog', '解除锁定');
  ok((await page.item('button', '确定')).disabled, 'not without a reason');
  await page.press('textbox', '解除原因（必填）');
  await page.compose(['ming', "ming'dan"], '名单遗漏');
  await page.press('button', '确定');
  ok(!(await labels(page, 'row')).includes(locked[0]), 'the lock is lifted');

  await page.press('menuitem', '调整日志');
  await page.press('combobox', '类型');
  await page.press('option', '锁定与解锁');
  await page.expect('row', locked[0]);
  ok((await page.words()).includes('名单遗漏'), 'the log of locks says why one was lifted');
  await page.picture('log-locks');
  const log = await saved(page, () => page.press('button', '导出'));
  await page.settle();
  isWorkbook(log);

  // Where a customer was on a day, though nobody ever moved it.
  await page.page.evaluate((code) => { location.hash = `#/customer/${code}`; }, locked[1]);
  await page.settle();
  await page.press('button', '查某日归属');
  await page.expect('dialog', `客户轨迹 ${locked[1]}`).catch(() => {});
  await page.type('textbox', '查某一天的归属', '2026-11-18');
  await page.key('Enter');
  await told(page, '2026-11-18 归属：');
  await page.picture('customer-history');
  await noErrors(page);
});
