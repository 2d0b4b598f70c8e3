import { writeXlsx } from '../../documents/workbook.ts';
import { writeFormDocx } from '../../documents/write-form-docx.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { type ReadField, type ReadForm, readForm } from './read-forms.ts';
import type { YearlyDeps } from './yearly-db.ts';

export const FORM_FORMATS = ['docx', 'xlsx'] as const;
export type FormFormat = (typeof FORM_FORMATS)[number];

/** A form as a document to publish (.docx) or as a table with the origin of every figure (.xlsx). Audited. Throws as {@link readForm}. */
export async function exportForm(
  deps: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  { id, format, at }: { readonly id: number; readonly format: FormFormat; readonly at: Instant },
): Promise<{ name: string; content: Uint8Array }> {
  const read = await readForm(deps, acting, { id, at });
  const { head, form } = read;
  const content = format === 'docx' ? await writeFormDocx(documentOf(read)) : await tableOf(read);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'yearly.export', subject: `yearly-form:${id}` },
      detail: { format, bytes: content.byteLength },
    }),
  );
  return { name: `${head.name}${form.name}（${head.year}年度）.${format}`, content };
}

const wordsOf = ({ field, value }: ReadField): string =>
  value === '' ? '' : `${value}${field.unit === undefined ? '' : ` ${field.unit}`}`;

const isSigned = ({ head: { state } }: ReadForm): boolean =>
  state === 'signed' || state === 'published';

function documentOf(read: ReadForm) {
  const { head, form, sections } = read;
  return {
    title: form.name,
    subtitle: `（${head.year}年度）`,
    // A form that nobody signed is not to be taken for one that somebody did.
    notice: isSigned(read) ? '' : '草稿：还没有签发',
    sections: sections.map(({ title, fields }) => ({
      title,
      rows: fields.map((each) => [each.field.title, wordsOf(each)] as const),
    })),
  };
}

function tableOf(read: ReadForm): Promise<Uint8Array> {
  const { head, form, sections } = read;
  const state = isSigned(read) ? `${read.signedBy}签发` : '草稿：还没有签发';
  const rows = sections.flatMap(({ title, fields }) =>
    fields.map(({ field, value, known, written }) => [
      ...[title, field.title, value, field.unit ?? ''],
      ...[known?.value ?? '', known?.origin.words ?? '', written?.note ?? ''],
    ]),
  );
  const heads = ['部分', '栏目', '内容', '单位', '平台数的', '从哪里来', '与平台不同的原因'];
  const title = `${head.name}${form.name}（${head.year}年度，${state}）`;
  return writeXlsx([{ name: '年度报表', titleRows: 1, rows: [[title], heads, ...rows] }]);
}
