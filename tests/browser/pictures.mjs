// Takes a picture of every screen, in both languages and two sizes: build/pictures/<size>-<language>/NN-name.png.
// --only=live|sandbox|desk|partition|administration goes that way alone, --only=WORDS keeps only the pictures whose path has
// the words; --sizes=1366x768 and --languages=zh take fewer, 1366x768@1.5 is a screen of that size at a zoom of 150 %,
// --look='dark compact' takes another look;
// --readme takes those of web/pictures into build/pictures/readme.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, closeAll, closeBrowser, openPage, top } from './harness.mjs';
import { databases, sampleMoves, serve } from './live.mjs';
import { client, labels, openSandbox, who, workbookOf } from './journey.mjs';

const option = (name) => process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
const only = option('only'), look = option('look');
const forReadme = process.argv.includes('--readme');
const kCustomers = 20_000;
const kSizes = forReadme ? ['1366x768'] : (option('sizes') || '1366x768,1920x1080').split(',');
// What the browser's zoom does: fewer and denser pixels of the page on the same screen.
function screenOf(size) {
  const [, width, height, zoom = 1] = /^(\d+)x(\d+)(?:@([\d.]+))?$/.exec(size) ?? [];
  if (!width) throw new Error(`${size} is no size such as 1366x768 or 1366x768@1.5`);
  return { width: Math.floor(width / zoom), height: Math.floor(height / zoom), density: Number(zoom) };
}
const kLanguages = forReadme ? ['zh'] : (option('languages') || 'zh,en').split(',');
const kBefore = look ? { before: `localStorage.setItem('qudao.look', '${look}')` } : {};
const kWays = ['live', 'sandbox', 'desk', 'partition', 'administration'];

// The client's own words by key, so that a picture finds its button in either language.
const texts = new Map();
for (const name of ['administration', 'common', 'feeds', 'round', 'shell', 'workbench', 'lists'])
  for (const [, key, zh, en] of readFileSync(path.join(top, `client/i18n/texts/${name}.inc`), 'utf8').matchAll(/^QUDAO_TEXT\((\w+), "(.*?)", "(.*)"\)$/gm))
    texts.set(key, { zh, en });
function word(language, key, params = {}) {
  const text = texts.get(key);
  if (!text) throw new Error(`no text ${key}`);
  return Object.entries(params).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text[language]);
}

class Series {
  constructor(page, language, folder) {
    Object.assign(this, { page, language, folder, number: 0 });
  }
  word(key, params) { return word(this.language, key, params); }
  async take(name) {
    const file = path.join(this.folder, `${String(++this.number).padStart(2, '0')}-${name}.png`);
    if (only && !kWays.includes(only) && !file.includes(only)) return;
    await this.page.settle();
    mkdirSync(this.folder, { recursive: true });
    await this.page.page.mouse.move(2, 2);
    await this.page.settle();
    await this.page.page.screenshot({ path: file });
  }
  async go(address) {
    await this.page.page.evaluate((to) => { location.hash = to; }, address);
    await this.page.settle();
  }
  press(role, key, params) { return this.page.press(role, this.word(key, params)); }
  async pressStarting(role, start) {
    const label = (await labels(this.page, role)).find((shown) => shown.startsWith(start));
    if (!label) throw new Error(`no ${role} that starts with ${start}`);
    await this.page.press(role, label);
  }
}

async function screens(series, codes) {
  const { page } = series;
  const community = '450103GZ0201';
  await series.take('customers');
  await series.press('button', 'condition_more');
  await series.take('customers-conditions');
  await page.press('treeitem', '南宁市电信分公司');
  await page.press('row', (await customers(page))[0]);
  await series.take('customers-one');
  await series.go('/customers?name=没有这样的名字');
  await series.take('customers-none');
  await series.go('/customers');
  await series.press('tab', 'units_by_channel');
  await series.take('customers-by-channel');
  await series.press('menuitem', 'menu_workbench');
  await series.take('workbench-empty');
  await page.drop('表头.csv', Buffer.from('\ufeff客户编码,社区,备注\r\n1,2,3\r\n'));
  await series.take('workbench-failed');
  await page.drop('十一月调整.csv', await sampleMoves(kCustomers, 5000));
  await series.take('workbench-refused');
  await series.press('tab', 'tab_totals');
  await series.take('workbench-totals');
  await series.press('tab', 'totals_chart');
  await series.take('workbench-chart');
  await series.press('tab', 'tab_flows');
  await series.take('workbench-flows');
  await series.press('tab', 'tab_sight');
  await series.take('workbench-sight');
  await page.drop('另一个.csv', workbookOf([[codes[0], community, '']]));
  await series.take('workbench-replace');
  await series.press('button', 'replace_keep');
  await series.press('tab', 'tab_rows');
  await series.press('link', 'workbench_drop_refused');
  await series.press('treeitem', 'all');
  await series.take('workbench-ready');
  await series.pressStarting('button', series.word('workbench_commit', { count: '@' }).split('@')[0]);
  await series.take('workbench-confirm');
  if (forReadme) return;
  await series.pressStarting('button', series.word('confirm_commit', { count: '@' }).split('@')[0].trim());
  await series.take('batch');
  await series.press('button', 'batch_undo');
  await series.take('batch-undo');
  await series.press('button', 'cancel');
  await series.press('menuitem', 'menu_batches');
  await series.take('batches');
  await series.press('menuitem', 'menu_log');
  await series.take('log');
  await series.press('button', 'log_any_unit');
  await series.take('log-unit');
  await page.key('Escape');   // its own button has the words of the one below it
  await series.press('menuitem', 'menu_handovers');
  await series.take('handovers');
  await series.pressStarting('button', series.word('shell_demo_day', { day: '' }).trim());
  await series.take('date');
}

const customers = async (page) => (await labels(page, 'row')).filter((label) => /^\d{13}$/.test(label));

async function live(language, screen, folder) {
  const server = await serve(await databases.sqlite(kCustomers));
  const page = await openPage(server.url, { ...screen, ...kBefore });
  const series = new Series(page, language, folder);
  if (language === 'en') await page.press('tab', 'English');
  await series.take('login');
  await page.type('textbox', series.word('login_name'), 'qudao_admin');
  await page.type('textbox', series.word('login_password'), 'wrong');
  await page.key('Enter');
  await series.take('login-refused');
  await page.type('textbox', series.word('login_password'), 'demo-2026');
  await page.key('Enter');
  await screens(series, await customers(page));
}

async function sandbox(language, screen, folder) {
  const page = await openSandbox({ ...screen, ...kBefore });
  const series = new Series(page, language, folder);
  if (language === 'en') await page.press('tab', 'English');
  await series.take('sandbox-login');
  await page.press('button', (await labels(page, 'button')).find((label) => /^(以|Enter as )/.test(label)));
  await series.take('sandbox-customers');
  await series.press('menuitem', 'menu_workbench');
  await series.take('sandbox-workbench');
}

// What lies over the screens: palette, menus of a table, views, shortcuts; and the charts.
async function desk(language, screen, folder) {
  const page = await openSandbox({ ...screen, ...kBefore });
  const series = new Series(page, language, folder);
  if (language === 'en') await page.press('tab', 'English');
  await page.press('button', (await labels(page, 'button')).find((label) => /^(以|Enter as )/.test(label)));
  await page.key('Control+k');
  await series.take('palette');
  await page.page.keyboard.type('nn');
  await series.take('palette-found');
  await page.key('Escape');
  await page.page.keyboard.type('?');
  await page.settle();
  await series.take('shortcuts');
  await series.press('button', 'close');
  await series.press('button', 'table_menu');
  await series.take('table-menu');
  await page.key('Escape');
  await page.press('columnheader', series.word('column_customer_name'), { button: 'right' });
  await page.page.keyboard.type('公司');
  await series.take('column-menu');
  await page.key('Enter');
  const rows = await customers(page);
  if (rows.length > 4) {
    await page.press('row', rows[0], { modifiers: ['Control'] });
    await page.press('row', rows[4], { modifiers: ['Shift'] });
  }
  await series.take('filtered-selected');
  await series.go('/customers');
  await series.press('tab', 'customers_map');
  await series.take('revenue-map');
  await series.press('tab', 'customers_list');
  await page.press('button', '王杰荣');
  await series.take('person-menu');
  await series.press('menuitem', 'views_title');
  await page.type('textbox', series.word('views_name'), '南宁');
  await series.press('button', 'views_save');
  await series.take('views');
  await page.key('Escape');
}

function feedOf(kind, source, columns, lines, day = '2026-11-18') {
  return Buffer.from([`#qudao-feed|${kind}|1|${day}|UTF-8|${source}`, columns, ...lines, `#end|${lines.length}`].join('\n') + '\n');
}

// From the feed to the lock.
async function partition(language, screen, folder) {
  const page = await openSandbox({ ...screen, ...kBefore });
  const series = new Series(page, language, folder);
  if (language === 'en') await page.press('tab', 'English');
  await page.press('button', (await labels(page, 'button')).find((label) => /^(以|Enter as )/.test(label)));
  const number = '07716660001';
  await series.go('/feeds');
  await page.drop('subscribers.txt', feedOf('subscribers', 'billing', 'access_number|name|address|status|contract|billing_area|installed_on|cabinet',
    [`${number}|新到的客户|民族大道1号|在用|479900000001|450103|2026-11-17|CD-404`, '07716660002||民族大道2号|在用|479900000002|450103|2026-11-17|']));
  for (const [day, amount] of [['2026-11-14', '3.00'], ['2026-11-15', '3.00'], ['2026-11-17', '5.00']])
    await page.drop('arrears.txt', feedOf('arrears', 'billing', 'access_number|amount|since', [`${number}|${amount}|202610`], day));
  await page.drop('arrears.txt', feedOf('arrears', 'billing', 'access_number|amount|since', [`${number}|5.00|202610`]));
  await page.drop('arrears2.txt', feedOf('arrears', 'accounts', 'access_number|amount|since', [`${number}|1206.00|202609`]));
  await page.drop('picture.txt', Buffer.from('PK\x03\x04'));
  await series.take('feeds');
  await series.press('tab', 'feeds_tab_conflicts');
  await series.take('feeds-conflicts');
  await series.press('tab', 'feeds_tab_trend');
  await page.press('tab', language === 'en' ? 'Arrears' : '欠费');
  await series.take('feeds-trend');
  await series.go('/customers?contract=479900000001');
  const [code] = await customers(page);
  await series.go(`/customer/${code}`);
  await series.take('customer');
  await series.go('/cabinets');
  await series.take('cabinets');
  const cabinet = (await labels(page, 'row')).find((label) => label !== '');
  await page.press('row', cabinet);
  await page.type('searchbox', series.word('units_search'), '城东二片1社区');
  await page.press('treeitem', '城东二片1社区');
  await series.take('cabinet');
  await page.key('Escape');
  await series.press('tab', 'tab_ranges');
  await series.take('ranges');
  await series.press('button', 'ranges_new');
  await series.take('range');
  await page.key('Escape');
  await series.press('tab', 'tab_proposals');
  await series.take('proposals');
  await series.press('tab', 'tab_what_if');
  await page.type('textbox', series.word('what_if_area'), '450103');
  await series.press('button', 'what_if_ask');
  await series.take('what-if');
  await series.press('menuitem', 'menu_round');
  await series.take('round');
  await series.press('button', 'round_gather');
  await series.press('button', 'round_give');
  await series.press('tab', 'round_tab_departments');
  await series.take('round-departments');
  await series.press('tab', 'round_tab_conflicts');
  await series.take('round-conflicts');
  await series.pressStarting('button', series.word('shell_demo_day', { day: '' }).trim());
  await series.press('textbox', 'date_field');
  await page.page.keyboard.press('Control+a');
  await page.page.keyboard.type('2026-12-04');
  await page.key('Enter');
  await series.go('/round?period=202610&tab=locks');
  await series.take('round-locks');
  await series.go('/log?kind=lock');
  await series.take('log-locks');
}

// A page higher than the window is scrolled; what is out of sight is in no list.
async function intoView(page, role, label) {
  await page.page.mouse.move(300, 400);
  for (let step = 0; step < 10 && !(await page.items()).some((item) => item.role === role && item.label === label); ++step) {
    await page.page.mouse.wheel(0, 150);
    await page.settle();
  }
}

async function administration(language, screen, folder) {
  const page = await openSandbox({ ...screen, ...kBefore });
  const series = new Series(page, language, folder);
  if (language === 'en') await page.press('tab', 'English');
  await page.press('button', (await labels(page, 'button')).filter((label) => /^(以|Enter as )/.test(label))[who.system]);
  await series.press('menuitem', 'menu_people');
  await series.take('people');
  await series.press('button', 'people_new');
  await series.take('people-new');
  await page.type('searchbox', series.word('people_search_hint'), 'bh_public');
  await page.key('Enter');
  await page.press('row', 'bh_public');
  await series.take('people-one');
  await series.press('button', 'people_role_give');
  await series.take('people-give');
  await page.key('Escape');   // at a zoom the button may be scrolled out of view
  await series.go('/roles');   // by address: at a zoom the menu's items are out of view
  await page.press('row', (await labels(page, 'row')).filter((label) => label)[1]);
  await series.take('roles');
  await series.go('/organisation');
  await page.press('treeitem', '南宁市电信分公司');
  await series.take('organisation');
  await series.press('button', 'organisation_add');
  await series.take('organisation-add');
  await page.key('Escape');
  await series.press('button', 'organisation_move');
  await series.take('organisation-move');
  await page.key('Escape');
  await series.press('button', 'organisation_delete');
  await series.take('organisation-delete');
  await page.key('Escape');
  await series.go('/menus');
  await series.take('menus');
  await series.go('/policies');
  const both = language === 'en' ? 'both must match' : '两者一致才划入';
  await intoView(page, 'radio', both);
  await page.press('radio', both);
  await intoView(page, 'button', series.word('policies_preview'));
  await series.press('button', 'policies_preview');
  await series.take('policies');
  await series.press('button', 'discard');
  await series.go('/api_keys');
  await series.take('api-keys');
  await series.press('button', 'keys_add');
  await series.take('api-keys-add');
  await page.key('Escape');
  for (const [item, name] of [['look_title', 'look'], ['password_title', 'password']]) {
    await page.press('button', '苏玉');
    await series.press('menuitem', item);
    await series.take(name);
    await page.key('Escape');
  }
  await series.go('/people?search=bh_public');
  await page.press('row', 'bh_public');
  await page.find('button', series.word('people_see_as')).scrollIntoViewIfNeeded();
  await series.press('button', 'people_see_as');
  await series.take('seeing');
  await series.go('/log');
  await series.take('seeing-log');
  await page.press('button', '周秀金');
  await series.press('menuitem', 'seeing_end');
  await series.go('/audit');
  await series.take('audit');
  await page.press('row', (await labels(page, 'row')).filter((label) => label)[0]);
  await series.take('audit-one');
}

let failed = 0;
for (const size of kSizes)
  for (const language of kLanguages) {
    const folder = forReadme ? path.join(build, 'pictures/readme') : path.join(build, 'pictures', `${size}-${language}${look ? `-${look.replace(' ', '-')}` : ''}`);
    for (const [name, take] of forReadme ? [['live', live]] : [['live', live], ['sandbox', sandbox], ['desk', desk], ['partition', partition],
      ['administration', administration]]) {
      if (kWays.includes(only) && only !== name) continue;
      try {
        await take(language, screenOf(size), name === 'live' ? folder : `${folder}-${name}`);
      } catch (error) {
        ++failed;
        console.error(`${folder} ${name}: ${error.stack}`);
      }
      await closeAll();
    }
    console.log(folder);
  }
await closeBrowser();
process.exit(failed ? 1 : 0);
