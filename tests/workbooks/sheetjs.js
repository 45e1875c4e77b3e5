// Writes the workbooks of rows.py (as JSON on standard input) with SheetJS into the folder named.
const fs = require('fs');
const path = require('path');
const XLSX = require('xlsx');

const data = JSON.parse(fs.readFileSync(0, 'utf8'));
const folder = process.argv[2];

function cellOf([kind, value, more]) {
  switch (kind) {
    case 'number': return more ? { t: 'n', v: value, z: more } : { t: 'n', v: value };
    case 'date': return { t: 'd', v: new Date(value + 'T00:00:00Z'), z: 'yyyy"年"m"月"d"日"' };
    case 'bool': return { t: 'b', v: value };
    case 'error': return { t: 'e', v: 0x2a };
    case 'formula': return { t: typeof more === 'number' ? 'n' : 's', f: value, v: more };
    default: return { t: 's', v: value };
  }
}

function sheetOf(header) {
  return XLSX.utils.aoa_to_sheet([header]);
}

const hidden = sheetOf(data.header);
const traps = sheetOf(data.header);
traps['!rows'] = [];
let last = 1;
for (const [row, cells, isHidden] of data.traps) {
  cells.forEach((cell, column) => {
    if (cell) traps[XLSX.utils.encode_cell({ r: row - 1, c: column })] = cellOf(cell);
  });
  if (isHidden) traps['!rows'][row - 1] = { hidden: true };
  last = row;
}
traps['!ref'] = 'A1:C' + last;
traps['!merges'] = [XLSX.utils.decode_range(data.merged)];

const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, hidden, '隐藏');
XLSX.utils.book_append_sheet(book, traps, data.sheet);
book.Workbook = { Sheets: [{ Hidden: 2 }, { Hidden: 0 }] };
const save = (name, options, what = book) => XLSX.writeFile(what, path.join(folder, name), options);
save('sheetjs-traps.xlsx', { bookSST: true, compression: true });
save('sheetjs-traps-inline.xlsx', { bookSST: false, compression: false });
save('sheetjs-traps.xlsb', { bookType: 'xlsb' });
save('sheetjs-traps.xls', { bookType: 'biff8' });
save('sheetjs-traps.fods', { bookType: 'fods' });
save('sheetjs-traps.xml', { bookType: 'xlml' });

const many = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(many, XLSX.utils.aoa_to_sheet([data.header, ...data.many.map((row) => row.map((v) => v || null))]), data.sheet);
save('sheetjs-100k.xlsx', { bookSST: true, compression: true }, many);
