// CPU time of a frame while a table scrolls, as the browser's own counters have it: a table of a million rows and, as
// its baseline, an empty one of the same size on screen, in turn. Prints `series nanoseconds` a line.
import path from 'node:path';
import { closeAll, closeBrowser, openPage, serveFolder } from '../../browser/harness.mjs';

const kRounds = Number(process.argv[2] ?? 9), kWheels = 60;
const { url } = await serveFolder(path.join(process.env.QUDAO_PAGES, 'gallery'));

async function open(rows) {
  const page = await openPage(`${url}#/tables?rows=${rows}`);
  page.session = await page.page.context().newCDPSession(page.page);
  await page.session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return page;
}
async function counters(page) {
  const { metrics } = await page.session.send('Performance.getMetrics');
  return { seconds: metrics.find((m) => m.name === 'ScriptDuration').value, frames: await page.frames() };
}
// The wheel turns to and fro in the middle of the list: one event a frame, as a person's hand does it.
async function nanosecondsPerFrame(page) {
  const before = await counters(page);
  await page.page.evaluate(async (wheels) => {
    const stage = document.getElementById('stage');
    for (let i = 0; i < wheels; ++i) {
      stage.dispatchEvent(new WheelEvent('wheel', { deltaY: i % 20 < 14 ? 190 : -190, clientX: 700, clientY: 420, bubbles: true, cancelable: true }));
      await new Promise((resolve) => requestAnimationFrame(() => resolve()));
    }
  }, kWheels);
  await page.settle();
  const after = await counters(page);
  return Math.round((after.seconds - before.seconds) * 1e9 / (after.frames - before.frames));
}

const empty = await open(0), full = await open(1_000_000);
for (const page of [empty, full]) {
  await page.page.mouse.move(700, 420);
  await nanosecondsPerFrame(page);
}
for (let round = 0; round < kRounds; ++round) {
  console.log('empty', await nanosecondsPerFrame(empty));
  console.log('rows', await nanosecondsPerFrame(full));
}
await closeAll();
await closeBrowser();
