// How long the page stands still at worst: the longest gap between two animation frames while a workbook of 100,000 rows
// is read, planned, looked through and committed against a real server, and, as its baseline, while nothing happens at all.
// Prints `series nanoseconds` a line.
import { closeAll, closeBrowser, openPage } from '../../browser/harness.mjs';
import { countOf } from '../../browser/journey.mjs';
import { databases, sampleMoves, serve } from '../../browser/live.mjs';

const kCustomers = Number(process.env.QUDAO_BENCH_CUSTOMERS || 150_000), kRows = 100_000, kLongMs = 240_000;

// Frames are asked for all the time, so that a gap is the page's fault and not its rest.
async function watch(page) {
  await page.page.evaluate(() => {
    const state = window.frameGaps = { last: performance.now(), longest: 0, frames: 0 };
    const tick = (now) => {
      state.longest = Math.max(state.longest, now - state.last);
      state.last = now;
      ++state.frames;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
}
async function during(page, name, what) {
  await page.page.evaluate(() => Object.assign(window.frameGaps, { longest: 0, last: performance.now() }));
  await what();
  const longest = await page.page.evaluate(() => window.frameGaps.longest);
  console.log(name, Math.round(longest * 1e6));
}
const atRest = (page) => page.page.evaluate((ms) => window.qudao.settle(ms), kLongMs);

const server = await serve(await databases.sqlite(kCustomers));
const moves = await sampleMoves(kCustomers, kRows);
const page = await openPage(server.url);
await page.type('textbox', '用户名', 'qudao_admin');
await page.type('textbox', '密码', 'demo-2026');
await page.key('Enter');
await watch(page);
await during(page, 'gap_idle', () => page.idle(3000));
const carried = await page.carry('十一月 调整.csv', moves);
await during(page, 'gap_read_and_plan', async () => {
  await page.dropCarried(carried).catch(() => {});
  await atRest(page);
});
await during(page, 'gap_drop_refused', async () => {
  const download = page.page.waitForEvent('download', { timeout: kLongMs });
  await page.find('link', '剔除并另存').click();
  await download;
  await atRest(page);
});
await during(page, 'gap_scroll', async () => {
  await page.page.mouse.move(900, 650);
  for (let i = 0; i < 40; ++i) {
    await page.page.mouse.wheel(0, 3000);
    await page.idle(30);
  }
  await atRest(page);
});
const moved = (await countOf(page, '移动')).toLocaleString('en-US');
await page.press('button', `提交 ${moved} 户`);
await during(page, 'gap_commit', async () => {
  await page.find('button', `确认提交 ${moved} 户`).click();
  await atRest(page);
});
await page.expect('heading', '调整批次 1');
await closeAll();
await closeBrowser();
