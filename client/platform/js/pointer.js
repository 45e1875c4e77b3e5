// Mouse, pen, touch, wheel. One finger: a tap is a click, a stroke scrolls, a finger held still for a while
// drags like a mouse.
mergeInto(LibraryManager.library, {
  $QDPointer__deps: ['$QD'],
  $QDPointer: {
    kTapPixels: 8, kHoldMs: 350, kPixelsANotch: 100,

    listen: function () {
      var stage = QD.stage;
      stage.addEventListener('pointermove', QDPointer.move);
      stage.addEventListener('pointerdown', QDPointer.down);
      stage.addEventListener('pointerup', QDPointer.up);
      stage.addEventListener('pointercancel', QDPointer.cancel);
      stage.addEventListener('pointerleave', function (e) { if (e.pointerType === 'mouse' && QD.pressed === 0) _qd_on_leave(); });
      stage.addEventListener('wheel', QDPointer.wheel, { passive: false });
      // The keyboard's focus stays where the client has put it.
      stage.addEventListener('mousedown', function (e) { if (e.target !== QD.field) e.preventDefault(); });
      stage.addEventListener('contextmenu', function (e) { if (!e.shiftKey) e.preventDefault(); });
      window.addEventListener('blur', function () { QD.pressed = 0; _qd_on_focus_lost(); });
    },

    // ImGui counts right before middle.
    button: function (e) { return e.button === 2 ? 1 : e.button === 1 ? 2 : e.button; },

    move: function (e) {
      var p = QD.at(e), touch = QD.touch;
      if (touch && touch.id === e.pointerId && !touch.dragging) {
        if (!touch.scrolling && Math.hypot(p.x - touch.x0, p.y - touch.y0) < QDPointer.kTapPixels) return;
        if (!touch.scrolling) { touch.scrolling = true; clearTimeout(touch.timer); _qd_on_move(touch.x0, touch.y0, 0); }
        _qd_on_wheel((p.x - touch.x) / QDPointer.kPixelsANotch, (p.y - touch.y) / QDPointer.kPixelsANotch, 0);
        touch.x = p.x; touch.y = p.y;
        return;
      }
      _qd_on_move(p.x, p.y, QD.modifiers(e));
    },

    down: function (e) {
      if (e.target !== QD.field) QD.stage.setPointerCapture(e.pointerId);
      var p = QD.at(e);
      if (e.pointerType === 'touch') {
        if (QD.touch) return;  // a second finger
        var touch = { id: e.pointerId, x0: p.x, y0: p.y, x: p.x, y: p.y, scrolling: false, dragging: false, timer: 0 };
        touch.timer = setTimeout(function () {
          touch.dragging = true;
          _qd_on_button(0, 1, touch.x0, touch.y0, 0);
        }, QDPointer.kHoldMs);
        QD.touch = touch;
        return;
      }
      QD.pressed |= 1 << e.button;
      _qd_on_button(QDPointer.button(e), 1, p.x, p.y, QD.modifiers(e));
    },

    up: function (e) {
      var p = QD.at(e), touch = QD.touch;
      if (touch && touch.id === e.pointerId) {
        clearTimeout(touch.timer);
        QD.touch = null;
        if (!touch.scrolling && !touch.dragging) _qd_on_button(0, 1, touch.x0, touch.y0, 0);
        if (!touch.scrolling) _qd_on_button(0, 0, p.x, p.y, 0);
        _qd_on_leave();
        _qd_draw_now();
        return;
      }
      QD.pressed &= ~(1 << e.button);
      _qd_on_button(QDPointer.button(e), 0, p.x, p.y, QD.modifiers(e));
    },

    cancel: function () {
      if (QD.touch) clearTimeout(QD.touch.timer);
      QD.touch = null;
      QD.pressed = 0;
      _qd_on_focus_lost();
    },

    wheel: function (e) {
      if (e.ctrlKey) return;  // the browser's zoom
      e.preventDefault();
      var scale = e.deltaMode === 1 ? 33 : e.deltaMode === 2 ? 400 : 1;
      var x = -e.deltaX * scale / QDPointer.kPixelsANotch, y = -e.deltaY * scale / QDPointer.kPixelsANotch;
      if (e.shiftKey && x === 0) { x = y; y = 0; }
      _qd_on_wheel(x, y, QD.modifiers(e));
    }
  }
});
