// Picking, dropping, reading and saving files. C++ holds numbers; the File and Blob objects stay here.
mergeInto(LibraryManager.library, {
  $QDFiles__deps: ['$QD'],
  $QDFiles: {
    held: {}, next: 1, input: null, depth: 0,

    hold: function (file) {
      var id = QDFiles.next++;
      QDFiles.held[id] = file;
      return id;
    },
    take: function (list, dropped) {
      for (var i = 0; i < list.length; ++i) QDFiles.tell(dropped, list[i]);
      _qd_on_file(dropped, 0, 0, 0, 0);
    },
    tell: function (dropped, file) {
      QD.lend(file.name, function (p, n) { _qd_on_file(dropped, QDFiles.hold(file), p, n, file.size); });
    },

    carriesFiles: function (e) {
      return e.dataTransfer !== null && Array.prototype.indexOf.call(e.dataTransfer.types, 'Files') >= 0;
    },
    hover: function (change) {
      var was = QDFiles.depth > 0;
      QDFiles.depth = change === 0 ? 0 : Math.max(0, QDFiles.depth + change);
      if ((QDFiles.depth > 0) !== was) _qd_on_files_hover(QDFiles.depth > 0 ? 1 : 0);
    },
    listen: function () {
      window.addEventListener('dragenter', function (e) { if (QDFiles.carriesFiles(e)) { e.preventDefault(); QDFiles.hover(1); } });
      window.addEventListener('dragleave', function (e) { if (QDFiles.carriesFiles(e)) QDFiles.hover(-1); });
      window.addEventListener('dragover', function (e) {
        e.preventDefault();
        var p = QD.at(e);
        _qd_on_move(p.x, p.y, 0);
      });
      window.addEventListener('drop', function (e) {
        e.preventDefault();
        QDFiles.hover(0);
        if (e.dataTransfer && e.dataTransfer.files.length > 0) QDFiles.take(e.dataTransfer.files, 1);
      });
    },

    save: function (blob, name) {
      var anchor = document.createElement('a'), url = URL.createObjectURL(blob);
      anchor.href = url;
      anchor.download = name;
      document.body.appendChild(anchor);
      anchor.click();
      anchor.remove();
      // The browser has taken the blob by then; at once would be too early for some.
      setTimeout(function () { URL.revokeObjectURL(url); }, 60000);
    }
  },

  qd_file_pick__deps: ['$QDFiles'],
  qd_file_pick: function (accept, length, multiple) {
    var input = document.createElement('input');
    input.type = 'file';
    input.accept = QD.text(accept, length);
    input.multiple = multiple !== 0;
    input.addEventListener('change', function () { QDFiles.take(input.files, 0); });
    QDFiles.input = input;  // some browsers forget an element nobody holds
    input.click();
  },

  qd_file_read__deps: ['$QDFiles'],
  qd_file_read: function (readId, fileId, from, length) {
    var file = QDFiles.held[fileId];
    var finish = function (ok, bytes) { QD.lend(bytes, function (p, n) { _qd_on_file_read(readId, ok, p, n); }); };
    if (!file) { setTimeout(function () { finish(0, ''); }, 0); return; }
    file.slice(from, length < 0 ? file.size : from + length).arrayBuffer().then(
      function (buffer) { finish(1, new Uint8Array(buffer)); },
      function () { finish(0, ''); });
  },

  qd_file_save__deps: ['$QDFiles'],
  qd_file_save: function (fileId, name, length) {
    if (QDFiles.held[fileId]) QDFiles.save(QDFiles.held[fileId], QD.text(name, length));
  },

  qd_bytes_save__deps: ['$QDFiles'],
  qd_bytes_save: function (name, nameLength, mime, mimeLength, bytes, length) {
    QDFiles.save(new Blob([HEAPU8.slice(bytes, bytes + length)], { type: QD.text(mime, mimeLength) }), QD.text(name, nameLength));
  },

  qd_file_release__deps: ['$QDFiles'],
  qd_file_release: function (fileId) { delete QDFiles.held[fileId]; }
});
