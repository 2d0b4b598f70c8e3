import { readFileSync } from 'node:fs';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { printPdf } from '../documents/print-pdf.ts';
import { readWorkbook } from '../documents/workbook.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { parsePeriod } from '../domain/period.ts';
import type { Subject, SubjectKind } from '../domain/subject.ts';
import type { FailingSubject, FrozenRound } from '../inspection/index.ts';
import { ruleByLabel } from '../scoring/index.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import { annexTables } from './annex-tables.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { parseIssue } from './issue.ts';
import { reconcile } from './reconcile.ts';
import { writeAnnexes } from './write-annexes.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';

const readCase = (path: string): CaseFile =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as CaseFile;
const seed = readCase('samples/hunan-2020q3.json');
const ISSUE = parseIssue(
  readFileSync(new URL('../../samples/hunan-2020q3-issue.json', import.meta.url), 'utf8'),
  'issue.json',
);
const ruleset = testRuleset('hunan-2020');
const printName = (unit: string): string => (unit === '湘西土家族苗族自治州' ? '湘西自治州' : unit);

/** A frozen round whose counts and failures are a case's, without any web in between. */
function frozenFrom(source: CaseFile): FrozenRound {
  let id = 0;
  const subject = (kind: SubjectKind, printRow: string, more: object): Subject => {
    id += 1;
    return {
      kind,
      id,
      name: `对象${id}`,
      sponsorId: 1,
      sponsorName: '',
      printRow,
      status: 'running',
      registryOrder: id,
      monitoredAt: null,
      platform: '微信公众号',
      accountId: `a${id}`,
      siteCode: String(id),
      ...more,
    } as unknown as Subject;
  };
  const subjects: FrozenRound['subjects'][number][] = [];
  const failing: FailingSubject[] = [];
  const add = (
    kind: SubjectKind,
    rows: CaseFile['sitesByUnit'],
    failures: readonly (CaseFile['failingSites'][number] | CaseFile['failingAccounts'][number])[],
  ): void => {
    for (const row of rows) {
      const own = failures.filter((failure) => printName(failure.unit) === row.unit);
      for (let index = 0; index < row.running; index += 1) {
        const failure = own[index];
        const each = subject(
          kind,
          row.unit,
          failure
            ? {
                name: failure.name,
                ...('siteCode' in failure
                  ? { siteCode: failure.siteCode }
                  : { platform: failure.platform, sponsorName: failure.operator }),
              }
            : {},
        );
        subjects.push({
          subject: each,
          checked: index < row.checked,
          monitoredAt: '',
          stage: 'judged',
          pages: 0,
          apiCalls: 0,
          feeds: 0,
          lastUpdate: { date: null, none: false },
          verdict: null,
        });
        if (!failure) continue;
        const rules = failure.problems.map((problem) => ruleByLabel(ruleset, kind, problem)!);
        const repeated = source.repeatOffenders.some((offender) => offender.name === failure.name);
        const last = 'operator' in failure ? failure.lastUpdated : null;
        failing.push({
          subject: each,
          rules,
          findingIds: [],
          lastUpdate: { date: last, none: last === null },
          repeatedRules: repeated ? rules.slice(0, 1) : [],
        });
      }
    }
  };
  add('site', source.sitesByUnit, source.failingSites);
  add('account', source.accountsByUnit, source.failingAccounts);
  const sampled = source.sitesTotal.checked < source.sitesTotal.running;
  const coverage = sampled
    ? { mode: 'sample', by: 'list', file: 'sample.csv' }
    : { mode: 'census' };
  const { key, label } = parsePeriod(source.period);
  const round = {
    id: 1,
    period: key,
    label,
    window: source.samplingWindow,
    monitoredAt: '',
    ruleset,
    clock: 'live',
    coverage: { sites: coverage, accounts: coverage },
    resolveRules: [],
    state: 'frozen',
    reviewWaived: null,
    undeterminedWaived: null,
    createdAt: '',
    frozenAt: '',
  } as FrozenRound['round'];
  const names = [
    ...new Set([...source.sitesByUnit, ...source.accountsByUnit].map((row) => row.unit)),
  ];
  const has = (rows: CaseFile['sitesByUnit'], name: string): boolean =>
    rows.some((row) => row.unit === name);
  return {
    round,
    printRows: names.map((name) => ({
      name,
      hasSites: has(source.sitesByUnit, name),
      hasAccounts: has(source.accountsByUnit, name),
    })),
    subjects,
    failing,
    undetermined: [],
    previousPeriod: null,
  };
}

describe('the founding document from its counts', () => {
  const bulletin = composeBulletin(frozenFrom(seed), ISSUE);
  const text = bulletin.text.paragraphs.map((paragraph) => paragraph.text).join('\n');

  it('gives its tables, rates and shares', () => {
    expect(bulletin.sitesByUnit).toEqual(seed.sitesByUnit);
    expect(bulletin.accountsByUnit).toEqual(seed.accountsByUnit);
    expect([bulletin.sitesTotal, bulletin.accountsTotal]).toEqual([
      seed.sitesTotal,
      seed.accountsTotal,
    ]);
    expect(bulletin.printed).toEqual(seed.printed);
    expect(bulletin.failingAccounts.map((row) => row.lastUpdatedPrinted)).toEqual(
      seed.failingAccounts.map((row) => row.lastUpdatedPrinted),
    );
    expect([bulletin.title, bulletin.documentNumber, bulletin.isDraft]).toEqual([
      seed.title,
      seed.documentNumber,
      false,
    ]);
  });

  it('names the places at 100 % and the problems as the document does', () => {
    expect(text).toContain(
      '其中长沙市、株洲市、湘潭市、邵阳市、岳阳市、常德市、张家界市、益阳市、郴州市、永州市、怀化市、娄底市、湘西自治州网站检查合格率100%',
    );
    expect(text).toContain(
      '其中长沙市、株洲市、湘潭市、邵阳市、常德市、郴州市、怀化市、娄底市政务新媒体检查合格率100%',
    );
    expect(text).toContain('岳阳市、张家界市分别有9家和17家，占比25.71%和48.57%');
    expect(text).toContain('等4家政务新媒体同时存在');
    expect(text).toContain('2020年10月23日前');
  });

  it('stops when text and annexes disagree', () => {
    expect(() => reconcile(bulletin, ruleset.percent)).not.toThrow();
    const tampered = (change: object) => () =>
      reconcile({ ...bulletin, ...change }, ruleset.percent);
    expect(tampered({ sitesTotal: { ...bulletin.sitesTotal, failing: 2 } })).toThrow('对不上');
    expect(tampered({ failingAccounts: bulletin.failingAccounts.slice(1) })).toThrow('对不上');
    const paragraphs = bulletin.text.paragraphs.map((paragraph) => ({
      ...paragraph,
      text: paragraph.text.replace('97.99%', '98.99%'),
    }));
    expect(tampered({ text: { ...bulletin.text, paragraphs } })).toThrow('对不上');
  });

  it('prints the same rows into .docx, .xlsx and .pdf', async () => {
    const docx = await mammoth.extractRawText({ buffer: Buffer.from(await writeDocx(bulletin)) });
    const sheets = await readWorkbook(await writeAnnexes(bulletin), 'annexes.xlsx');
    annexTables(bulletin).forEach((annex, index) => {
      expect(docx.value).toContain(annex.title);
      const rows = sheets[index]!.rows.map((row) => row.join('|'));
      for (const cells of annex.rows) {
        expect(docx.value).toContain(cells[2]);
        expect(rows).toContain(cells.join('|'));
      }
    });
    const pdf = await printPdf(writeHtml(bulletin), undefined);
    expect(pdf.ok && Buffer.from(pdf.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  });
});

describe('other issues', () => {
  it.each(['sampled-2021q1', 'sound-2022h1'])('%s', (name) => {
    const source = readCase(`test/cases/${name}.json`);
    const bulletin = composeBulletin(frozenFrom(source), {});
    expect(bulletin.sitesByUnit.map((row) => row.ratio)).toEqual(
      source.sitesByUnit.map((row) => row.ratio),
    );
    expect([bulletin.issuer, bulletin.issuedOn, bulletin.contact]).toEqual([
      '待填',
      '待填',
      '待填',
    ]);
    expect(() => reconcile(bulletin, ruleset.percent)).not.toThrow();
    const text = bulletin.text.paragraphs.map((paragraph) => paragraph.text).join('');
    expect(text).toContain(name.startsWith('sound') ? '未发现存在突出问题' : '抽查6家');
  });

  it('refuses an issue file with unknown fields or bad dates', () => {
    expect(() => parseIssue('{"issuedOn":"2020-02-30"}', 'i.json')).toThrow('内容不对');
    expect(() => parseIssue('{"签发":"x"}', 'i.json')).toThrow('内容不对');
    expect(() => parseIssue('不是', 'i.json')).toThrow('不是有效的 JSON');
  });
});
