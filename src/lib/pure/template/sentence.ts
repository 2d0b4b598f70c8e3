import { type Condition, fieldsOf, parseCondition } from './condition.ts';

/**
 * What a sentence of a template may name. Counts and lists may be compared; words and rates are only printed.
 * `given` counts come from outside: they are printed only with their source.
 */
export type FieldKind = 'count' | 'given' | 'list' | 'flag' | 'rate' | 'words';
export type Fields = Readonly<Record<string, FieldKind>>;

/** What there is to name where a template is used: fields, and lists with the fields of one item. */
export interface Vocabulary {
  readonly fields: Fields;
  readonly collections: Readonly<Record<string, Fields>>;
}

/** A sentence of a template, compiled: words and fields, parts under a condition, and parts for each item of a collection. */
export type Sentence =
  | { readonly is: 'text'; readonly pieces: readonly Piece[] }
  | { readonly is: 'all'; readonly parts: readonly Sentence[] }
  | {
      readonly is: 'when';
      readonly when: Condition;
      readonly then: Sentence;
      readonly otherwise: Sentence;
    }
  | {
      readonly is: 'each';
      readonly of: string;
      readonly join: string;
      readonly lastJoin: string;
      readonly part: Sentence;
    };
export type Piece = string | { readonly field: string; readonly asWord: boolean };

/** Complaints about a template in Chinese, each with the place. */
export type Complain = (path: string, problem: string) => void;

const NOTHING: Sentence = { is: 'all', parts: [] };
const TEXT_MAX = 4_000;
/** Conditions within conditions: deeper is no sentence that anybody could read. */
const DEPTH_MAX = 12;
const PART_KEYS = ['when', 'text', 'else'];
const EACH_KEYS = ['each', 'text', 'join', 'lastJoin'];
/** A number of things typed into a template would stand there whatever was counted. 1个工作日 is a rule, no count. */
const TYPED_COUNT = /\d+(?:\.\d+)?(?:[家条件单份次人项]|个(?!工作日|月)|%|％)/;

/** Compiles what stands in a template file for a sentence; every fault is told to `complain`. */
export function compileSentence(
  value: unknown,
  path: string,
  complain: Complain,
  vocabulary: Vocabulary,
  depth = 0,
): Sentence {
  if (depth > DEPTH_MAX) {
    complain(path, `条件套得太深，最多 ${DEPTH_MAX} 层`);
    return NOTHING;
  }
  const compile = (of: unknown, at: string, known = vocabulary): Sentence =>
    compileSentence(of, at, complain, known, depth + 1);
  if (typeof value === 'string') return compileText(value, path, complain, vocabulary.fields);
  if (Array.isArray(value))
    return { is: 'all', parts: value.map((each, index) => compile(each, `${path}.${index}`)) };
  if (typeof value !== 'object' || value === null) {
    complain(path, '应为文字、数组，或带 when、each 的对象');
    return NOTHING;
  }
  const part = value as Readonly<Record<string, unknown>>;
  return 'each' in part
    ? compileEach(part, path, complain, compile, vocabulary)
    : compileWhen(part, path, complain, compile, vocabulary);
}

type Compile = (of: unknown, at: string, known?: Vocabulary) => Sentence;
type Part = Readonly<Record<string, unknown>>;

function compileWhen(
  part: Part,
  path: string,
  complain: Complain,
  compile: Compile,
  vocabulary: Vocabulary,
): Sentence {
  refuseOthers(part, PART_KEYS, path, complain);
  const then = compile(part.text, `${path}.text`);
  const otherwise = part.else === undefined ? NOTHING : compile(part.else, `${path}.else`);
  const when = compileCondition(part.when, `${path}.when`, complain, vocabulary);
  return when === null ? NOTHING : { is: 'when', when, then, otherwise };
}

function compileEach(
  part: Part,
  path: string,
  complain: Complain,
  compile: Compile,
  vocabulary: Vocabulary,
): Sentence {
  refuseOthers(part, EACH_KEYS, path, complain);
  const { each: of, join = '', lastJoin = join } = part;
  const { fields, collections } = vocabulary;
  const own = typeof of === 'string' ? collections[of] : undefined;
  if (typeof of !== 'string' || own === undefined) {
    complain(
      `${path}.each`,
      `没有“${String(of)}”这个列表；可用：${Object.keys(collections).join('、')}`,
    );
    return NOTHING;
  }
  for (const [key, words] of Object.entries({ join, lastJoin }))
    if (typeof words !== 'string' || /[{}\d]/.test(words))
      complain(`${path}.${key}`, '应为连接用的文字，不能有数字和字段');
  const inside = compile(part.text, `${path}.text`, {
    ...{ collections, fields: { ...fields, ...own } },
  });
  return { is: 'each', of, join: String(join), lastJoin: String(lastJoin), part: inside };
}

function refuseOthers(
  part: Part,
  known: readonly string[],
  path: string,
  complain: Complain,
): void {
  const others = Object.keys(part).filter((key) => !known.includes(key));
  if (others.length > 0)
    complain(path, `不认识的字段：${others.join('、')}；可写 ${known.join('、')}`);
}

/** Compiles a condition and checks that its fields are there and can be compared. */
export function compileCondition(
  value: unknown,
  path: string,
  complain: Complain,
  { fields, collections }: Vocabulary,
): Condition | null {
  if (typeof value !== 'string') {
    complain(path, '条件应为文字，如 sites.failing > 0');
    return null;
  }
  const condition = parseCondition(value);
  if ('broken' in condition) {
    complain(path, `条件“${value}”${condition.broken}${placeWords(condition.at)}`);
    return null;
  }
  for (const { field, only } of fieldsOf(condition)) {
    const kind = fields[field] ?? (field in collections ? 'list' : undefined);
    if (kind === undefined) complain(path, `条件“${value}”里没有“${field}”这个字段`);
    else if (only === null && (kind === 'rate' || kind === 'words'))
      complain(path, `条件“${value}”里的“${field}”不是数，不能比较`);
  }
  return condition;
}

function compileText(text: string, path: string, complain: Complain, fields: Fields): Sentence {
  if (text.length > TEXT_MAX) complain(path, `不能超过 ${TEXT_MAX} 字`);
  let at = 1;
  const pieces = text.split(/(\{[^{}]*\})/).map((piece) => {
    const start = at;
    at += piece.length;
    return { piece, start };
  });
  // Each field becomes as many signs, so that places stay what they are.
  const typed = TYPED_COUNT.exec(text.replace(/\{[^{}]*\}/g, (field) => '□'.repeat(field.length)));
  if (typed !== null)
    complain(
      path,
      `文字里写死了“${typed[0]}”：数目要用字段，没有来历的数不能印出${placeWords(typed.index + 1)}`,
    );
  return {
    is: 'text',
    pieces: pieces
      .filter(({ piece }) => piece !== '')
      .map(({ piece, start }) =>
        compilePiece(
          piece,
          (problem, within = 0) => complain(path, `${problem}${placeWords(start + within)}`),
          fields,
        ),
      ),
  };
}

/** Characters from 1. */
const placeWords = (at: number): string => `（第${at}个字）`;

function compilePiece(
  piece: string,
  complain: (problem: string, within?: number) => void,
  fields: Fields,
): Piece {
  const [, field, word] = /^\{([^{}:]*)(:word)?\}$/.exec(piece) ?? [];
  if (field === undefined) {
    const brace = /[{}]/.exec(piece);
    if (brace !== null) complain(`“${piece.slice(0, 20)}”里的花括号没有成对`, brace.index);
    return piece;
  }
  const kind = fields[field];
  if (kind === undefined) complain(`没有“${field}”这个字段`);
  else if (kind === 'flag') complain(`“${field}”只能用在条件里`);
  else if (word !== undefined && kind !== 'count') complain(`“${field}”不是数，不能写成汉字数目`);
  return { field, asWord: word !== undefined };
}
