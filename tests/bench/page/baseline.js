// The least that a page of these bytes does: fetches what the client fetches, compiles and instantiates the program without
// running any of it, and clears one frame. Its mark is to be compared with the client's `qudao-interactive`.
'use strict';

// Something of the right kind for each import; none of it is ever called.
function importsOf(module) {
  const kinds = {
    function: () => () => 0,
    memory: () => new WebAssembly.Memory({ initial: 256, maximum: 32768 }),
    table: () => new WebAssembly.Table({ initial: 0, element: 'anyfunc' }),
    global: () => new WebAssembly.Global({ value: 'i32', mutable: true }, 0),
    tag: () => new WebAssembly.Tag({ parameters: ['i32'] }),
  };
  const imports = {};
  for (const { module: space, name, kind } of WebAssembly.Module.imports(module)) (imports[space] ??= {})[name] = kinds[kind]();
  return imports;
}

async function bytesOf(url) { return new Uint8Array(await (await fetch(url, { credentials: 'same-origin' })).arrayBuffer()); }

async function start() {
  const font = bytesOf('fonts/qudao.ttf');
  const script = bytesOf('app.js');
  const module = await WebAssembly.compileStreaming(fetch('app.wasm', { credentials: 'same-origin' }));
  await WebAssembly.instantiate(module, importsOf(module));
  const sizes = [(await font).length, (await script).length];
  const canvas = document.getElementById('canvas');
  canvas.width = window.innerWidth * devicePixelRatio;
  canvas.height = window.innerHeight * devicePixelRatio;
  const gl = canvas.getContext('webgl2');
  requestAnimationFrame(() => {
    gl.clearColor(0.07, 0.19, 0.36, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    requestAnimationFrame(() => {
      performance.mark('baseline-cleared');
      globalThis.baseline = { sizes };
    });
  });
}

start().catch((error) => { globalThis.baseline = { error: String(error) }; });
