import type { Draw } from '../sites/draw.ts';
import type { Scene } from '../sites/words.ts';
import type { PlantedKind } from './planted.ts';

/** A wrong or tempting piece of text and the sentence around it, `{x}` standing for it. */
export interface Sentence {
  readonly words: string;
  readonly sentence: string;
}

const EXPRESSIONS = ['中华人民共合国', '中华人共和国', '中华人民共和囯'] as const;
const STATE = [
  '根据《{x}安全生产法》的有关规定，{org}组织开展专项检查。',
  '庆祝{x}成立纪念活动在{place}举行。',
  '依照《{x}政府信息公开条例》，现将有关事项公布如下。',
] as const;

const TYPOS = [
  ['秸杆', '{org}加强{x}禁烧巡查，落实网格责任。'],
  ['布署', '会议对下一阶段重点任务作出{x}。'],
  ['按装', '社区为独居老人{x}了烟雾报警器。'],
  ['一如继往', '{org}将{x}做好服务保障工作。'],
  ['既使', '{x}遇到困难，也要按期完成整改任务。'],
] as const;

const IMPOSSIBLE = ['2月30日', '4月31日', '6月31日', '13月5日'] as const;
const NAMES = ['李建军', '王秀英', '张国强', '刘桂兰', '陈志明', '杨丽华'] as const;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** An identity number (GB 11643-1999) of nobody: a right checksum, or the one after it. */
function identityNumber(draw: Draw, right: boolean): string {
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  const born = `${draw.int(1950, 1995)}${pad(draw.int(1, 12), 2)}${pad(draw.int(1, 28), 2)}`;
  const body = `4306${pad(draw.int(21, 29), 2)}${born}${pad(draw.int(1, 999), 3)}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * WEIGHTS[at]!, 0);
  const wanted = right ? sum % 11 : (sum + 1) % 11;
  return body + CHECKS[wanted]!;
}

/** Draws the sentence of a kind; null when the kind is a link. */
export function drawSentence(kind: PlantedKind, draw: Draw, scene: Scene): Sentence | null {
  const put = (template: string, words: string): Sentence => ({
    words,
    sentence: template
      .replace('{x}', words)
      .replaceAll('{org}', scene.org)
      .replaceAll('{place}', scene.place),
  });
  switch (kind) {
    case 'expression':
      return put(draw.pick(STATE), draw.pick(EXPRESSIONS));
    case 'typo': {
      const [words, template] = draw.pick(TYPOS);
      return put(template, words);
    }
    case 'identityNumber':
      return put(`公示对象${draw.pick(NAMES)}，身份证号：{x}。`, identityNumber(draw, true));
    case 'badChecksum':
      return put('本批项目统一编号为{x}，请各单位核对。', identityNumber(draw, false));
    case 'impossibleDate':
      return put('公示期至{x}止，逾期不再受理。', draw.pick(IMPOSSIBLE));
    case 'officePhone':
      return put(
        '如有异议请与{org}联系，电话：{x}。',
        `0730-8${String(draw.int(100_000, 999_999))}`,
      );
    case 'leapDay':
      return put('活动自2020年{x}起开展。', '2月29日');
    default:
      return null;
  }
}
