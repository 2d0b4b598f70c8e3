import { DatePicker, Form, Input, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { CoverageFields } from './CoverageFields.tsx';
import type { DraftProblems, RoundDraft } from './round-draft.ts';
import { WholeSitesFields } from './WholeSitesFields.tsx';
import { wholeSitesCost } from './whole-sites.ts';

interface RoundFieldsProps {
  readonly draft: RoundDraft;
  readonly onDraft: (draft: RoundDraft) => void;
  readonly problems: DraftProblems;
}

const day = (date: string) => (date === '' ? null : dayjs(date));
const text = (date: dayjs.Dayjs | null | undefined) => date?.format('YYYY-MM-DD') ?? '';

export function RoundFields({ draft, onDraft, problems }: RoundFieldsProps) {
  const set = (change: Partial<RoundDraft>): void => onDraft({ ...draft, ...change });
  const field = (name: keyof RoundDraft, label: string, help: string, children: ReactNode) => (
    <Form.Item
      label={label}
      htmlFor={`round-${name}`}
      required={name !== 'label'}
      validateStatus={problems[name] ? 'error' : ''}
      help={problems[name] ?? help}
    >
      {children}
    </Form.Item>
  );
  return (
    <Form layout="vertical" component="div" className="round-fields">
      {field(
        'period',
        '期次',
        '季度写 2020Q3，半年 2020H1，月 2020-07，也可写“2019年第二次”',
        <Input
          id="round-period"
          value={draft.period}
          maxLength={40}
          onChange={(event) => set({ period: event.target.value })}
        />,
      )}
      {field(
        'label',
        '通报里的叫法',
        '不写就按期次来，如“2020年第三季度”',
        <Input
          id="round-label"
          value={draft.label}
          maxLength={40}
          onChange={(event) => set({ label: event.target.value })}
        />,
      )}
      {field(
        'from',
        '采样时间',
        '从哪天到哪天采集，会印在附件的注里',
        <DatePicker.RangePicker
          id={{ start: 'round-from', end: 'round-to' }}
          value={[day(draft.from), day(draft.to)]}
          onChange={(range) => set({ from: text(range?.[0]), to: text(range?.[1]) })}
        />,
      )}
      {field(
        'monitoredOn',
        '监测时间点',
        '以这一天为准判断“前两周”“前六个月”，应在采样时间之内',
        <DatePicker
          id="round-monitoredOn"
          value={day(draft.monitoredOn)}
          onChange={(date) => set({ monitoredOn: text(date) })}
        />,
      )}
      {field(
        'ruleset',
        '规则集',
        '采用它的现行版本；建好后不再变',
        <RulesetSelect {...{ draft, set }} />,
      )}
      {field(
        'sites',
        '政府网站',
        '抽查时随机种子会记下来，以后可以照样重抽',
        <CoverageFields kind="sites" value={draft.sites} onValue={(sites) => set({ sites })} />,
      )}
      {field(
        'accounts',
        '政务新媒体',
        '',
        <CoverageFields
          kind="accounts"
          value={draft.accounts}
          onValue={(accounts) => set({ accounts })}
        />,
      )}
      {field(
        'wholeSites',
        '全站普查',
        wholeSitesHelp(draft),
        <WholeSitesChoice {...{ draft, set }} />,
      )}
      {field('clock', '采集方式', '', <ClockChoice {...{ draft, set }} />)}
      {draft.clock === 'replay' &&
        field(
          'resolve',
          '域名指向',
          '补采会立即访问全部次数，只能访问本机：每行一条，如 *.example.gov.cn=127.0.0.1:8080',
          <ResolveLines {...{ draft, set }} />,
        )}
    </Form>
  );
}

function wholeSitesHelp({ wholeSites }: RoundDraft): string {
  const what = '走遍一个网站的网页、图片和附件，查死链和疑似错误的文字，原文存档';
  if (wholeSites.sites === 'none') return `${what}；不做则每站只看首页和栏目的几十页`;
  return `${what}。同一地址每秒最多 4 次，${wholeSitesCost(wholeSites)}，几个网站在同一地址的依次进行；批次要等它走完才判定`;
}

interface PartProps {
  readonly draft: RoundDraft;
  readonly set: (change: Partial<RoundDraft>) => void;
}

function RulesetSelect({ draft, set }: PartProps) {
  const rulesets = useGet('/api/v1/rulesets', {});
  const newest = new Map((rulesets.data?.items ?? []).toReversed().map((each) => [each.id, each]));
  return (
    <Select
      id="round-ruleset"
      value={draft.ruleset === '' ? null : draft.ruleset}
      loading={rulesets.isPending}
      placeholder="请选择"
      options={[...newest.values()].map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(ruleset: string) => set({ ruleset })}
    />
  );
}

function ResolveLines({ draft, set }: PartProps) {
  return (
    <Input.TextArea
      id="round-resolve"
      value={draft.resolve}
      rows={2}
      maxLength={2000}
      onChange={(event) => set({ resolve: event.target.value })}
    />
  );
}

function WholeSitesChoice({ draft, set }: PartProps) {
  return (
    <WholeSitesFields value={draft.wholeSites} onValue={(wholeSites) => set({ wholeSites })} />
  );
}

function ClockChoice({ draft, set }: PartProps) {
  return (
    <Radio.Group
      id="round-clock"
      value={draft.clock}
      onChange={(event) => set({ clock: event.target.value as RoundDraft['clock'] })}
    >
      <Radio value="live">实时：按时访问，通报可以签发</Radio>
      <Radio value="replay">补采：立即访问并记下真实时刻，通报只能是草案</Radio>
    </Radio.Group>
  );
}
