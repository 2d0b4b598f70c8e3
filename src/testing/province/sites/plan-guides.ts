import { type Draw, drawFrom } from './draw.ts';
import type { Section } from './section.ts';
import type { SitePlan } from './site-plan.ts';
import { SERVICES } from './words.ts';

/** One service guide as planned: a title, and its labelled elements in order. */
export interface Guide {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
  /** Elements (要素) that it does not tell. */
  readonly lacks: readonly string[];
}

/** The eight element categories in the words that offices really use. */
const LABELS = {
  name: ['事项名称', '办理事项', '服务事项名称'],
  basis: ['设定依据', '办理依据', '法律依据', '实施依据'],
  condition: ['申请条件', '受理条件', '办理条件', '申报条件'],
  material: ['办理材料', '申报材料', '申请材料', '所需材料', '提交材料'],
  location: ['办理地点', '受理地点', '办公地点', '办公地址'],
  hours: ['办理时间', '办公时间', '受理时间', '工作时间'],
  phone: ['联系电话', '咨询电话', '联系方式'],
  flow: ['办理流程', '办事流程', '办理程序', '工作流程'],
} as const;
type Element = keyof typeof LABELS;
/** As the standard calls them. */
const ELEMENT_NAMES: Readonly<Record<Element, string>> = {
  ...{ name: '事项名称', basis: '设定依据', condition: '申请条件', material: '办理材料' },
  ...{ location: '办理地点', hours: '办理时间', phone: '联系电话', flow: '办理流程' },
};
const ELEMENTS = Object.keys(LABELS) as Element[];

function textOf(element: Element, title: string, place: string, draw: Draw): string {
  switch (element) {
    case 'name':
      return title;
    case 'basis':
      return '《中华人民共和国行政许可法》及相关法律、行政法规的规定';
    case 'condition':
      return '具有完全民事行为能力的自然人，或者依法设立的法人和其他组织，符合国家规定的标准';
    case 'material':
      return '1.申请表（原件2份）；2.申请人身份证明（复印件1份）；3.场所证明材料';
    case 'location':
      return `${place}政务服务中心${draw.int(1, 3)}楼${draw.int(1, 40)}号窗口`;
    case 'hours':
      return '周一至周五 上午8:30-12:00，下午14:30-17:30（法定节假日除外）';
    case 'phone':
      return `0${draw.int(710, 799)}-${draw.int(2_000_000, 8_999_999)}`;
    case 'flow':
      return '申请—受理—审查—决定—送达';
  }
}

/** Lines that every guide may have besides; none of them is one of the eight categories. */
const EXTRAS: readonly (readonly [string, string])[] = [
  ['法定时限', '20个工作日'],
  ['承诺时限', '5个工作日'],
  ['收费标准', '不收费'],
  ['办件类型', '承诺件'],
];

/** How many of the guides lack elements, of how many. */
function guideCounts(plan: SitePlan, draw: Draw): { total: number; lacking: number } {
  if (plan.problems.includes('site.veto.service.guide-all')) {
    const total = draw.int(2, 4);
    return { total, lacking: total };
  }
  const total = draw.int(6, 8);
  if (plan.problems.includes('site.veto.service.guide5')) return { total, lacking: draw.int(5, 6) };
  // A whole site shows some of everything, and stays below the threshold.
  if (plan.whole) return { total, lacking: draw.int(0, 3) };
  return { total, lacking: plan.problems.length === 0 && draw.chance(0.3) ? draw.int(1, 2) : 0 };
}

function makeGuide(
  place: string,
  problems: readonly string[],
  draw: Draw,
  title: string,
  lacking: boolean,
): Guide {
  const kept: readonly Element[] = lacking
    ? ['name', ...draw.some(ELEMENTS.slice(1), draw.int(2, 3))]
    : ELEMENTS;
  const words = (element: Element): string =>
    // A site without a channel of its own must not look as if it offered one by a label.
    problems.includes('site.veto.interaction.no-channel') && element === 'phone'
      ? '联系电话'
      : draw.pick(LABELS[element]);
  const lines = kept.map((element): readonly [string, string] => [
    words(element),
    textOf(element, title, place, draw),
  ]);
  const lacks = ELEMENTS.filter((element) => !kept.includes(element));
  return {
    title,
    lines: [...lines, ...draw.some(EXTRAS, draw.int(1, 3))],
    lacks: lacks.map((element) => ELEMENT_NAMES[element]),
  };
}

/** The shared platform that holds the guides of a site, or null when the site publishes its own. */
export const sharedHost = (plan: SitePlan): string | null =>
  plan.problems.some((rule) => rule.startsWith('site.veto.service')) ? null : plan.platformHost;

/** The guides that a shared platform holds for a site: both sides know them by the site code alone. */
export function sharedGuidesOf(siteCode: string): Guide[] {
  const draw = drawFrom(0, `shared/${siteCode}`);
  return draw
    .some(SERVICES, draw.int(6, 8))
    .map((title) => makeGuide('本级', [], draw, title, false));
}

/** The guides of a site that publishes its own. */
export function guidesOf(plan: SitePlan): Guide[] {
  const draw = drawFrom(plan.seed, 'guides');
  const { total, lacking } = guideCounts(plan, draw);
  const first = draw.int(0, total - lacking);
  return draw
    .some(SERVICES, total)
    .map((title, at) =>
      makeGuide(plan.place, plan.problems, draw, title, at >= first && at < first + lacking),
    );
}

export const guidePath = (section: Section, at: number): string =>
  `${section.folder}bszn_${at + 1}.html`;
