// What the screen says, as transparent ARIA elements over the canvas: for screen readers, and for tests, which
// find and click them like any page's. Pointer events pass through them to the stage, so they act like what
// they stand for. Renewed when the loop comes to rest. window.qudao is here, too.
mergeInto(LibraryManager.library, {
  $QDMirror__deps: ['$QD', '$QDKept'],
  $QDMirror: {
    // a11y.hpp, Role
    roles: ['', '', 'heading', 'button', 'link', 'textbox', 'combobox', 'option', 'checkbox', 'radio', 'switch', 'tab',
      'row', 'cell', 'columnheader', 'treeitem', 'progressbar', 'dialog', 'alert', 'status', 'img', 'menuitem', 'table',
      'searchbox'],
    // Their name is an attribute; that of the others is their content. What alerts needs both.
    named: { textbox: 1, searchbox: 1, combobox: 1, progressbar: 1, dialog: 1, img: 1, table: 1, row: 1, treeitem: 1 },
    told: { alert: 1, status: 1 },
    nodes: [], items: [], waiting: [], shape: '', wraps: {},

    open: function () {
      QD.settling = QDMirror.settled;
      QD.mirror.addEventListener('click', QDMirror.act);
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
      if (QD.scheduled !== 0 || _qd_busy() !== 0 || QDKept.underWay !== 0) return;
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

    // Which roles may stand only in what others, made round a run of them.
    groups: { tab: 'tablist', treeitem: 'tree', menuitem: 'menubar', option: 'listbox' },
    // The keyboard's focus may come to them.
    focusable: { button: 1, link: 1, textbox: 1, searchbox: 1, combobox: 1, option: 1, checkbox: 1, radio: 1, switch: 1, tab: 1, row: 1,
      columnheader: 1, treeitem: 1, menuitem: 1 },

    within: function (item, box) {
      return item[2] >= box[2] && item[3] >= box[3] && item[2] + item[4] <= box[2] + box[4] && item[3] + item[5] <= box[3] + box[5];
    },

    unfolds: function (item, branch) {
      return QDMirror.roles[item[1]] === 'button' && (item[6] & 8) !== 0 && QDMirror.within(item, branch);
    },

    // The list is flat; here is the tree that readers want. For each item where it belongs: `in` is '' (the page), 'i3' (item
    // 3) or the name of a group, `base` the item whose corner it is placed from. Groups: name → role and where they belong.
    place: function (items) {
      var dialog = -1, table = '', tableBase = -1, head = null, row = -1, run = '', runRole = '', groups = {}, filled = {};
      var outer = function () { return dialog < 0 ? '' : 'i' + dialog; };
      var group = function (name, role, into) { groups[name] = groups[name] || { role: role, into: into }; return name; };
      var needTable = function (i) {
        if (table !== '') return;
        table = group('table' + i, 'table', outer());
        tableBase = dialog;
      };
      var places = items.map(function (item, i) {
        var role = QDMirror.roles[item[1]], next = items[i + 1], nextRole = next ? QDMirror.roles[next[1]] : '';
        // What unfolds a branch is drawn before it and belongs to it; the titles between the items of a menu are in the menu.
        if (nextRole === 'treeitem' && QDMirror.unfolds(item, next)) return { in: 'i' + (i + 1), base: i + 1 };
        if (runRole === 'menuitem' && !role && nextRole === 'menuitem') return { in: run, base: dialog };
        if (role !== runRole) run = '';
        runRole = '';
        if (role === 'dialog') { dialog = i; table = ''; row = -1; return { in: '', base: -1 }; }
        if (role === 'table') { table = 'i' + i; tableBase = i; head = null; row = -1; return { in: outer(), base: dialog }; }
        if (role === 'row') { needTable(i); row = i; return { in: table, base: tableBase }; }
        if (role === 'columnheader') {
          needTable(i);
          head = item;
          return { in: group('head ' + table, 'row', table), base: tableBase };
        }
        if (row >= 0 && QDMirror.within(item, items[row])) {
          filled[row] = true;
          if (role === 'cell' || !role) return { in: 'i' + row, base: row, role: 'cell' };
          return { in: group('cell' + i, 'cell', 'i' + row), base: row };
        }
        // The box over a column of boxes is part of the header.
        if (table !== '' && row < 0 && role === 'checkbox' && (!head || Math.abs(item[3] - head[3]) < head[5]))
          return { in: group('over' + i, 'columnheader', group('head ' + table, 'row', table)), base: tableBase };
        table = '';
        row = -1;
        if (!QDMirror.groups[role]) return { in: outer(), base: dialog };
        runRole = role;
        if (run === '') run = group(QDMirror.groups[role] + i, QDMirror.groups[role], outer());
        return { in: run, base: dialog };
      });
      return { items: places, groups: groups, filled: filled };
    },

    fill: function (node, item, index, base, role, next) {
      var flags = item[6], set = QDMirror.set;
      var left = item[2] - (base ? base[2] : 0), top = item[3] - (base ? base[3] : 0);
      var checkable = role === 'checkbox' || role === 'radio' || role === 'switch';
      var selectable = role === 'option' || role === 'tab' || role === 'row' || role === 'treeitem';
      node.style.cssText = 'left:' + left + 'px;top:' + top + 'px;width:' + item[4] + 'px;height:' + item[5] + 'px';
      node.id = 'a11y-' + index;
      set(node, 'role', role || null);
      set(node, 'aria-label', QDMirror.named[role] || QDMirror.told[role] ? item[8] : null);
      set(node, 'aria-disabled', flags & 1 ? 'true' : null);
      set(node, 'aria-checked', checkable ? String((flags & 2) !== 0) : null);
      set(node, 'aria-selected', selectable ? String((flags & 4) !== 0) : null);
      set(node, 'aria-expanded', flags & 8 || role === 'combobox' ? String((flags & 16) !== 0) : null);
      set(node, 'aria-sort', role !== 'columnheader' ? null : item[9][0] === '▲' ? 'ascending' : item[9][0] === '▼' ? 'descending' : 'none');
      // The place among several sorts and what is filtered by; a count; how many are waiting.
      set(node, 'aria-description', item[9] !== '' && (role === 'columnheader' || role === 'treeitem' || role === 'menuitem') ? item[9] : null);
      set(node, 'aria-modal', role === 'dialog' ? 'true' : null);
      set(node, 'tabindex', QDMirror.focusable[role] || flags & 64 ? '-1' : null);
      set(node, 'aria-invalid', flags & 32 ? 'true' : null);
      // What is wrong with a field is said right behind it.
      set(node, 'aria-describedby', flags & 32 && QDMirror.roles[next[1]] === 'alert' ? 'a11y-' + (index + 1) : null);
      set(node, 'aria-level', item[7] > 0 ? String(item[7]) : null);
      set(node, 'aria-valuenow', role === 'progressbar' && item[9] !== '' ? item[9] : null);
      // The first child, so that a row keeps the elements in it.
      var words = role === 'treeitem' ? '' : QDMirror.named[role] ? item[9] : item[8];
      if (!node.firstChild || node.firstChild.nodeType !== 3) node.insertBefore(document.createTextNode(''), node.firstChild);
      if (node.firstChild.data !== words) node.firstChild.data = words;
    },

    // Elements in their order and their places; only when that has changed.
    arrange: function (places) {
      var shape = places.items.map(function (place) { return place.in; }).join();
      if (shape === QDMirror.shape) return;
      QDMirror.shape = shape;
      var old = QDMirror.wraps, wraps = QDMirror.wraps = {};
      var element = function (name) {
        if (name === '') return QD.mirror;
        if (!places.groups[name]) return QDMirror.nodes[Number(name.slice(1))].node;
        if (!wraps[name]) {
          wraps[name] = document.createElement('div');
          wraps[name].className = 'group';
          wraps[name].setAttribute('role', places.groups[name].role);
          if (places.groups[name].role === 'menubar') wraps[name].setAttribute('aria-orientation', 'vertical');
          element(places.groups[name].into).appendChild(wraps[name]);
        }
        return wraps[name];
      };
      // All out first: what was in another may be what the other is put into.
      places.items.forEach(function (place, i) { QDMirror.nodes[i].node.remove(); });
      places.items.forEach(function (place, i) { element(place.in).appendChild(QDMirror.nodes[i].node); });
      Object.keys(old).forEach(function (name) { old[name].remove(); });
    },

    // The browser's focus follows the client's, so that readers say what it has come to. A field that is edited has it in the
    // text area, which then bears the field's name.
    tellFocus: function () {
      var focused = -1;
      QDMirror.items.forEach(function (item, i) { if (item[6] & 64) focused = i; });
      if (QD.wantsText) {
        if (focused < 0) return;
        QD.field.setAttribute('aria-label', QDMirror.items[focused][8]);
        QDMirror.set(QD.field, 'aria-description', QDMirror.items[focused][9] || null);
        ['aria-invalid', 'aria-describedby'].forEach(function (name) {
          QDMirror.set(QD.field, name, QDMirror.nodes[focused].node.getAttribute(name));
        });
        return;
      }
      var now = document.activeElement, node = focused < 0 ? null : QDMirror.nodes[focused].node;
      if (node && node !== now) node.focus({ preventScroll: true });
      else if (!node && now && QD.mirror.contains(now)) now.blur();
    },

    // What a reader does to an element is a click that no pointer made: the client gets one in the middle of it.
    act: function (e) {
      if (e.detail !== 0) return;
      var node = e.target;
      while (node !== QD.mirror && !/^a11y-/.test(node.id)) node = node.parentNode;
      var item = QDMirror.items[Number(node.id.slice(5))];
      if (node === QD.mirror || !item) return;
      var x = item[2] + item[4] / 2, y = item[3] + item[5] / 2;
      _qd_on_button(0, 1, x, y, 0);
      _qd_on_button(0, 0, x, y, 0);
      _qd_on_leave();
    }
  },

  qd_mirror__deps: ['$QDMirror'],
  qd_mirror: function (json, length) {
    var kNone = [0, 0], items = JSON.parse(QD.text(json, length)), nodes = QDMirror.nodes, places = QDMirror.place(items);
    nodes.splice(items.length).forEach(function (entry) { entry.node.remove(); });
    items.forEach(function (item, i) {
      // A row at the edge of which no word is in sight.
      var empty = QDMirror.roles[item[1]] === 'row' && !places.filled[i];
      var place = places.items[i], base = place.base < 0 ? null : items[place.base], role = QDMirror.roles[item[1]] || place.role || '';
      var told = item[6] & 32 ? (items[i + 1] || kNone)[1] : '';
      var said = JSON.stringify(item) + role + empty + told + (base ? base[2] + ',' + base[3] : '');
      var entry = nodes[i] = nodes[i] || { node: document.createElement('div'), said: '' };
      if (entry.said === said) return;
      QDMirror.fill(entry.node, item, i, base, role, items[i + 1] || kNone);
      entry.node.hidden = empty;
      entry.said = said;
    });
    QDMirror.arrange(places);
    QDMirror.items = items;
    QDMirror.tellFocus();
  }
});
