// Feeds from file to placed customer: the upload, the lines left out, what a cabinet serves, and why a customer is where it is.
import { equal, ok, openPage, test } from './harness.mjs';
import { enterSandbox, hash, isWorkbook, labels, noErrors, saved, who } from './journey.mjs';
import { databases, serve } from './live.mjs';

const kColumns = 'access_number|name|address|status|contract|billing_area|installed_on|cabinet';
function subscribers(lines, count = lines.length) {
  return Buffer.from(['#qudao-feed|subscribers|1|2026-11-18|UTF-8|billing', kColumns, ...lines, `#end|${count}`].join('\n') + '\n');
}
function arrears(source, line, day = '2026-11-18') {
  return Buffer.from(`#qudao-feed|arrears|1|${day}|UTF-8|${source}\naccess_number|amount|since\n${line}\n#end|1\n`);
}
const kMorning = ['07716660001|新到的客户|民族大道1号|在用|479900000001|450103|2026-11-17|CD-BROWSER',
  '07716660002||民族大道2号|在用|479900000002|450103|2026-11-17|',
  '07716660003|等候的客户|民族大道3号|在用|479900000003|450103|2026-11-17|CD-404'];
const kCommunity = '城东二片1社区';

async function told(page, start) {
  const notices = (await labels(page, 'alert')).concat(await labels(page, 'status'));
  ok(notices.some((label) => label.startsWith(start)), `“${start}…” is told (${await page.words()})`);
}

// Chooses a unit in the dialog by its name.
async function choose(page, name) {
  await page.press('searchbox', '查找单位');
  await page.compose(['cheng', "cheng'dong"], name);
  await page.press('treeitem', name);
}

async function enterCabinet(page, series) {
  await page.press('menuitem', '交接箱与号码段');
  await page.expect('heading', '交接箱与号码段');
  await page.picture(`${series}-cabinets`);
  await page.press('button', '新增交接箱');
  await page.expect('dialog', '交接箱的服务社区');
  await page.type('textbox', '交接箱编码', 'CD-BROWSER');
  await choose(page, kCommunity);
  await page.picture(`${series}-cabinet-new`);
  await page.press('button', '保存');
  await page.expectNot('dialog', '交接箱的服务社区');
  await page.type('searchbox', '编码或名称', 'CD-BROWSER');
  await page.key('Enter');
  await page.expect('row', 'CD-BROWSER');
}

async function importFile(page, series) {
  await page.press('menuitem', '数据接入');
  await page.expect('heading', '数据接入');
  await page.picture(`${series}-feeds`);
  await page.drop('subscribers_20261118.txt', subscribers(kMorning));
  await told(page, '已导入：读 3 行，新 2，变更 0，不变 0，拒绝 1');
  await page.picture(`${series}-feeds-imported`);
  const left = await saved(page, () => page.press('link', '下载拒绝行'));
  const text = left.bytes.toString('utf8');
  ok(text.includes('4') && text.includes(kMorning[1]), `the line left out is in the file, with its number: ${text}`);

  // The same file again, and files that are none.
  await page.drop('subscribers_20261118.txt', subscribers(kMorning));
  await told(page, '同一个文件已经导入过');
  await page.drop('half.txt', subscribers(kMorning, 4));
  await page.drop('picture.txt', Buffer.from('PK\x03\x04'));
  ok((await labels(page, 'alert')).length > 0, 'a file that is no feed is refused in words');
  await page.picture(`${series}-feeds-refused`);

  // Two sources that state the arrears of one number differently.
  await page.drop('arrears-before.txt', arrears('billing', '07716660001|3.00|202610', '2026-11-17'));
  await page.drop('arrears-billing.txt', arrears('billing', '07716660001|5.00|202610'));
  await page.drop('arrears-accounts.txt', arrears('accounts', '07716660001|1206.00|202609'));
  await page.press('tab', '欠费差异');
  await page.expect('row', '07716660001');
  ok((await hash(page)).includes('tab=conflicts'), 'the tab has its address');
  ok((await page.words()).includes('1,206.00'), 'what accounts say is shown');
  await page.picture(`${series}-arrear-conflicts`);
  const list = await saved(page, () => page.press('button', '导出'));
  await page.settle();
  isWorkbook(list);

  // Over time: one kind at a time, one day has nothing to be compared with.
  await page.press('tab', '导入走势');
  await page.expect('text', '还看不出走势');
  await page.press('tab', '欠费');
  await page.expect('text', '2026-11-17: 新 1 · 变更 0 · 拒绝 0');
  ok((await labels(page, 'text')).some((label) => label.startsWith('2026-11-18: ')), 'and the day after');
  ok((await hash(page)).includes('kind=arrears'), 'the kind has its address');
  await page.picture(`${series}-feeds-trend`);
  await page.press('tab', '接入与导入');
}

async function customerPage(page, series) {
  await page.press('menuitem', '客户查询');
  await page.type('textbox', '合同号', '479900000001');
  await page.key('Enter');
  const code = (await labels(page, 'row')).find((label) => /^\d{13}$/.test(label));
  ok(code, `the new customer is in the list (${await page.words()})`);
  await page.press('row', code);
  await page.press('button', '客户页');
  await page.expect('heading', '新到的客户');
  equal(await hash(page), `#/customer/${code}`, 'an address of its own');
  await page.picture(`${series}-customer`);
  ok((await page.words()).includes('CD-BROWSER'), 'its cabinet is on the page');
}

async function journey(page, series) {
  await enterCabinet(page, series);
  await importFile(page, series);
  await customerPage(page, series);
}

test('from a file to the reason on the customer’s page, in the sandbox', async () => {
  const page = await enterSandbox(who.province);
  await journey(page, 'sandbox');
  await noErrors(page);
});

test('the same on the server, over HTTP, on SQLite', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(server.url);
  await page.type('textbox', '用户名', 'qudao_admin');
  await page.type('textbox', '密码', 'demo-2026');
  await page.key('Enter');
  page.errors.length = 0;  // nobody was logged in before, which is on the console
  await journey(page, 'live');
  await noErrors(page);
});
