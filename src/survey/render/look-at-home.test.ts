import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRenderRoom, type RenderRoom } from '../../testing/browser/render-room.ts';
import { answer } from '../../testing/servers/behaviours.ts';
import type { Handler } from '../../testing/servers/start-server.ts';
import { HomeLook } from './look-at-home.ts';

const TEXT = '<p>本县召开重点工作推进会议，研究部署下一阶段各项任务。</p>'.repeat(5);
const page = (body: string, title = '某县人民政府'): string =>
  `<!doctype html><html lang="zh-CN"><head><title>${title}</title></head><body>${body}${TEXT}</body></html>`;

let home = '';
const handler: Handler = (request, response) => {
  const body =
    request.url === '/old/'
      ? page('<h1>某县人民政府</h1>', '某县人民政府（长者版）').replaceAll(
          '<p>',
          '<p style="font-size:24px">',
        )
      : request.url === '/other/'
        ? page('')
        : home;
  answer(200, body)(request, response);
};

let room: RenderRoom;
beforeAll(async () => {
  room = await openRenderRoom(handler);
});
afterAll(() => room?.[Symbol.asyncDispose]());

async function lookAt(body: string) {
  home = page(body);
  const look = new HomeLook();
  const result = await room.render('/', { look: look.look });
  return { ...look.facts(result), kept: look.kept(result) };
}

const GROWS = `onclick="document.querySelectorAll('p').forEach((p)=>{p.style.fontSize='22px'})"`;
const BAR = `onclick="document.body.insertAdjacentHTML('beforeend','<div style=&quot;position:fixed;top:0;left:0;width:100%;height:80px&quot;>放大 缩小 语音 配色 退出服务</div>')"`;

describe('the ageing-friendly version of a home page', () => {
  it.each([
    ['a button that makes the text grow', `<button ${GROWS}>适老模式</button>`, 'font', '适老模式'],
    [
      'a button that zooms',
      `<button onclick="document.body.style.zoom=1.5">大字版</button>`,
      'font',
      '大字版',
    ],
    ['a link to a page of its own', '<a href="/old/">长者版</a>', 'page', '长者版'],
    [
      'a link into a window of its own',
      '<a href="/old/" target="_blank">关怀版</a>',
      'page',
      '关怀版',
    ],
    [
      'a script that opens a window',
      `<span style="cursor:pointer" onclick="window.open('/old/')">关怀版</span>`,
      'page',
      '关怀版',
    ],
    [
      'a picture with words',
      `<a href="/old/"><img src="/a.png" alt="进入老年模式" width="50" height="20"></a>`,
      'page',
      '进入老年模式',
    ],
    ['a tool bar', `<a href="javascript:;" ${BAR}>无障碍浏览</a>`, 'tool', '无障碍浏览'],
    [
      'an entry written by a script',
      `<div id="t"></div><script>t.innerHTML='<a href="/old/">适老版</a>'</script>`,
      'page',
      '适老版',
    ],
    ['a button that does nothing', '<button>适老版</button>', 'none', '适老版'],
    ['a link that leads elsewhere', '<a href="/other/">适老版</a>', 'undetermined', '适老版'],
  ])('%s', async (_name, body, result, words) => {
    const { ageing, kept } = await lookAt(body);
    expect(ageing).toMatchObject({
      state: 'observed',
      value: { entries: [{ words, isProminent: true }], switched: { result } },
    });
    expect(kept.map(({ type }) => type)).toEqual(['text/html; charset=utf-8', 'image/png']);
  });

  it.each([
    ['no entry', '<a href="/n/1.html">全县推进适老化改造工作</a>', 'absent'],
    [
      'a frame that may hold one',
      '<iframe src="/other/" width="600" height="200"></iframe>',
      'unobserved',
    ],
    [
      'a mark whose script did not come',
      '<script src="http://dcs.conac.cn/js/1.js"></script>',
      'absent',
    ],
    ['a hidden one', '<a href="/old/" style="display:none">适老版</a>', 'absent'],
    [
      'scripts that did not come',
      '<script src="http://no.such.host.invalid/tool.js"></script>',
      'unobserved',
    ],
  ])('%s', async (_name, body, state) => {
    expect((await lookAt(body)).ageing).toMatchObject({ state });
  });

  it('an advertisement in that version, and a mark past its time, are facts', async () => {
    const ad =
      '<div style="position:fixed;right:0;bottom:0"><a href="http://www.shop.com/"><img src="/ad.png" alt="" width="200" height="200"></a></div>';
    const mark = '<div><p>授予日期：2021-10-08 <a href="/mark.html">信息无障碍标识</a></p></div>';
    const { ageing } = await lookAt(`<button ${GROWS}>适老模式</button>${ad}${mark}`);
    expect(ageing).toMatchObject({
      value: {
        ads: [{ excerpt: expect.stringContaining('www.shop.com') }],
        mark: { words: '信息无障碍标识', awardedOn: '2021-10-08', validUntil: '2023-10-08' },
      },
    });
  });
});

it('of a frame set nothing is said: its content stands in the frames', async () => {
  home =
    '<html><head><title>某局</title></head><frameset cols="50%,50%"><frame src="/other/"><frame src="/other/"></frameset></html>';
  const look = new HomeLook();
  const result = await room.render('/', { look: look.look });
  const { accessibility, ageing } = look.facts(result);
  expect([accessibility.state, ageing.state]).toEqual(['unobserved', 'unobserved']);
});

it('of a page whose scripts were stopped nothing is said', async () => {
  const { accessibility, ageing } = await lookAt(
    '<button>适老版</button><script>for(;;);</script>',
  );
  expect(accessibility).toMatchObject({
    state: 'unobserved',
    reason: '首页的脚本被停止，没有做无障碍检查',
  });
  expect(ageing).toMatchObject({
    value: { switched: { result: 'undetermined', reason: '首页的脚本被停止，入口没有使用' } },
  });
});
