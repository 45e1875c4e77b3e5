// Glyphs the shipped font lacks, drawn by the browser with the system's fonts, and icons from their paths.
// metrics: width, height, left, top of the inked box from the pen at the baseline (y down), advance.
mergeInto(LibraryManager.library, {
  $QDGlyphs__deps: ['$QD'],
  $QDGlyphs: {
    context: null,
    open: function (side) {
      if (QDGlyphs.context === null) {
        // The context of an element took 20 to 70 ms of the first frame, one without takes none; Safari 15 has no other.
        var canvas = typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(256, 256);
        canvas.width = canvas.height = 256;
        QDGlyphs.context = canvas.getContext('2d', { willReadFrequently: true });
      }
      var context = QDGlyphs.context;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, side, side);
      return context;
    },
    // Copies the inked part of the first `side` pixels' square; origin is where the pen stood.
    take: function (side, originX, originY, box, metrics, advance) {
      var data = QDGlyphs.context.getImageData(0, 0, side, side).data;
      var left = side, right = -1, top = side, bottom = -1;
      for (var y = 0; y < side; ++y)
        for (var x = 0; x < side; ++x)
          if (data[(y * side + x) * 4 + 3] !== 0) {
            if (x < left) left = x;
            if (x > right) right = x;
            if (y < top) top = y;
            bottom = y;
          }
      var width = Math.max(0, right - left + 1), height = Math.max(0, bottom - top + 1);
      for (var row = 0; row < height; ++row)
        for (var column = 0; column < width; ++column)
          HEAPU8[box + row * width + column] = data[((top + row) * side + left + column) * 4 + 3];
      HEAPF32.set([width, height, width ? left - originX : 0, height ? top - originY : 0, advance], metrics >> 2);
    }
  },

  qd_glyph_text__deps: ['$QDGlyphs'],
  qd_glyph_text: function (character, em, box, metrics) {
    var side = Math.min(256, Math.ceil(em * 2)), context = QDGlyphs.open(side);
    var text = String.fromCodePoint(character), pen = Math.floor(em / 2), baseline = Math.ceil(em * 1.4);
    context.font = em + 'px "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';
    context.textBaseline = 'alphabetic';
    context.fillStyle = '#000';
    context.fillText(text, pen, baseline);
    QDGlyphs.take(side, pen, baseline, box, metrics, context.measureText(text).width);
  },

  qd_glyph_icon__deps: ['$QDGlyphs', '$QDIcons'],
  qd_glyph_icon: function (character, size, box, metrics) {
    var side = Math.min(256, Math.ceil(size) + 2), context = QDGlyphs.open(side);
    var scale = size / 24;
    context.setTransform(scale, 0, 0, scale, 1, 1);
    context.lineWidth = Math.max(1.75, 1.2 / scale);
    context.lineCap = context.lineJoin = 'round';
    context.strokeStyle = '#000';
    context.stroke(new Path2D(QDIcons.paths[character - 0xE000] || 'M4 4h16v16h-16z'));
    QDGlyphs.take(side, 1, 1, box, metrics, size);
  }
});
