import { numeral } from '../../lib/pure/chinese-number.ts';
import { holds } from '../../lib/pure/template/condition.ts';
import { conditionValues, renderSentence } from '../../lib/pure/template/render-sentence.ts';
import { type Issue, type Paragraph, TO_FILL } from '../bulletin.ts';
import { plainOf, type Rich, rich } from '../rich-text.ts';
import type { Block, Section, Template } from './template.ts';
import type { Context } from './values.ts';

/** A paragraph whose figures say which rows they count. */
export interface RichParagraph extends Omit<Paragraph, 'text'> {
  readonly runs: Rich;
  /** The block of the template behind it; null of what the office put between. */
  readonly key: string | null;
  /** The office's own block, by its number. */
  readonly blockId?: number;
}

/** What the office put between computed paragraphs, as it is to be printed. */
export interface FreeBlock {
  readonly id: number;
  /** The block of the template after which it stands. */
  readonly after: string;
  readonly text: string;
}

/** The text of a bulletin: the sections of its template with what the office wrote between. */
export function composeText(
  template: Template,
  context: Context,
  issue: Issue,
  free: readonly FreeBlock[],
): readonly RichParagraph[] {
  let numbered = 0;
  return template.sections.flatMap((section): readonly RichParagraph[] => {
    const paragraphs = sectionParagraphs(section, context, issue, free);
    if (paragraphs.length === 0) return [];
    if (section.heading === '') return paragraphs;
    numbered += 1;
    const heading = rich`${`${numeral(numbered)}、${section.heading}`}`;
    return [{ style: 'heading1', author: 'platform', runs: heading, key: null }, ...paragraphs];
  });
}

function sectionParagraphs(
  { when, blocks }: Section,
  context: Context,
  issue: Issue,
  free: readonly FreeBlock[],
): RichParagraph[] {
  if (when !== null && !holds(when, conditionValues(context, null))) return [];
  return blocks.flatMap((block): RichParagraph[] => [
    ...blockParagraphs(block, context, issue).map((each) => ({ ...each, key: block.key })),
    ...free
      .filter(({ after }) => after === block.key)
      .flatMap(({ id, text }) =>
        text.split('\n').map((line) => ({ ...office(line), key: null, blockId: id })),
      ),
  ]);
}

type Unkeyed = Omit<RichParagraph, 'key'>;
const office = (text: string): Unkeyed => ({ style: 'body', author: 'office', runs: [{ text }] });
const platform = (runs: Rich): Unkeyed => ({ style: 'body', author: 'platform', runs });

function blockParagraphs(block: Block, context: Context, issue: Issue): Unkeyed[] {
  if (block.is === 'office') return officeParagraphs(block, issue);
  if (block.is === 'text') {
    const runs = renderSentence(block.text, context);
    return runs.length === 0 ? [] : [platform(runs)];
  }
  const texts = block.texts
    .map((text) => renderSentence(text, context))
    .filter((runs) => runs.length > 0);
  const none = renderSentence(block.none, context);
  if (texts.length === 0) return none.length === 0 ? [] : [platform(none)];
  return texts.map((runs, index) => platform(rich`（${numeral(index + 1)}）${runs}`));
}

/** The office's words for a field, or the template's; requirements are numbered unless they are already. */
function officeParagraphs(
  { field, otherwise, numbered }: Extract<Block, { is: 'office' }>,
  issue: Issue,
): Unkeyed[] {
  if (field === 'contact') return [office(contactLine(issue.contact ?? TO_FILL))];
  const given = issue[field] ?? [];
  const [texts, paragraph] =
    given.length > 0
      ? [given, office]
      : [otherwise, (text: string): Unkeyed => platform([{ text }])];
  return texts.map((text, index) =>
    paragraph(
      !numbered || /^（[一二三四五六七八九十]+）/.test(text)
        ? text
        : `（${numeral(index + 1)}）${text}`,
    ),
  );
}

function contactLine(contact: string): string {
  const line = /^联系/.test(contact) ? contact : `联系人：${contact}`;
  return /[。！]$/.test(line) ? line : `${line}。`;
}

/** Blocks that refer to a place which the template does not have (any more). */
export function lostBlocks(template: Template, free: readonly FreeBlock[]): readonly FreeBlock[] {
  const keys = new Set(template.sections.flatMap(({ blocks }) => blocks.map(({ key }) => key)));
  return free.filter(({ after }) => !keys.has(after));
}

/** The text as the bulletin keeps it. */
export const plainParagraphs = (paragraphs: readonly RichParagraph[]): Paragraph[] =>
  paragraphs.map(({ style, author, runs }) => ({ style, author, text: plainOf(runs) }));
