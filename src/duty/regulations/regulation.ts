import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';

/** What a regulation may be called; a province's further kind is a line here. */
const KINDS = {
  measures: '管理办法',
  rules: '实施细则',
  norm: '工作规范',
  plan: '应急预案',
  notice: '通知',
  other: '其他',
} as const;
export type RegulationKind = keyof typeof KINDS;
export const REGULATION_KINDS = Object.keys(KINDS) as readonly RegulationKind[];
export const regulationKind = (kind: RegulationKind): string => KINDS[kind];

/** `published` versions never change; a `discarded` draft was never in force. */
export type VersionState = 'draft' | 'published' | 'discarded';

export const TITLE_MAX = 200;
export const NUMBER_MAX = 100;
/** About forty printed pages; a longer one is attached as a file. */
export const BODY_MAX = 50_000;
export const NOTE_MAX = 500;

/** What a version says. */
export interface RegulationFields {
  readonly title: string;
  readonly kind: RegulationKind;
  /** 发文字号; empty where there is none. */
  readonly documentNumber: string;
  /** Empty where the attached file says it all. */
  readonly body: string;
  /** What is new in it; empty for the first version. */
  readonly changeNote: string;
  /** The unit whose people are to read it, with all below it; null = everybody. */
  readonly addresseeId: number | null;
  readonly effectiveOn: CalendarDate;
  /** Until when it is to be read; Asia/Shanghai. Null = no day is set. */
  readonly readBy: CalendarDate | null;
}

const LIMITS = {
  title: { name: '名称', max: TITLE_MAX },
  documentNumber: { name: '发文字号', max: NUMBER_MAX },
  body: { name: '正文', max: BODY_MAX },
  changeNote: { name: '修订说明', max: NOTE_MAX },
} as const;

/** Trims and checks. Throws {@link UserError} `regulation.text`, `regulation.dates`. */
export function cleanFields(given: RegulationFields, today: CalendarDate): RegulationFields {
  const texts = { title: '', documentNumber: '', body: '', changeNote: '' };
  for (const [field, { name, max }] of Object.entries(LIMITS)) {
    const text = given[field as keyof typeof texts].trim();
    if (text.length > max)
      throw new UserError('regulation.text', `${name}不超过 ${max} 字；更长的请作为附件。`, {
        field,
      });
    texts[field as keyof typeof texts] = text;
  }
  if (texts.title === '')
    throw new UserError('regulation.text', '请写明制度的名称。', { field: 'title' });
  assertReadBy(given.readBy, today);
  return { ...given, ...texts };
}

/** Throws {@link UserError} `regulation.dates` for a day that is over. */
export function assertReadBy(readBy: CalendarDate | null, today: CalendarDate): void {
  if (readBy !== null && readBy < today)
    throw new UserError('regulation.dates', '学习期限已经过了，请改到今天以后。', {
      field: 'readBy',
    });
}
