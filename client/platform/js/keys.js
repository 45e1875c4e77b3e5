// Keys and text. Text comes from a text area that lies transparent at ImGui's caret and has the focus while
// something is being edited: so input methods work, show their candidates at the right place, and virtual
// keyboards come up. While an input method composes, the text area is seen.
mergeInto(LibraryManager.library, {
  $QDKeys__deps: ['$QD'],
  $QDKeys: {
    // keys.hpp
    codes: {
      Tab: 1, ArrowLeft: 2, ArrowRight: 3, ArrowUp: 4, ArrowDown: 5, PageUp: 6, PageDown: 7, Home: 8, End: 9,
      Insert: 10, Delete: 11, Backspace: 12, ' ': 13, Enter: 14, Escape: 15,
      a: 17, c: 18, v: 19, x: 20, y: 21, z: 22, k: 23
    },
    kFirstLetter: 17,

    listen: function () {
      window.addEventListener('keydown', QDKeys.down);
      window.addEventListener('keyup', QDKeys.up);
      var field = QD.field;
      field.addEventListener('compositionstart', function () { QD.composing = true; _qd_on_composing(1); QDKeys.show(); });
      field.addEventListener('compositionupdate', QDKeys.show);
      field.addEventListener('compositionend', function () {
        QD.composing = false;
        _qd_on_composing(0);
        QDKeys.takeText();
        QDKeys.hide();
      });
      field.addEventListener('input', function () { if (QD.composing) QDKeys.show(); else QDKeys.takeText(); });
    },

    codeOf: function (e) {
      if (e.code === 'NumpadEnter') return 16;
      var key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
      return Object.prototype.hasOwnProperty.call(QDKeys.codes, key) ? QDKeys.codes[key] : 0;
    },

    isModifier: function (e) { return e.key === 'Control' || e.key === 'Shift' || e.key === 'Alt' || e.key === 'Meta'; },

    down: function (e) {
      if (e.isComposing || e.keyCode === 229) return;
      if (QDKeys.isModifier(e)) { _qd_on_key(0, 1, QD.modifiers(e)); return; }
      var shortcut = e.ctrlKey || e.metaKey, code = QDKeys.codeOf(e);
      var printable = e.key.length === 1 && !shortcut;
      // Copy, cut and paste follow as events of their own.
      if (shortcut && (code === 18 || code === 19 || code === 20)) return;
      // Alt with an arrow is the browser's way back.
      if (code !== 0 && !e.altKey && (code < QDKeys.kFirstLetter || shortcut)) {
        _qd_on_key(code, 1, QD.modifiers(e));
        if (code !== 13) e.preventDefault();
      }
      // Typed while the text area has no focus (yet): the same text, by hand.
      if (printable && document.activeElement !== QD.field) {
        _qd_on_character(e.key.codePointAt(0));
        if (e.key === ' ') e.preventDefault();
      }
    },

    up: function (e) {
      var code = QDKeys.codeOf(e);
      // Letters too: one let go after Ctrl is still down for ImGui. Modifiers come as key 0.
      if (code !== 0 || QDKeys.isModifier(e)) _qd_on_key(code, 0, QD.modifiers(e));
    },

    takeText: function () {
      var text = QD.field.value;
      QD.field.value = '';
      for (var i = 0; i < text.length; ++i) {
        var character = text.codePointAt(i);
        if (character > 0xFFFF) ++i;
        _qd_on_character(character);
      }
    },

    wantText: function (wanted, secret) {
      QD.wantsText = wanted;
      QD.field.style.webkitTextSecurity = secret ? 'disc' : 'none';
      if (wanted) {
        QD.field.value = '';
        QD.field.focus({ preventScroll: true });
      } else {
        QD.field.blur();
        QDKeys.hide();
      }
    },

    placeCaret: function (x, y, lineHeight) {
      var style = QD.field.style;
      style.left = x + 'px';
      style.top = y + 'px';
      style.height = style.lineHeight = lineHeight + 'px';
      if (QD.composing) QDKeys.show();
    },

    show: function () {
      var style = QD.field.style;
      QD.field.className = 'composing';
      style.width = '1px';
      style.width = Math.min(QD.field.scrollWidth + 2, QD.width - QD.field.offsetLeft) + 'px';
    },
    hide: function () {
      QD.field.className = '';
      QD.field.style.width = '2px';
    }
  }
});
