import { type Command, defineCommand } from '../cli/command.ts';
import type { Judgement } from '../domain/finding.ts';
import type { Subject, SubjectKind } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';
import { loadFacts } from './fact.repository.ts';
import { inspectionDb } from './inspection-db.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { STATUS_WORDS } from './queue/finding-words.ts';
import { listNotices, type NoticeItem } from './read/list-notices.ts';
import { listRoundSubjects, requireRound } from './round.repository.ts';

/** Subjects whose facts are held at once. */
const SLICE = 50;
const STATUSES: readonly Judgement['status'][] = [
  'met',
  'breached',
  'notApplicable',
  'undetermined',
];

const SITES: readonly SubjectKind[] = ['site'];

function kindsOf(kind: string | undefined): readonly SubjectKind[] {
  if (kind === undefined) return ['site', 'account'];
  if (kind === 'site' || kind === 'account') return [kind];
  throw new UserError('notice.kind', '--kind 只能是 site 或 account。', { field: 'kind' });
}

const noticeList = defineCommand<InspectionDeps>({
  words: ['notice', 'list'],
  summary: '列出一个批次的规范提示（默认：有提示的；不进判定和通报）',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: { kind: 'text', value: '期次', help: '批次的期次', required: true },
    kind: { kind: 'text', value: 'site|account', help: '只列网站或只列新媒体' },
    site: { kind: 'text', value: '标识码', help: '只列这个网站' },
    status: { kind: 'text', value: STATUSES.join('|'), help: '只列这种' },
  },
  needs: 'store',
  run: async (context) => {
    const status = (context.args.text('status') ?? 'breached') as Judgement['status'];
    if (!STATUSES.includes(status))
      throw new UserError('notice.status', `--status 只能是 ${STATUSES.join('、')}。`, {
        field: 'status',
      });
    const db = inspectionDb(context.deps.store);
    const round = await requireRound(db, context.args.text('period') ?? '');
    const siteCode = context.args.text('site');
    const subjects = await listRoundSubjects(db, round.id);
    for (const kind of siteCode === undefined ? kindsOf(context.args.text('kind')) : SITES) {
      const ofKind = subjects.filter(
        ({ subject }) =>
          subject.kind === kind &&
          (subject.kind !== 'site' || siteCode === undefined || subject.siteCode === siteCode),
      );
      for (let at = 0; at < ofKind.length; at += SLICE) {
        const slice = ofKind.slice(at, at + SLICE).map(({ subject }) => subject);
        const ids = slice.map(({ id }) => id);
        const facts = await loadFacts(db, round.id, kind, ids);
        for (const subject of slice)
          for (const notice of listNotices(round, facts.get(subject.id) ?? {}, kind))
            if (notice.status === status)
              context.out.result({ ...nameOf(subject), ...notice }, lineOf(subject, notice));
      }
    }
    return 0;
  },
});

const nameOf = (subject: Subject) => ({
  unit: subject.printRow,
  name: subject.name,
  ...(subject.kind === 'site'
    ? { siteCode: subject.siteCode }
    : { platform: subject.platform, accountId: subject.accountId }),
});

function lineOf(subject: Subject, notice: NoticeItem): string {
  const detail = notice.evidence[0]?.excerpt ?? notice.reason ?? '';
  const times = notice.occurrences > 1 ? `（${notice.occurrences}处）` : '';
  return `${subject.printRow}\t${subject.name}\t${notice.title}${times}\t${STATUS_WORDS[notice.status]}\t${detail}`;
}

export const noticeCommands: readonly Command<InspectionDeps>[] = [noticeList];
