// The browser side of the client on the gallery page: input methods, clipboard, files, network, workers, idling,
// high density, context loss, and the widgets as a person meets them.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { equal, ok, openPage, serveFolder, test } from './harness.mjs';

const folder = path.join(process.env.QUDAO_PAGES, 'gallery');
const kWorker = `onmessage = async (e) => {
  const words = new TextDecoder().decode(e.data.bytes);
  const text = e.data.file ? e.data.name + ' ' + (await e.data.file.text()).length : 'no file';
  const file = new File(['线程 ' + words], '结果 𠮷.txt', { type: 'text/plain' });
  postMessage({ bytes: new TextEncoder().encode('worker: ' + words + ' ' + text), file, name: file.name });
};`;
const routes = {
  '/echo': (request, response, body) => {
    response.writeHead(201, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${request.method} ${request.headers['x-csrf-token']} ${body}`);
  },
  '/slow': () => {},
  '/broken': (request) => request.socket.destroy(),
  '/echo_worker.js': (request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    response.end(kWorker);
  },
};
const gallery = async (hash = '', options = {}) => {
  const { url, sent } = await serveFolder(folder, routes);
  const page = await openPage(`${url}#/${hash}`, options);
  page.sent = sent;
  return page;
};
const clipboard = (page) => page.page.evaluate(() => navigator.clipboard.readText());
const kClipboard = { grant: ['clipboard-read', 'clipboard-write'] };

test('opens without a complaint, small on the wire and in memory', async () => {
  const page = await gallery('workbench');
  await page.expect('heading', '批量调整');
  equal(page.errors, [], 'errors on the console');
  const { heap } = await page.memory();
  ok(heap <= 64 << 20, `${heap} bytes of WASM memory are at most 64 MB`);
  ok(page.sent.bytes <= 1.2e6, `${page.sent.bytes} bytes over the wire are at most 1.2 MB`);
});

test('draws nothing while nothing happens', async () => {
  const page = await gallery('customers');
  await page.page.mouse.move(700, 300);
  await page.settle();
  const before = await page.frames();
  await page.idle(2000);
  equal(await page.frames() - before, 0, 'frames in two idle seconds');
  await page.page.mouse.move(720, 320);
  await page.settle();
  const moved = await page.frames() - before;
  ok(moved >= 1 && moved <= 4, `one move takes ${moved} frames, at most 4`);
});

test('blinks the caret while a field is edited, and no longer', async () => {
  const page = await gallery('forms');
  await page.press('textbox', '姓名');
  const editing = await page.frames();
  await page.idle(2000);
  const blinks = await page.frames() - editing;
  ok(blinks >= 3 && blinks <= 6, `${blinks} frames in two seconds with a caret`);
  await page.key('Escape');
  const left = await page.frames();
  await page.idle(1500);
  ok(await page.frames() - left <= 1, 'the caret timer ends with the caret');
});

test('takes 南宁 from an input method', async () => {
  const page = await gallery('forms');
  await page.press('textbox', '姓名');
  const session = await page.page.context().newCDPSession(page.page);
  await session.send('Input.imeSetComposition', { text: "nan'ning", selectionStart: 8, selectionEnd: 8 });
  await page.settle();
  const field = await page.page.evaluate(() => {
    const box = document.getElementById('ime').getBoundingClientRect();
    return { seen: document.getElementById('ime').className, left: box.left, top: box.top, width: box.width };
  });
  const name = await page.item('textbox', '姓名');
  equal(field.seen, 'composing', 'the text area while composing');
  ok(field.left >= name.x && field.left < name.x + 40 && field.top >= name.y && field.top < name.y + name.height, 'it lies at the caret');
  ok(field.width > 30, 'it is as wide as what is composed');
  await page.picture('ime');
  equal(await page.value('textbox', '姓名'), '', 'nothing is committed yet');
  await session.send('Input.insertText', { text: '南宁' });
  await page.settle();
  equal(await page.value('textbox', '姓名'), '南宁', 'the committed text');
  await page.compose(['l', 'liu', "liu'zhou"], '柳州𠮷');
  equal(await page.value('textbox', '姓名'), '南宁柳州𠮷', 'after a second composition');
  await page.compose(['g', 'gui'], null);
  equal(await page.value('textbox', '姓名'), '南宁柳州𠮷', 'after a cancelled composition');
  await page.key('Enter');
  await page.expect('status', '已提交：南宁柳州𠮷');
});

test('takes an input method in a text area, with line ends, and Tab between fields', async () => {
  const page = await gallery('forms');
  await page.press('textbox', '备注');
  await page.compose(["nan'ning"], '南宁');
  await page.key('Enter');
  await page.compose(["bei'hai"], '北海');
  equal(await page.value('textbox', '备注'), '南宁\n北海', 'two lines');
  await page.press('textbox', '姓名');
  await page.key('Tab');
  await page.compose(["mi'ma"], 'abc');
  equal(await page.value('textbox', '姓名'), '', 'Tab left the first field');
  ok((await page.item('textbox', '密码')).focused, 'and came to the second');
});

test('takes fast typing, deletion and selection in order', async () => {
  const page = await gallery('forms');
  await page.find('textbox', '姓名').click();
  // Not settled on purpose: keys come before the field is known to be edited.
  await page.page.keyboard.type('Qudao 2026, a-b_c');
  await page.settle();
  equal(await page.value('textbox', '姓名'), 'Qudao 2026, a-b_c', 'typed');
  for (let i = 0; i < 4; ++i) await page.page.keyboard.press('Backspace');
  await page.page.keyboard.press('Home');
  await page.page.keyboard.press('Delete');
  await page.page.keyboard.type('q');
  await page.settle();
  equal(await page.value('textbox', '姓名'), 'qudao 2026, a', 'edited');
  await page.key('Control+a');
  await page.page.keyboard.type('x');
  await page.settle();
  equal(await page.value('textbox', '姓名'), 'x', 'typed over the selection');
  await page.key('Control+z');
  await page.key('Control+z');
  equal(await page.value('textbox', '姓名'), 'qudao 2026, a', 'undone: the letter, then the deletion');
});

test('copies, cuts and pastes between fields and other programs', async () => {
  const page = await gallery('forms', kClipboard);
  await page.type('textbox', '姓名', '青秀区 Qingxiu');
  await page.key('Control+a');
  await page.key('Control+c');
  equal(await clipboard(page), '青秀区 Qingxiu', 'copied');
  await page.press('textbox', '备注');
  await page.key('Control+v');
  await page.key('Control+v');
  equal(await page.value('textbox', '备注'), '青秀区 Qingxiu青秀区 Qingxiu', 'pasted twice');
  await page.key('Control+a');
  await page.key('Control+x');
  equal(await page.value('textbox', '备注'), '', 'cut');
  await page.page.evaluate(() => navigator.clipboard.writeText('江南\r\n良庆 𠮷'));
  await page.key('Control+v');
  equal(await page.value('textbox', '备注'), '江南\n良庆 𠮷', 'pasted from elsewhere, line ends made plain');
  await page.type('textbox', '密码', 'geheim');
  await page.key('Control+a');
  await page.key('Control+c');
  equal(await clipboard(page), '江南\r\n良庆 𠮷', 'a password is not copied');
});

test('takes pasted cells and gives cells', async () => {
  const page = await gallery('browser', kClipboard);
  await page.page.evaluate(() => navigator.clipboard.writeText('0771001000037\t450103\r\n0771001000074\t450105\r\n'));
  await page.key('Control+v');
  await page.expect('text', '粘贴：0771001000037\t450103\n0771001000074\t450105\n'.trim());
  await page.press('button', '复制单元格');
  equal(await clipboard(page), '编码\t单位\n0771\t青秀', 'copied by a button');
  await page.press('button', 'Ctrl+C 给出选中行');
  await page.key('Control+c');
  equal(await clipboard(page), '行一\t南宁\n行二\t柳州', 'copied by the keyboard without a field');
});

test('is sharp and hits at every density, and follows a change of it', async () => {
  for (const density of [1.25, 2]) {
    const page = await gallery('forms', { density });
    const size = await page.page.evaluate(() => [document.getElementById('canvas').width, document.getElementById('canvas').height]);
    equal(size, [Math.round(1366 * density), Math.round(768 * density)], `canvas at ${density}`);
    await page.type('textbox', '姓名', 'dpr');
    equal(await page.value('textbox', '姓名'), 'dpr', `typing at ${density}`);
    await page.picture(`density-${density}`);
    await page.close();
  }
  const page = await gallery('forms');
  const session = await page.page.context().newCDPSession(page.page);
  await session.send('Emulation.setDeviceMetricsOverride', { width: 1366, height: 768, deviceScaleFactor: 2, mobile: false });
  // The override sends no event, unlike a real zoom; the next frame of any kind sees it.
  await page.page.mouse.move(640, 700);
  await page.page.waitForFunction(() => document.getElementById('canvas').width === 2732, null, { timeout: 30000 });
  await page.settle();
  await page.press('checkbox', '包含下级单位');
  ok(!(await page.item('checkbox', '包含下级单位')).checked, 'a press after the change of density hits');
});

test('follows the size of the window', async () => {
  const page = await gallery('workbench');
  for (const [width, height] of [[1920, 1080], [1024, 640], [1366, 768]]) {
    await page.page.setViewportSize({ width, height });
    await page.page.waitForFunction((w) => document.getElementById('canvas').width === w, width);
    await page.settle();
    const account = await page.item('button', '渠道管理员');
    ok(account.x + account.width > width - 60 && account.x + account.width <= width, `the right end at ${width}`);
    await page.picture(`size-${width}x${height}`);
  }
});

// One character in a field: the picture of it, and how much ink is in it and in its middle.
async function drawn(page, character) {
  await page.press('textbox', '姓名');
  await page.key('Control+a');
  await page.page.keyboard.insertText(character);
  await page.settle();
  await page.page.mouse.click(640, 740);
  await page.settle();
  const box = await page.item('textbox', '姓名');
  equal(box.value, character, 'the text');
  const png = await page.page.screenshot({ clip: { x: box.x + 8, y: box.y + 4, width: 26, height: 26 } });
  const ink = await page.page.evaluate(async (base64) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(picture.width, picture.height), brush = canvas.getContext('2d');
    brush.drawImage(picture, 0, 0);
    const { data } = brush.getImageData(0, 0, picture.width, picture.height);
    const dark = (x, y) => data[(y * picture.width + x) * 4] < 128;
    const places = [];
    for (let y = 0; y < picture.height; ++y) for (let x = 0; x < picture.width; ++x) if (dark(x, y)) places.push([x, y]);
    const [left, right] = [Math.min(...places.map((p) => p[0])), Math.max(...places.map((p) => p[0]))];
    const [top, bottom] = [Math.min(...places.map((p) => p[1])), Math.max(...places.map((p) => p[1]))];
    const middle = ([x, y]) => x > left + (right - left) * 0.3 && x < right - (right - left) * 0.3 && y > top + (bottom - top) * 0.3 && y < bottom - (bottom - top) * 0.3;
    return { ink: places.length, middle: places.filter(middle).length };
  }, png.toString('base64'));
  return { png, ...ink };
}

test('shows the same pixels after a lost graphics context', async () => {
  const page = await gallery('forms');
  ok((await drawn(page, '𠮷')).middle > 0, '𠮷 is drawn');
  await page.type('textbox', '姓名', '玉㐂');
  await page.key('Escape');
  await page.page.mouse.move(640, 740);
  const before = await page.picture('context-before');
  await page.page.evaluate(() => {
    const extension = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    return new Promise((resolve) => {
      document.getElementById('canvas').addEventListener('webglcontextlost', () => setTimeout(() => extension.restoreContext(), 50));
      document.getElementById('canvas').addEventListener('webglcontextrestored', resolve);
      extension.loseContext();
    });
  });
  await page.settle();
  const after = await page.picture('context-after');
  ok(before.equals(after), 'the picture after the loss is the one before it, byte for byte');
  await page.press('checkbox', '包含下级单位');
  ok(!(await page.picture('context-later')).equals(after), 'and the page lives on');
});

test('draws characters the shipped font lacks', async () => {
  const page = await gallery('forms');
  const [rare, common, missing] = [await drawn(page, '𠮷'), await drawn(page, '吉'), await drawn(page, '\u{2FFFD}')];
  ok(rare.ink > common.ink * 0.4 && rare.ink < common.ink * 2.5, `𠮷 has about as much ink as 吉: ${rare.ink}, ${common.ink}`);
  ok(rare.middle > 0, 'and some in its middle, which an empty box has not');
  ok(!rare.png.equals(missing.png), 'it is not the box of a missing glyph (a system font with it is installed: fonts-babelstone-han)');
  ok(!rare.png.equals(common.png), 'nor its look-alike');
});

test('takes a dropped and a picked file with a Chinese name, and gives one', async () => {
  const page = await gallery('browser');
  await page.drop('划分名单 2026年3月 𠮷.csv', '客户编码,目标单位编码,备注\n0771001000037,450103,𠮷\n');
  await page.expect('text', '划分名单 2026年3月 𠮷.csv 65 字节');
  await page.press('button', '读取');
  ok((await page.words()).includes('0771001000037,450103,𠮷'), 'the bytes are read');
  const [download] = await Promise.all([page.page.waitForEvent('download'), page.press('button', '保存一份')]);
  equal(download.suggestedFilename(), '被拒绝的行 2026年3月.csv', 'the name of the saved file');
  ok(readFileSync(await download.path(), 'utf8').startsWith('客户编码,'), 'its content');
  const [chooser] = await Promise.all([page.page.waitForEvent('filechooser'),
    page.find('button', '把工作簿拖到这里，或点击选择').click()]);
  await chooser.setFiles({ name: '名单甲.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') });
  await page.settle();
  await page.expect('text', '名单甲.csv 4 字节');
  equal(page.errors, [], 'errors on the console');
});

test('speaks HTTP: bodies, headers, progress, abort, time limit, no network', async () => {
  const page = await gallery('browser');
  await page.press('button', '回声');
  await page.expect('text', 'answered 201 22 bytes text/plain; charset=utf-8 POST t0ken 南宁 𠮷');
  await page.press('button', '大文件');
  const whole = statSync(path.join(folder, 'fonts/qudao.ttf')).size;
  ok((await page.words()).includes(`answered 200 ${whole} bytes font/ttf progressed`), `a reply in pieces (${await page.words()})`);
  await page.press('button', '中止');
  await page.expect('text', 'aborted 0 0 bytes');
  await page.press('button', '超时');
  await page.expect('text', 'timed out 0 0 bytes');
  await page.press('button', '连不上');
  await page.expect('text', 'unreachable 0 0 bytes');
});

test('talks to a worker and passes files through it', async () => {
  const page = await gallery('browser');
  await page.drop('名单.csv', '一二三');
  await page.press('button', '线程');
  await page.page.getByText('worker: 你好 名单.csv 3').waitFor({ timeout: 30000 });
  const [download] = await Promise.all([page.page.waitForEvent('download'), page.press('button', '保存线程的文件')]);
  equal(download.suggestedFilename(), '结果 𠮷.txt', 'the name of the worker’s file');
  equal(readFileSync(await download.path(), 'utf8'), '线程 你好', 'its content');
});

test('says when a worker cannot start', async () => {
  const { url } = await serveFolder(folder);
  const page = await openPage(`${url}#/browser`);
  await page.press('button', '线程');
  await page.page.getByText(/^failed: /).waitFor({ timeout: 30000 });
});

test('keeps the screen in the address: links, back and forward', async () => {
  const page = await gallery('customers');
  await page.expect('heading', '客户查询');
  await page.press('menuitem', '表单控件');
  ok(page.page.url().endsWith('#/forms'), 'the address follows');
  await page.page.goBack();
  await page.expect('heading', '客户查询');
  await page.page.goForward();
  await page.expect('heading', '表单控件');
  await page.page.evaluate(() => { location.hash = '#/browser'; });
  await page.expect('heading', '浏览器接口');
  await page.press('button', '记住');
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.expect('text', '语言：中文');
});

test('scrolls a list without end, sorts it, and draws only what is seen', async () => {
  const page = await gallery('customers');
  const rows = async () => (await page.items()).filter((i) => i.role === 'row');
  ok((await rows()).length < 20, 'rows that are drawn');
  equal((await rows())[0].label, '07710001000000', 'the first row');
  await page.page.mouse.move(900, 500);
  for (let i = 0; i < 30; ++i) {
    await page.page.mouse.wheel(0, 400);
    await page.idle(60);
  }
  await page.idle(300);
  await page.settle();
  ok((await rows()).some((row) => row.label > '07710001002960'), `rows behind the first forty came (${(await rows()).map((r) => r.label)})`);
  await page.expect('columnheader', '客户编码');
  await page.press('columnheader', '上月收入(元)');
  const sorted = await page.item('columnheader', '上月收入(元)');
  equal([sorted.value, sorted.selected], ['▲', true], 'the mark of the sort');
  await page.press('columnheader', '上月收入(元)');
  equal((await page.item('columnheader', '上月收入(元)')).value, '▼', 'the other way round');
  const cells = (await page.items()).filter((i) => i.role === 'cell' && /^[\d,]+\.\d\d$/.test(i.label)).map((i) => Number(i.label.replaceAll(',', '')));
  ok(cells.length > 5 && cells.every((c, i) => i === 0 || c <= cells[i - 1]), `sorted downwards (${cells})`);
  await page.find('row', (await rows())[3].label).click({ position: { x: 60, y: 12 } });
  await page.settle();
  ok((await rows())[3].selected, 'the pressed row is selected');
});

test('a list too narrow for its columns scrolls sideways, its first column staying', async () => {
  const page = await gallery('customers', { width: 1000, height: 640 });
  ok(!(await page.item('columnheader', '状态')), 'the last column is out of view');
  await page.page.mouse.move(700, 400);
  for (let i = 0; i < 4; ++i) {
    await page.page.mouse.wheel(400, 0);
    await page.idle(60);
  }
  await page.idle(200);
  await page.settle();
  ok(await page.item('columnheader', '状态'), `the last column came (${await page.words()})`);
  ok(await page.item('columnheader', '客户编码'), 'the first is still there');
  await page.picture('sideways');
});

test('dialogs shut the page out and close', async () => {
  const page = await gallery('workbench');
  await page.press('button', '提交 1,240 行');
  await page.expect('dialog', '确认提交');
  await page.picture('dialog');
  await page.expectNot('button', '下载模板');
  await page.expect('status', '测试环境');
  await page.type('textbox', '原因', 'abc');
  equal(await page.value('textbox', '原因'), 'abc', 'typing in a dialog');
  await page.key('Escape');   // leaves the field
  await page.key('Escape');
  await page.expectNot('dialog', '确认提交');
  await page.expect('button', '下载模板');
  await page.press('button', '提交 1,240 行');
  await page.press('button', '提交 1,240 行');
  await page.expect('status', '已提交：1,240 个客户已移动。');
  await page.picture('toast');
  await page.idle(5200);
  await page.expectNot('status', '已提交：1,240 个客户已移动。');
});

test('chooses in lists, filters them, closes them', async () => {
  const page = await gallery('customers');
  await page.press('combobox', '社区');
  await page.picture('combo');
  await page.page.keyboard.type('竹溪');
  await page.settle();
  await page.expectNot('option', '民族大道社区');
  await page.press('option', '竹溪社区');
  equal(await page.value('combobox', '社区'), '竹溪社区', 'the choice');
  await page.press('combobox', '客户类别');
  await page.key('Escape');
  await page.expectNot('option', '大客户');
  await page.press('button', '渠道管理员');
  await page.picture('menu');
  await page.press('menuitem', '退出登录');
  await page.expect('alert', '无法退出：演示页没有登录。');
});

test('is used by the keyboard: arrows choose, Space presses', async () => {
  const page = await gallery('forms');
  await page.press('radio', '全部行');
  await page.key('ArrowRight');
  if (!(await page.item('radio', '当前页')).focused) await page.key('ArrowRight');
  ok((await page.item('radio', '当前页')).focused, 'the next radio button has the focus');
  await page.picture('keyboard');
  await page.key('Space');
  ok((await page.item('radio', '当前页')).checked, 'Space chooses it');
});

test('is used by the keyboard: Tab goes through everything, Enter presses', async () => {
  const page = await gallery('forms');
  await page.press('textbox', '合同号');
  const way = [];
  for (let i = 0; i < 9; ++i) {
    await page.key('Tab');
    way.push((await page.items()).find((item) => item.focused)?.label);
  }
  equal(way, ['备注', '只读', '渠道', '包含下级单位', '到期提醒', '全部行', '当前页', '保存', '取消'], 'the way of Tab');
  await page.key('Shift+Tab');
  await page.key('Enter');
  await page.expect('status', '已保存。');
  equal((await page.items()).find((item) => item.focused)?.label, '保存', 'the focus stays');
});

test('lets keys and buttons go when the window loses the focus', async () => {
  const page = await gallery('forms');
  await page.press('textbox', '姓名');
  await page.page.keyboard.down('Backspace');
  await page.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await page.settle();
  await page.page.keyboard.insertText('南宁');
  await page.idle(600);
  equal(await page.value('textbox', '姓名'), '南宁', 'no key is held any more');
  await page.page.keyboard.up('Backspace');
});

test('is used by touch: a tap presses, a stroke scrolls', async () => {
  const { url } = await serveFolder(folder, routes);
  const page = await openPage(`${url}#/customers`, { touch: true });
  const session = await page.page.context().newCDPSession(page.page);
  const touch = (type, x, y) => session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await touch('touchStart', 900, 600);
  for (let y = 590; y > 300; y -= 10) await touch('touchMove', 900, y);
  await touch('touchEnd');
  await page.idle(300);
  await page.settle();
  const first = (await page.items()).find((i) => i.role === 'row');
  ok(first.label > '07710001000000', `the list has moved (${first.label})`);
  ok(!(await page.items()).some((i) => i.role === 'row' && i.selected && i.label !== '07710001000074'), 'and nothing was pressed');
  const row = (await page.items()).filter((i) => i.role === 'row')[4];
  await touch('touchStart', row.x + 50, row.y + 15);
  await touch('touchEnd');
  await page.settle();
  ok((await page.items()).find((i) => i.role === 'row' && i.label === row.label).selected, 'a tap selects');
});

test('says in words what an unfit browser lacks', async () => {
  const { url } = await serveFolder(folder);
  for (const [lack, script, words] of [
    ['WebGL 2', () => { HTMLCanvasElement.prototype.getContext = () => null; }, 'WebGL 2'],
    ['WebAssembly', () => { delete window.WebAssembly; }, 'WebAssembly']]) {
    const page = await openPage(url, { ready: false, before: script });
    await page.page.locator('#refusal').waitFor({ timeout: 30000 });
    const said = await page.page.locator('#refusal').innerText();
    ok(said.includes(words) && said.includes('浏览器') && said.includes('browser'), `${lack}: ${said}`);
    await page.page.screenshot({ path: path.join(process.env.QUDAO_PAGES, `../../screenshots/refused-${words.replace(' ', '')}.png`) });
  }
});
