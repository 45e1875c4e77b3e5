// The Worker's side of {bytes, file?, name?} each way (client/platform/worker.hpp). Messages that come before the module is
// ready wait; a file is read in slices, so that it lies in memory once.
mergeInto(LibraryManager.library, {
  $QDEngine__postset: 'QDEngine.listen();',
  $QDEngine: {
    waiting: [],
    ready: false,
    file: null,

    listen: function () {
      self.onmessage = function (event) {
        if (QDEngine.ready) QDEngine.take(event.data);
        else QDEngine.waiting.push(event.data);
      };
    },

    take: function (data) {
      var bytes = data.bytes, at = _malloc(bytes.length || 1);
      HEAPU8.set(bytes, at);
      QDEngine.file = data.file || null;
      _qd_engine_take(at, bytes.length, QDEngine.file ? QDEngine.file.size : -1);
      QDEngine.file = null;
    }
  },

  qd_engine_ready__deps: ['$QDEngine'],
  qd_engine_ready: function () {
    QDEngine.ready = true;
    QDEngine.waiting.splice(0).forEach(QDEngine.take);
  },

  qd_engine_read_file__deps: ['$QDEngine'],
  qd_engine_read_file: function (into) {
    var slice = 1 << 20, reader = new FileReaderSync(), file = QDEngine.file;
    try {
      for (var at = 0; at < file.size; at += slice)
        HEAPU8.set(new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + slice))), into + at);
      return 1;
    } catch (error) {
      return 0;  // moved, changed or forbidden since it was chosen
    }
  },

  qd_engine_post: function (bytes, length) {
    var copy = HEAPU8.slice(bytes, bytes + length);
    postMessage({ bytes: copy }, [copy.buffer]);
  },

  qd_engine_post_file: function (bytes, length, file, fileLength, name, nameLength, type, typeLength) {
    var copy = HEAPU8.slice(bytes, bytes + length);
    var text = function (at, count) { return new TextDecoder().decode(HEAPU8.slice(at, at + count)); };
    var blob = new Blob([HEAPU8.slice(file, file + fileLength)], { type: text(type, typeLength) });
    postMessage({ bytes: copy, file: blob, name: text(name, nameLength) }, [copy.buffer]);
  }
});
