import { writeCsv } from '../../src/documents/workbook.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const DUTY = '/api/v1/duty';
const TO = { name: '李志远', office: '信息中心', phone: '' };

interface People {
  readonly sponsor: TestBrowser;
  readonly manager: TestBrowser;
}

/** The operations on who answers for a site or an account, each done once, with the rows that it leaves. */
export function dutySteps({ sponsor, manager }: People) {
  return [
    ...subjectSteps({ sponsor, manager }, 'sites'),
    ...subjectSteps({ sponsor, manager }, 'accounts'),
    {
      operation: `POST ${DUTY}/chains/import`,
      leaves: ['duty.import'],
      does: () => {
        const rows = [
          ['网站标识码', '岗位', '姓名或单位'],
          ['4306000043', '运维单位', '某科技公司'],
        ];
        return manager.call(
          ...(['POST', `${DUTY}/chains/import`] as const),
          ...asForm('责任人员.csv', writeCsv(rows)),
        );
      },
    },
  ];
}

function subjectSteps({ sponsor, manager }: People, kind: 'sites' | 'accounts') {
  let id = 0;
  let handover = 0;
  const one = `${DUTY}/${kind}`;
  const holder = { post: 'onDuty', name: '彭建军', office: '信息中心', phone: '0730-8880000' };
  const day = '2026-03-01';
  const give = async () => {
    const body = { ...TO, post: 'onDuty', takesOn: day, items: ['后台账号'], note: '' };
    const answer = await sponsor.call('POST', `${one}/${id}/handovers`, body);
    handover = (answer.body as { id: number }).id;
    return answer;
  };
  const decide = (who: TestBrowser, outcome: string, leaves: string) => ({
    operation: `POST ${DUTY}/handovers/{id}/decision`,
    leaves: [leaves],
    does: async () => {
      if (outcome !== 'declined') await give();
      return who.call('POST', `${DUTY}/handovers/${handover}/decision`, { outcome, note: '清单' });
    },
  });
  return [
    {
      operation: `PUT ${one}/{id}`,
      leaves: ['duty.set'],
      does: async () => {
        const { body } = await sponsor.call('GET', `/api/v1/${kind}?status=running&limit=1`);
        id = (body as { items: { id: number }[] }).items[0]!.id;
        const set = { ...holder, validFrom: day, validTo: null, seenId: null };
        return sponsor.call('PUT', `${one}/${id}`, set);
      },
    },
    { operation: `POST ${one}/{id}/handovers`, leaves: ['duty.hand'], does: give },
    decide(manager, 'declined', 'duty.decline'),
    decide(sponsor, 'takenBack', 'duty.takeBack'),
    decide(manager, 'taken', 'duty.take'),
  ];
}

/** The operations on measures of accountability, each done once, with the rows that it leaves. */
export function measureSteps(office: {
  readonly supervisor: TestBrowser;
  readonly second: TestBrowser;
  readonly manager: TestBrowser;
}) {
  const { supervisor, second, manager } = office;
  const path = `${DUTY}/measures`;
  let id = 0;
  const propose = async () => {
    const { body } = await manager.call('GET', '/api/v1/session');
    const unitId = (body as { user: { unit: { id: number } } }).user.unit.id;
    const answer = await supervisor.call('POST', path, {
      ...{ unitId, kind: 'interview', reason: '连续两期没有改正', demand: '查明原因' },
      ...{ people: 1, dueOn: '2099-12-31', caseIds: [] },
    });
    id = (answer.body as { id: number }).id;
    return answer;
  };
  const decide = (who: TestBrowser, outcome: string, leaves: string) => ({
    operation: `POST ${path}/{id}/decision`,
    leaves: [leaves],
    does: async () => {
      await propose();
      return who.call('POST', `${path}/${id}/decision`, { version: 1, outcome, note: '再议' });
    },
  });
  return [
    { operation: `POST ${path}`, leaves: ['measure.propose'], does: propose },
    decide(second, 'refused', 'measure.refuse'),
    decide(supervisor, 'withdrawn', 'measure.withdraw'),
    decide(second, 'decided', 'measure.decide'),
    {
      operation: `POST ${path}/{id}/completion`,
      leaves: ['measure.close'],
      does: () => supervisor.call('POST', `${path}/${id}/completion`, { version: 2, note: '已办' }),
    },
  ];
}

/** The operations on regulations, each done once, with the rows that it leaves. */
export function regulationSteps(office: {
  readonly supervisor: TestBrowser;
  readonly second: TestBrowser;
  readonly manager: TestBrowser;
}) {
  const { supervisor, second, manager } = office;
  const path = `${DUTY}/regulations`;
  const fields = {
    ...{ title: '信息发布审核制度', kind: 'norm', documentNumber: '', body: '先审后发。' },
    ...{ changeNote: '', addresseeId: null, effectiveOn: '2026-12-01', readBy: null },
  };
  let id = 0;
  const revision = async (): Promise<number | null> => {
    const { body } = await supervisor.call('GET', `${path}/${id}`);
    const [newest] = (body as { versions: { state: string; revision: number }[] }).versions;
    return newest!.state === 'draft' ? newest!.revision : null;
  };
  const draft = async () =>
    supervisor.call('PUT', `${path}/${id}/draft`, { ...fields, revision: await revision() });
  const pdf = Buffer.from('%PDF-1.4 制度 %%EOF');
  const decide = (outcome: 'published' | 'discarded', leaves: string) => ({
    operation: `POST ${path}/{id}/draft/decision`,
    leaves: [leaves],
    does: async () =>
      second.call('POST', `${path}/${id}/draft/decision`, { revision: await revision(), outcome }),
  });
  return [
    {
      operation: `POST ${path}`,
      leaves: ['regulation.add'],
      does: async () => {
        const answer = await supervisor.call('POST', path, fields);
        id = (answer.body as { id: number }).id;
        return answer;
      },
    },
    {
      operation: `POST ${path}/{id}/draft/file`,
      leaves: ['regulation.attach'],
      does: () => supervisor.call('POST', `${path}/${id}/draft/file`, ...asForm('制度.pdf', pdf)),
    },
    {
      operation: `DELETE ${path}/{id}/draft/file`,
      leaves: ['regulation.detach'],
      does: () => supervisor.call('DELETE', `${path}/${id}/draft/file`),
    },
    decide('published', 'regulation.publish'),
    { operation: `PUT ${path}/{id}/draft`, leaves: ['regulation.draft'], does: draft },
    decide('discarded', 'regulation.discard'),
    {
      operation: `POST ${path}/{id}/receipt`,
      leaves: ['regulation.read'],
      does: async () => {
        const { body } = await manager.call('GET', `${path}/${id}`);
        const versionId = (body as { currentId: number }).currentId;
        return manager.call('POST', `${path}/${id}/receipt`, { versionId });
      },
    },
    {
      operation: `POST ${path}/{id}/repeal`,
      leaves: ['regulation.repeal'],
      does: () => supervisor.call('POST', `${path}/${id}/repeal`, { reason: '并入新制度' }),
    },
  ];
}

/** The operations on training records, each done once, with the rows that it leaves. */
export function trainingSteps({ manager }: { readonly manager: TestBrowser }) {
  const path = `${DUTY}/trainings`;
  const fields = { heldOn: '2020-08-01', teacher: '张三', hours: 2.5, kind: 'onsite', parts: [] };
  const pdf = Buffer.from('%PDF-1.4 签到 %%EOF');
  let id = 0;
  return [
    {
      operation: `POST ${path}`,
      leaves: ['training.record'],
      does: async () => {
        const { body } = await manager.call('GET', '/api/v1/session');
        const organiserId = (body as { user: { unit: { id: number } } }).user.unit.id;
        const sent = { ...fields, organiserId, subject: '指标解读' };
        const answer = await manager.call('POST', path, sent);
        id = (answer.body as { id: number }).id;
        return answer;
      },
    },
    {
      operation: `PUT ${path}/{id}`,
      leaves: ['training.change'],
      does: () =>
        manager.call('PUT', `${path}/${id}`, { ...fields, version: 1, subject: '检查指标解读' }),
    },
    {
      operation: `POST ${path}/{id}/files`,
      leaves: ['training.attach'],
      does: () => manager.call('POST', `${path}/${id}/files`, ...asForm('签到表.pdf', pdf)),
    },
    {
      operation: `DELETE ${path}/{id}/files/{fileId}`,
      leaves: ['training.detach'],
      does: async () => {
        const { body } = await manager.call('GET', `${path}/${id}`);
        const [file] = (body as { attached: { id: number }[] }).attached;
        return manager.call('DELETE', `${path}/${id}/files/${file!.id}`);
      },
    },
    {
      operation: `POST ${path}/import`,
      leaves: ['training.import'],
      does: () => {
        const rows = [
          ['培训主题', '日期', '学时', '参加单位', '人数'],
          ['应急演练', '2020-08-02', '3', '岳阳市', '6'],
        ];
        return manager.call('POST', `${path}/import`, ...asForm('培训.csv', writeCsv(rows)));
      },
    },
    {
      operation: `POST ${path}/{id}/withdrawal`,
      leaves: ['training.withdraw'],
      does: () =>
        manager.call('POST', `${path}/${id}/withdrawal`, { version: 2, reason: '登记重复' }),
    },
  ];
}
