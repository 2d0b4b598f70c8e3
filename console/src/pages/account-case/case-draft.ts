import type { AnswerOf, BodyOf } from '../../api/types.ts';
import type { CaseKind } from '../account-cases/case-words.tsx';

export type CaseForm = BodyOf<'/api/v1/account-cases', 'post'>['form'];

export const FUNCTIONS = ['信息发布', '政务互动', '办事服务'] as const;
type AccountFunction = (typeof FUNCTIONS)[number];

/** Every field that any kind of case asks for, as the form holds them. */
export interface CaseValues {
  readonly platform?: string;
  readonly name?: string;
  readonly accountId?: string;
  readonly openedOn?: string;
  readonly functions?: AccountFunction[];
  readonly leader?: string;
  readonly responsible?: string;
  readonly contact?: string;
  readonly phone?: string;
  readonly homeLink?: string;
  readonly until?: string;
  readonly closesOn?: string;
  readonly followers?: string;
  readonly announcement?: string;
  readonly deregisteredOn?: string;
  readonly sponsorId?: number | null;
  readonly reason?: string;
}

/** Fields that a change may touch, in the order of the form. */
export const CHANGEABLE = [
  ...(['name', 'accountId', 'sponsorId', 'functions', 'leader', 'responsible'] as const),
  ...(['contact', 'phone', 'homeLink'] as const),
] as const;
type Changeable = (typeof CHANGEABLE)[number];
export type PresentValues = Partial<Record<Changeable, string | number | readonly string[]>>;

const text = (value: string | undefined): string => value?.trim() ?? '';

type ChangeableAccount = AnswerOf<'/api/v1/accounts/{id}/changeable'>;

/** What the register says now, as the form holds it. */
export const presentOf = (account: ChangeableAccount | undefined): PresentValues =>
  account === undefined
    ? {}
    : Object.fromEntries(
        Object.entries(account).flatMap(([field, value]) =>
          value === null ? [] : [[field, value]],
        ),
      );

/** The body of a case of a kind; of a change only what differs from what is. */
export function caseFormOf(kind: CaseKind, values: CaseValues, present: PresentValues): CaseForm {
  const reason = text(values.reason);
  if (kind === 'open') return { kind, ...newAccount(values), reason };
  if (kind === 'enrol') {
    const own = { accountId: text(values.accountId), openedOn: values.openedOn || null };
    return { kind, ...newAccount(values), ...own, reason };
  }
  if (kind === 'change') return { kind, changes: changesOf(values, present), reason };
  if (kind === 'suspend') return { kind, until: text(values.until), reason };
  if (kind === 'resume') return { kind, reason };
  if (kind === 'deregister') return { kind, deregisteredOn: text(values.deregisteredOn), reason };
  return {
    ...{ kind, closesOn: text(values.closesOn), followers: text(values.followers) },
    ...{ announcement: text(values.announcement), reason },
  };
}

const newAccount = (values: CaseValues) => ({
  ...{ platform: text(values.platform), name: text(values.name) },
  functions: values.functions ?? [],
  ...{ leader: text(values.leader), responsible: text(values.responsible) },
  ...{ contact: text(values.contact), phone: text(values.phone) },
  homeLink: text(values.homeLink),
});

export function changesOf(
  values: CaseValues,
  present: PresentValues,
): Extract<CaseForm, { kind: 'change' }>['changes'] {
  return Object.fromEntries(
    CHANGEABLE.flatMap((field) => {
      const value = values[field];
      const wanted = typeof value === 'string' ? value.trim() : value;
      const isSame = String(wanted ?? '') === String(present[field] ?? '');
      const isNothing = wanted === '' || wanted === undefined || wanted === null;
      const mayBeEmpty = field === 'leader' || field === 'homeLink';
      return isSame || (isNothing && !(wanted === '' && mayBeEmpty)) ? [] : [[field, wanted]];
    }),
  );
}

/** What the form holds of a case that there is already. */
export function valuesOf(form: Readonly<Record<string, unknown>>): CaseValues {
  const { kind: _kind, changes, openedOn, ...rest } = form;
  return {
    ...(rest as CaseValues),
    ...(typeof openedOn === 'string' && { openedOn }),
    ...(changes as CaseValues | undefined),
  };
}
