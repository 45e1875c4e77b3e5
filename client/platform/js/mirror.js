// What the screen says, as transparent ARIA elements over the canvas: for screen readers, and for tests, which
// find and click them like any page's. Pointer events pass through them to the stage, so they act like what
// they stand for. Renewed when the loop comes to rest. window.qudao is here, too.
mergeInto(LibraryManager.library, {
  $QDMirror__deps: ['$QD'],
  $QDMirror: {
    // a11y.hpp, Role
    roles: ['', '', 'heading', 'button', 'link', 'textbox', 'combobox', 'option', 'checkbox', 'radio', 'switch', 'tab',
      'row', 'cell', 'columnheader', 'treeitem', 'progressbar', 'dialog', 'alert', 'status', 'img', 'menuitem', 'table',
      'searchbox'],
    // Their name is an attribute; that of the others is their content. What alerts needs both.
    named: { textbox: 1, searchbox: 1, combobox: 1, progressbar: 1, dialog: 1, img: 1, table: 1, row: 1 },
    told: { alert: 1, status: 1 },
    nodes: [], items: [], waiting: [], shape: '',

    open: function () {
      QD.settling = QDMirror.settled;
      var api = window.qudao = window.qudao || {};
      api.settle = function (limitMs) {
        return new Promise(function (resolve, reject) {
          var entry = { resolve: resolve, timer: 0 };
          entry.timer = setTimeout(function () {
            QDMirror.waiting.splice(QDMirror.waiting.indexOf(entry), 1);
            reject(new Error('not at rest after ' + (limitMs || 10000) + ' ms'));
          }, limitMs || 10000);
          QDMirror.waiting.push(entry);
          // Through the event queue once, so that what was just sent to the page has come in.
          setTimeout(QDMirror.settled, 0);
        });
      };
      api.items = function () { _qd_tell_items(); return QDMirror.items.map(QDMirror.describe); };
      api.frames = function () { return _qd_frames(); };
      api.memory = function () {
        return { heap: HEAPU8.length, atlas: _qd_atlas_bytes(), glyphs: _qd_glyphs() };
      };
    },

    settled: function () {
      if (QD.scheduled !== 0 || _qd_busy() !== 0) return;
      QDMirror.waiting.splice(0).forEach(function (entry) {
        clearTimeout(entry.timer);
        entry.resolve(_qd_frames());
      });
    },

    describe: function (item) {
      return {
        role: QDMirror.roles[item[1]] || 'text', label: item[8], value: item[9],
        x: item[2], y: item[3], width: item[4], height: item[5], level: item[7],
        disabled: (item[6] & 1) !== 0, checked: (item[6] & 2) !== 0, selected: (item[6] & 4) !== 0,
        expandable: (item[6] & 8) !== 0, expanded: (item[6] & 16) !== 0, invalid: (item[6] & 32) !== 0,
        focused: (item[6] & 64) !== 0
      };
    },

    set: function (node, name, value) { if (value === null) node.removeAttribute(name); else node.setAttribute(name, value); },

    // What lies in a row belongs to it: for each item the index of its row, or -1.
    rowsOf: function (items) {
      var row = -1;
      return items.map(function (item, i) {
        if (QDMirror.roles[item[1]] === 'row') { row = i; return -1; }
        var box = row < 0 ? null : items[row];
        var inside = box !== null && item[2] >= box[2] && item[3] >= box[3] && item[2] + item[4] <= box[2] + box[4] &&
          item[3] + item[5] <= box[3] + box[5];
        if (!inside) row = -1;
        return row;
      });
    },

    fill: function (node, item, index, row) {
      var role = QDMirror.roles[item[1]], flags = item[6], set = QDMirror.set;
      var left = item[2] - (row ? row[2] : 0), top = item[3] - (row ? row[3] : 0);
      var checkable = role === 'checkbox' || role === 'radio' || role === 'switch';
      var selectable = role === 'option' || role === 'tab' || role === 'row' || role === 'treeitem';
      node.style.cssText = 'left:' + left + 'px;top:' + top + 'px;width:' + item[4] + 'px;height:' + item[5] + 'px';
      node.id = 'a11y-' + index;
      set(node, 'role', role || null);
      set(node, 'aria-label', QDMirror.named[role] || QDMirror.told[role] ? item[8] : null);
      set(node, 'aria-disabled', flags & 1 ? 'true' : null);
      set(node, 'aria-checked', checkable ? String((flags & 2) !== 0) : null);
      set(node, 'aria-selected', selectable ? String((flags & 4) !== 0) : null);
      set(node, 'aria-expanded', flags & 8 ? String((flags & 16) !== 0) : null);
      set(node, 'aria-invalid', flags & 32 ? 'true' : null);
      set(node, 'aria-level', item[7] > 0 ? String(item[7]) : null);
      set(node, 'aria-valuenow', role === 'progressbar' && item[9] !== '' ? item[9] : null);
      // The first child, so that a row keeps the elements in it.
      var words = QDMirror.named[role] ? item[9] : item[8];
      if (!node.firstChild || node.firstChild.nodeType !== 3) node.insertBefore(document.createTextNode(''), node.firstChild);
      if (node.firstChild.data !== words) node.firstChild.data = words;
    },

    // Elements in their order and their rows; only when that has changed.
    arrange: function (rows) {
      var shape = rows.join();
      if (shape === QDMirror.shape) return;
      QDMirror.shape = shape;
      rows.forEach(function (row, i) {
        (row < 0 ? QD.mirror : QDMirror.nodes[row].node).appendChild(QDMirror.nodes[i].node);
      });
    },

    // Which element the keyboard acts on, for readers.
    tellFocus: function () {
      var focused = -1;
      QDMirror.items.forEach(function (item, i) { if (item[6] & 64) focused = i; });
      QDMirror.set(QD.canvas, 'aria-activedescendant', focused < 0 ? null : 'a11y-' + focused);
      if (focused >= 0 && QD.wantsText) QD.field.setAttribute('aria-label', QDMirror.items[focused][8]);
    }
  },

  qd_mirror__deps: ['$QDMirror'],
  qd_mirror: function (json, length) {
    var items = JSON.parse(QD.text(json, length)), nodes = QDMirror.nodes, rows = QDMirror.rowsOf(items);
    nodes.splice(items.length).forEach(function (entry) { entry.node.remove(); });
    items.forEach(function (item, i) {
      var row = rows[i] < 0 ? null : items[rows[i]], said = JSON.stringify(item) + (row ? row[2] + ',' + row[3] : '');
      var entry = nodes[i] = nodes[i] || { node: document.createElement('div'), said: '' };
      if (entry.said === said) return;
      QDMirror.fill(entry.node, item, i, row);
      entry.said = said;
    });
    QDMirror.arrange(rows);
    QDMirror.items = items;
    QDMirror.tellFocus();
  }
});
