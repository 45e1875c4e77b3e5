// Web Workers: {bytes, file?, name?} each way (client/platform/worker.hpp).
mergeInto(LibraryManager.library, {
  $QDWorkers__deps: ['$QD', '$QDFiles'],
  $QDWorkers: {
    running: {},
    failed: function (id, text) {
      var worker = QDWorkers.running[id];
      if (!worker) return;
      delete QDWorkers.running[id];
      worker.terminate();
      QD.lend(String(text || 'worker failed'), function (p, n) { _qd_on_worker_failed(id, p, n); });
    },
    message: function (id, data) {
      if (!QDWorkers.running[id] || !data || !data.bytes) return;
      var file = data.file || null, fileId = file ? QDFiles.hold(file) : 0;
      QD.lend(data.bytes, function (b, bn) {
        QD.lend(data.name || (file && file.name) || '', function (p, n) {
          _qd_on_worker_message(id, b, bn, fileId, p, n, file ? file.size : 0);
        });
      });
    }
  },

  qd_worker_start__deps: ['$QDWorkers'],
  qd_worker_start: function (id, url, length) {
    var worker = QDWorkers.running[id] = new Worker(QD.text(url, length));
    worker.onmessage = function (e) { QDWorkers.message(id, e.data); };
    worker.onerror = function (e) { e.preventDefault(); QDWorkers.failed(id, e.message); };
    worker.onmessageerror = function () { QDWorkers.failed(id, 'message could not be read'); };
  },

  qd_worker_post__deps: ['$QDWorkers'],
  qd_worker_post: function (id, bytes, length, fileId) {
    var worker = QDWorkers.running[id], copy = HEAPU8.slice(bytes, bytes + length), file = QDFiles.held[fileId];
    if (worker) worker.postMessage(file ? { bytes: copy, file: file, name: file.name } : { bytes: copy }, [copy.buffer]);
  },

  qd_worker_end__deps: ['$QDWorkers'],
  qd_worker_end: function (id) {
    var worker = QDWorkers.running[id];
    delete QDWorkers.running[id];
    if (worker) worker.terminate();
  }
});
