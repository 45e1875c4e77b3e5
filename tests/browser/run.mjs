// Runs every *.spec.mjs beside it (or those named), prints a line a test and `N passed, N failed`.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { closeAll, closeBrowser, tests } from './harness.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
// --only=WORDS runs the tests whose name has them.
const only = process.argv.slice(2).find((a) => a.startsWith('--only='))?.slice(7) ?? '';
const wanted = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const specs = readdirSync(here).filter((name) => name.endsWith('.spec.mjs') &&
  (wanted.length === 0 || wanted.some((w) => name.includes(w)))).sort();

const kLimitMs = Number(process.env.QUDAO_TEST_LIMIT_MS || 300000);
let passed = 0, failed = 0;
for (const spec of specs) {
  await import(pathToFileURL(path.join(here, spec)));
  for (const { name, body } of tests.splice(0)) {
    if (!name.includes(only)) continue;
    const start = Date.now();
    let timer;
    try {
      const limit = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`took longer than ${kLimitMs} ms`)), kLimitMs); });
      await Promise.race([body(), limit]);
      ++passed;
      console.log(`ok    ${spec.replace('.spec.mjs', '')}: ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      ++failed;
      console.log(`FAIL  ${spec.replace('.spec.mjs', '')}: ${name}\n      ${String(error.stack || error).replaceAll('\n', '\n      ')}`);
    } finally {
      clearTimeout(timer);
      await closeAll();
    }
  }
}
await closeBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
