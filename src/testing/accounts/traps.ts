import { CODE_LOOKS } from './draw-code.ts';
import { strangerOf } from './made-names.ts';
import { articlePage } from './planted-codes.ts';
import type { PlantContext, PlantedPiece } from './planted-ways.ts';

/** What looks like an account of the site and is none: share buttons, other bodies' accounts, people's cards, vendors, friends. */
export type Trap = (context: PlantContext, siteIndex: number) => PlantedPiece;

const code = (context: PlantContext, payload: string, name: string) => {
  const [, look] = CODE_LOOKS[context.nr % 4]!;
  return {
    path: `/images/${name}_${context.nr}.png`,
    payloads: [payload],
    look,
    format: 'png' as const,
  };
};

export const TRAPS: readonly (readonly [string, Trap])[] = [
  [
    'share buttons',
    () => ({
      slot: 'article',
      html: `<div class="bdsharebuttonbox"><a href="#" class="bds_tsina" data-cmd="tsina" title="分享到新浪微博"></a><a class="bds_weixin" data-cmd="weixin" title="分享到微信"></a></div>
<a href="http://service.weibo.com/share/share.php?url=http%3A%2F%2Fwww.gov.cn&title=%E5%85%AC%E5%91%8A&pic=">分享到微博</a>
<a href="https://connect.qq.com/widget/shareqq/index.html?url=http%3A%2F%2Fwww.gov.cn">分享到QQ</a>
<script>function wb(){window.open('https://service.weibo.com/share/share.php?url='+encodeURIComponent(location.href)+'&appkey=')}</script>`,
    }),
  ],
  [
    'share code of the page itself',
    (context, index) => {
      const picture = code(
        context,
        `http://www.s${index}.gov.cn/news/t20200910_1.html`,
        'share_qr',
      );
      return {
        slot: 'article',
        html: `<div class="share"><p>扫一扫在手机打开当前页</p><img src="${picture.path}"></div>`,
        pictures: [picture],
      };
    },
  ],
  [
    'account of others in the news',
    ({ ids, random }, index) => {
      const place = strangerOf(index, random);
      return {
        slot: 'article',
        html: `<p>据“${place}发布”微信公众号消息，9月10日，${place}县召开专题会议。<a href="https://weibo.com/u/${ids.uid()}">${place}发布官方微博</a>也作了报道。来源：${place}融媒微信公众号</p>`,
      };
    },
  ],
  [
    'code of others in the news',
    (context, index) => {
      const place = strangerOf(index, context.random);
      const picture = code(
        context,
        `http://weixin.qq.com/r/${context.ids.qrToken()}`,
        'W020200910',
      );
      return {
        slot: 'article',
        html: `<p>（文章来自${place}县人民医院）</p><p><img src="${picture.path}"></p><p>${place}县人民医院微信公众号</p>`,
        pictures: [picture],
      };
    },
  ],
  [
    'article of others in a list',
    ({ ids, random }, index) => {
      const place = strangerOf(index, random);
      const id = ids.articleId();
      return {
        slot: 'home',
        html: `<li><a href="https://mp.weixin.qq.com/s/${id}">${place}：百里水乡入画来</a></li>`,
        outside: [
          {
            host: 'mp.weixin.qq.com',
            path: `/s/${id}`,
            html: articlePage(ids.biz(), `${place}融媒`),
          },
        ],
      };
    },
  ],
  [
    'personal card',
    (context) => {
      const picture = code(context, `https://u.wechat.com/${context.ids.letters(23)}`, 'wx_person');
      return {
        slot: 'contact',
        html: `<div class="ewm"><img src="${picture.path}" alt="微信二维码"><p>驻村书记李伟的微信，有事扫码联系</p></div>`,
        pictures: [picture],
      };
    },
  ],
  [
    'chat group',
    (context) => {
      const picture = code(
        context,
        `https://weixin.qq.com/g/AQYAA${context.ids.letters(40)}`,
        'wx_group',
      );
      return {
        slot: 'foot',
        html: `<div class="ewm"><img src="${picture.path}"><p>企业服务交流微信群</p></div>`,
        pictures: [picture],
      };
    },
  ],
  [
    'enterprise chat',
    (context) => {
      const picture = code(
        context,
        `https://work.weixin.qq.com/u/vc${context.ids.letters(30)}?v=4.1.0`,
        'qywx',
      );
      return {
        slot: 'side',
        html: `<div class="kefu"><img src="${picture.path}"><p>智能客服（企业微信）</p></div>`,
        pictures: [picture],
      };
    },
  ],
  [
    'programs of others',
    () => ({
      slot: 'contact',
      html: `<p>下载附件需要：<a href="https://apps.apple.com/cn/app/wps-office/id1491101673">WPS Office</a>
<a href="https://get.adobe.com/cn/reader/">Adobe Reader</a> <a href="https://a.app.qq.com/o/simple.jsp?pkgname=com.eg.android.AlipayGphone">支付宝</a>
<a href="https://dl.360safe.com/360zip.apk">360浏览器</a></p>`,
    }),
  ],
  [
    'national media',
    ({ ids }) => ({
      slot: 'side',
      html: `<div class="gjmt"><a href="https://weibo.com/u/${ids.uid()}">人民日报</a><a href="https://weibo.com/u/${ids.uid()}">央视新闻</a>
<a href="https://apps.apple.com/cn/app/id1426355645">学习强国</a></div>`,
    }),
  ],
  [
    'vendor in the foot',
    (context) => {
      const picture = code(context, `http://weixin.qq.com/r/${context.ids.qrToken()}`, 'js_ewm');
      return {
        slot: 'foot',
        html: `<div class="jszc">技术支持：湘江软件股份有限公司 <a href="https://weibo.com/xjsoft${context.nr}">微博</a><img src="${picture.path}" alt="湘江软件"></div>`,
        pictures: [picture],
      };
    },
  ],
  [
    'friendly links',
    ({ ids, random }, index) => ({
      slot: 'foot',
      html: `<div class="yqlj"><h3>友情链接</h3><a href="https://weibo.com/u/${ids.uid()}">${strangerOf(index, random)}发布</a> <a href="http://www.hunan.gov.cn">湖南省人民政府</a>
<select onchange="window.open(this.value)"><option>政务微博</option><option value="https://weibo.com/u/${ids.uid()}">${strangerOf(index, random)}公安</option></select></div>`,
    }),
  ],
  [
    'marks of the foot',
    () => ({
      slot: 'foot',
      html: `<p><a href="https://bszs.conac.cn/sitename?method=show"><img src="/images/red.png" alt="党政机关"></a><img src="/images/jiucuo.png" alt="政府网站找错"><img src="/images/gongan.png"></p>`,
    }),
  ],
  [
    'talk about platforms',
    () => ({
      slot: 'article',
      html: `<p>会议要求，各单位要办好政务微博、微信公众号和移动客户端，关注群众诉求。广大网民可以通过微信、微博分享。</p>`,
    }),
  ],
];
