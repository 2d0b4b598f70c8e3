import type { Candidate } from './candidate.ts';
import type { Characters, Confusion } from './characters.ts';
import type { ProtectedName } from './lexicon.ts';
import { SHORT_NAME_MAX } from './name-variants.ts';
import type { Edit } from './one-edit.ts';
import { type Reading, readPlace } from './reading.ts';
import type { WordModel } from './word-model.ts';

/** A place that departs from a name by one slip. */
export interface Slip {
  readonly name: ProtectedName;
  readonly edit: Edit;
  readonly start: number;
  readonly end: number;
}

/** Characters read beside a name of which one is doubled. */
const DOUBLED_REACH = 8;
/** Names long enough that any odd character in them is a slip, not only one of like sound or shape. */
const LONG_NAME = 5;
/** Words and numbers that stand inside or before names of organs in right wordings: another place's organ, a clause. */
const COMMON = new Set(
  '的之和与及或等在各本该全我省市县区州旗盟乡镇村部厅局委办处科院会是为对由向把将被从第一二三四五六七八九十',
);
const DIVISION = new Set('省市县区州旗盟乡镇村');
const PARTICLES = new Set('的了等和与及是在');
const LINKING = new Set('和与及');
const HAN = /[\u3400-\u9fff]/;
const PLACE_AFTER = new Set('村镇乡庄沟湾山河路街桥坪坝屯寨岭岗塘冲组');

/** After an organ's last character, written twice, these make a word of the second: 旅游部部务会议, 总局局机关. */
const OWN_AFTER = new Set('务长内外属机领史训');

const SURE = 0.97;
const LIKELY = 0.85;
const POSSIBLE = 0.6;

/** What a slip is judged by. */
interface Ground {
  readonly model: WordModel;
  readonly characters: Characters;
  readonly text: string;
}

/** Whether a slip is a wrong writing of the name, or other words that happen to look like it. */
export function judgeSlip(
  model: WordModel,
  characters: Characters,
  text: string,
  slip: Slip,
): Candidate | null {
  const judged = judge({ model, characters, text }, slip);
  if (judged === null) return null;
  const { name, start, end, edit } = judged.slip;
  return {
    start,
    end,
    suggestion: name.name,
    class: name.class,
    severity: name.severity,
    confidence: judged.confidence,
    rule: `protected:${name.name}/${judged.how}`,
    reason: `疑似把“${name.name}”${WORDS[edit.kind]}，${HOW[judged.how]}`,
  };
}

type How = 'sound' | 'shape' | 'wubi' | 'other' | 'swap' | 'drop' | 'add' | 'double';
const WORDS = { same: '', change: '写错一字', drop: '漏写一字', add: '多写一字', swap: '两字颠倒' };
const HOW: Readonly<Record<How, string>> = {
  sound: '音同或音近',
  shape: '字形相近',
  wubi: '五笔编码相近',
  other: '该处不成词',
  swap: '次序颠倒',
  drop: '缺字',
  add: '多字',
  double: '重字',
};

const HOW_CONFUSED: Readonly<Record<Confusion, How>> = {
  sound: 'sound',
  nearSound: 'sound',
  shape: 'shape',
  strokes: 'shape',
  wubi: 'wubi',
};

interface Judged {
  readonly slip: Slip;
  readonly how: How;
  readonly confidence: number;
}

function judge(ground: Ground, slip: Slip): Judged | null {
  const reading = readPlace(ground.model, ground.text, slip.start, slip.end);
  switch (slip.edit.kind) {
    case 'change':
      return judgeChange(ground, slip, reading) ?? judgeCut(ground, slip);
    case 'swap':
      return isExplained(slip, reading) ? null : { slip, how: 'swap', confidence: SURE };
    case 'drop':
      return judgeDrop(ground, slip, reading);
    case 'add':
      return judgeAdd(ground, slip, reading) ?? judgeCut(ground, slip);
    default:
      return null;
  }
}

/** Short names lie across the words of ordinary text (公里强化 holds 里强); what reads as words there is no slip. */
function isExplained({ name }: Slip, reading: Reading): boolean {
  return name.name.length <= SHORT_NAME_MAX + 1 && reading.explained;
}

function judgeChange(ground: Ground, slip: Slip, reading: Reading): Judged | null {
  const { characters, text } = ground;
  const { name, edit, start } = slip;
  const place = start + edit.at;
  const written = text[place] ?? '';
  if (!HAN.test(written) || isExplained(slip, reading)) return null;
  if (isOtherPlace(ground, slip, reading)) return null;
  const confusion = characters.confusion(written, name.name[edit.at]!);
  if (confusion !== null) {
    const how = HOW_CONFUSED[confusion];
    const isOtherPerson = name.kind === 'person' && name.name.length === 2;
    return { slip, how, confidence: isOtherPerson ? POSSIBLE : SURE };
  }
  const atEdge = edit.at === 0 || edit.at === name.name.length - 1;
  const isOdd = !COMMON.has(written) && reading.wordAt(place).length <= 1;
  const isLong = name.name.length > SHORT_NAME_MAX;
  return isLong && !atEdge && (isOdd || name.kind === 'state')
    ? { slip, how: 'other', confidence: LIKELY }
    : null;
}

/** Of the state and of a slogan there is only one: what lacks a character is meant for it. */
const isOnly = ({ kind }: ProtectedName): boolean => kind === 'state' || kind === 'slogan';

/** Another place's organ is no slip of ours (海南省 beside 湖南省): both are names of places, of the same extent. */
function isOtherPlace({ model }: Ground, { name, edit, start }: Slip, reading: Reading): boolean {
  const written = reading.wordAt(start + edit.at);
  if (!written.isName || written.length < 2) return false;
  const right = readPlace(model, name.name, 0, name.name.length).wordAt(edit.at);
  const isSameExtent = right.length === written.length && right.start + start === written.start;
  const word = name.name.slice(right.start, right.start + right.length);
  return right.isName && isSameExtent && word !== '中国';
}

/** A change of the first or last character may be its drop, beside other text. */
function judgeCut(ground: Ground, slip: Slip): Judged | null {
  const { edit, name, start } = slip;
  const size = name.name.length;
  if (edit.at !== size - 1 && edit.at !== 0) return null;
  if (edit.kind === 'add' && edit.at === 0) return null;
  const cut = edit.at === 0 ? { start: start + 1 } : { end: start + size - 1 };
  const shorter: Slip = { ...slip, ...cut, edit: { ...edit, kind: 'drop' } };
  return judgeDrop(
    ground,
    shorter,
    readPlace(ground.model, ground.text, shorter.start, shorter.end),
  );
}

function judgeDrop(ground: Ground, slip: Slip, reading: Reading): Judged | null {
  const { text } = ground;
  const { name, edit, end } = slip;
  const size = name.name.length;
  if (isExplained(slip, reading)) return null;
  // 住房和城乡建设部 is 住房城乡建设部 for short.
  if (name.kind !== 'state' && LINKING.has(name.name[edit.at]!)) return null;
  // 长沙市 is 长沙 for short.
  if (name.kind !== 'person' && edit.at === size - 1 && DIVISION.has(name.name[edit.at]!))
    return null;
  if (size <= SHORT_NAME_MAX) {
    // Two characters are left: they are a slip only where they read as no words at all.
    if (reading.crossesStart || reading.crossesEnd) return null;
    if (reading.allWords && name.kind !== 'person') return null;
    if (name.kind === 'person' && PLACE_AFTER.has(text[end] ?? '')) return null;
    return { slip, how: 'drop', confidence: POSSIBLE };
  }
  if (!isOnly(name) && (reading.crossesStart || reading.crossesEnd)) return null;
  if (edit.at !== 0 && edit.at !== size - 1) return { slip, how: 'drop', confidence: SURE };
  if (edit.at === 0 ? reading.crossesStart : reading.crossesEnd) return null;
  if (size <= SHORT_NAME_MAX + 1 && edit.at !== 0 && isContinued(ground, end)) return null;
  // What is left of an organ's name is often a right wording of its own (人民政府, 生态环境): only a word cut in two is a slip.
  const edge = reading.wordAt(edit.at === 0 ? slip.start : end - 1);
  if (!isOnly(name) && (edge.length > 1 || size <= SHORT_NAME_MAX + 1)) return null;
  return { slip, how: 'drop', confidence: LIKELY };
}

/** A character of its own ends the phrase in another way (依法治国 beside 依法治省, 依法治超); a particle ends nothing. */
const isContinued = ({ model, text }: Ground, end: number): boolean =>
  HAN.test(text[end] ?? '') && !PARTICLES.has(text[end]!) && !beginsWord(model, text, end);

function judgeAdd({ text }: Ground, slip: Slip, reading: Reading): Judged | null {
  const { name, edit, start } = slip;
  const place = start + edit.at;
  const added = text[place] ?? '';
  if (!HAN.test(added) || isExplained(slip, reading)) return null;
  if (added === text[place - 1] || added === text[place + 1])
    return { slip, how: 'double', confidence: SURE };
  if (name.kind !== 'state' && (reading.crossesStart || reading.crossesEnd)) return null;
  const isOdd = reading.wordAt(place).length <= 1 || name.name.length > LONG_NAME;
  if (COMMON.has(added) || !isOdd || name.name.length <= SHORT_NAME_MAX) return null;
  return { slip, how: 'add', confidence: LIKELY };
}

/** A name as it should be, with its first or last character written once more beside it; null when that one belongs to a word. */
export function judgeDoubled(
  model: WordModel,
  text: string,
  name: ProtectedName,
  start: number,
  end: number,
): Candidate | null {
  const before = text[start - 1] === text[start] && !endsWord(model, text, start);
  const isOwn = name.kind === 'organ' && OWN_AFTER.has(text[end + 1] ?? '');
  const after = text[end] === text[end - 1] && !isOwn && !beginsWord(model, text, end);
  if (!before && !after) return null;
  return {
    start: before ? start - 1 : start,
    end: after ? end + 1 : end,
    suggestion: name.name,
    class: name.class,
    severity: name.severity,
    confidence: LIKELY,
    rule: `protected:${name.name}/double`,
    reason: `疑似把“${name.name}”${WORDS.add}，${HOW.double}`,
  };
}

/** Whether a word of two or more ends before `place`, looked at without what follows. */
function endsWord(model: WordModel, text: string, place: number): boolean {
  const before = text.slice(Math.max(0, place - DOUBLED_REACH), place);
  const last = before.length - 1;
  return readPlace(model, before, last, last + 1).wordAt(last).length > 1;
}

function beginsWord(model: WordModel, text: string, place: number): boolean {
  return readPlace(model, text.slice(place, place + DOUBLED_REACH), 0, 1).wordAt(0).length > 1;
}
