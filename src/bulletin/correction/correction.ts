import { titleLines } from '../../documents/gb9704.ts';
import type { OfficialDocument } from '../../documents/official-document.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { chineseDate, isCalendarDate } from '../../lib/pure/dates.ts';
import { annexTables } from '../annex-tables.ts';
import type { Bulletin } from '../bulletin.ts';

/** What the office says of one correction. */
export interface CorrectionWords {
  /** The notice's own number. */
  readonly documentNumber: string;
  /** Day of the notice, in Asia/Shanghai. */
  readonly issuedOn: CalendarDate;
  /** What the bulletin prints, verbatim. */
  readonly wrong: string;
  /** What it ought to print; empty = it is struck out. */
  readonly correct: string;
  readonly reason: string;
}

/** A correction notice (更正通知) as it is printed: this is what two people sign, and what stays. */
export interface CorrectionContent {
  readonly title: string;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly issuedOn: CalendarDate;
  readonly recipients: string;
  readonly paragraphs: readonly string[];
  /** SHA-256 (hex) of the bulletin.json that it corrects. */
  readonly corrects: string;
}

/** The notice that corrects an issued bulletin. The bulletin itself stays as it was signed. Pure. */
export function composeCorrection(
  bulletin: Bulletin,
  sha256: string,
  { documentNumber, issuedOn, wrong, correct, reason }: CorrectionWords,
): CorrectionContent {
  const dated = isCalendarDate(bulletin.issuedOn) ? `，${chineseDate(bulletin.issuedOn)}印发` : '';
  return {
    title: `关于更正${bulletin.periodLabel}检查情况通报的通知`,
    documentNumber,
    issuer: bulletin.issuer,
    issuedOn,
    recipients: bulletin.text.recipients,
    paragraphs: [
      `《${bulletin.title}》（${bulletin.documentNumber}${dated}）有一处有误，现更正如下。`,
      `原文：“${wrong}”。`,
      correct === '' ? '更正：删去上述文字。' : `更正为：“${correct}”。`,
      `更正原因：${reason.replace(/[。；]$/, '')}。`,
      '通报的其他内容不变。特此通知。',
    ],
    corrects: sha256,
  };
}

/** The notice in the layout of official documents; until it is issued every page says so. */
export function correctionForm(content: CorrectionContent, isIssued: boolean): OfficialDocument {
  const { title, issuer, documentNumber, recipients, issuedOn, paragraphs } = content;
  return {
    draftNotice: isIssued ? null : '草稿，两人签发之前不能印发',
    ...{ issuer, documentNumber, title, recipients },
    titleLines: titleLines(title),
    blocks: paragraphs.map((text) => ({ kind: 'body', lead: '', text })),
    signedOn: chineseDate(issuedOn),
    annexes: [],
  };
}

/** Whether the bulletin prints these words somewhere: in its title, text, a cell, a row read across, or a note. Spaces do not count. */
export function prints(bulletin: Bulletin, words: string): boolean {
  const sought = spaceless(words);
  const printed = [
    ...[bulletin.title, bulletin.documentNumber, bulletin.issuer, bulletin.text.recipients],
    ...bulletin.text.paragraphs.map(({ text }) => text),
    ...annexTables(bulletin).flatMap(({ title, rows, note }) => [
      ...[title, note],
      ...rows.map((cells) => cells.join('')),
    ]),
  ];
  return printed.some((text) => spaceless(text).includes(sought));
}

const spaceless = (text: string): string => text.replace(/\s/g, '');
