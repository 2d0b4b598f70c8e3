import { attachmentRow } from '../documents/attachment.ts';
import { type Acting, assertMay, assertSees, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type AssessmentDb, type AssessmentDeps, assessmentDb } from './assessment-db.ts';
import { type AssessmentTrx, requireOpen, unknownAssessment } from './steps/hold-unit.ts';

/** Files of one line of a report, and of all its lines: more is an archive. */
const FILES_OF_LINE_MAX = 10;
const FILES_OF_UNIT_MAX = 60;

/** What proves a line of a unit's own report. */
export interface LineFile {
  readonly id: number;
  readonly ruleId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly addedBy: string;
  readonly addedAt: Instant;
}

const COLUMNS = ['f.id', 'f.rule_id as ruleId', 'f.name', 'f.media_type as mediaType'] as const;
const MORE_COLUMNS = [
  ...(['f.sha256', 'f.bytes', 'f.added_by as addedBy', 'f.added_at as addedAt'] as const),
] as const;

interface OfUnit {
  readonly id: number;
  readonly unitId: number;
}

const filesOf = (db: AssessmentDb, { id, unitId }: OfUnit) =>
  db
    .selectFrom('assessment_file as f')
    .innerJoin('assessment_unit as u', 'u.id', 'f.assessment_unit_id')
    .where('u.assessment_id', '=', id)
    .where('u.unit_id', '=', unitId);

export const listFiles = (db: AssessmentDb, of: OfUnit): Promise<LineFile[]> =>
  filesOf(db, of)
    .select([...COLUMNS, ...MORE_COLUMNS])
    .orderBy('f.id')
    .execute();

/** The unit while it may report: files change only then, and a report that was given keeps its own. Returns the row's id. */
async function holdReporting(
  trx: AssessmentTrx,
  acting: Acting,
  { id, unitId }: OfUnit,
): Promise<number> {
  assertMay(acting, 'assessment.report');
  assertSees(acting, unitId, unknownAssessment);
  await requireOpen(trx, id);
  const row = await trx
    .selectFrom('assessment_unit')
    .select(['id', 'state'])
    .where('assessment_id', '=', id)
    .where('unit_id', '=', unitId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw unknownAssessment();
  if (row.state !== 'reporting')
    throw new UserError('assessment.state', '自评已经报送，材料不能再改；要改请主管单位退回。', {
      family: 'state',
    });
  return row.id;
}

/**
 * Adds a file to a line of the report that is being written; what it is is read from its bytes. Throws {@link UserError}
 * `assessment.unknown`, `assessment.closed`, `assessment.state`, `assessment.rule`, `assessment.files`, `case.file-type`,
 * `http.too-large`, `identity.forbidden`.
 */
export async function addFile(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  input: OfUnit & {
    readonly ruleId: string;
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
    readonly at: Instant;
  },
): Promise<LineFile> {
  const { id, unitId, ruleId, at } = input;
  const kept = attachmentRow(input.file);
  return store.transaction(async (anyTrx) => {
    const trx = assessmentDb(anyTrx) as AssessmentTrx;
    const assessmentUnitId = await holdReporting(trx, acting, input);
    const line = await trx
      .selectFrom('assessment_line')
      .select('rule_id')
      .where('assessment_unit_id', '=', assessmentUnitId)
      .where('rule_id', '=', ruleId)
      .executeTakeFirst();
    if (line === undefined)
      throw new UserError('assessment.rule', '这次考核没有这一项。', { field: 'ruleId' });
    const files = await listFiles(trx, input);
    const ofLine = files.filter((file) => file.ruleId === ruleId).length;
    if (ofLine >= FILES_OF_LINE_MAX || files.length >= FILES_OF_UNIT_MAX)
      throw new UserError(
        'assessment.files',
        `一项最多 ${FILES_OF_LINE_MAX} 个材料，一份自评最多 ${FILES_OF_UNIT_MAX} 个；请先去掉不用的。`,
        { family: 'state', field: 'files' },
      );
    const added = { added_by: nameOf(acting), added_at: at };
    const { id: fileId } = await trx
      .insertInto('assessment_file')
      .values({ assessment_unit_id: assessmentUnitId, rule_id: ruleId, ...kept, ...added })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { name, media_type: mediaType, sha256, bytes } = kept;
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'assessment.attach', subject: `assessment:${id}` },
      ...{ detail: { unitId, ruleId }, before: null, after: { file: name, bytes, sha256 } },
    });
    return {
      ...{ id: fileId, ruleId, name, mediaType, sha256, bytes },
      ...{ addedBy: added.added_by, addedAt: at },
    };
  });
}

const unknownFile = (): UserError => new UserError('file.unknown', '没有这个附件。');

/** Takes a file off a report that is being written. Throws as {@link addFile}, and {@link UserError} `file.unknown`. */
export async function removeFile(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  input: OfUnit & { readonly fileId: number },
): Promise<void> {
  await store.transaction(async (anyTrx) => {
    const trx = assessmentDb(anyTrx) as AssessmentTrx;
    const assessmentUnitId = await holdReporting(trx, acting, input);
    const row = await trx
      .deleteFrom('assessment_file')
      .where('assessment_unit_id', '=', assessmentUnitId)
      .where('id', '=', input.fileId)
      .returning(['rule_id', 'name', 'bytes', 'sha256'])
      .executeTakeFirst();
    if (row === undefined) throw unknownFile();
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'assessment.detach', subject: `assessment:${input.id}` },
      ...{ detail: { unitId: input.unitId, ruleId: row.rule_id }, after: null },
      before: { file: row.name, bytes: row.bytes, sha256: row.sha256 },
    });
  });
}

/** A file's bytes, for whoever may see the unit's lines. Throws {@link UserError} `assessment.unknown`, `file.unknown`. */
export async function openFile(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  input: OfUnit & { readonly fileId: number },
): Promise<{ name: string; mediaType: string; content: Uint8Array }> {
  assertMay(acting, 'assessment.read');
  assertSees(acting, input.unitId, unknownAssessment);
  const row = await filesOf(assessmentDb(store.db), input)
    .select(['f.name', 'f.media_type as mediaType', 'f.content'])
    .where('f.id', '=', input.fileId)
    .executeTakeFirst();
  if (row === undefined) throw unknownFile();
  return row;
}
