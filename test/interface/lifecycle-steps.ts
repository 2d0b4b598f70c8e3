import { runUpkeep } from '../../src/lifecycle/index.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm, type Installation } from './city-offices.ts';
import { dutySteps } from './duty-steps.ts';
import { findErrorSteps } from './find-error-steps.ts';
import { matrixSteps } from './matrix-steps.ts';
import { notifySteps } from './notify-steps.ts';
import { rectificationSteps } from './rectification-steps.ts';

/** The operations of accounts' cases, of the monthly upkeep and of the matrix, each done once, with the rows that it leaves. */
interface LifecycleStep {
  readonly operation: string;
  readonly does: () => Promise<{ readonly status: number; readonly text: string }>;
  readonly leaves: readonly string[];
}

interface Office {
  readonly installation: Installation;
  readonly sponsor: TestBrowser;
  readonly manager: TestBrowser;
  readonly supervisor: TestBrowser;
}

const V1 = '/api/v1';
const CASES = `${V1}/account-cases`;
const OPEN = {
  ...{ kind: 'open', platform: '头条号', name: '岳阳政务', functions: ['信息发布'] },
  ...{ leader: '', responsible: '周晓岚', contact: '彭建军', phone: '0730-8880000' },
  ...{ homeLink: '', reason: '便民' },
};
const CLOSE = {
  ...{ kind: 'close', closesOn: '2027-01-31', followers: '请关注市政府账号' },
  ...{ announcement: '', reason: '整合' },
};

const itemsOf = async (person: TestBrowser, url: string): Promise<{ id: number }[]> =>
  ((await person.call('GET', `${V1}/${url}`)).body as { items: { id: number }[] }).items;

/** The case at hand, and what its people do with it. */
class Walk {
  readonly office: Office;
  #caseId = 0;
  #fileId = 0;

  constructor(office: Office) {
    this.office = office;
  }

  async make(form: object, accountId: number | null = null) {
    const { sponsor } = this.office;
    const [unit] = await itemsOf(sponsor, 'units');
    const subject = { unitId: accountId === null ? unit!.id : null, accountId, dutyId: null };
    const answer = await sponsor.call('POST', CASES, { ...subject, form });
    this.#caseId = (answer.body as { id: number }).id;
    return answer;
  }

  at(rest: string): string {
    return `${CASES}/${this.#caseId}/${rest}`;
  }

  async attach() {
    const file = asForm('申请表.pdf', Buffer.from('%PDF-1.4 %%EOF'));
    const answer = await this.office.sponsor.call('POST', this.at('files'), ...file);
    this.#fileId = (answer.body as { id: number }).id;
    return answer;
  }

  detach() {
    return this.office.sponsor.call('DELETE', this.at(`files/${this.#fileId}`));
  }

  submit() {
    return this.office.sponsor.call('POST', this.at('submission'));
  }

  async decide(who: TestBrowser, decision = 'approve') {
    const { body } = await who.call('GET', `${CASES}/${this.#caseId}`);
    const { version } = body as { version: number };
    return who.call('POST', this.at('decisions'), { decision, note: '见材料', version });
  }

  /** Submitted, and through both approvals. */
  async approved() {
    await this.submit();
    await this.decide(this.office.manager);
    return this.decide(this.office.supervisor);
  }

  async confirmUpkeep() {
    const { installation, sponsor } = this.office;
    await runUpkeep(installation.deps, { at: new Date().toISOString() });
    const [duty] = await itemsOf(sponsor, 'upkeep/duties?state=open&limit=1');
    const url = `${V1}/upkeep/duties/${duty!.id}`;
    const { seen, items } = (await sponsor.call('GET', url)).body as {
      seen: string;
      items: { kind: string; subjectId: number; isLive: boolean }[];
    };
    return sponsor.call('POST', `${url}/confirmation`, {
      ...{ seen, note: '' },
      items: items
        .filter(({ isLive }) => isLive)
        .map(({ kind, subjectId }) => ({ kind, subjectId, answer: 'unchanged', note: '' })),
    });
  }
}

export function lifecycleSteps(office: Office): LifecycleStep[] {
  const { sponsor, manager } = office;
  const walk = new Walk(office);
  const step = (
    operation: string,
    leaves: readonly string[],
    does: LifecycleStep['does'],
  ): LifecycleStep => ({ operation, leaves, does });
  const ONE = `${CASES}/{id}`;
  return [
    step(`POST ${CASES}`, ['case.draft'], () => walk.make(OPEN)),
    step(`PUT ${ONE}/form`, ['case.amend'], () =>
      sponsor.call('PUT', walk.at('form'), { form: OPEN }),
    ),
    step(`POST ${ONE}/files`, ['case.attach'], () => walk.attach()),
    step(`DELETE ${ONE}/files/{fileId}`, ['case.detach'], () => walk.detach()),
    step(`POST ${ONE}/submission`, ['case.submit'], () => walk.submit()),
    step(`POST ${ONE}/decisions`, ['case.review'], () => walk.decide(manager)),
    step(`DELETE ${ONE}/decisions`, ['case.takeBack'], () =>
      manager.call('DELETE', walk.at('decisions')),
    ),
    step(`POST ${ONE}/decisions`, ['case.return'], () => walk.decide(manager, 'return')),
    step(`POST ${ONE}/decisions`, ['case.review', 'case.approve'], () => walk.approved()),
    step(`POST ${ONE}/completion`, ['case.complete'], () =>
      sponsor.call('POST', walk.at('completion'), { accountId: 'tt_1', note: '' }),
    ),
    step(`PUT ${ONE}/announcement`, ['case.announce'], async () => {
      const [account] = await itemsOf(sponsor, 'accounts?status=running&limit=1');
      await walk.make(CLOSE, account!.id);
      await walk.approved();
      const announced = { url: 'http://www.example.gov.cn/gg/1.html', publishedOn: '2026-01-05' };
      return sponsor.call('PUT', walk.at('announcement'), announced);
    }),
    step(`POST ${ONE}/revocation`, ['case.revoke'], () =>
      office.supervisor.call('POST', walk.at('revocation'), { note: '批准有误' }),
    ),
    step(`POST ${ONE}/withdrawal`, ['case.withdraw'], async () => {
      await walk.make(OPEN);
      return sponsor.call('POST', walk.at('withdrawal'), { note: '不办了' });
    }),
    step(`POST ${V1}/upkeep/duties/{id}/confirmation`, ['upkeep.confirm'], () =>
      walk.confirmUpkeep(),
    ),
    ...rectificationSteps(office),
    ...matrixSteps(office),
    ...notifySteps(office),
    ...findErrorSteps(office),
    ...dutySteps(office),
  ];
}
