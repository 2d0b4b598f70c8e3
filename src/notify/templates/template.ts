import {
  type Context,
  renderSentence,
  type Value,
} from '../../lib/pure/template/render-sentence.ts';
import { plainOf } from '../../lib/pure/template/rich.ts';
import {
  compileSentence,
  type FieldKind,
  type Sentence,
  type Vocabulary,
} from '../../lib/pure/template/sentence.ts';

/** What a field is in one letter or notice; null = there is none in this case. */
export type FieldValue = string | number | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface TemplateField {
  readonly kind: Extract<FieldKind, 'words' | 'count' | 'flag'>;
  /** What it says, in Chinese. */
  readonly words: string;
  /** Shown in a preview while there is no real case yet. */
  readonly sample: FieldValue;
}

/** A piece of a title or of a message, a paragraph of a letter; said when its condition holds ('' = always). */
export interface TemplatePart {
  readonly when: string;
  /** The bold beginning of a letter's paragraph. */
  readonly lead: string;
  readonly text: string;
}

export interface TemplateContent {
  readonly title: readonly TemplatePart[];
  readonly body: readonly TemplatePart[];
}

/** What may be worded: a message is a title and one text, a letter a title and paragraphs. */
export interface TemplateSubject {
  readonly form: 'message' | 'letter';
  readonly fields: Readonly<Record<string, TemplateField>>;
  /** The program's own words. */
  readonly content: TemplateContent;
}

/** A fault with its place: the part from 1, and what of it. */
export interface TemplateFault {
  readonly in: 'title' | 'body';
  readonly part: number;
  readonly of: 'when' | 'lead' | 'text';
  readonly problem: string;
}

export interface Worded {
  readonly title: string;
  readonly paragraphs: readonly { readonly lead: string; readonly text: string }[];
}

/** Parts of a title or of a text: more is no notice. */
export const PARTS_MAX = 30;
/** Of a message; as the inbox keeps it (notice.ts). A letter's may be longer. */
const MESSAGE_TITLE_MAX = 100;
const MESSAGE_TEXT_MAX = 2_000;
const LETTER_TITLE_MAX = 200;
const LETTER_TEXT_MAX = 20_000;

interface CompiledPart {
  readonly lead: Sentence;
  readonly text: Sentence;
}
export interface CompiledTemplate {
  readonly title: readonly CompiledPart[];
  readonly body: readonly CompiledPart[];
}

/** Checks the words of a template against the fields that there are. Every fault is named with its place. */
export function compileTemplate(
  { fields, form }: Pick<TemplateSubject, 'fields' | 'form'>,
  content: TemplateContent,
): CompiledTemplate | { readonly faults: readonly TemplateFault[] } {
  const faults: TemplateFault[] = [];
  const vocabulary: Vocabulary = {
    fields: Object.fromEntries(Object.entries(fields).map(([name, { kind }]) => [name, kind])),
    collections: {},
  };
  const compiled = (where: 'title' | 'body'): CompiledPart[] => {
    const parts = content[where];
    const complain = (part: number, of: TemplateFault['of'], problem: string): void => {
      faults.push({ in: where, part, of, problem });
    };
    if (parts.length === 0) complain(1, 'text', '是空的，至少写一段');
    if (parts.length > PARTS_MAX) complain(PARTS_MAX + 1, 'text', `最多 ${PARTS_MAX} 段`);
    return parts.map(({ when, lead, text }, index) => {
      const told = (of: TemplateFault['of']) => (path: string, problem: string) =>
        complain(index + 1, path.endsWith('when') ? 'when' : of, problem);
      if (lead !== '' && (form === 'message' || where === 'title'))
        complain(index + 1, 'lead', '只有公文的段落有引语');
      if (text.trim() === '') complain(index + 1, 'text', '没有写文字');
      const under = (of: string): unknown => (when.trim() === '' ? of : { when, text: of });
      return {
        // The condition is told once.
        lead: compileSentence(
          under(lead),
          'lead',
          (path, problem) => {
            if (!path.endsWith('when')) told('lead')(path, problem);
          },
          vocabulary,
        ),
        text: compileSentence(under(text), 'text', told('text'), vocabulary),
      };
    });
  };
  const template = { title: compiled('title'), body: compiled('body') };
  return faults.length > 0 ? { faults } : template;
}

/**
 * The words of a template for one case, and in Chinese what is wrong with them for it: a field that the case has not, nothing left, too
 * long (`form` says how long they may be).
 */
export function wordTemplate(
  { form }: Pick<TemplateSubject, 'form'>,
  template: CompiledTemplate,
  values: FieldValues,
): { readonly words: Worded; readonly problem: string | null } {
  const missing = new Set<string>();
  const context: Context = {
    fields: new Map(Object.entries(values).map(([name, value]) => [name, asValue(value)])),
    collections: new Map(),
    missing: (field) => missing.add(field),
  };
  const print = (sentence: Sentence): string => plainOf(renderSentence(sentence, context));
  const said = (parts: readonly CompiledPart[]) =>
    parts
      .map(({ lead, text }) => ({ lead: print(lead), text: print(text) }))
      .filter(({ lead, text }) => lead + text !== '');
  const title = said(template.title)
    .map(({ text }) => text)
    .join('');
  const body = said(template.body);
  const paragraphs =
    form === 'letter' ? body : [{ lead: '', text: body.map(({ text }) => text).join('') }];
  const words = { title, paragraphs };
  return { words, problem: problemOf(form, words, missing) };
}

function problemOf(
  form: TemplateSubject['form'],
  { title, paragraphs }: Worded,
  missing: ReadonlySet<string>,
): string | null {
  const [titleMax, textMax] =
    form === 'message'
      ? [MESSAGE_TITLE_MAX, MESSAGE_TEXT_MAX]
      : [LETTER_TITLE_MAX, LETTER_TEXT_MAX];
  const length = paragraphs.reduce((sum, { lead, text }) => sum + lead.length + text.length, 0);
  if (missing.size > 0)
    return `这件事没有${[...missing].map((field) => `“${field}”`).join('、')}；请给这一段加上条件 has ${[...missing][0]}`;
  if (title.trim() === '') return '条件都不成立，标题是空的';
  if (length === 0) return '条件都不成立，正文是空的';
  if (title.length > titleMax) return `标题有${title.length}字，最多${titleMax}字`;
  if (length > textMax) return `正文有${length}字，最多${textMax}字`;
  return null;
}

function asValue(value: FieldValue): Value {
  const number =
    typeof value === 'number' ? value : Number(value !== null && value !== false && value !== '');
  return { runs: value === null ? [] : [{ text: String(value) }], number, known: value !== null };
}
