import { readPage } from '../../derive/page/read-page.ts';
import type { FooterView } from '../../domain/site-facts.ts';
import type { JudgedCase, LabelledSet } from './measure.ts';

type Truth = Partial<Pick<FooterView, 'siteCode' | 'icp' | 'policeRecord'>> & {
  readonly mark?: Exclude<FooterView['partyGovMark'], false>;
  readonly findError?: Exclude<FooterView['findError'], false>;
};
type Foot = readonly [name: string, html: string, truth: Truth];

const CONAC_SCRIPT = `<script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='https://dcs.conac.cn/js/21/000/0000/60420000/CA210000000604200000001.js' type='text/javascript'%3E%3C/script%3E"));</script>`;
const CONAC_LINK =
  '<a href="https://bszs.conac.cn/sitename?method=show&id=08A1"><img src="//dcs.conac.cn/image/red.png"></a>';
const FIND_SCRIPT =
  '<script id="_jiucuo_" sitecode="4399990001" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>';
const FIND_LINK =
  '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4399990001&url=http%3A%2F%2Fwww.jia.gov.cn"><img src="jiucuo.png"></a>';

/** Feet of pages with what a person reads in each; what is not named is not there. */
const FEET: readonly Foot[] = [
  [
    '全项',
    `<div class="footer">主办单位：甲县人民政府　网站标识码：4399990001　湘ICP备05000001号-1　湘公网安备 43010202000001号${CONAC_SCRIPT}${FIND_SCRIPT}</div>`,
    {
      siteCode: '4399990001',
      icp: '湘ICP备05000001号-1',
      policeRecord: '湘公网安备 43010202000001号',
      mark: 'script',
      findError: 'script',
    },
  ],
  [
    '链接式',
    `<footer><p>政府网站标识码 bm14000002</p><p>京ICP备12345678号</p>${CONAC_LINK}${FIND_LINK}</footer>`,
    { siteCode: 'bm14000002', icp: '京ICP备12345678号', mark: 'link', findError: 'link' },
  ],
  [
    '码在标签里',
    '<div id="foot">政府网站标识码:<span>4399990002</span></div>',
    { siteCode: '4399990002' },
  ],
  ['半角没有冒号', '<div class="bottom">网站标识码 1304000009</div>', { siteCode: '1304000009' }],
  [
    '字号之间有空格',
    '<div class="footer">网站标识码： bm 07000001</div>',
    { siteCode: 'bm07000001' },
  ],
  [
    '码被切开',
    '<div class="footer">网站标识码：<b>439999</b><b>0003</b></div>',
    { siteCode: '4399990003' },
  ],
  ['注释里的不算', '<div class="footer">版权所有 甲县<!-- 网站标识码：4399990001 --></div>', {}],
  ['只有找错里的码', `<div class="footer">版权所有${FIND_LINK}</div>`, { findError: 'link' }],
  [
    '公安备案的别种写法',
    '<div class="footer">郑公备：41010029000130</div>',
    { policeRecord: '郑公备：41010029000130' },
  ],
  [
    '公安备案没有省',
    '<div class="footer"><a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=43010202000001">公安备案号：43010202000001</a></div>',
    { policeRecord: '43010202000001' },
  ],
  [
    '备案号被切开',
    '<div class="footer"><span>湘ICP</span><span>备</span><span>05000001</span><span>号</span></div>',
    { icp: '湘ICP备05000001号' },
  ],
  [
    '许可证',
    '<div class="footer">经营许可证编号：湘B2-20200001　湘ICP备05000002号</div>',
    { icp: '湘ICP备05000002号' },
  ],
  [
    '只有图',
    '<div class="footer"><a href="#"><img src="/images/red.png" alt="党政机关"></a><a href="#"><img src="/images/jiucuo.png" alt="政府网站找错"></a></div>',
    { mark: 'image-only', findError: 'image-only' },
  ],
  [
    '脚本点击',
    `<div class="footer"><a href="javascript:;" onclick="Link('4399990001')"><img src="jiucuo.png"></a></div>`,
    { findError: 'link' },
  ],
  [
    '过时的入口',
    '<div class="footer"><a href="http://pucha.kaipuyun.cn/exposure/jiucuo.html?site_code=4399990001"><img src="jiucuo.png"></a></div>',
    { findError: 'outdated' },
  ],
  [
    '脚本写出',
    `<div class="footer"><script>document.writeln("<p>网站标识码：4399990004<\\/p><p>湘ICP备05000003号<\\/p>");</script></div>`,
    { siteCode: '4399990004', icp: '湘ICP备05000003号' },
  ],
  [
    '地址被拆开',
    `<div class="footer"><script>document.write('<script src="ht'+'tps://dcs.conac.cn/js/21/CA1.js"><'+'/script>');</script></div>`,
    { mark: 'script' },
  ],
  ['没有页脚', '<p>正文里说网站标识码要列明。</p>', {}],
  [
    '正文里的号码',
    '<p>办理热线 4399990001，请拨打。</p><div class="footer">版权所有 甲县</div>',
    {},
  ],
  [
    '事业单位蓝标',
    '<div class="footer"><a href="https://bszs.conac.cn/sitename?method=show&id=1"><img src="//dcs.conac.cn/image/blue.png"></a></div>',
    { mark: 'link' },
  ],
  [
    '全角数字',
    '<div class="footer">网站标识码：４３９９９９０００５</div>',
    { siteCode: '4399990005' },
  ],
  [
    '表格式',
    '<table class="foot"><tr><td>网站标识码：</td><td>4399990006</td></tr><tr><td>备案序号：湘ICP备05000004号</td></tr></table>',
    { siteCode: '4399990006', icp: '湘ICP备05000004号' },
  ],
  [
    '备案在链接里',
    '<div class="footer"><a href="https://beian.miit.gov.cn/">湘ICP备05000005号-2</a> <a href="https://beian.mps.gov.cn/#/query/webSearch?code=43010202000009">湘公网安备43010202000009号</a></div>',
    { icp: '湘ICP备05000005号-2', policeRecord: '湘公网安备43010202000009号' },
  ],
  [
    '隐藏的不算',
    '<div class="footer"><p style="display:none">网站标识码：4399990001</p>版权所有</div>',
    {},
  ],
];

const squeezed = (text: string): string => text.replace(/\s/gu, '');

/** Each element of each foot is a case. */
export const FOOTERS: LabelledSet = {
  id: 'footers',
  title: '页脚要素',
  judge: () => FEET.flatMap(judgeFoot),
};

function judgeFoot([name, html, truth]: Foot): readonly JudgedCase[] {
  const source = `<html><head><meta charset="utf-8"><title>甲县人民政府</title></head><body><h1>甲县</h1><p>${'甲县位于乙省东部。'.repeat(30)}</p>${html}</body></html>`;
  const { footer } = readPage({
    bytes: new TextEncoder().encode(source),
    url: 'http://www.jia.gov.cn/',
    today: '2020-09-17',
  });
  const row = (element: string, expected: string, found: string): JudgedCase => ({
    of: `${name} ${element}`,
    line: element,
    expected: squeezed(expected),
    found: squeezed(found),
  });
  return [
    row('标识码', truth.siteCode ?? '', footer.siteCode ?? ''),
    row('备案', truth.icp ?? '', footer.icp ?? ''),
    row('公安备案', truth.policeRecord ?? '', footer.policeRecord ?? ''),
    row('党政机关标识', truth.mark ?? '', footer.partyGovMark || ''),
    row('找错', truth.findError ?? '', footer.findError || ''),
  ];
}
