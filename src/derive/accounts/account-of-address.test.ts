import { describe, expect, it } from 'vitest';
import { keyText } from '../../domain/discovered-account.ts';
import { accountOfAddress, isShortLink } from './account-of-address.ts';

const SEC = `MS4wLjABAAAA${'x'.repeat(43)}`;

describe('the account of an address', () => {
  it.each([
    ['https://weibo.com/u/1234567890?refer_flag=1', 'weibo:uid:1234567890'],
    ['//weibo.com/1234567890', 'weibo:uid:1234567890'],
    ['http://www.weibo.com/1234567890/profile', 'weibo:uid:1234567890'],
    ['https://m.weibo.cn/profile/1234567890', 'weibo:uid:1234567890'],
    ['http://weibo.com/p/1001061234567890/home', 'weibo:uid:1234567890'],
    ['https://weibo.com/n/%E8%A1%A1%E5%8D%97%E5%8F%91%E5%B8%83', 'weibo:name:衡南发布'],
    ['http://e.weibo.com/HengNanFB', 'weibo:custom:hengnanfb'],
    ['https://weibo.com/hengnanfb#/home', 'weibo:custom:hengnanfb'],
    ['http://service.weibo.com/share/share.php?url=x&ralateUid=1234567890', 'weibo:uid:1234567890'],
    [
      'http://widget.weibo.com/weiboshow/index.php?width=0&amp;uid=1234567890',
      'weibo:uid:1234567890',
    ],
    [
      'https://mp.weixin.qq.com/s?__biz=MzAwMDEyMzQ1Ng==&mid=1&idx=1&sn=a',
      'wechat:biz:MzAwMDEyMzQ1Ng==',
    ],
    ['https://mp.weixin.qq.com/s?__biz=MzAwMDEyMzQ1Ng%3D%3D&mid=1', 'wechat:biz:MzAwMDEyMzQ1Ng=='],
    [
      'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=MzAwMDEyMzQ1Ng',
      'wechat:biz:MzAwMDEyMzQ1Ng==',
    ],
    ['https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv', 'wechat:article:abcdefghijklmnopqrstuv'],
    ['https://open.weixin.qq.com/qr/code?username=gh_0123456789ab', 'wechat:gh:gh_0123456789ab'],
    ['https://open.weixin.qq.com/qr/code/?username=HengNanFB', 'wechat:wxid:hengnanfb'],
    ['http://weixin.qq.com/r/7ENJ5HLEb9r0rbGy9xFX', 'wechat:qr:7ENJ5HLEb9r0rbGy9xFX'],
    ['http://weixin.qq.com/r/mp/7ENJ5HLEb9r0rbGy9xFX', 'wechat:qr:7ENJ5HLEb9r0rbGy9xFX'],
    ['http://weixin.qq.com/q/02abcDEF12', 'wechat:qr:02abcDEF12'],
    [
      'https://www.toutiao.com/c/user/token/MS4wLjABAAAAabcdef/',
      'toutiao:token:MS4wLjABAAAAabcdef',
    ],
    ['https://www.toutiao.com/c/user/50502346173/#mid=1', 'toutiao:uid:50502346173'],
    [
      'http://profile.zjurl.cn/rogue/ugc/profile/?user_id=50502346173&x=1',
      'toutiao:uid:50502346173',
    ],
    [`https://www.douyin.com/user/${SEC}?vid=1`, `douyin:sec_uid:${SEC}`],
    [`https://www.iesdouyin.com/share/user/123456?sec_uid=${SEC}`, `douyin:sec_uid:${SEC}`],
    ['https://v.douyin.com/iRNBho6u/', 'douyin:short:iRNBho6u'],
    ['https://live.kuaishou.com/profile/hengnan666', 'kuaishou:id:hengnan666'],
    ['https://space.bilibili.com/12345678/dynamic', 'bilibili:mid:12345678'],
    [
      'https://www.xiaohongshu.com/user/profile/5f0123456789abcdef012345',
      'xiaohongshu:id:5f0123456789abcdef012345',
    ],
    ['https://apps.apple.com/cn/app/%E8%A1%A1/id1234567890', 'app:appstore:1234567890'],
    ['https://appgallery.huawei.com/#/app/C100123456', 'app:appstore:C100123456'],
    ['https://a.app.qq.com/o/simple.jsp?pkgname=cn.gov.hengnan', 'app:bundle:cn.gov.hengnan'],
    ['http://www.hengnan.gov.cn/down/hn.apk?v=2', 'app:apk:hengnan.gov.cn/down/hn.apk'],
  ])('%s', (address, key) => {
    const reading = accountOfAddress(address);
    expect(reading?.kind === 'account' ? keyText(reading.key) : reading).toBe(key);
  });

  it.each([
    ['https://service.weibo.com/share/share.php?url=x&title=y', 'share'],
    ['http://v.t.sina.com.cn/share/share.php?title=y', 'share'],
    ['https://u.wechat.com/EAbcdef', 'personal'],
    ['https://weixin.qq.com/g/AQYAAabc', 'group'],
    ['https://work.weixin.qq.com/u/vcabc', 'work'],
    ['wxp://f2f0abc', 'payment'],
    ['https://www.toutiao.com/article/7123456789/', 'post'],
  ])('tells apart %s', (address, kind) => {
    expect(accountOfAddress(address)?.kind).toBe(kind);
  });

  it.each([
    'https://weibo.com/',
    'https://weibo.com/login',
    'https://weibo.com/ttarticle/p/show?id=230940',
    'https://s.weibo.com/weibo?q=1',
    'https://mp.weixin.qq.com/',
    'http://www.hengnan.gov.cn/u/1234567890',
    'https://weibo.com.evil.test/u/1234567890',
    'javascript:void(0)',
    `https://weibo.com/${'a'.repeat(5_000)}`,
  ])('nothing of %s', (address) => {
    expect(accountOfAddress(address)).toBeNull();
  });

  it('follows no address whose host is not in the table', () => {
    expect(isShortLink('https://v.douyin.com/iRNBho6u/')).toBe(true);
    expect(isShortLink('http://t.cn/A6abc')).toBe(true);
    for (const address of [
      'http://192.168.1.1/x',
      'http://v.douyin.com.evil.test/x',
      'http://t.cn/',
    ])
      expect(isShortLink(address)).toBe(false);
  });
});
