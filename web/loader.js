// Starts the client: looks whether the browser can run it, fetches program and font side by side, shows how far
// it is, and says in words what is missing when it cannot. Everything else is in the program.
'use strict';

// The look chosen before, ahead of the program that applies it.
function earlyLook() {
  let look = '';
  try { look = localStorage.getItem('qudao.look') || ''; } catch { look = ''; }
  const system = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.scheme = look.startsWith('dark') || (!look.startsWith('light') && system) ? 'dark' : 'light';
}
earlyLook();

const cover = document.getElementById('cover');
const share = { program: 0, font: 0 };

function showProgress() {
  // The two are about a third and two thirds of the wait.
  document.getElementById('bar').style.width = `${4 + 96 * (share.program * 0.35 + share.font * 0.65)}%`;
}

function refuse(chinese, english, detail) {
  cover.hidden = false;
  cover.classList.remove('gone');
  document.getElementById('progress').hidden = true;
  document.getElementById('words').hidden = true;
  document.getElementById('refusal').hidden = false;
  document.getElementById('reason').textContent = chinese;
  document.getElementById('reason-en').textContent = english;
  document.getElementById('detail').textContent = `${detail}\n${navigator.userAgent}`;
  document.getElementById('again').onclick = () => location.reload();
}

// Asked of the very canvas and with the very attributes of js/gl.js, which then gets this context: making one takes a
// good part of the whole start.
function hasWebGl2() {
  try {
    // In its size from the start: another one would cost a second set of buffers.
    const canvas = document.getElementById('canvas'), stage = document.getElementById('stage');
    canvas.width = Math.max(1, Math.round(stage.clientWidth * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(stage.clientHeight * devicePixelRatio));
    return canvas.getContext('webgl2', {
      alpha: false, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: false, powerPreference: 'low-power',
    }) !== null;
  } catch {
    return false;
  }
}

function hasWasm() {
  try {
    // A module with one exception tag: the program is built with WebAssembly exceptions.
    return WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 13, 3, 1, 0, 0]));
  } catch {
    return false;
  }
}

async function fetchFont(url) {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // About what the first is unpacked; the announced length is that of the compressed bytes.
  const expected = 800000;
  const pieces = [];
  let total = 0;
  for (const reader = response.body.getReader();;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    total += value.length;
    share.font = Math.min(1, total / expected);
    showProgress();
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

let failed = false;
function fail(error) {
  if (failed) return;
  failed = true;
  refuse('页面没有打开成功。请检查网络后重新打开；若仍然不行，请把详情发给系统管理员。',
    'The page could not be opened. Check the network and reload; if it still fails, send the details to the administrator.',
    String(error && error.stack || error));
}

function start() {
  if (!hasWasm()) {
    refuse('当前浏览器版本过旧：需要支持 WebAssembly 异常处理。请使用 Chrome/Edge 95、Firefox 100、Safari 15.2 或更新的版本。',
      'This browser is too old: WebAssembly with exceptions is needed. Use Chrome/Edge 95, Firefox 100, Safari 15.2 or later.',
      'WebAssembly exceptions: no');
    return;
  }
  if (!hasWebGl2()) {
    refuse('当前浏览器或显卡不支持 WebGL 2，无法显示界面。请在浏览器设置中启用“硬件加速”，或更换浏览器。',
      'This browser or graphics card offers no WebGL 2. Enable “hardware acceleration” in its settings, or use another browser.',
      'WebGL 2: no');
    return;
  }
  const fonts = new Map();
  const font = (url) => {
    if (!fonts.has(url)) fonts.set(url, fetchFont(url));
    return fonts.get(url);
  };
  font('fonts/qudao.ttf').catch(() => {});
  globalThis.Module = {
    qudaoFont: font,
    qudaoReady: () => {
      share.font = 1;
      showProgress();
      // A server that takes long over its first answer is waited for on the page itself, which says so.
      globalThis.qudao.settle(8000).catch(() => {}).then(() => {
        cover.classList.add('gone');
        cover.addEventListener('transitionend', () => { cover.hidden = true; }, { once: true });
        performance.mark('qudao-interactive');
        globalThis.qudao.ready = true;
      });
    },
    qudaoFailed: fail,
    onRuntimeInitialized: () => {
      share.program = 1;
      showProgress();
    },
    onAbort: fail,
  };
  const script = document.createElement('script');
  script.src = 'app.js';
  script.onerror = () => fail(new Error('app.js'));
  document.head.append(script);
  window.addEventListener('error', (e) => fail(e.error || e.message));
  window.addEventListener('unhandledrejection', (e) => fail(e.reason));
}

start();
