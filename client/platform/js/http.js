// fetch, with progress of the reply, abort and a time limit.
mergeInto(LibraryManager.library, {
  $QDHttp__deps: ['$QD'],
  $QDHttp: {
    running: {},
    // http.hpp, HttpOutcome
    kAnswered: 0, kUnreachable: 1, kTimedOut: 2, kAborted: 3,

    done: function (id, outcome, status, headers, body) {
      var entry = QDHttp.running[id];
      if (!entry) return;
      clearTimeout(entry.timer);
      delete QDHttp.running[id];
      QD.lend(headers, function (h, hn) {
        QD.lend(body, function (b, bn) { _qd_on_http_done(id, outcome, status, h, hn, b, bn); });
      });
    },

    // The reply in pieces, grown as they come: with compression the announced length is not the real one.
    collect: function (id, response) {
      if (!response.body) return response.arrayBuffer().then(function (buffer) { return new Uint8Array(buffer); });
      var encoded = response.headers.get('content-encoding');
      var length = Number(response.headers.get('content-length')), expected = !encoded && length > 0 ? length : -1;
      var reader = response.body.getReader(), pieces = [], total = 0;
      var next = function (result) {
        if (result.done) {
          var all = new Uint8Array(total), at = 0;
          pieces.forEach(function (piece) { all.set(piece, at); at += piece.length; });
          return all;
        }
        pieces.push(result.value);
        total += result.value.length;
        _qd_on_http_progress(id, total, expected);
        return reader.read().then(next);
      };
      return reader.read().then(next);
    }
  },

  qd_http_send__deps: ['$QDHttp'],
  qd_http_send: function (id, head, headLength, body, bodyLength, timeoutMs) {
    var lines = QD.text(head, headLength).split('\n'), headers = new Headers(), control = new AbortController();
    var entry = QDHttp.running[id] = { control: control, timer: 0, outcome: QDHttp.kUnreachable };
    var bytes = bodyLength > 0 ? HEAPU8.slice(body, body + bodyLength) : undefined;
    if (timeoutMs > 0)
      entry.timer = setTimeout(function () { entry.outcome = QDHttp.kTimedOut; control.abort(); }, timeoutMs);
    var status = 0, names = '';
    Promise.resolve().then(function () {
      for (var i = 2; i < lines.length; ++i) {
        var colon = lines[i].indexOf(': ');
        headers.append(lines[i].slice(0, colon), lines[i].slice(colon + 2));
      }
      return fetch(lines[1], {
        method: lines[0], headers: headers, body: bytes, signal: control.signal,
        credentials: 'same-origin', cache: 'no-store', redirect: 'error'
      });
    }).then(function (response) {
      status = response.status;
      response.headers.forEach(function (value, name) { names += name + ': ' + value + '\n'; });
      return QDHttp.collect(id, response);
    }).then(function (all) {
      QDHttp.done(id, QDHttp.kAnswered, status, names, all);
    }, function () {
      QDHttp.done(id, entry.outcome, 0, '', '');
    });
  },

  qd_http_abort__deps: ['$QDHttp'],
  qd_http_abort: function (id) {
    var entry = QDHttp.running[id];
    if (!entry) return;
    entry.outcome = QDHttp.kAborted;
    entry.control.abort();
  }
});
