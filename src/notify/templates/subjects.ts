import type { Kysely } from 'kysely';
import { invariant } from '../../lib/pure/errors.ts';
import {
  type CompiledTemplate,
  compileTemplate,
  type FieldValues,
  type TemplateContent,
  type TemplatePart,
  type TemplateSubject,
  type Worded,
  wordTemplate,
} from './template.ts';

/** A real case on which a template is tried. */
export interface TemplateExample {
  readonly key: string;
  readonly label: string;
  readonly values: FieldValues;
}

export interface NamedSubject extends TemplateSubject {
  readonly name: string;
  /** The newest real cases; of a message they are the notices themselves. */
  readonly examples?: <Tables>(db: Kysely<Tables>, limit: number) => Promise<TemplateExample[]>;
}

const subjects = new Map<string, NamedSubject & { readonly compiled: CompiledTemplate }>();

/** Names what may be worded, once where its module is loaded. Breaks an invariant when its own words are faulty. */
export function defineTemplate(kind: string, subject: NamedSubject): void {
  invariant(!subjects.has(kind), `template ${kind} is named twice`);
  const compiled = compileTemplate(subject, subject.content);
  invariant(
    !('faults' in compiled),
    `template ${kind}: ${'faults' in compiled ? JSON.stringify(compiled.faults) : ''}`,
  );
  subjects.set(kind, { ...subject, compiled });
}

export const templateSubjects = (): ReadonlyMap<string, NamedSubject> => subjects;

/** What a notice may be worded with whose feature offers nothing of its own: the program's words as a whole. */
export const PLAIN: TemplateSubject = {
  form: 'message',
  fields: {
    title: { kind: 'words', words: '程序写的标题', sample: '（程序写的标题）' },
    text: { kind: 'words', words: '程序写的正文', sample: '（程序写的正文）' },
  },
  content: { title: [always('{title}')], body: [always('{text}')] },
};

/** A part without a condition. */
export function always(text: string, lead = ''): TemplatePart {
  return { when: '', lead, text };
}

/** A part under a condition. */
export function when(condition: string, text: string, lead = ''): TemplatePart {
  return { when: condition, lead, text };
}

/** A template of one title and parts. */
export const content = (
  title: readonly TemplatePart[],
  body: readonly TemplatePart[],
): TemplateContent => ({ title, body });

/** A notice in the program's own words, with the values that another wording may use: for {@link NoticeDraft}. */
export function wordedBy(
  kind: string,
  values: FieldValues,
): { readonly title: string; readonly text: string; readonly values: FieldValues } {
  const { title, paragraphs } = wordsOf(kind, values);
  return { title, text: paragraphs.map(({ text }) => text).join(''), values };
}

/** The program's own words of a kind. They are what is left, so they never fail: an inbox cuts what is too long. */
export function wordsOf(kind: string, values: FieldValues): Worded {
  const subject = subjects.get(kind);
  invariant(subject !== undefined, `template ${kind} is not named`);
  return wordTemplate(subject, subject.compiled, values).words;
}
