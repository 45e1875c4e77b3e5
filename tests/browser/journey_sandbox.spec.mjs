// The sandbox as a trainer uses it: no server, real clicks, found by role and label.
import { equal, ok, test } from './harness.mjs';
import { countOf, customersInView, enter, enterSandbox, hash, isWorkbook, labelled, labels, noErrors, openSandbox, pressStarting, saved, who,
  workbookOf } from './journey.mjs';

const kCommunity = '450103GZ0201';  // 城东二片1社区, in every demonstration

test('测试环境 stands on every screen, log-in included', async () => {
  const page = await openSandbox();
  await page.expect('status', '测试环境');
  await enter(page);
  for (const screen of ['客户查询', '批量调整', '调整批次', '调整日志', '移交清单']) {
    await page.press('menuitem', screen);
    await page.expect('status', '测试环境');
    await page.expect('heading', screen);
  }
  await noErrors(page);
});

test('a unit, conditions, sorting: the address says so; back, forward and reload work', async () => {
  const page = await enterSandbox();
  await page.press('treeitem', '南宁市电信分公司');
  const all = await labelled(page, 'text', '共 ');
  await page.type('textbox', '客户名称', '南宁');
  await page.press('button', '查询');
  ok(await labelled(page, 'text', '共 ') !== all, 'the condition narrows the list');
  ok(/unit=\d+/.test(await hash(page)) && (await hash(page)).includes('name=南宁'), `the address says it: ${await hash(page)}`);
  await page.press('columnheader', '收入（元）');
  ok((await hash(page)).includes('sort=revenue'), 'and how it is sorted');
  await page.page.goBack();
  await page.settle();
  ok(!(await hash(page)).includes('sort='), 'back takes the sorting away');
  equal(await page.value('columnheader', '客户编码'), '▲', 'by code again');
  await page.page.goBack();
  await page.settle();
  equal(await labelled(page, 'text', '共 '), all, 'back once more: the unit without the condition');
  await page.page.goForward();
  await page.settle();
  equal(await page.value('textbox', '客户名称'), '南宁', 'forward brings the condition back into its field');
  const there = await hash(page);
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  await enter(page);
  equal(await hash(page), there, 'after a reload and log-in one is where one was');
  equal(await page.value('textbox', '客户名称'), '南宁', 'with the condition');
  await noErrors(page);
});

test('南宁 typed with an input method finds its units', async () => {
  const page = await enterSandbox();
  await page.press('searchbox', '查找单位');
  await page.compose(['n', 'nan', 'nan\'n', 'nan\'ning'], '南宁');
  equal(await page.value('searchbox', '查找单位'), '南宁', 'the field has what was committed');
  await page.expect('treeitem', '南宁市青秀中心');
  ok(!(await labels(page, 'treeitem')).includes('柳州市电信分公司'), 'and nothing else');
  await page.press('treeitem', '南宁市青秀中心');
  ok(/unit=\d+/.test(await hash(page)), 'a unit that was found can be chosen');
  await noErrors(page);
});

test('both trees hold the same communities', async () => {
  const page = await enterSandbox(who.team);
  await page.expect('treeitem', '城东二片1社区');
  const count = await page.value('treeitem', '城东二片1社区');
  await page.press('tab', '按渠道');
  await page.expect('treeitem', '城东二片1社区');
  equal(await page.value('treeitem', '城东二片1社区'), count, 'with the same number of customers');
  ok((await labels(page, 'treeitem')).some((label) => label.includes('公众客户')), 'below their channel');
});

test('the list goes on as one scrolls, and can be jumped into', async () => {
  const page = await enterSandbox();
  const first = await customersInView(page);
  await page.page.mouse.move(900, 600);
  for (let i = 0; i < 30; ++i) await page.page.mouse.wheel(0, 1500);
  await page.settle();
  const later = await customersInView(page);
  ok(later.length > 0 && later[0] > first.at(-1), `scrolled from ${first[0]} to ${later[0]}`);
  await page.type('searchbox', '跳转', '0775');
  await page.key('Enter');
  ok((await customersInView(page))[0] >= '0775', 'the first row is where one jumped to');
  await page.press('columnheader', '客户名称');
  await page.press('searchbox', '跳转');
  await page.page.keyboard.press('Control+a');
  await page.compose(['wei'], '韦');
  await page.key('Enter');
  ok((await labels(page, 'cell')).some((name) => name.startsWith('韦')), 'names by pinyin: 韦 is where W is');
  await page.press('link', '回到开头');
  ok(!(await hash(page)).includes('at='), 'and back to the beginning');
  await noErrors(page);
});

test('a workbook from file to undo', async () => {
  const page = await enterSandbox(who.province, { height: 900 });
  const codes = await customersInView(page);
  ok(codes.length >= 8, `${codes.length} customers to move`);
  await page.drop('十一月 调整.csv', workbookOf([
    ...codes.slice(0, 6).map((code) => [code, kCommunity, '换社区']),
    [codes[0], kCommunity, ''], ['0771999999999', kCommunity, ''], [codes[6], '450103XX', ''], [codes[7], '450103', ''], ['', kCommunity, '']]));
  await page.expect('heading', '批量调整');
  equal(await countOf(page, '移动'), 6, 'rows that move somebody');
  equal(await countOf(page, '拒绝'), 5, 'refused rows');
  const commit = await page.item('button', '提交 6 户');
  ok(commit.disabled, 'no commit while a row is refused');
  await page.press('treeitem', '客户重复');
  equal(await customersInView(page), [codes[0]], 'a reason is a filter');
  const file = await saved(page, () => page.press('link', '剔除并另存'));
  equal(file.name, '十一月 调整-被拒绝的行.xlsx', 'what is dropped is kept');
  isWorkbook(file);
  await page.settle();
  equal([await countOf(page, '拒绝'), await countOf(page, '已剔除')], [0, 5], 'refused and dropped');

  await page.press('tab', '前后对比');
  await page.expect('cell', '+6');
  await page.press('tab', '图形');
  ok((await labels(page, 'text')).some((label) => label.includes('城东二片1社区')), 'a bar for the receiving community');
  await page.expect('img', '客户数');
  await page.press('tab', '收入');
  const picture = await saved(page, () => page.press('button', '保存为图片'));
  ok(picture.name.startsWith('调整前后-') && picture.name.endsWith('.png'), picture.name);
  equal(picture.bytes.subarray(1, 4).toString(), 'PNG', 'the chart as a picture');
  await page.press('tab', '流向');
  await page.press('tab', '图形');
  await page.expect('img', '调整流向');
  ok((await labels(page, 'text')).some((label) => label.endsWith('城东二片1社区: 6')), 'a block for the receiving community');
  await page.press('tab', '可见范围变化');
  await page.expect('cell', '+6');

  await page.press('button', '提交 6 户');
  await page.expect('dialog', '确认提交');
  ok((await page.words()).includes('6 户客户'), 'the confirmation says how many');
  await page.press('button', '确认提交 6 户');
  await page.expect('heading', '调整批次 1');
  ok((await hash(page)).startsWith('#/batch/1'), 'the batch has its address');

  await page.press('button', '在日志中查看');
  equal((await customersInView(page)).sort(), codes.slice(0, 6).sort(), 'the log has them');
  await page.press('menuitem', '移交清单');
  await page.press('row', '城东二片1社区');
  equal((await customersInView(page)).sort(), codes.slice(0, 6).sort(), 'the hand-over list leads to them');

  await page.page.goBack();
  await page.settle();
  await page.press('link', '批次 1');
  await page.press('button', '撤销本批次');
  await page.expect('dialog', '撤销批次 1');
  await page.press('button', '确认撤销 6 户');
  await page.expect('heading', '撤销批次 2');
  await page.press('link', '打开批次 1');
  await page.expect('alert', '本批次已被批次 2 撤销。');
  await page.press('menuitem', '调整批次');
  await page.expect('cell', '撤销批次 1（十一月 调整.csv）');
  await noErrors(page);
});

test('rows are dropped one by one and taken back', async () => {
  const page = await enterSandbox();
  const codes = (await customersInView(page)).slice(0, 4);
  await page.drop('moves.csv', workbookOf(codes.map((code) => [code, kCommunity, ''])));
  await page.press('checkbox', codes[1]);
  await page.press('checkbox', codes[2]);
  await page.press('button', '剔除所选');
  equal([await countOf(page, '移动'), await countOf(page, '已剔除')], [2, 2], 'moving and dropped');
  await page.press('treeitem', '已剔除');
  await page.press('checkbox', codes[1]);
  await page.press('button', '恢复所选');
  equal([await countOf(page, '移动'), await countOf(page, '已剔除')], [3, 1], 'one is back');
  await page.press('link', '全部恢复');
  equal(await countOf(page, '移动'), 4, 'all are back');
});

test('cells pasted from a spreadsheet are a workbook', async () => {
  const page = await enterSandbox(who.province, { grant: ['clipboard-read', 'clipboard-write'] });
  const codes = (await customersInView(page)).slice(0, 2);
  await page.page.evaluate((text) => navigator.clipboard.writeText(text), codes.map((code) => `${code}\t${kCommunity}\t`).join('\n'));
  await page.key('Control+v');
  await page.expect('heading', '批量调整');
  equal(await countOf(page, '移动'), 2, 'both rows');
  // Another one does not push it aside unasked.
  await page.drop('other.csv', workbookOf([[codes[0], kCommunity, '']]));
  await page.expect('dialog', '替换正在核对的文件？');
  await page.press('button', '继续核对原文件');
  equal(await countOf(page, '移动'), 2, 'the pasted rows are still there');
  await page.drop('other.csv', workbookOf([[codes[0], kCommunity, '']]));
  await page.press('button', '打开新文件');
  equal(await countOf(page, '移动'), 1, 'now the other');
});

test('a file that is none says what to do', async () => {
  const page = await enterSandbox();
  await page.press('menuitem', '批量调整');
  const template = await saved(page, () => page.press('button', '下载模板'));
  equal(template.name, '批量调整模板.xlsx', 'the template');
  isWorkbook(template);
  await page.drop('模板.xlsx', template.bytes);
  ok((await labelled(page, 'alert', '工作表')).includes('只有表头'), 'the empty template has no rows');
  await page.drop('照片.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]));
  await page.expect('alert', '这不是电子表格文件。请选择 .xlsx 或 .csv 文件。');
  await page.drop('表头.csv', Buffer.from('\ufeff客户编码,社区,备注\r\n1,2,3\r\n'));
  ok((await labelled(page, 'alert', '表头与模板不符')).includes('B 列应为“目标单位编码”，实际是“社区”'), 'the wrong column is named');
  await page.expect('button', '选择其他文件');
  await noErrors(page);
});

test('outside the window everything is refused, with the day it opens', async () => {
  const page = await enterSandbox();
  const codes = (await customersInView(page)).slice(0, 3);
  await page.drop('moves.csv', workbookOf(codes.map((code) => [code, kCommunity, ''])));
  equal(await countOf(page, '移动'), 3, 'inside the window');
  await pressStarting(page, 'button', '演示日期');
  await page.press('textbox', '日期');
  await page.page.keyboard.press('Control+a');
  await page.page.keyboard.type('2026-12-04');
  await page.press('button', '设置');
  ok((await page.words()).includes('窗口已关闭 · 2026-12-09 开放（5 天后）'), 'the top bar says when it opens');
  equal([await countOf(page, '移动'), await countOf(page, '拒绝')], [0, 3], 'the open plan was made anew');
  await page.expect('treeitem', '不在调整窗口内');
  ok((await page.item('button', '提交 0 户')).disabled, 'and cannot be committed');
  await noErrors(page);
});

test('a person sees and may do what is theirs', async () => {
  const page = await enterSandbox(who.manager);
  ok(!(await labels(page, 'menuitem')).includes('批量调整'), 'a customer manager moves nobody');
  ok(!(await labels(page, 'button')).includes('导出'), 'nor exports');
  await page.drop('moves.csv', workbookOf([['0771000000001', kCommunity, '']]));
  ok((await labels(page, 'status')).concat(await labels(page, 'alert')).some((label) => label.includes('没有“调整客户”的权限')), 'and is told so');
  await pressStarting(page, 'button', '卢');
  await page.press('menuitem', '退出登录');
  await enter(page, who.query);
  const file = await saved(page, () => page.press('button', '导出'));
  ok(/^客户清单-2026-11-18\.xlsx$/.test(file.name), file.name);
  isWorkbook(file);
  await noErrors(page);
});

test('English all over, switched at any time', async () => {
  const page = await enterSandbox();
  await page.press('button', 'English');
  await page.expect('heading', 'Customers');
  for (const screen of ['Bulk adjustment', 'Batches', 'Adjustment log', 'Hand-overs', 'Customers']) {
    await page.press('menuitem', screen);
    await page.expect('heading', screen);
    const chinese = (await page.items()).filter((i) => ['button', 'heading', 'columnheader', 'menuitem', 'tab', 'checkbox', 'link'].includes(i.role) &&
      /[一-鿿]/.test(i.label) && !['中文'].includes(i.label)).map((i) => i.label).filter((label) => !/^[+−] /.test(label) && !/^[一-鿿]{2,4}$/.test(label));
    equal(chinese, [], `Chinese on ${screen}`);
  }
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  await page.expect('tab', 'English');
  await enter(page);
  await page.expect('heading', 'Customers');
});

test('an address sent by a colleague opens the same screen', async () => {
  const page = await openSandbox({ hash: '/log?kind=undo&since=2026-11-01' });
  await enter(page, who.query);
  await page.expect('heading', '调整日志');
  equal(await page.value('textbox', '起始日期'), '2026-11-01', 'its conditions are in their fields');
  await page.page.evaluate(() => { location.hash = '#/batch/999'; });
  await page.settle();
  ok((await page.words()).includes('找不到批次 999'), 'a batch that is not there says so');
  await noErrors(page);
});
