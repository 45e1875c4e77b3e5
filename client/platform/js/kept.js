// Files and notes in IndexedDB. Files and notes lie apart, so that a note is renewed without writing its file again.
// Every step waits for the one before it; one that fails leaves nothing, which is what a reader then finds.
mergeInto(LibraryManager.library, {
  $QDKept__deps: ['$QD', '$QDFiles'],
  $QDKept: {
    kMostMs: 7 * 24 * 3600 * 1000,
    last: null,
    underWay: 0,   // the page is not at rest before they are done: what was forgotten is not found by a reload

    open: function () {
      return new Promise(function (resolve, reject) {
        var request = indexedDB.open('qudao', 1);
        request.onupgradeneeded = function () {
          request.result.createObjectStore('files');
          request.result.createObjectStore('notes');
        };
        request.onsuccess = function () { resolve(request.result); };
        request.onerror = request.onblocked = function () { reject(request.error); };
      });
    },

    // `work` gets the two stores in one transaction and may give a request whose result is wanted.
    run: function (mode, work) {
      var step = function () {
        return QDKept.open().then(function (db) {
          return new Promise(function (resolve, reject) {
            var all = db.transaction(['files', 'notes'], mode);
            var wanted = work(all.objectStore('files'), all.objectStore('notes'));
            all.oncomplete = function () { db.close(); resolve(wanted ? wanted() : undefined); };
            all.onerror = all.onabort = function () { db.close(); reject(all.error); };
          });
        });
      };
      QDKept.last = (QDKept.last || QDKept.sweep()).then(step, step);
      QDKept.underWay += 1;
      var done = function (result) {
        QDKept.underWay -= 1;
        if (QDKept.underWay === 0 && QD.settling) setTimeout(QD.settling, 0);
        return result;
      };
      return QDKept.last.then(done, function () { return done(undefined); });
    },

    sweep: function () {
      QDKept.last = Promise.resolve();
      return QDKept.run('readwrite', function (files, notes) {
        notes.openCursor().onsuccess = function (event) {
          var cursor = event.target.result;
          if (!cursor) return;
          if (!(Date.now() - cursor.value.at < QDKept.kMostMs)) {
            files.delete(cursor.key);
            cursor.delete();
          }
          cursor.continue();
        };
      });
    },

    keep: function (key, file, note) {
      QDKept.run('readwrite', function (files, notes) {
        files.put({ file: file, name: file.name }, key);
        notes.put({ note: note, at: Date.now() }, key);
      });
    }
  },

  qd_keep_file__deps: ['$QDKept'],
  qd_keep_file: function (key, keyLength, fileId, note, noteLength) {
    var file = QDFiles.held[fileId];
    if (file) QDKept.keep(QD.text(key, keyLength), file, QD.text(note, noteLength));
  },
  qd_keep_bytes__deps: ['$QDKept'],
  qd_keep_bytes: function (key, keyLength, name, nameLength, bytes, length, note, noteLength) {
    var file = new File([HEAPU8.slice(bytes, bytes + length)], QD.text(name, nameLength));
    QDKept.keep(QD.text(key, keyLength), file, QD.text(note, noteLength));
  },
  qd_keep_note__deps: ['$QDKept'],
  qd_keep_note: function (key, keyLength, note, noteLength) {
    var name = QD.text(key, keyLength), words = QD.text(note, noteLength);
    QDKept.run('readwrite', function (files, notes) {
      var found = notes.get(name);
      found.onsuccess = function () { if (found.result) notes.put({ note: words, at: found.result.at }, name); };
    });
  },
  qd_keep_forget__deps: ['$QDKept'],
  qd_keep_forget: function (key, keyLength) {
    var name = QD.text(key, keyLength);
    QDKept.run('readwrite', function (files, notes) {
      files.delete(name);
      notes.delete(name);
    });
  },
  qd_keep_find__deps: ['$QDKept'],
  qd_keep_find: function (id, key, keyLength) {
    var name = QD.text(key, keyLength);
    QDKept.run('readonly', function (files, notes) {
      var file = files.get(name), note = notes.get(name);
      return function () { return file.result && note.result ? [file.result, note.result] : undefined; };
    }).then(function (found) {
      if (!found) { _qd_on_kept(id, 0, 0, 0, 0, 0, 0, 0); return; }
      var held = found[0].file;
      QD.lend(found[0].name, function (n, nameLength) {
        QD.lend(found[1].note, function (w, wordsLength) {
          _qd_on_kept(id, QDFiles.hold(held), n, nameLength, held.size, w, wordsLength, found[1].at);
        });
      });
    });
  }
});
