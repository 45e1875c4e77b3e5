// A real server for a journey: the native program on a database of demonstration customers that is made once and copied.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { atEnd, build, top } from './harness.mjs';
import { client } from './journey.mjs';

export const qudao = path.join(process.env.QUDAO_NATIVE || path.join(build, 'native-release'), 'server/app/qudao');
const kept = path.join(build, 'browser-data');

// Data made by other sources is made anew.
function version() {
  const digest = createHash('sha256');
  for (const folder of ['shared/demo', 'shared/base', 'schema', 'server/sql'])
    for (const name of readdirSync(path.join(top, folder), { recursive: true }).sort()) {
      const file = path.join(top, folder, String(name));
      if (/\.(cpp|hpp|sql)$/.test(file)) digest.update(readFileSync(file));
    }
  return digest.digest('hex').slice(0, 12);
}

// Makes `name` under build/browser-data unless it is there already; what is half made does not count.
async function once(name, make) {
  const place = path.join(kept, `${version()}-${name}`);
  if (existsSync(place)) return place;
  mkdirSync(kept, { recursive: true });
  for (const old of readdirSync(kept)) if (old.endsWith(name)) rmSync(path.join(kept, old), { recursive: true });
  const part = path.join(kept, `part-${process.pid}`);
  rmSync(part, { recursive: true, force: true });
  await make(part);
  renameSync(part, place);
  return place;
}
const run = (...args) => execFileSync(qudao, args, { stdio: ['ignore', 'ignore', 'inherit'] });

function lines(child, wanted) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (piece) => {
      said += piece;
      const found = wanted.exec(said);
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}: ${said}`)));
  });
}
function stop(child, signal = 'SIGTERM') {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => { child.once('exit', resolve); child.kill(signal); });
}

async function mariadb(folder) {
  const child = spawn(path.join(top, 'tests/support/mariadb'), ['--keep', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [, url] = await lines(child, /^(mysql:\/\/\S+)\n/m);
  return { url, stop: () => { child.stdin.end(); return stop(child); } };
}

// The address of a database of its own, of so many customers.
export const databases = {
  async sqlite(customers) {
    const made = await once(`${customers}.db`, (part) => run('demo', '--db', `sqlite://${part}`, '--customers', String(customers), '--seed', '1'));
    const copy = path.join(kept, `run-${process.pid}.db`);
    cpSync(made, copy);
    atEnd(() => { for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true }); });
    return `sqlite://${copy}`;
  },
  async mariadb(customers) {
    const made = await once(`${customers}-mariadb`, async (part) => {
      const server = await mariadb(part);
      run('demo', '--db', server.url, '--customers', String(customers), '--seed', '1');
      await server.stop();
    });
    const copy = path.join(kept, `run-${process.pid}-mariadb`);
    rmSync(copy, { recursive: true, force: true });
    cpSync(made, copy, { recursive: true });
    const server = await mariadb(copy);
    atEnd(async () => { await server.stop(); rmSync(copy, { recursive: true, force: true }); });
    return server.url;
  },
};

export async function serve(db) {
  const child = spawn(qudao, ['serve', '--db', db, '--port', '0', '--web', client], { stdio: ['ignore', 'pipe', 'inherit'] });
  atEnd(() => stop(child));
  const [, url] = await lines(child, /(http:\/\/127\.0\.0\.1:\d+)/);
  return { url: `${url}/`, child, stop: () => stop(child) };
}

// Moves that fit data of that size, as a .csv.
async function sampleCsv(customers, rows) {
  return once(`${customers}-${rows}.csv`, (part) => run('demo', '--customers', String(customers), '--seed', '1', '--sample', part, '--sample-rows', String(rows)));
}
export async function sampleMoves(customers, rows) { return readFileSync(await sampleCsv(customers, rows)); }
// The same as LibreOffice writes it; its codes are text, as a person who keeps the leading zeros has them.
export async function sampleWorkbook(customers, rows) {
  const csv = await sampleCsv(customers, rows);
  const file = await once(`${customers}-${rows}.xlsx`, (part) => {
    const folder = `${part}-office`;
    mkdirSync(folder, { recursive: true });
    cpSync(csv, path.join(folder, 'moves.csv'));
    execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--infilter=CSV:44,34,76,1,1/2/2/2/3/2', '--convert-to',
      'xlsx:Calc MS Excel 2007 XML', '--outdir', folder, path.join(folder, 'moves.csv')], { stdio: ['ignore', 'ignore', 'inherit'] });
    renameSync(path.join(folder, 'moves.xlsx'), part);
    rmSync(folder, { recursive: true, force: true });
  });
  return readFileSync(file);
}
