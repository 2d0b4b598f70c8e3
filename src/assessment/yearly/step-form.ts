import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { queueNotices } from '../../notify/index.ts';
import { listAccounts, listSites } from '../../registry/index.ts';
import {
  type FieldProblem,
  fieldsOf,
  type KnownValues,
  NOTE_MAX,
  parseForm,
  problemsOf,
  type WrittenValues,
  type YearlyForm,
} from './form.ts';
import { type SeenForm, stepForm, unknownForm } from './hold-form.ts';
import { fillIn, knownOfSite } from './known-values.ts';
import { countOffice } from './open-forms.ts';
import { type YearlyDeps, yearlyDb } from './yearly-db.ts';

/** A field as it comes from outside; an empty value takes back what was written. */
export interface FieldInput {
  readonly fieldId: string;
  readonly value: string;
  readonly note: string;
}

function refuse(form: YearlyForm, problems: readonly FieldProblem[], words: string): void {
  if (problems.length === 0) return;
  const titles = new Map(fieldsOf(form).map(({ id, title }) => [id, title]));
  throw new UserError('yearly.fields', words, {
    ...{ field: problems[0]!.fieldId },
    details: problems.map((each) => `${titles.get(each.fieldId) ?? each.fieldId}：${each.words}`),
  });
}

/**
 * Keeps what was written so far; what is wrong in itself is refused, what is missing is not asked for yet. Throws {@link UserError}
 * `yearly.fields` naming the fields, and as {@link stepForm}.
 */
export async function fillForm(
  deps: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  input: SeenForm & { readonly fields: readonly FieldInput[] },
): Promise<void> {
  assertMay(acting, 'yearly.fill');
  await stepForm(deps, acting, {
    ...{ formStep: 'fill', from: ['filling'], seen: input },
    work: async ({ form, known, written: before }) => {
      const written: Record<string, { value: string; note: string }> = { ...before };
      for (const { fieldId, value, note } of input.fields) {
        if (note.trim().length > NOTE_MAX)
          refuse(form, [{ fieldId, words: `说明不超过 ${NOTE_MAX} 字` }], '请改后再保存。');
        if (value.trim() === '') delete written[fieldId];
        else written[fieldId] = { value: value.trim(), note: note.trim() };
      }
      refuse(form, problemsOf(form, { known, written }, false), '有的栏目填得不对，请改后再保存。');
      return {
        set: { written: JSON.stringify(written satisfies WrittenValues) },
        detail: { fields: input.fields.map(({ fieldId }) => fieldId) },
      };
    },
  });
}

/** Counts once more what the platform knows; what people wrote stays. Throws as {@link stepForm}. */
export async function recountForm(deps: YearlyDeps, acting: Acting, seen: SeenForm): Promise<void> {
  assertMay(acting, 'yearly.fill');
  // Counted before the form is held: it reads much, and the embedded database has one connection.
  const known = await countAgain(deps, seen);
  await stepForm(deps, acting, {
    ...{ formStep: 'recount', from: ['filling'], seen },
    work: async () => ({
      set: { known: JSON.stringify(known), counted_on: shanghaiDate(seen.at) },
      detail: { fields: Object.keys(known).length },
    }),
  });
}

async function countAgain(deps: YearlyDeps, { id, at }: SeenForm): Promise<KnownValues> {
  const { db } = deps.store;
  const row = await yearlyDb(db)
    .selectFrom('yearly_form')
    .select(['kind', 'unit_id', 'site_id', 'name', 'year', 'form'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknownForm();
  const form = parseForm(JSON.parse(row.form));
  if (row.kind === 'office')
    return countOffice(deps, { unitId: row.unit_id, name: row.name, form }, row.year, at);
  const site = (await listSites(db)).find((each) => each.id === row.site_id);
  return site === undefined ? {} : fillIn(form, knownOfSite(site, await listAccounts(db)));
}

/** Hands a whole form to its leader. Throws {@link UserError} `yearly.fields` naming what is missing or wrong, and as {@link stepForm}. */
export async function submitForm(
  deps: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  seen: SeenForm,
): Promise<void> {
  assertMay(acting, 'yearly.fill');
  await stepForm(deps, acting, {
    ...{ formStep: 'submit', from: ['filling'], seen },
    work: async ({ form, known, written }) => {
      refuse(form, problemsOf(form, { known, written }, true), '报表还没有填好，请补全后再提交。');
      return {
        set: {
          ...{ state: 'submitted', submitted_at: seen.at, submitted_by: nameOf(acting) },
          return_reason: '',
        },
        detail: {},
      };
    },
  });
}

/** A leader signs what somebody else submitted. Throws {@link UserError} `yearly.same-person`, and as {@link stepForm}. */
export async function signForm(
  deps: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  seen: SeenForm,
): Promise<void> {
  assertMay(acting, 'yearly.sign');
  await stepForm(deps, acting, {
    ...{ formStep: 'sign', from: ['submitted'], seen },
    work: async ({ submittedBy }) => {
      if (submittedBy === nameOf(acting))
        throw new UserError('yearly.same-person', '填报的人不能自己签发，请由负责人签发。', {
          family: 'state',
        });
      return {
        set: { state: 'signed', signed_at: seen.at, signed_by: nameOf(acting) },
        detail: {},
      };
    },
  });
}

/** Gives a form back to be changed, before it is published. Throws {@link UserError} `yearly.reason`, and as {@link stepForm}. */
export async function returnForm(
  deps: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  input: SeenForm & { readonly reason: string },
): Promise<void> {
  assertMay(acting, 'yearly.sign');
  const reason = input.reason.trim();
  if (reason === '' || reason.length > NOTE_MAX)
    throw new UserError('yearly.reason', `请写明退回的理由，不超过 ${NOTE_MAX} 字。`, {
      field: 'reason',
    });
  await stepForm(deps, acting, {
    ...{ formStep: 'return', from: ['submitted', 'signed'], seen: input },
    work: async ({ id, unitId, name, year }, trx) => {
      await queueNotices(
        trx,
        [
          {
            ...{ key: `yearly:${id}:return:${input.version}`, kind: 'yearly.return' },
            ...{ to: { unitId }, title: '年度报表退回', urgent: false },
            ...{ link: `/yearly-forms/${id}`, text: `${name} ${year} 年的年度报表退回：${reason}` },
          },
        ],
        input.at,
      );
      return {
        set: {
          ...{ state: 'filling', return_reason: reason, submitted_at: null, submitted_by: null },
          ...{ signed_at: null, signed_by: null },
        },
        detail: { reason },
      };
    },
  });
}

/** Records where a signed form was published. Throws {@link UserError} `yearly.url`, and as {@link stepForm}. */
export async function publishForm(
  deps: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  input: SeenForm & { readonly url: string },
): Promise<void> {
  assertMay(acting, 'yearly.fill');
  const url = input.url.trim();
  if (!/^https?:\/\/[^\s]{3,500}$/.test(url))
    throw new UserError('yearly.url', '请写报表公开的完整网址。', { field: 'url' });
  await stepForm(deps, acting, {
    ...{ formStep: 'publish', from: ['signed'], seen: input },
    work: async () => ({
      set: { state: 'published', published_url: url, published_on: shanghaiDate(input.at) },
      detail: { url },
    }),
  });
}
