import dgram from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlOf, openRenderRoom, type RenderRoom } from '../../testing/browser/render-room.ts';
import { answer } from '../../testing/servers/behaviours.ts';
import { startServer, type TestServer } from '../../testing/servers/start-server.ts';

/** What the server serves; a path beginning with `/to/` redirects to what follows. */
const pages = new Map<string, { body: string; headers?: Record<string, string> }>();
let room: RenderRoom;
/** A machine of the inner network: nothing may ever reach it. */
let canary: TestServer;
let udp: dgram.Socket;
const udpSeen: string[] = [];
let folder: string;

beforeAll(async () => {
  canary = await startServer(
    answer(200, '<p>内网机密</p>', { 'access-control-allow-origin': '*' }),
  );
  udp = dgram.createSocket('udp4', (message) => udpSeen.push(message.toString('hex')));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', () => resolve()));
  folder = await mkdtemp(join(tmpdir(), 'xunjian-'));
  await writeFile(join(folder, 'secret.html'), '<p>本机机密</p>');
  room = await openRenderRoom((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/to/'))
      return answer(302, '', { location: url.slice(4) })(request, response);
    const page = pages.get(url.split('?', 1)[0]!);
    answer(page ? 200 : 404, page?.body ?? '没有', page?.headers ?? {})(request, response);
  });
});

afterAll(async () => {
  await room?.[Symbol.asyncDispose]();
  await canary?.[Symbol.asyncDispose]();
  udp?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Words that a fair reading of the page still shows. */
const BEFORE = '<!doctype html><html lang="zh-CN"><title>页</title><p>前文</p>';

async function open(body: string, headers: Record<string, string> = {}) {
  pages.set('/', { body, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
  return room.render('/');
}

const script = (code: string): string => `${BEFORE}<script>${code}</script><p>后文</p>`;

describe('scripts that never yield are stopped, and the page is read all the same', () => {
  it.each([
    ['a loop without end', 'for(;;);'],
    ['alerts without end', 'for(;;)alert(1)'],
    ['questions without end', 'while(!confirm("?"));'],
    ['console lines without end', 'for(;;)console.log("x".repeat(1000)),console.error(1)'],
    ['timers that hold the page', 'setInterval(()=>{for(;;);},1)'],
    ['promises without end', '(function f(){Promise.resolve().then(f)})()'],
  ])('%s', async (_name, code) => {
    const result = await open(script(code));
    expect(htmlOf(result)).toContain('前文');
    expect(result).toMatchObject({
      isStopped: true,
      hitLimits: [expect.stringContaining('已停止')],
    });
  });
});

describe('pages that never rest come to an end', () => {
  it.each([
    ['reloading itself', script('location.reload()'), '页面自己跳转超过 6 次'],
    [
      'a refresh to itself',
      `<meta http-equiv="refresh" content="0">${BEFORE}`,
      '页面自己跳转超过 6 次',
    ],
    [
      'an address for each step',
      script('location.href="/?"+Math.random()'),
      '页面自己跳转超过 6 次',
    ],
    ['frames in frames', `${BEFORE}<iframe src="/"></iframe>`, null],
    [
      'a page that will not be left',
      script('onbeforeunload=()=>"stay";location.href="/other"'),
      null,
    ],
    ['windows without end', script('for(let i=0;i<200;i++)window.open("/w"+i)'), null],
    ['history without end', script('for(let i=0;i<500;i++)history.pushState(i,"","?"+i)'), null],
  ])('%s', async (_name, body, limit) => {
    pages.set('/other', { body: '<p>前文（另一页）</p>' });
    const result = await open(body);
    expect(htmlOf(result)).toContain('前文');
    expect(result.hitLimits).toEqual(
      limit === null ? expect.anything() : expect.arrayContaining([limit]),
    );
    expect(room.server.seen.filter(({ url }) => url.startsWith('/w'))).toEqual([]);
  });
});

describe('pages that want too much are cut or given up with a reason', () => {
  it('ten thousand requests', async () => {
    const before = room.server.seen.length;
    const result = await open(script('for(let i=0;i<10000;i++)fetch("/r"+i)'));
    expect(result.requests.made).toBeLessThanOrEqual(220);
    expect(room.server.seen.length - before).toBeLessThanOrEqual(220);
    expect(result.hitLimits).toContain('请求超过 220 个');
  });

  it('memory without end', async () => {
    // Without a pause: a page that fills memory between timers may come to rest below the limit on a busy machine, and is then read.
    const result = await open(
      script('const kept=[];for(;;)kept.push(new Uint8Array(2e7).fill(1))'),
    );
    expect(result).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('页面占用内存超过'),
    });
  });

  it('errors without end: each of them comes over to us', async () => {
    const flood = `for(let i=0;i<2000;i++)setTimeout(()=>{throw new Error("x".repeat(500))})`;
    const worker = 'new Worker(URL.createObjectURL(new Blob(["for(;;)console.log(1)"])))';
    // So few that they are over before any clock is, on a busy machine too: the limit that ends the page is this one.
    const few = { consoleLines: 500 };
    const body = script(`${worker};setInterval(()=>{${flood}},1)`);
    await using flooded = await openRenderRoom(
      answer(200, body, { 'content-type': 'text/html; charset=utf-8' }),
      few,
    );
    const before = process.memoryUsage().rss;
    expect(await flooded.render('/')).toMatchObject({
      state: 'unobserved',
      reason: '控制台输出超过 500 行，已关闭',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('a document of a million elements', async () => {
    const result = await open(script('for(;;)document.body.append(document.createElement("div"))'));
    expect(result.state === 'unobserved' || result.isStopped).toBe(true);
  });

  it('a page of 20 MB is cut', async () => {
    const result = await open(`${BEFORE}${'<p>甲乙丙丁</p>'.repeat(1_000_000)}`);
    expect(result.requests.bytes).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it('a file for downloading', async () => {
    const result = await open('PK', {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename=a.zip',
    });
    expect(result).toMatchObject({
      state: 'unobserved',
      reason: '页面没有打开：是供下载的文件，不是网页',
    });
  });

  it('a download begun by a script', async () => {
    const result = await open(
      script(
        'const a=document.createElement("a");a.href=URL.createObjectURL(new Blob(["x"]));a.download="x.exe";a.click();location.href="data:application/zip,x"',
      ),
    );
    expect(htmlOf(result)).toContain('前文');
    expect(result.requests.refused).toBeGreaterThan(0);
  });
});

/** Ways to a machine that must not be reached; `%` is its address. */
const WAYS: readonly (readonly [string, string])[] = [
  ['a picture', '<img src="%/a">'],
  ['a frame', '<iframe src="%/a"></iframe>'],
  ['a redirected frame', '<iframe src="/to/%/a"></iframe>'],
  ['a redirected picture', '<img src="/to/%/a">'],
  ['an object', '<object data="%/a"></object><embed src="%/a">'],
  [
    'hints',
    '<link rel="preconnect" href="%"><link rel="dns-prefetch" href="%"><link rel="preload" as="fetch" href="%/a"><link rel="prefetch" href="%/a"><link rel="prerender" href="%/a"><script type="speculationrules">{"prefetch":[{"source":"list","urls":["%/a"]}]}</script>',
  ],
  ['fetch', '<script>fetch("%/a",{mode:"no-cors"});fetch("/to/%/a")</script>'],
  [
    'a kept fetch',
    '<script>fetch("%/a",{keepalive:true,method:"POST",mode:"no-cors",body:"x"});navigator.sendBeacon("%/a","x")</script>',
  ],
  ['events', '<script>new EventSource("%/a")</script>'],
  ['a web socket', '<script>new WebSocket("%/a".replace("http","ws"))</script>'],
  [
    'workers',
    "<script>const w=(c)=>URL.createObjectURL(new Blob([c],{type:\"text/javascript\"}));const f=\"fetch('%/a',{mode:'no-cors'});new WebSocket('%/a'.replace('http','ws'))\";new Worker(w(f));new SharedWorker(w(f));new Worker(w(\"importScripts('%/a')\"))</script>",
  ],
  [
    'a service worker',
    '<script>delete Object.getPrototypeOf(navigator).serviceWorker;navigator.serviceWorker?.register("/sw.js")</script>',
  ],
  [
    'a form',
    '<form id=f method=post action="%/a"><input name=a></form><script>f.submit()</script>',
  ],
  [
    'a form in a frame',
    '<iframe name=t></iframe><form id=f target=t action="%/a"></form><script>f.submit()</script>',
  ],
  [
    'a new window',
    '<script>window.open("%/a");document.body.insertAdjacentHTML("beforeend","<a id=l target=_blank href=%/a>x</a>");l.click()</script>',
  ],
  ['leaving', '<script>location.href="%/a"</script>'],
  ['leaving by redirect', '<script>location.href="/to/%/a"</script>'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=%/a">'],
  [
    'styles',
    '<style>@import "%/a";body{background:url(%/b)}@font-face{font-family:x;src:url(%/c)}p{font-family:x}</style>',
  ],
  [
    'modules',
    '<script type="module">import("%/a.js").catch(()=>0)</script><script type="importmap">{"imports":{"x":"%/x.js"}}</script>',
  ],
  ['a film', '<video src="%/a" autoplay></video><audio src="%/a" autoplay></audio>'],
];

describe('nothing of a page reaches the inner network', () => {
  it.each(WAYS)('%s', async (name, markup) => {
    pages.set('/sw.js', {
      body: `fetch("${canary.url}/sw")`,
      headers: { 'content-type': 'text/javascript' },
    });
    const result = await open(`${BEFORE}${markup.replaceAll('%', canary.url)}`);
    expect(canary.seen).toEqual([]);
    expect(htmlOf(result)).toContain('前文');
    expect(htmlOf(result)).not.toContain('内网机密');
    // Chromium itself says no to some ways, before anything is asked for.
    if (!/^(a service worker|a new window)$/.test(name))
      expect(result.requests.refused).toBeGreaterThan(0);
  });

  it('names that point inward, addresses in other spellings, metadata services', async () => {
    const { port } = canary;
    const targets = [
      `http://localhost:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'http://10.0.0.8/',
      'http://192.168.1.1/',
      'http://0.0.0.0/',
    ];
    const result = await open(
      `${BEFORE}${targets.map((target) => `<img src="${target}"><iframe src="/to/${target}"></iframe>`).join('')}`,
    );
    expect(canary.seen).toEqual([]);
    expect(result.requests.refused).toBeGreaterThanOrEqual(targets.length);
  });

  it.each([
    ['a redirect', '/to/http://169.254.169.254/'],
    ['a redirect to loopback', '/to/http://127.0.0.1:1/'],
    ['a redirect to a file', '/to/file:///etc/passwd'],
  ])('the page itself is %s inward', async (_name, path) => {
    expect(await room.render(path)).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('没有访问'),
    });
  });

  it('datagrams', async () => {
    const { port } = udp.address() as AddressInfo;
    await open(
      script(
        `const p=new RTCPeerConnection({iceServers:[{urls:"stun:127.0.0.1:${port}"}]});p.createDataChannel("x");p.createOffer().then((o)=>p.setLocalDescription(o));try{new WebTransport("https://127.0.0.1:${port}/")}catch(e){String(e)}`,
      ),
    );
    expect(udpSeen).toEqual([]);
  });

  it('files of this machine', async () => {
    const file = `file://${join(folder, 'secret.html')}`;
    const result = await open(
      `${BEFORE}<iframe src="${file}"></iframe><img src="${file}"><script>fetch("${file}").catch(()=>0);location.href="${file}"</script>`,
    );
    expect(htmlOf(result)).toContain('前文');
    expect(htmlOf(result)).not.toContain('本机机密');
    expect(result).toMatchObject({ finalUrl: 'http://www.x.gov.cn/' });
  });

  it('data are given to no other site, and nothing but questions to the own', async () => {
    const before = room.server.seen.length;
    await open(
      script(
        'fetch("http://www.other.gov.cn/p",{method:"POST",body:"x",mode:"no-cors"});fetch("/p",{method:"DELETE"});fetch("/p",{method:"POST",body:"page=1",headers:{"content-type":"application/x-www-form-urlencoded"}})',
      ),
    );
    const asked = room.server.seen
      .slice(before)
      .map(({ method, url, headers }) => [method, headers.host, url]);
    expect(asked.filter(([method]) => method !== 'GET')).toEqual([['POST', 'www.x.gov.cn', '/p']]);
  });
});
