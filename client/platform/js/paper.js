// Printing and pictures. What is printed is an ordinary document in the page, shown to the printer only (style.css).
mergeInto(LibraryManager.library, {
  $QDPaper__deps: ['$QD', '$QDFiles'],
  $QDPaper: {
    sheet: null, laidOut: false, asking: false,

    listen: function () {
      QDPaper.sheet = document.getElementById('print');
      window.addEventListener('beforeprint', function () {
        if (QDPaper.laidOut) return;
        QDPaper.asking = true;
        try { _qd_on_print(); } finally { QDPaper.asking = false; }
      });
      window.addEventListener('afterprint', function () {
        QDPaper.laidOut = false;
        QDPaper.sheet.replaceChildren();
        delete document.documentElement.dataset.printing;
      });
    },

    make: function (name, text, parent, kind) {
      var node = document.createElement(name);
      if (text !== null) node.textContent = text;
      if (kind) node.className = kind;
      parent.appendChild(node);
      return node;
    },
    line: function (cells, columns, parent, name) {
      var row = QDPaper.make('tr', null, parent);
      columns.forEach(function (column, i) {
        var node = QDPaper.make(name, cells[i] === undefined ? '' : cells[i], row, column.number ? 'number' : '');
        if (name === 'th') node.scope = 'col';
      });
    },
    lay: function (page) {
      var sheet = QDPaper.sheet, make = QDPaper.make;
      sheet.replaceChildren();
      make('h1', page.title, sheet);
      page.lines.forEach(function (line) { make('p', line, sheet); });
      var table = make('table', null, sheet);
      QDPaper.line(page.columns.map(function (column) { return column.title; }), page.columns, make('thead', null, table), 'th');
      var body = make('tbody', null, table);
      page.rows.forEach(function (row) { QDPaper.line(row, page.columns, body, 'td'); });
      if (page.totals.length > 0) QDPaper.line(page.totals, page.columns, make('tfoot', null, table), 'td');
      if (page.note !== '') make('p', page.note, sheet, 'note');
      document.documentElement.dataset.printing = '';
      QDPaper.laidOut = true;
    }
  },

  qd_print__deps: ['$QDPaper'],
  qd_print: function (json, length) {
    QDPaper.lay(JSON.parse(QD.text(json, length)));
    if (QDPaper.asking) return;
    // Not from within a frame: the dialog stops everything until it is closed.
    setTimeout(function () { window.print(); }, 0);
  },

  qd_picture__deps: ['$QDPaper'],
  qd_picture: function (name, length, left, top, right, bottom) {
    var density = QD.density, canvas = document.createElement('canvas'), file = QD.text(name, length);
    canvas.width = Math.max(1, Math.round((right - left) * density));
    canvas.height = Math.max(1, Math.round((bottom - top) * density));
    canvas.getContext('2d').drawImage(QD.canvas, Math.round(left * density), Math.round(top * density), canvas.width, canvas.height,
      0, 0, canvas.width, canvas.height);
    canvas.toBlob(function (blob) { if (blob) QDFiles.save(blob, file); }, 'image/png');
  }
});
