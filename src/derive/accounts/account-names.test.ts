import { describe, expect, it } from 'vitest';
import { bareName, captionsIn, coreName, normalName, readCaption } from './account-names.ts';

describe('captions', () => {
  it.each([
    ['微信公众号：衡南发布', '衡南发布', 'wechat'],
    ['微信公众号:衡南发布 欢迎关注', '衡南发布', 'wechat'],
    ['扫码关注“衡南发布”', '衡南发布', null],
    ['扫码关注衡南发布微信公众号', '衡南发布', 'wechat'],
    ['官方微博@衡南发布', '衡南发布', 'weibo'],
    ['官方微博 衡南发布', '衡南发布', 'weibo'],
    ['新浪微博（衡南发布）：https://weibo.com/u/1', '衡南发布', 'weibo'],
    ['衡南发布官方抖音号', '衡南发布', 'douyin'],
    ['“衡南融媒”视频号', '衡南融媒', 'channels'],
    ['欢迎关注【衡南教育】公众号', '衡南教育', 'wechat'],
    ['请下载“掌上衡南”手机客户端', '掌上衡南', 'app'],
    ['微信扫一扫', null, 'wechat'],
    ['扫一扫，关注我们', null, null],
    ['官方微信', null, 'wechat'],
    ['来源：人民日报微信公众号', null, 'wechat'],
    ['企业服务交流微信群', null, null],
  ])('%s', (text, name, platform) => {
    expect(readCaption(text)).toMatchObject({ name, platform });
  });

  it('a WeChat id is told from a name', () => {
    expect(readCaption('微信号：HengNanFB')).toMatchObject({ name: null, wxid: 'hengnanfb' });
  });

  it.each([
    ['微信公众号：衡南发布　头条号：衡南融媒', ['wechat 衡南发布', 'toutiao 衡南融媒']],
    ['据“祁东发布”微信公众号消息，会议召开', []],
    ['来源：祁东融媒微信公众号', []],
    ['各单位要办好政务微博、微信公众号和移动客户端，关注群众诉求', []],
    ['抖音号：衡南教育', ['douyin 衡南教育']],
  ])('of a line %s', (line, found) => {
    expect(captionsIn(line).map(({ platform, name }) => `${platform} ${name}`)).toEqual(found);
  });

  it('a name alone is one, a title or a button is not', () => {
    expect(bareName('衡南发布')).toBe('衡南发布');
    for (const text of ['点击进入', '更多', '我县召开会议，部署工作', '二维码', '123456'])
      expect(bareName(text)).toBeNull();
  });

  it('names are compared without width, blanks, quotes and dress', () => {
    expect(normalName('“衡 南ＦＢ”')).toBe('衡南fb');
    expect(coreName('衡南发布')).toBe(coreName('衡南官微'));
    expect(coreName('衡南政务新媒体')).toBe('衡南');
    expect(coreName('发布')).toBe('发布');
  });

  it('takes linear time for hostile words', () => {
    const started = performance.now();
    for (const piece of ['官方微博', '关注我们', '微信公众号：', '（（（（', '扫码关注'])
      readCaption(piece.repeat(20_000));
    coreName('官方微博'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
