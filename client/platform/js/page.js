// The page: canvas, frames, pointer, keys, IME, language. What the other files share is $QD.
// Emscripten 3.1.6 copies this text into the program through its own parser: plain functions, no shorthand
// methods, no destructuring.
mergeInto(LibraryManager.library, {
  $QD__deps: ['malloc', 'free'],
  // Objects are copied as data; what must be made when the page runs is made here.
  $QD__postset: 'QD.decoder = new TextDecoder(); QD.encoder = new TextEncoder();',
  $QD: {
    canvas: null, stage: null, field: null, mirror: null,
    scheduled: 0, scheduledHidden: false,
    width: 0, height: 0, density: 0,
    composing: false, wantsText: false, pressed: 0, touch: null,
    decoder: null, encoder: null, settling: null,

    text: function (pointer, length) { return QD.decoder.decode(HEAPU8.subarray(pointer, pointer + length)); },
    // Lends bytes (a string or a Uint8Array) to `use(pointer, length)`.
    lend: function (data, use) {
      var bytes = typeof data === 'string' ? QD.encoder.encode(data) : data;
      var pointer = _malloc(bytes.length + 1);
      if (pointer === 0) throw new Error('out of memory for ' + bytes.length + ' bytes');
      HEAPU8.set(bytes, pointer);
      try { return use(pointer, bytes.length); } finally { _free(pointer); }
    },
    give: function (text) { QD.lend(text, function (p, n) { _qd_returned(p, n); }); },

    schedule: function () {
      if (QD.scheduled !== 0) return;
      QD.scheduledHidden = document.hidden;
      // A hidden tab gets no animation frames, but answers still come and must be worked off.
      QD.scheduled = QD.scheduledHidden ? setTimeout(QD.turn, 50) : requestAnimationFrame(QD.turn);
    },
    unschedule: function () {
      if (QD.scheduled === 0) return false;
      if (QD.scheduledHidden) clearTimeout(QD.scheduled); else cancelAnimationFrame(QD.scheduled);
      QD.scheduled = 0;
      return true;
    },
    turn: function () {
      QD.scheduled = 0;
      QD.measure();  // the zoom may have changed without an event
      if (_qd_on_tick(performance.now(), document.hidden ? 1 : 0)) QD.schedule();
      else if (QD.settling) QD.settling();
    },

    measure: function () {
      var density = window.devicePixelRatio || 1;
      var width = QD.stage.clientWidth, height = QD.stage.clientHeight;
      if (width === QD.width && height === QD.height && density === QD.density) return;
      QD.width = width; QD.height = height; QD.density = density;
      // Even the same size, set anew, makes the browser's buffers anew.
      var across = Math.max(1, Math.round(width * density)), down = Math.max(1, Math.round(height * density));
      if (QD.canvas.width !== across) QD.canvas.width = across;
      if (QD.canvas.height !== down) QD.canvas.height = down;
      _qd_on_resize(width, height, density);
    },

    // The window comes to a screen of another density, or is zoomed.
    watchDensity: function () {
      matchMedia('(resolution: ' + window.devicePixelRatio + 'dppx)').addEventListener('change', function () {
        QD.measure();
        QD.watchDensity();
      }, { once: true });
    },

    modifiers: function (e) {
      return (e.ctrlKey ? 1 : 0) | (e.shiftKey ? 2 : 0) | (e.altKey ? 4 : 0) | (e.metaKey ? 8 : 0);
    },
    at: function (e) {
      var box = QD.stage.getBoundingClientRect();
      return { x: e.clientX - box.left, y: e.clientY - box.top };
    }
  },

  qd_page_start__deps: ['$QD', '$QDPointer', '$QDKeys', '$QDClipboard', '$QDFiles', '$QDGl', '$QDMirror', '$QDAddress', '$QDPaper'],
  qd_page_start: function (url, length) {
    QD.stage = document.getElementById('stage');
    QD.canvas = document.getElementById('canvas');
    QD.field = document.getElementById('ime');
    QD.mirror = document.getElementById('mirror');
    QDGl.open();
    QDPointer.listen();
    QDKeys.listen();
    QDClipboard.listen();
    QDFiles.listen();
    QDAddress.listen();
    QDPaper.listen();
    QDMirror.open();
    new ResizeObserver(function () { QD.measure(); }).observe(QD.stage);
    window.addEventListener('resize', QD.measure);
    QD.watchDensity();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () { _qd_on_prefers_dark(); });
    document.addEventListener('visibilitychange', function () {
      if (QD.unschedule()) QD.schedule();
      if (!document.hidden) QD.schedule();
    });
    QD.measure();
    // The loader has begun to fetch it with the program.
    Module.qudaoFont(QD.text(url, length)).then(function (bytes) {
      var ok = QD.lend(bytes, function (p, n) { return _qd_on_font(p, n); });
      if (!ok) throw new Error('the font file is not a font');
      Module.qudaoReady();
    }).catch(function (error) { Module.qudaoFailed(error); });
  },
  qd_page_more_font__deps: ['$QD'],
  qd_page_more_font: function (url, length) {
    Module.qudaoFont(QD.text(url, length)).catch(function () { return new Uint8Array(0); })
      .then(function (bytes) { QD.lend(bytes, function (p, n) { _qd_on_more_font(p, n); }); });
  },
  qd_page_schedule__deps: ['$QD'],
  qd_page_schedule: function () { QD.schedule(); },
  qd_page_cursor__deps: ['$QD'],
  qd_page_cursor: function (shape) {
    var names = ['default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer', 'not-allowed'];
    QD.stage.style.cursor = shape < 0 ? 'none' : names[shape] || 'default';
  },
  qd_page_text_input__deps: ['$QDKeys'],
  qd_page_text_input: function (wanted, secret) { QDKeys.wantText(wanted !== 0, secret !== 0); },
  qd_page_caret__deps: ['$QDKeys'],
  qd_page_caret: function (x, y, lineHeight) { QDKeys.placeCaret(x, y, lineHeight); },
  qd_page_title__deps: ['$QD'],
  qd_page_title: function (text, length) { document.title = QD.text(text, length); },
  qd_page_language__deps: ['$QD'],
  qd_page_language: function (text, length) { document.documentElement.lang = QD.text(text, length); },
  qd_page_browser_language__deps: ['$QD'],
  qd_page_browser_language: function () { QD.give(navigator.language || 'zh-CN'); },
  qd_page_version__deps: ['$QD'],
  qd_page_version: function () {
    var meta = document.querySelector('meta[name=qudao-version]');
    QD.give(meta ? meta.content : '');
  },
  qd_page_online: function () { return navigator.onLine ? 1 : 0; },
  qd_page_log__deps: ['$QD'],
  qd_page_log: function (text, length) { console.info(QD.text(text, length)); },
  qd_page_prefers_dark: function () { return matchMedia('(prefers-color-scheme: dark)').matches ? 1 : 0; },
  qd_page_dark: function (dark) { document.documentElement.dataset.scheme = dark ? 'dark' : 'light'; },
  qd_page_now: function () { return performance.now(); },
  qd_page_wall: function () { return Date.now(); },
  qd_page_mac: function () { return /Mac|iPhone|iPad/.test(navigator.platform) ? 1 : 0; }
});
