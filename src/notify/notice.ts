import { cutText } from '../lib/pure/cut-text.ts';
import { invariant } from '../lib/pure/errors.ts';
import { defineTemplate, PLAIN } from './templates/subjects.ts';
import type { FieldValues, TemplateSubject } from './templates/template.ts';

/** Whom a notice of a unit is for: all who look after it, or only its operators or its managers. */
export const AUDIENCES = ['unit', 'sponsor', 'manager', 'person', 'supervisor'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What a feature wants somebody to be told. */
export interface NoticeDraft {
  /** Unique for ever: the same key queued again is the same notice, and nothing is sent twice. */
  readonly key: string;
  /** One of {@link defineNoticeKinds}. */
  readonly kind: string;
  /**
   * A unit: whoever looks after it (`only`: its operators, its managers); where it has nobody, the managers of the nearest unit above,
   * and at last the supervisors.
   */
  readonly to:
    | { readonly unitId: number; readonly only?: 'sponsor' | 'manager' }
    | { readonly userId: number }
    | { readonly role: 'supervisor' };
  /** Chinese, plain text; cut at {@link TITLE_MAX} and {@link TEXT_MAX}. */
  readonly title: string;
  readonly text: string;
  /** A path of the console, `/rectification/12`. */
  readonly link: string | null;
  /** Urgent ones pass quiet hours and the digest. */
  readonly urgent: boolean;
  /** What an office's own template may name, see `wordedBy`; without them only title and text as a whole. */
  readonly values?: FieldValues;
}

/** What people read of a kind of notices. */
export interface NoticeKind {
  /** Chinese name, as one chooses it among one's preferences. */
  readonly name: string;
  /** Its words as a template whose fields an office may use; without one it may only put words around the program's. */
  readonly words?: Omit<TemplateSubject, 'form'>;
}

const kinds = new Map<string, NoticeKind>();

/**
 * Names a feature's kinds of notices; called once where its module is loaded. A kind is `feature.what`.
 * Breaks an invariant when a kind is named twice.
 */
export function defineNoticeKinds(named: Readonly<Record<string, NoticeKind>>): void {
  for (const [kind, words] of Object.entries(named)) {
    invariant(!kinds.has(kind), `notice kind ${kind} is named twice`);
    kinds.set(kind, words);
    const subject: TemplateSubject = words.words ? { form: 'message', ...words.words } : PLAIN;
    defineTemplate(kind, { ...subject, name: words.name });
  }
}

export const noticeKinds = (): ReadonlyMap<string, NoticeKind> => kinds;

/** The name of a kind; of one whose feature is gone, the code itself. */
export const kindName = (kind: string): string => kinds.get(kind)?.name ?? kind;

const KEY_MAX = 200;
const TITLE_MAX = 100;
const TEXT_MAX = 2_000;
const MORE = '……（全文请在平台上看）';

/** A draft as it is kept. */
export interface NoticeRow {
  readonly key: string;
  readonly kind: string;
  readonly audience: Audience;
  readonly unit_id: number | null;
  readonly user_id: number | null;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly urgent: boolean;
  /** Values of its words. */
  readonly worded_with: FieldValues | null;
}

/** Breaks an invariant for what only a mistake of ours can bring: an unnamed kind, a link that leads outside. */
export function rowOf(draft: NoticeDraft): NoticeRow {
  const { key, kind, to, title, text, link, urgent, values = null } = draft;
  invariant(key !== '' && key.length <= KEY_MAX, `notice key of ${key.length} characters`);
  invariant(kinds.has(kind), `notice kind ${kind} has no name: see defineNoticeKinds`);
  invariant(link === null || /^\/(?![/\\])/.test(link), `notice link ${link} leads outside`);
  const whole = text.length <= TEXT_MAX;
  return {
    ...{ key, kind, link, urgent, worded_with: values, ...addressOf(to) },
    title: cutText(title.replaceAll(/\s+/g, ' '), TITLE_MAX),
    text: whole ? text : `${cutText(text, TEXT_MAX - MORE.length)}${MORE}`,
  };
}

function addressOf(to: NoticeDraft['to']): Pick<NoticeRow, 'audience' | 'unit_id' | 'user_id'> {
  if ('userId' in to) return { audience: 'person', unit_id: null, user_id: to.userId };
  if ('role' in to) return { audience: to.role, unit_id: null, user_id: null };
  return { audience: to.only ?? 'unit', unit_id: to.unitId, user_id: null };
}
