import { type Handler, startServer, type TestServer } from '../servers/start-server.ts';
import { makePicture } from './serve-made-web.ts';

/** What its code says. */
export const SHOWN_CODE = 'http://weixin.qq.com/r/mp/7ENJ5HLEb9r0rbGy9xFX';

/** A home page that shows an account by a code, another by a link, and a registered one: of 岳阳市. */
export const SHOWN_HOME = `<!doctype html><html><head><meta charset="utf-8"><title>岳阳市人民政府</title></head><body>
<div class="footer"><ul class="ewm"><li><img src="/images/wx.png"><p>岳阳政务</p></li></ul>
<a href="https://weibo.com/u/1234567890" title="官方微博：岳阳微播"></a><p>微信公众号：岳阳发布</p></div></body></html>`;

const send: Handler = async (_request, response) => {
  const look = { module: 4, quiet: 4 };
  const picture = { path: '/wx', payloads: [SHOWN_CODE], look, format: 'png' as const };
  response.writeHead(200, { 'content-type': 'image/png' }).end(await makePicture(picture));
};

/** The host of that page's pictures: every address is the code. */
export const serveShownCode = (): Promise<TestServer> => startServer(send);
