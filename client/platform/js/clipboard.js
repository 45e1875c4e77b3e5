// Copy, cut and paste by the DOM's events: they work on plain-http origins, where navigator.clipboard is not.
mergeInto(LibraryManager.library, {
  $QDClipboard__deps: ['$QD'],
  $QDClipboard: {
    event: null, override: null,
    listen: function () {
      document.addEventListener('copy', function (e) { QDClipboard.copy(e, 0); });
      document.addEventListener('cut', function (e) { QDClipboard.copy(e, 1); });
      document.addEventListener('paste', function (e) {
        var text = e.clipboardData.getData('text/plain');
        e.preventDefault();
        if (text !== '') QD.lend(text, function (p, n) { _qd_on_paste(p, n); });
      });
      // Without a selection some browsers take copying for impossible.
      ['beforecopy', 'beforecut'].forEach(function (name) {
        document.addEventListener(name, function (e) { e.preventDefault(); });
      });
    },
    copy: function (e, cut) {
      if (QDClipboard.override !== null) {
        e.clipboardData.setData('text/plain', QDClipboard.override);
        e.preventDefault();
        return;
      }
      QDClipboard.event = e;
      _qd_on_copy(cut);
      QDClipboard.event = null;
    }
  },

  qd_clipboard_give__deps: ['$QDClipboard'],
  qd_clipboard_give: function (text, length) {
    if (length === 0 || QDClipboard.event === null) return;
    QDClipboard.event.clipboardData.setData('text/plain', QD.text(text, length));
    QDClipboard.event.preventDefault();
  },

  qd_copy__deps: ['$QDClipboard'],
  qd_copy: function (text, length) {
    QDClipboard.override = QD.text(text, length);
    try { return document.execCommand('copy') ? 1 : 0; } finally { QDClipboard.override = null; }
  }
});
