import type { Candidate } from './candidate.ts';
import type { Characters } from './characters.ts';
import type { Span } from './find-names.ts';
import { findTypos, type Typo } from './find-typos.ts';
import type { ReadableText } from './readable-text.ts';
import type { WordModel } from './word-model.ts';

export type TypoFinder = (readable: ReadableText, right: readonly Span[]) => Candidate[];

/** An odd word that stands this often in one text is meant. */
const SAME_MAX = 3;
const HAN = /[\u3400-\u9fff]/;
const HAN_RUN = /[\u3400-\u9fff]{2,}/g;

/**
 * Ordinary typos as findings. What looks like the name of a person or a small place is passed over: no dictionary has them all, and
 * a wrong "correction" of a name is worse than a typo that stays.
 */
export function createTypoFinder(
  model: WordModel,
  characters: Characters,
  persons: readonly string[],
): TypoFinder {
  const known = new Set(persons);
  return ({ text, gaps }, right) => {
    const inName = new Uint8Array(text.length);
    for (const { start, end } of right) inName.fill(1, start, end);
    const found: Candidate[] = [];
    const seen = new Map<string, number>();
    for (const [from, to] of wordRuns(text, gaps)) {
      for (const typo of findTypos(model, characters, text, from, to)) {
        const isRight = inName[typo.start] === 1 || inName[typo.end - 1] === 1;
        if (isRight || looksLikeName(text, typo, known) || looksLikeTerm(text, typo)) continue;
        const written = text.slice(typo.start, typo.end);
        seen.set(written, (seen.get(written) ?? 0) + 1);
        found.push(candidateOf(text, typo));
      }
    }
    // What an article writes the same way again and again is a word of its trade, not a slip of the hand.
    return found.filter(({ start, end }) => seen.get(text.slice(start, end))! < SAME_MAX);
  };
}

/** Runs of Chinese characters that stand together on the page: two links side by side are no word. */
function* wordRuns(text: string, gaps: Uint8Array): Generator<readonly [from: number, to: number]> {
  for (const { index, 0: run } of text.matchAll(HAN_RUN)) {
    let from = index;
    for (let at = index + 1; at < index + run.length; at += 1) {
      if (gaps[at] !== 1) continue;
      yield [from, at];
      from = at;
    }
    yield [from, index + run.length];
  }
}

const SURNAMES = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安乐于傅卞齐康伍余顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘缪解丁宣邓郁杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄家封储靳邴松段巫乌焦巴牧山谷车侯宓全班仰秋仲宫宁仇栾甘厉祖武符刘景詹束龙叶司黎乔苍双闻莘党翟谭贡姬申冉桑桂牛边燕浦尚温庄晏柴瞿阎连习艾容向古易廖聂曾肖欧覃岳涂'.split(
    '',
  ),
);
const PLACE_SUFFIX =
  /^[\u3400-\u9fff]?[村镇乡街路巷社组区县市桥山河寨屯湾坪冲塘铺溪洞垸岭坳峒港洲园苑]/;
const TITLE_BEFORE =
  /(?:同志|先生|女士|书记|主任|局长|县长|市长|省长|区长|镇长|乡长|处长|科长|厅长|院长|校长|所长|队长|会长|站长|经理|教授|村民|居民|干部|党员|记者|通讯员|作者|编辑|联系人|审核|责编|姓名|学生|教师|医生|老师|农户|户主)[:：、 ]?$/;

/** A surname and one or two characters, or what stands before a word for a place. */
function looksLikeName(text: string, typo: Typo, known: ReadonlySet<string>): boolean {
  const { start, end } = typo;
  if (PLACE_SUFFIX.test(text.slice(end, end + 2))) return true;
  const before = text.slice(Math.max(0, start - 6), start);
  if (TITLE_BEFORE.test(before)) return true;
  for (let from = Math.max(0, start - 2); from <= start; from += 1)
    for (const size of [2, 3])
      if (from + size > start && known.has(text.slice(from, from + size))) return true;
  if (end - start > 3) return false;
  if (end - start === 3 && SURNAMES.has(text[start]!) && standsAlone(text, typo)) return true;
  if (end - start === 2 && SURNAMES.has(text[start - 1] ?? '')) return true;
  const isListed =
    /[、，：:\n ]$/.test(text.slice(0, start)) || /^[、，]/.test(text.slice(end, end + 1));
  return isListed && SURNAMES.has(text[start]!);
}

/** Nothing but this on its line, or between signs: the title of a leader's page, a cell of a table. */
const standsAlone = (text: string, { start, end }: Typo): boolean =>
  !HAN.test(text[start - 1] ?? '') && !HAN.test(text[end] ?? '');

/** They make a term of whatever stands before them (外源型), so that one for another is a choice, not a slip. */
const WORD_ENDINGS = new Set('型式性化度率者员');
const NUMERALS = new Set('一二三四五六七八九十百两');

/** A word formed by rule, which no dictionary has: with an ending, or of a numeral and one character (八议, 一宅). */
function looksLikeTerm(text: string, { start, end, suggestion }: Typo): boolean {
  const written = text.slice(start, end);
  const changed = written.split('').findIndex((character, at) => character !== suggestion[at]);
  if (changed === written.length - 1 && WORD_ENDINGS.has(written[changed]!)) return true;
  return written.length === 2 && NUMERALS.has(written[1 - changed]!);
}

function candidateOf(text: string, typo: Typo): Candidate {
  const { start, end, suggestion, gain } = typo;
  return {
    start,
    end,
    suggestion,
    class: 'typo',
    severity: 'ordinary',
    confidence: Math.round(100 * (1 - Math.exp(-gain / CONFIDENCE_SCALE))) / 100,
    rule: `typo:${suggestion}`,
    reason: `“${text.slice(start, end)}”不成词，疑为“${suggestion}”`,
  };
}
/** A gain of 3 is .63 sure, of 6 .86. */
const CONFIDENCE_SCALE = 3;
