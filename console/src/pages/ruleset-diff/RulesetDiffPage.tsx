import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Select, Switch } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LoadingState } from '../../ui/LoadingState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Search } from '../../util/search.ts';
import '../ruleset/ruleset.css';
import { compareVersions } from '../ruleset/compare-versions.ts';
import type { RulesetVersion } from '../rulesets/ruleset-types.ts';
import { ComparedRules } from './ComparedRules.tsx';

/** Two versions of a ruleset side by side. Which two, and whether equal rules are shown, stands in the address. */
export function RulesetDiffPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const all = useGet('/api/v1/rulesets', {}).data?.items;
  const versions = (all ?? []).filter((each) => each.id === id);
  const to = search.to ?? text(versions[0]);
  const from = search.from ?? text(versions[1]);
  const left = useVersion(id, from);
  const right = useVersion(id, to);
  const set = (changes: Search): void =>
    void navigate({ to: '.', search: { ...search, ...changes } });
  const isWhole = search.all === '1';
  const error = left.error ?? right.error;
  return (
    <>
      <PageHeader
        title="比较两个版本"
        note={versions[0]?.name}
        back={{ to: '/rulesets', words: '规则' }}
      />
      <div className="diff-bar">
        <VersionSelect
          label="旧版本"
          value={from}
          versions={versions}
          onValue={(next) => set({ from: next })}
        />
        <span aria-hidden>→</span>
        <VersionSelect
          label="新版本"
          value={to}
          versions={versions}
          onValue={(next) => set({ to: next })}
        />
        <span className="tag-row">
          <Switch
            id="diff-all"
            checked={isWhole}
            onChange={(on) => set({ all: on ? '1' : undefined })}
          />
          <label htmlFor="diff-all">也列出相同的规则</label>
        </span>
      </div>
      {all !== undefined && (from === undefined || to === undefined) ? (
        <EmptyState title="只有一个版本">改过规则之后才有两个版本可比。</EmptyState>
      ) : error ? (
        <ErrorState error={error} />
      ) : left.data && right.data ? (
        <ComparedRules
          left={left.data}
          right={right.data}
          rules={compareVersions(left.data.rules, right.data.rules)}
          isWhole={isWhole}
        />
      ) : (
        <LoadingState rows={10} />
      )}
    </>
  );
}

const text = (version: RulesetVersion | undefined): string | undefined =>
  version === undefined ? undefined : String(version.version);

function useVersion(id: string, version: string | undefined) {
  return useGet(
    '/api/v1/rulesets/{id}',
    { path: { id }, query: version === undefined ? {} : { version: Number(version) } },
    { enabled: version !== undefined },
  );
}

interface VersionSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly versions: readonly RulesetVersion[];
  readonly onValue: (version: string) => void;
}

function VersionSelect({ label, value, versions, onValue }: VersionSelectProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      style={{ width: 260 }}
      popupMatchSelectWidth={false}
      value={value ?? null}
      options={versions.map(({ version, reason }) => ({
        value: String(version),
        label: `第 ${version} 版 ${reason ?? ''}`,
      }))}
      onChange={(next: string | null) => next !== null && onValue(next)}
    />
  );
}
