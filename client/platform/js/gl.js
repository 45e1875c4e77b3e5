// ImGui's triangles with WebGL 2: one program, one one-channel texture (coverage of glyphs, and a white spot
// for everything else). A lost context is made anew and the texture asked for again.
mergeInto(LibraryManager.library, {
  $QDGl__deps: ['$QD'],
  $QDGl: {
    gl: null, lost: false, program: null, scale: null, vertices: null, indices: null, texture: null,

    open: function () {
      var canvas = QD.canvas;
      QDGl.gl = canvas.getContext('webgl2', {
        alpha: false, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: false,
        powerPreference: 'low-power'
      });
      if (!QDGl.gl) throw new Error('no WebGL 2');
      canvas.addEventListener('webglcontextlost', function (e) { e.preventDefault(); QDGl.lost = true; });
      canvas.addEventListener('webglcontextrestored', function () {
        QDGl.make();
        QDGl.lost = false;
        _qd_on_gl_restored();
      });
      QDGl.make();
    },

    shader: function (kind, source) {
      var gl = QDGl.gl, shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      return shader;
    },

    make: function () {
      var gl = QDGl.gl, program = gl.createProgram();
      gl.attachShader(program, QDGl.shader(gl.VERTEX_SHADER,
        '#version 300 es\n' +
        'layout(location=0) in vec2 place; layout(location=1) in vec2 uv; layout(location=2) in vec4 colour;\n' +
        'uniform vec2 scale; out vec2 at; out vec4 tint;\n' +
        'void main() { at = uv; tint = colour; gl_Position = vec4(place * scale + vec2(-1, 1), 0, 1); }'));
      gl.attachShader(program, QDGl.shader(gl.FRAGMENT_SHADER,
        '#version 300 es\nprecision mediump float; uniform sampler2D glyphs; in vec2 at; in vec4 tint; out vec4 result;\n' +
        'void main() { result = vec4(tint.rgb, tint.a * texture(glyphs, at).r); }'));
      gl.linkProgram(program);
      if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
        throw new Error('shader: ' + gl.getProgramInfoLog(program));
      QDGl.program = program;
      QDGl.scale = gl.getUniformLocation(program, 'scale');
      QDGl.vertices = gl.createBuffer();
      QDGl.indices = gl.createBuffer();
      QDGl.texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, QDGl.texture);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    }
  },

  qd_gl_ready__deps: ['$QDGl'],
  qd_gl_ready: function () { return QDGl.lost || QDGl.gl.isContextLost() ? 0 : 1; },

  qd_gl_atlas__deps: ['$QDGl'],
  qd_gl_atlas: function (pixels, width, height, first, last, resized) {
    var gl = QDGl.gl;
    gl.bindTexture(gl.TEXTURE_2D, QDGl.texture);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    if (resized)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, width, height, 0, gl.RED, gl.UNSIGNED_BYTE,
        HEAPU8.subarray(pixels, pixels + width * height));
    else
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, first, width, last - first, gl.RED, gl.UNSIGNED_BYTE,
        HEAPU8.subarray(pixels + width * first, pixels + width * last));
  },

  qd_gl_begin__deps: ['$QDGl'],
  qd_gl_begin: function (width, height, density, clear) {
    var gl = QDGl.gl;
    QDGl.density = density;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.disable(gl.SCISSOR_TEST);
    gl.clearColor((clear & 255) / 255, (clear >> 8 & 255) / 255, (clear >> 16 & 255) / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.useProgram(QDGl.program);
    gl.uniform2f(QDGl.scale, 2 / width, -2 / height);
    gl.bindTexture(gl.TEXTURE_2D, QDGl.texture);
    gl.bindBuffer(gl.ARRAY_BUFFER, QDGl.vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, QDGl.indices);
    for (var i = 0; i < 3; ++i) gl.enableVertexAttribArray(i);
  },

  qd_gl_list__deps: ['$QDGl'],
  qd_gl_list: function (vertices, vertexBytes, indices, indexBytes, commands, count) {
    var gl = QDGl.gl, density = QDGl.density, height = gl.drawingBufferHeight, offset = -1;
    gl.bufferData(gl.ARRAY_BUFFER, HEAPU8.subarray(vertices, vertices + vertexBytes), gl.STREAM_DRAW);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, HEAPU8.subarray(indices, indices + indexBytes), gl.STREAM_DRAW);
    for (var i = 0, c = commands >> 2; i < count; ++i, c += 7) {
      var left = Math.round(HEAPF32[c] * density), top = Math.round(HEAPF32[c + 1] * density);
      var right = Math.round(HEAPF32[c + 2] * density), bottom = Math.round(HEAPF32[c + 3] * density);
      gl.scissor(left, height - bottom, right - left, bottom - top);
      var first = HEAPF32[c + 6] * 20;
      if (first !== offset) {  // WebGL has no base vertex
        gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 20, first);
        gl.vertexAttribPointer(1, 2, gl.FLOAT, false, 20, first + 8);
        gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, 20, first + 16);
        offset = first;
      }
      gl.drawElements(gl.TRIANGLES, HEAPF32[c + 4], gl.UNSIGNED_SHORT, HEAPF32[c + 5] * 2);
    }
  },
  qd_gl_end: function () {}
});
