import type { Generated, GeneratedAlways, Kysely, Transaction } from 'kysely';
import type { SubjectKind } from '../domain/subject.ts';
import type { MeasureKind, MeasureState } from './measures/measure.ts';
import type { HandoverState } from './posts/hand-over.ts';
import type { Post } from './posts/post.ts';
import type { RegulationKind, VersionState } from './regulations/regulation.ts';
import type { TrainingKind } from './trainings/training.ts';

/** The room's tables (migrations/0575-duty.ts, 0576-accountability.ts, 0595-regulations.ts, 0596-trainings.ts). Dates are Asia/Shanghai, instants ISO text. */
export interface DutyTables {
  duty_holding: {
    id: GeneratedAlways<number>;
    kind: SubjectKind;
    subject_id: number;
    post: Post;
    name: string;
    office: string;
    phone: string;
    valid_from: string;
    valid_to: string | null;
    origin: 'console' | 'import' | 'handover';
    set_by: string;
    set_by_id: number | null;
    set_at: string;
    replaced_at: string | null;
  };
  duty_handover: {
    id: GeneratedAlways<number>;
    kind: SubjectKind;
    subject_id: number;
    post: Post;
    from_name: string;
    to_name: string;
    to_office: string;
    to_phone: string;
    takes_on: string;
    due_on: string;
    items: string;
    note: string;
    state: HandoverState;
    given_by: string;
    given_by_id: number | null;
    given_at: string;
    decided_by: string | null;
    decided_at: string | null;
    decision_note: Generated<string>;
  };
  accountability: {
    id: GeneratedAlways<number>;
    unit_id: number;
    kind: MeasureKind;
    reason: string;
    demand: string;
    people: number;
    due_on: string | null;
    state: MeasureState;
    proposed_by: string;
    proposed_by_id: number | null;
    proposed_at: string;
    decided_by: Generated<string | null>;
    decided_at: Generated<string | null>;
    decided_on: Generated<string | null>;
    decision_note: Generated<string>;
    issuer: Generated<string | null>;
    year: Generated<number | null>;
    serial: Generated<number | null>;
    done_by: Generated<string | null>;
    done_on: Generated<string | null>;
    outcome: Generated<string>;
    version: Generated<number>;
  };
  accountability_case: { accountability_id: number; case_id: number; words: string };
  regulation: {
    id: GeneratedAlways<number>;
    issuer_id: number;
    repealed_on: Generated<string | null>;
    repealed_by: Generated<string | null>;
    repeal_reason: Generated<string>;
  };
  regulation_version: {
    id: GeneratedAlways<number>;
    regulation_id: number;
    number: Generated<number | null>;
    state: VersionState;
    title: string;
    kind: RegulationKind;
    document_number: string;
    body: string;
    change_note: string;
    addressee_id: number | null;
    effective_on: string;
    read_by: string | null;
    revision: Generated<number>;
    drafted_by: string;
    drafted_by_id: number | null;
    drafted_at: string;
    decided_by: Generated<string | null>;
    decided_at: Generated<string | null>;
    published_on: Generated<string | null>;
  };
  regulation_file: {
    version_id: number;
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Buffer;
    added_by: string;
    added_at: string;
  };
  regulation_reader: {
    version_id: number;
    user_id: number;
    asked_at: Generated<string | null>;
    reminded_at: Generated<string | null>;
    read_at: Generated<string | null>;
    read_as: Generated<string | null>;
    unit_id: Generated<number | null>;
  };
  training: {
    id: GeneratedAlways<number>;
    organiser_id: number;
    subject: string;
    held_on: string;
    teacher: string;
    hours: number;
    kind: TrainingKind;
    withdrawn_on: Generated<string | null>;
    withdrawn_by: Generated<string | null>;
    withdraw_reason: Generated<string>;
    version: Generated<number>;
    recorded_by: string;
    recorded_at: string;
  };
  training_part: {
    id: GeneratedAlways<number>;
    training_id: number;
    unit_id: number;
    person: string;
    people: number;
    score: string;
    passed: boolean | null;
  };
  training_file: {
    id: GeneratedAlways<number>;
    training_id: number;
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Buffer;
    added_by: string;
    added_at: string;
  };
}

export type DutyDb = Kysely<DutyTables>;
export type DutyTrx = Transaction<DutyTables>;

/** Any handle of the store seen through this room's tables. */
export const dutyDb = <Tables>(db: Kysely<Tables>): DutyDb => db as unknown as DutyDb;
