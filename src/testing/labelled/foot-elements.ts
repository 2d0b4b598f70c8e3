import { markReadings } from '../../derive/guideline/mark-readings.ts';
import { readPage } from '../../derive/page/read-page.ts';
import { MARK_NAMES, type MarkName } from '../../domain/facts/guideline-facts.ts';
import type { JudgedCase, LabelledSet } from './measure.ts';

/** What a foot shows of one element: there with a use, there without one, or not there. */
export type FootLabel = 'shown' | 'defective' | 'missing' | 'unsure';

/** One written foot with what a person reads in it. Elements that are not named are `missing`. */
export interface FootCase {
  readonly name: string;
  readonly html: string;
  readonly labels: Readonly<Partial<Record<MarkName, FootLabel>>>;
}

const CONAC =
  '<script src="//dcs.conac.cn/js/18/000/0000/60000001/CA180000000600000010002.js"></script>';
const ERROR_SCRIPT =
  '<script id="_jiucuo_" sitecode="4300000041" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>';
const WHOLE = {
  党政机关网站标识: 'shown',
  我为政府网站找错: 'shown',
  网站标识码: 'shown',
  主办单位: 'shown',
  联系方式: 'shown',
  ICP备案号: 'shown',
  公安机关备案号: 'shown',
} as const;

/** Feet in the ways in which publishing systems write them (page-patterns §8), each written for this set. */
export const FOOT_CASES: readonly FootCase[] = [
  {
    name: 'one line',
    html: `<div class="footer"><p>主办单位：某市人民政府办公室 电话：0731-88888888 网站标识码：4300000041 湘ICP备05000618号 湘公网安备43010302000524号</p>${CONAC}${ERROR_SCRIPT}</div>`,
    labels: WHOLE,
  },
  {
    name: 'a table with blanks inside the labels',
    html: `<table><tr><td>主 办：某市财政局</td><td>联系电话：（0731）88886666</td></tr><tr><td>政府网站标识码：4300000041</td><td><a href="https://beian.miit.gov.cn/">湘ICP备05000618号-1</a></td><td><a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=43010302000524"><img src="/ba.png">湘公网安备 43010302000524号</a></td></tr></table><a href="https://bszs.conac.cn/sitename?method=show&id=1"><img src="/red.png"></a><a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4300000041"><img src="/jiucuo.png"></a>`,
    labels: WHOLE,
  },
  {
    name: 'numbers cut by inline markup',
    html: `<footer>网站标识码<span>：</span><b>4300000041</b><i>主办：</i><em>某县人民政府</em> <span>湘ICP备</span><span>05000618号</span> 邮箱：wz@a.gov.cn ${CONAC}</footer>`,
    labels: {
      党政机关网站标识: 'shown',
      网站标识码: 'shown',
      主办单位: 'shown',
      联系方式: 'shown',
      ICP备案号: 'shown',
    },
  },
  {
    name: 'pictures that lead nowhere',
    html: '<div class="foot"><img src="/images/dzjg.png" alt="党政机关"><img src="/images/jiucuo.png"><p>主办：某局 网站标识码：4300000041</p></div>',
    labels: {
      党政机关网站标识: 'defective',
      我为政府网站找错: 'defective',
      主办单位: 'shown',
      网站标识码: 'shown',
    },
  },
  {
    name: 'the template’s own numbers',
    html: '<div>版权所有：某市人民政府 网站标识码：4301000000 湘ICP备10000000号 湘公网安备11111111111111号 联系我们</div>',
    labels: {
      网站标识码: 'defective',
      主办单位: 'unsure',
      联系方式: 'shown',
      ICP备案号: 'defective',
      公安机关备案号: 'defective',
    },
  },
  {
    name: 'an entry no longer served',
    html: `<div>主办：某区人民政府办公室 地址：某路1号 热线：12345<a href="http://121.43.68.40/exposure/jiucuo.html?site_code=4300000041"><img src="/jc.png"></a></div>`,
    labels: { 主办单位: 'shown', 联系方式: 'shown', 我为政府网站找错: 'defective' },
  },
  {
    name: 'what stands in comments is not shown',
    html: '<div>某局<!-- 网站标识码：4300000041 湘ICP备05000618号 主办单位：某局 --></div>',
    labels: {},
  },
  {
    name: 'an article about feet has none',
    html: '<div class="article"><p>各网站要在底部写明主办单位、网站标识码、ICP备案号和公安机关备案号。活动由某局主办，电话预约。</p></div>',
    labels: {},
  },
  {
    name: 'written by a script in the page',
    html: `<script>document.write('<p>主办单位：某县人民政府 网站标识码：4300000041</p><p>ICP备案：湘ICP备05000618号</p>')</script>${ERROR_SCRIPT}`,
    labels: {
      主办单位: 'shown',
      网站标识码: 'shown',
      ICP备案号: 'shown',
      我为政府网站找错: 'shown',
    },
  },
  {
    name: 'a department of the centre',
    html: `<div>主办单位：某部办公厅 网站标识码：bm55000001 京ICP备05070218号 京公网安备11010102000001号 联系方式：010-66666666${CONAC}<img onclick="Link('bm55000001')" src="/jiucuo.gif"></div>`,
    labels: WHOLE,
  },
];

/** What the program reads of every element of a foot. */
export function readFoot({ html }: FootCase) {
  const bytes = new TextEncoder().encode(`<html><meta charset="utf-8"><body>${html}</body></html>`);
  const { footer } = readPage({ bytes, url: 'http://www.a.gov.cn/', today: '2020-09-17' });
  return markReadings(footer, footer.byScript);
}

/** The seven elements of a foot as they are shown: there with a use, there without one, or not to be told. */
export const FOOT_STATES: LabelledSet = {
  id: 'foot-states',
  title: '底部七项要素的显示（有、有缺陷、看不清）',
  judge: () =>
    FOOT_CASES.flatMap((foot) => {
      const read = readFoot(foot);
      const stateOf = (state: string | undefined): string =>
        state === undefined || state === 'missing' ? '' : state;
      return MARK_NAMES.map(
        (name): JudgedCase => ({
          ...{ of: `${foot.name} ${name}`, line: name },
          ...{ expected: stateOf(foot.labels[name]), found: stateOf(read[name].state) },
        }),
      );
    }),
};
