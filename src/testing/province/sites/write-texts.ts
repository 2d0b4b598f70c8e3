import { chineseDate } from '../../../lib/pure/dates.ts';
import { writePlanted } from '../whole/write-planted.ts';
import { writeCounterpart } from '../whole/write-structure.ts';
import { drawFrom } from './draw.ts';
import type { ListItem } from './list-items.ts';
import { writeDate } from './list-items.ts';
import type { Section } from './section.ts';
import { type SiteModel, trailOf } from './site-model.ts';
import type { System } from './traits.ts';
import { escapeHtml, makeParagraphs } from './words.ts';
import { writePage, writeSectionPage } from './write-page.ts';

type Frame = readonly [open: string, close: string];

/** The element in which each publishing system puts an article's text (page-patterns §6). */
const BODIES: Readonly<Record<System, Frame>> = {
  trs: ['<div class="TRS_Editor"><div class="Custom_UnionStyle">', '</div></div>'],
  jcms: ['<!--ZJEG_RSS.content.begin--><div id="zoom">', '</div><!--ZJEG_RSS.content.end-->'],
  vsb: ['<div id="vsb_content"><div class="v_news_content">', '</div></div>'],
  array: ['<div class="article-content">', '</div>'],
  json: ['<div id="UCAP-CONTENT">', '</div>'],
  dated: ['<div id="ivs_content" class="Article_content">', '</div>'],
  aspx: ['<div class="content" id="fontzoom">', '</div>'],
  jhtml: ['<div class="ewb-article-info">', '</div>'],
};

function articleDate(model: SiteModel, item: ListItem): string {
  const minute = item.time.slice(0, 5);
  switch (model.traits.system) {
    case 'dated':
      return `<small id="ivs_date">( ${item.date})</small>`;
    case 'trs':
      return `<span>发布时间：${item.date} ${minute}</span>`;
    case 'vsb':
      return `<span>日期：${chineseDate(item.date)} ${minute}</span>`;
    case 'aspx':
      return `<span>更新时间：${writeDate('slash', item)}</span>`;
    default:
      return `<span>发布日期：${writeDate('minute', item)}</span>`;
  }
}

/** An article. Its text may name other days; the day of publication is the one in its head line. */
export function writeArticle(model: SiteModel, section: Section, item: ListItem): string {
  const { plan } = model;
  const draw = drawFrom(plan.seed, `article/${item.id}`);
  const scene = { place: plan.place, org: plan.sponsor };
  const paragraphs = makeParagraphs(draw, scene, draw.int(3, 7));
  if (draw.chance(0.4))
    paragraphs.push(`${plan.sponsor}</p><p style="text-align:right">${chineseDate(item.date)}`);
  paragraphs.push(...writePlanted(model, item.id), ...writeCounterpart(model, item.id));
  const [open, close] = BODIES[model.traits.system];
  const crumb = trailOf(model, section)
    .map((part) => `<a href="${part.path}">${part.name}</a>`)
    .join(' &gt; ');
  const text = paragraphs.map((line) => `<p>　　${line}</p>`).join('\n');
  const body = `<div class="w"><div class="crumb">当前位置：<a href="/">首页</a> &gt; ${crumb}</div>
<h1>${escapeHtml(item.title)}</h1>
<div class="info">${articleDate(model, item)} <span>来源：${plan.sponsor}</span> <span>浏览次数：<em id="hits">${draw.int(20, 900)}</em></span></div>
${open}
${text}
${close}
<p>责任编辑：综合科</p></div>`;
  return writePage(model, { title: `${item.title}-${plan.name}`, section, item }, body);
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  jgzn: [
    '贯彻执行国家有关法律法规和方针政策，起草有关规范性文件并组织实施。',
    '负责编制本系统发展规划，组织拟订年度计划并监督执行。',
    '承担本行业监督管理工作，依法查处违法违规行为。',
    '指导下级单位业务工作，负责队伍建设和教育培训。',
    '完成上级交办的其他任务。',
  ],
  ldxxi: [
    '主要负责人：主持全面工作。',
    '分管负责人（一）：分管办公室、财务、人事工作。',
    '分管负责人（二）：分管政策法规、监督检查工作。',
    '分管负责人（三）：分管业务科室和直属单位。',
  ],
  nsjg: [
    '办公室：负责机关日常运转、文电、会务、机要、档案、信息公开等工作。',
    '政策法规科：负责规范性文件合法性审查和行政复议、应诉工作。',
    '综合业务科：负责拟订业务工作计划并组织实施。',
    '监督管理科：负责行业监督检查工作。',
  ],
  gkzn: [
    '本机关依照《中华人民共和国政府信息公开条例》编制本指南。',
    '主动公开的信息通过本网站、新闻发布会以及其他便于公众知晓的方式公开。',
    '公民、法人或者其他组织可以向本机关申请获取政府信息。',
    '本机关收到申请后，能够当场答复的当场予以答复；不能当场答复的，自收到申请之日起二十个工作日内予以答复。',
  ],
};

/** A section that is one text: no list, and no date is due. */
export function writeSinglePage(model: SiteModel, section: Section): string {
  const { plan } = model;
  const lines = TEXTS[section.slug] ?? [
    `${plan.sponsor}是${plan.place}的工作部门，依法履行法定职责。`,
    ...TEXTS.jgzn!.slice(0, 3),
  ];
  const text = lines.map((line, at) => `<p>（${'一二三四五六'[at]}）${line}</p>`).join('\n');
  return writeSectionPage(
    model,
    section,
    `<div class="intro">\n<p>${plan.sponsor}</p>\n${text}\n</div>`,
  );
}

const NOTES: Readonly<Record<string, readonly [string, string]>> = {
  '/wzdt.html': ['网站地图', '请通过页面顶部导航进入各栏目。'],
  '/lxwm.html': ['联系我们', '如发现网站运行问题，请与网站主办单位联系。'],
  '/wzsm.html': ['网站声明', '本网站内容未经许可不得用于商业目的。'],
};

/** The small pages that the foot links to, or null. */
export function writeNote(model: SiteModel, path: string): string | null {
  const note = NOTES[path];
  if (!note) return null;
  const body = `<div class="w"><h2>${note[0]}</h2><p>${note[1]}</p></div>`;
  return writePage(model, { title: `${note[0]}-${model.plan.name}` }, body);
}
