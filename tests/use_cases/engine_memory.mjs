// node engine_memory.mjs ENGINE_JS
// The engine's own WASM module, as the Worker loads it, with 100,000 rows open: no stage may take it beyond 64 MB, whatever
// the database holds. This plays the Worker's browser and the server behind the page; the workbook keeps its texts in the
// common table, as Excel does, which is what costs most to read.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import zlib from 'node:zlib';

const LIMIT_MB = 64;
const ROWS = 100_000;
const COMMUNITIES = 6_000;
const MB = 1024 * 1024;
let passed = 0, failed = 0;

function check(good, what) {
  console.log((good ? '  ok      ' : '  FAILED  ') + what);
  if (good) ++passed; else ++failed;
}

// --- the database behind the page: any number of customers, made from their codes ---------------------------------------
const basis = { number: 1, rights_version: 1, policy_version: 1 };
const units = [];
function addUnit(code, kind, parent, channel = 1, channelParent = parent) {
  units.push({ id: units.length + 1, code, kind, parent, channel, channelParent });
  return units.length;
}
function makeUnits() {
  const province = addUnit('P', 'province', 0, 0);
  const network = addUnit('N', 'local_network', province, 0, 0);
  const branch = addUnit('B', 'branch', network, 0, 0);
  const channel = addUnit('C', 'channel', 0, 1, province);
  const networkChannel = addUnit('NC', 'network_channel', 0, 1, channel);
  const department = addUnit('D', 'department', branch, 1, networkChannel);
  for (let team = 0, made = 0; made < COMMUNITIES; ++team) {
    const id = addUnit('T' + team, 'team', department);
    for (let i = 0; i < 100 && made < COMMUNITIES; ++i, ++made) addUnit('U' + made, 'community', id);
  }
}
const firstCommunity = () => units.findIndex(unit => unit.kind === 'community') + 1;
const communities = () => units.filter(unit => unit.kind === 'community');

const answers = {
  'session.show': () => ({
    person: 1, login: 'admin', name: '管理员', csrf_token: 'x', basis, day: '2026-11-18', demonstration: true, revenue_period: 202610,
    grants: [{ role: 'r', role_name: 'r', actions: ['view_customer', 'move_customer', 'cross_channel'], unit: 1, channels: [] }],
    window: { open: true, opened_on: '2026-11-09', closes_on: '2026-12-03', next_opening: '', open_day: 9, close_day: 3 },
    menu: [], must_change_password: false, seen_by: ''
  }),
  'organisation.show': query => {
    const after = Number((query.match(/after=(\d+)/) || [0, 0])[1]);
    const part = units.slice(after, after + 4000), column = pick => part.map(pick);
    const reply = {
      basis, channels: [{ id: 1, code: 'public', name: '公众客户', name_en: 'Public' }], id: column(u => u.id), code: column(u => u.code),
      name: column(u => u.code + '社区'), kind: column(u => u.kind), channel: column(u => u.channel), area_parent: column(u => u.parent),
      channel_parent: column(u => u.channelParent), billing_area: column(() => ''), sort_order: column(() => 0), active: column(() => 1)
    };
    if (after + part.length < units.length) reply.next_after = after + part.length;
    return reply;
  },
  'customers.states': (query, body) => {
    const codes = JSON.parse(body).codes.filter(code => !code.endsWith('99'));
    const first = firstCommunity();
    return {
      basis, code: codes, id: codes.map(code => Number(code)), version: codes.map(() => 1),
      place: codes.map(code => first + Number(code.slice(-6)) % 97), locked_until: codes.map(() => ''),
      revenue_fen: codes.map(code => Number(code.slice(-5)))
    };
  },
  'unit_totals.show': () => {
    const all = communities();
    return { basis, as_of: '2026-11-18 09:00:00', revenue_period: 202610, unit: all.map(u => u.id), customers: all.map(() => 200),
      with_revenue: all.map(() => 150), revenue_fen: all.map(() => 1234567) };
  },
  'moves.sight': () => ({ changes: [], persons: 0 })
};

// --- a workbook with its texts in the common table ----------------------------------------------------------------------
function zip(files) {
  const table = Int32Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; ++k) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1; return n; });
  const crc = bytes => { let c = -1; for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8); return ~c >>> 0; };
  const parts = [], central = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text), packed = zlib.deflateRawSync(bytes, { level: 6 }), title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); common.writeUInt16LE(8, 4); common.writeUInt32LE(crc(bytes), 10);
    common.writeUInt32LE(packed.length, 14); common.writeUInt32LE(bytes.length, 18); common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, title]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(central.length, 8); end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12); end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

function workbook() {
  const texts = ['客户编码', '目标单位编码', '备注'], index = new Map();
  const cell = (ref, text) => {
    if (!index.has(text)) { index.set(text, texts.length); texts.push(text); }
    return `<c r="${ref}" t="s"><v>${index.get(text)}</v></c>`;
  };
  const rows = ['<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'];
  for (let i = 0; i < ROWS; ++i) {
    const r = i + 2, code = '0771' + String(100000000 + i * 3), note = i % 5 === 0 ? `按会议纪要第 ${i} 号调整` : '';
    rows.push(`<row r="${r}">${cell('A' + r, code)}${cell('B' + r, 'U' + (i * 7 % COMMUNITIES))}${note ? cell('C' + r, note) : ''}</row>`);
  }
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main', xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', packaged = 'http://schemas.openxmlformats.org/package/2006';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';
  return zip({
    '[Content_Types].xml': `${xml}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${type}sharedStrings+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${related}"><sheets><sheet name="移动" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${related}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${related}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `${xml}<sst xmlns="${main}" count="${texts.length}" uniqueCount="${texts.length}">${texts.map(t => `<si><t>${t}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`
  });
}

// --- the Worker's browser ------------------------------------------------------------------------------------------------
const waiting = [], inbox = [];
function startEngine(script) {
  globalThis.self = globalThis;
  globalThis.location = { href: 'file://' + script };
  globalThis.postMessage = message => { inbox.push(message); for (const wake of waiting.splice(0)) wake(); };
  globalThis.FileReaderSync = class { readAsArrayBuffer(slice) { return slice; } };
  globalThis.Blob = class { constructor(parts) { this.bytes = parts[0]; this.size = parts[0].length; } };
  globalThis.Module = { wasmBinary: fs.readFileSync(script.replace(/\.js$/, '.wasm')) };
  vm.runInThisContext(fs.readFileSync(script, 'utf8'), { filename: script });
}
const heapMb = () => globalThis.HEAPU8.length / MB;

function post(type, id, head, file) {
  const text = Buffer.from(JSON.stringify({ type, id, head })), length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  globalThis.onmessage({ data: { bytes: new Uint8Array(Buffer.concat([length, text])), file } });
}
function answer(id, head, body) {
  const text = Buffer.from(JSON.stringify({ type: 'answer', id, head })), length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  globalThis.onmessage({ data: { bytes: new Uint8Array(Buffer.concat([length, text, Buffer.from(body)])) } });
}
// Serves what the engine asks until a message of one of these types comes.
async function until(...types) {
  while (true) {
    while (inbox.length === 0) await new Promise(resolve => waiting.push(resolve));
    const { bytes, file } = inbox.shift(), length = Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE();
    const { type, id, head } = JSON.parse(Buffer.from(bytes.slice(4, 4 + length)).toString());
    const body = Buffer.from(bytes.slice(4 + length)).toString();
    if (type === 'ask') answer(id, { status: 200 }, JSON.stringify(answers[head.use_case](head.query, body)));
    else if (type === 'failed') throw new Error(`${head.during}: ${JSON.stringify(head.error)}`);
    else if (types.includes(type)) return { head, body, file };
  }
}

makeUnits();
const script = path.resolve(process.argv[2]);
const bytes = workbook();
startEngine(script);
const stage = (name, extra = '') => check(heapMb() <= LIMIT_MB, `${name.padEnd(34)} ${heapMb().toFixed(1).padStart(5)} MB of ${LIMIT_MB}${extra}`);

console.log(`${ROWS} rows, ${(bytes.length / MB).toFixed(1)} MB of workbook, ${units.length} units`);
const started = performance.now();
post('open', 1, { name: '移动.xlsx', size_bytes: bytes.length, dropped_rows: '' }, { size: bytes.length, slice: (from, to) => bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + Math.min(to, bytes.length)) });
const { head: facts } = await until('opened');
check(facts.rows === ROWS, `${facts.rows} rows read`);
stage('read', `, ${(performance.now() - started).toFixed(0)} ms`);
let { head: { summary } } = await until('planned');
check(summary.moved + summary.unchanged + summary.refused === ROWS && summary.refused > 500, `${summary.moved} moved, ${summary.refused} refused`);
stage('states asked and planned', `, ${(performance.now() - started).toFixed(0)} ms`);
post('rows', 2, { filter: { text: '', hidden_only: false, restored_only: false }, order: 'customer', descending: true, from: 50_000, count: 200 });
check((await until('rows_page')).head.rows.length === 200, 'a page of 200 rows');
post('refused_workbook', 3, { refused: true, dropped: false, file_name: 'x.xlsx', reasons: { code: [], text: [] } });
check((await until('file')).file.size > 1000, 'a workbook of the refused rows');
stage('refused rows written');
post('drop', 4, { drop: true, rows: [], filter: { verdict: 'refused', text: '', hidden_only: false, restored_only: false } });
({ head: { summary } } = await until('planned'));
check(summary.can_commit, 'refused rows dropped');
post('sight', 5, {});
await until('sight_done');
stage('sight asked');
post('commit_body', 6, { key: '0123456789abcdef' });
const { body } = await until('body');
check(JSON.parse(body).rows.row_number.length === summary.moved + summary.unchanged, `the commit's body, ${(body.length / MB).toFixed(1)} MB`);
stage('commit written');
post('reread', 7, {});
await until('planned');
stage('read anew beside the old');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
