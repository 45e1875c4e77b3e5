// Address, local storage, timers.
mergeInto(LibraryManager.library, {
  $QDAddress__deps: ['$QD'],
  $QDAddress: {
    guarded: false,
    hash: function () {
      var text = location.hash.slice(1);
      try { return decodeURI(text); } catch (error) { return text; }
    },
    listen: function () {
      // Back, forward and typing come as hashchange; our own pushState does not.
      window.addEventListener('hashchange', function () {
        QD.lend(QDAddress.hash(), function (p, n) { _qd_on_address(p, n); });
      });
      window.addEventListener('beforeunload', function (e) {
        if (!QDAddress.guarded) return;
        e.preventDefault();
        e.returnValue = '';
      });
    }
  },

  qd_address_get__deps: ['$QDAddress'],
  qd_address_get: function (what, name, length) {
    if (what === 0) QD.give(QDAddress.hash());
    else if (what === 1) QD.give(location.origin);
    else QD.give(new URLSearchParams(location.search).get(QD.text(name, length)) || '');
  },
  qd_address_has__deps: ['$QD'],
  qd_address_has: function (name, length) {
    return new URLSearchParams(location.search).has(QD.text(name, length)) ? 1 : 0;
  },
  qd_address_set__deps: ['$QDAddress'],
  qd_address_set: function (text, length, replace) {
    var address = QD.text(text, length);
    if (address === QDAddress.hash()) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', location.pathname + location.search + '#' + encodeURI(address));
  },
  qd_address_open__deps: ['$QD'],
  qd_address_open: function (url, length) { window.open(QD.text(url, length), '_blank', 'noopener'); },
  qd_address_reload: function () { location.reload(); },
  qd_address_guard__deps: ['$QDAddress'],
  qd_address_guard: function (on) { QDAddress.guarded = on !== 0; },

  // Storage may be forbidden altogether; then it is empty.
  qd_store_get__deps: ['$QD'],
  qd_store_get: function (key, length) {
    var value = null;
    try { value = localStorage.getItem('qudao.' + QD.text(key, length)); } catch (error) { value = null; }
    QD.give(value || '');
  },
  qd_store_set__deps: ['$QD'],
  qd_store_set: function (key, keyLength, value, valueLength) {
    try { localStorage.setItem('qudao.' + QD.text(key, keyLength), QD.text(value, valueLength)); } catch (error) { return; }
  },
  qd_store_remove__deps: ['$QD'],
  qd_store_remove: function (key, length) {
    try { localStorage.removeItem('qudao.' + QD.text(key, length)); } catch (error) { return; }
  },

  qd_timer: function (id, delayMs) { setTimeout(function () { _qd_on_timer(id); }, delayMs); }
});
