// The main journey against the real server: a workbook of 100,000 rows against 1,000,000 customers, on each database.
import { equal, ok, openPage, test } from './harness.mjs';
import { countOf, hash, isWorkbook, labelled, labels, logIn, noErrors, pressStarting, saved } from './journey.mjs';
import { databases, sampleMoves, sampleWorkbook, serve } from './live.mjs';

const kCustomers = Number(process.env.QUDAO_JOURNEY_CUSTOMERS || 1_000_000);
const kRows = Number(process.env.QUDAO_JOURNEY_ROWS || 100_000);
const kLongMs = 240_000;
const kMostMemory = 64 << 20;

const atRest = (page) => page.page.evaluate((ms) => window.qudao.settle(ms), kLongMs);
async function pressLong(page, role, name) {
  await page.find(role, name).click({ timeout: 5000 });
  await atRest(page);
}
const grouped = (count) => count.toLocaleString('en-US');

async function journey(kind, name, moves) {
  const server = await serve(await databases[kind](kCustomers));
  const page = await openPage(server.url);
  const times = {};
  const timed = async (name, what) => { const start = Date.now(); await what(); times[name] = Date.now() - start; };

  await logIn(page, 'qudao_admin', 'wrong');
  await page.expect('alert', '用户名或密码不正确，请重新输入。密码区分大小写。');
  page.errors.length = 0;  // the refusal is on the console as well
  await page.type('textbox', '密码', 'demo-2026');
  await page.key('Enter');
  await page.expect('heading', '客户查询');
  await page.expect('text', `共 ${grouped(kCustomers)} 户`);

  await page.press('textbox', '客户名称');
  await page.compose(['nan', 'nan\'ning'], '南宁');
  await page.key('Enter');
  const found = await labelled(page, 'text', '共 ');
  ok(found !== `共 ${grouped(kCustomers)} 户`, `南宁 narrows the list: ${found}`);
  ok((await labels(page, 'cell')).some((name) => name.includes('南宁')), 'to names that have it');

  await timed('read and planned', async () => {
    await page.drop(name, moves).catch(() => {});
    await atRest(page);
  });
  const engines = await page.engines();
  equal(engines.length, 1, 'engines that run');
  ok(engines[0] <= kMostMemory, `${engines[0]} bytes of the engine’s WASM memory are at most 64 MB`);
  const [moved, unchanged, refused] = [await countOf(page, '移动'), await countOf(page, '不变'), await countOf(page, '拒绝')];
  equal(moved + unchanged + refused, kRows, 'every row has its verdict');
  ok(moved > kRows * 0.8 && refused > 0 && unchanged > 0, `moved ${moved}, unchanged ${unchanged}, refused ${refused}`);
  ok((await page.item('button', `提交 ${grouped(moved)} 户`)).disabled, 'no commit while a row is refused');

  const file = await saved(page, () => page.press('link', '剔除并另存'));
  isWorkbook(file);
  await atRest(page);
  equal([await countOf(page, '拒绝'), await countOf(page, '已剔除')], [0, refused], 'refused and dropped');
  await page.press('treeitem', '移动');
  await page.page.mouse.move(900, 650);
  for (let i = 0; i < 20; ++i) await page.page.mouse.wheel(0, 20000);
  await page.settle();
  ok((await labels(page, 'row')).some((label) => /^\d{13}$/.test(label)), 'rows far down are there');

  await page.press('button', `提交 ${grouped(moved)} 户`);
  await timed('committed', () => pressLong(page, 'button', `确认提交 ${grouped(moved)} 户`));
  await page.expect('heading', '调整批次 1');
  await page.expect('text', grouped(moved));

  await page.press('button', '在日志中查看');
  ok((await labels(page, 'row')).filter((label) => /^\d{13}$/.test(label)).length > 5, 'the log has the rows');
  await page.page.goBack();
  await page.settle();

  await timed('undo planned', () => pressLong(page, 'button', '撤销本批次'));
  await page.expect('dialog', '撤销批次 1');
  await timed('undone', () => pressLong(page, 'button', `确认撤销 ${grouped(moved)} 户`));
  await page.expect('heading', '撤销批次 2');
  ok((await hash(page)).startsWith('#/batch/2'), 'on the page of its own batch');
  const { heap } = await page.memory();
  ok(heap <= kMostMemory, `${heap} bytes of the page’s WASM memory are at most 64 MB`);
  equal(await page.engines(), [], 'the engine and its memory are gone');
  await noErrors(page);
  console.log(`      ${kind}: ${Object.entries(times).map(([step, ms]) => `${step} ${ms} ms`).join(', ')}; page ${heap >> 20} MB, engine ${engines[0] >> 20} MB`);
}

test('a workbook of LibreOffice, on SQLite', async () => journey('sqlite', '十万行调整.xlsx', await sampleWorkbook(kCustomers, kRows)));
test('a text file, on MariaDB', async () => journey('mariadb', '十万行调整.csv', await sampleMoves(kCustomers, kRows)));

test('the first page is small on the wire, with Chinese text and a list', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(server.url, { wire: true });
  await page.expect('button', '登录');
  const first = page.wire.bytes;
  ok(page.wire.replies >= 5 && first > 300_000, `program and font were counted: ${page.wire.replies} replies, ${first} bytes`);
  ok(first <= 1_200_000, `${first} bytes for the log-in page are at most 1.2 MB`);
  await logIn(page);
  await page.expect('text', '共 2,000 户');
  ok(page.wire.bytes <= 1_200_000, `${page.wire.bytes} bytes up to the first list are at most 1.2 MB`);
  console.log(`      log-in page ${first} bytes, with the first list ${page.wire.bytes}`);
});

test('memory comes back after each import', async () => {
  const moves = await sampleMoves(20_000, 20_000);
  const server = await serve(await databases.sqlite(20_000));
  const page = await openPage(server.url);
  await logIn(page);
  const heaps = [];
  for (let i = 0; i < 4; ++i) {
    await page.drop(`第${i}次.csv`, moves);
    equal((await page.engines()).length, 1, 'engines while a workbook is open');
    await page.press('button', '关闭文件');
    equal(await page.engines(), [], 'engines after it is closed');
    heaps.push((await page.memory()).heap);
  }
  equal(heaps[3], heaps[1], `the page does not grow from import to import: ${heaps}`);
});

test('a session that ended asks to log in again and goes on where one was', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(`${server.url}#/log?kind=move`);
  await logIn(page);
  await page.expect('heading', '调整日志');
  await page.page.context().clearCookies();
  await page.press('button', '查询');
  await page.expect('alert', '登录已失效，请重新登录后继续。');
  page.errors.length = 0;
  await logIn(page);
  await page.expect('heading', '调整日志');
  equal(await hash(page), '#/log?kind=move', 'the same screen');
  await noErrors(page);
});

test('a server that is away for a while: it says what it does, keeps what was typed, and goes on by itself', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(server.url);
  await logIn(page);
  await page.page.context().setOffline(true);
  await page.type('textbox', '客户名称', '南宁');
  await page.find('button', '查询').click();
  await page.page.getByText(/^网络不稳定，正在重试/).waitFor();
  await page.page.getByText(/^连接不上服务器。已输入/).waitFor({ timeout: 30000 });
  equal(await page.value('textbox', '客户名称'), '南宁', 'what was typed');
  await page.page.context().setOffline(false);
  await page.page.getByText(/^连接不上服务器。已输入/).waitFor({ state: 'detached', timeout: 30000 });
  await page.settle();
  ok(await labelled(page, 'text', '共 ') !== '共 2,000 户', 'the list came, as it was asked for');
});

test('a commit that the network cut off: when it is back the page says whether the server got it', async () => {
  const server = await serve(await databases.sqlite(20_000));
  const page = await openPage(server.url);
  await logIn(page);
  await page.drop('断网.csv', await sampleMoves(20_000, 100));
  if (await countOf(page, '拒绝') > 0) await page.press('link', '剔除并另存');
  await pressStarting(page, 'button', '提交 ');
  await page.page.context().setOffline(true);
  await page.find('button', await labelled(page, 'button', '确认提交 ')).click();
  await page.page.getByText(/^连接不上服务器。已输入/).waitFor({ timeout: 60000 });
  await page.page.context().setOffline(false);
  await page.page.getByText(/^服务器没有收到刚才的提交/).waitFor({ timeout: 30000 });
  await page.settle();
  ok(!(await page.words()).includes('不能确定'), 'what is known is no longer said to be uncertain');
  await pressStarting(page, 'button', '提交 ');
  await pressStarting(page, 'button', '确认提交 ');
  await page.expect('heading', '调整批次 1');
});

test('looking as another on a slow network is asked for once, and lost answers are found out', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(server.url);
  await logIn(page, 'sysadmin');
  const chosen = async () => {
    await page.press('menuitem', '人员管理');
    await page.type('searchbox', '用户名或姓名', 'nn_query');
    await page.key('Enter');
    await page.press('row', 'nn_query');
  };
  const strip = async () => /正在以(.+?)的身份查看/.exec(await page.words())?.[1];
  let asked = 0, lost = false;
  await page.page.route('**/session/see-as', async (route) => {
    asked += route.request().method() === 'PUT';
    if (lost) { await route.fetch(); return route.abort(); }
    await new Promise((resolve) => setTimeout(resolve, 800));
    return route.continue();
  });
  await chosen();
  await page.find('button', '以此人身份查看').click();
  await page.find('button', '以此人身份查看').click();
  await page.settle();
  ok(await strip(), 'the strip says as whom');
  equal(asked, 1, 'requests');
  await page.press('button', await strip());
  await page.press('menuitem', '结束查看');
  ok(!(await strip()), 'one’s own again');
  lost = true;
  await chosen();
  await page.press('button', '以此人身份查看');
  await page.page.getByText(/正在以.+的身份查看/).first().waitFor();
});

test('a new version of the page offers itself, and is loaded when the person says so', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(server.url);
  let version = 'another';
  await page.page.route('**/version.txt', async (route) => version ? route.fulfill({ body: version }) : route.continue());
  await logIn(page);
  await page.page.getByText(/^系统已更新/).waitFor();
  version = '';
  await Promise.all([page.page.waitForEvent('load'), page.find('link', '重新载入').click()]);
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  await page.expect('heading', '客户查询');
  ok(!(await page.words()).includes('系统已更新'), 'it is the newest now');
});

async function reload(page) {
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
}
async function logOut(page) {
  const [own] = (await page.items()).filter((item) => item.role === 'button' && item.y < 60).slice(-1);
  await page.press('button', own.label);
  await page.press('menuitem', '退出登录');
  await page.expect('button', '登录');
}

test('an opened preview is kept over a reload, with its age, and looked at as before', async () => {
  const server = await serve(await databases.sqlite(20_000));
  const page = await openPage(server.url);
  await logIn(page);
  await page.drop('未提交.csv', await sampleMoves(20_000, 2000));
  await page.press('link', '剔除并另存');
  const dropped = await countOf(page, '已剔除');
  ok(dropped > 0, 'some rows are dropped');
  const rows = await hash(page);
  await page.press('tab', '前后对比');
  const totals = await hash(page);
  ok(totals.startsWith('#/moves?tab=totals'), `what is looked at stands in the address: ${totals}`);
  await page.page.goBack();
  await page.settle();
  equal(await hash(page), rows, 'back takes the tab away');
  ok((await page.item('tab', '逐行结果')).selected, 'and shows the one before');
  await page.page.goForward();
  await page.settle();
  equal(await hash(page), totals, 'forward brings it again');
  await reload(page);
  await page.page.getByText(/尚未提交的文件/).waitFor();
  await page.settle();
  equal(await hash(page), totals, 'after a reload the same is looked at');
  ok((await page.item('tab', '前后对比')).selected, 'the same tab');
  await page.press('tab', '逐行结果');
  equal(await countOf(page, '已剔除'), dropped, 'with the same rows dropped');
  ok((await page.words()).includes('不到 1 分钟前打开'), `its age is shown (${await page.words()})`);
  await page.press('button', '关闭文件');
  await reload(page);
  await page.expect('heading', '批量调整');
  ok(!(await page.words()).includes('尚未提交'), 'a file that was closed is not kept');
  await noErrors(page);
});

test('unfinished work outlives a session and a log-out, for the person whose it is and nobody else', async () => {
  const server = await serve(await databases.sqlite(20_000));
  const page = await openPage(server.url);
  const offered = page.page.getByText(/“我的.csv”还没有提交/);
  await logIn(page);
  await page.drop('我的.csv', await sampleMoves(20_000, 500));
  await page.page.evaluate(() => { location.hash = '#/customers'; });
  await page.settle();
  // The session ends while the page is closed.
  await page.page.context().clearCookies();
  await reload(page);
  await logIn(page);
  await offered.waitFor();
  await logOut(page);
  await logIn(page, 'nn_channel');
  await page.press('menuitem', '批量调整');
  ok(!(await page.words()).includes('我的.csv'), `another person is offered nothing (${await page.words()})`);
  await page.drop('别人的.csv', await sampleMoves(20_000, 100));
  ok((await page.words()).includes('别人的.csv'), 'their own work is there');
  await reload(page);
  await page.page.getByText(/尚未提交的文件/).waitFor();
  ok((await page.words()).includes('别人的.csv'), 'their own work is there');
  await logOut(page);
  await logIn(page);
  await offered.waitFor();
  await page.press('menuitem', '批量调整');
  await page.page.getByText(/尚未提交的文件/).waitFor();
  ok((await page.words()).includes('我的.csv'), 'one’s own work is there again');
  // What is committed is not kept.
  await page.press('link', '剔除并另存');
  await pressStarting(page, 'button', '提交 ');
  await pressStarting(page, 'button', '确认提交 ');
  await page.expect('heading', '调整批次 1');
  await reload(page);
  await page.press('menuitem', '批量调整');
  ok(!(await page.words()).includes('我的.csv'), 'what was committed is not offered again');
});

test('a server that cannot be reached says so, and the list can be asked for again', async () => {
  const server = await serve(await databases.sqlite(2000));
  const page = await openPage(server.url);
  await logIn(page);
  await page.page.context().setOffline(true);
  await page.find('button', '查询').click();
  await page.page.evaluate(() => window.qudao.settle(20000));
  ok((await page.words()).includes('连接不上服务器'), 'in words');
  await page.page.context().setOffline(false);
  await page.press('button', '重试');
  await page.expect('text', '共 2,000 户');
});
