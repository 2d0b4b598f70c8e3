import { useNavigate, useSearch } from '@tanstack/react-router';
import { Steps } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Search } from '../../util/search.ts';
import { ChooseFiles } from './ChooseFiles.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { WaitingImports } from './WaitingImports.tsx';
import './import.css';

const STEPS = ['上传文件', '核对', '完成'];

/** The register's import: upload, look at what would change, confirm. The draft's number stands in the address. */
export function ImportPage() {
  const { id } = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const show = (draft: string | undefined): void =>
    void navigate({ to: '/import', search: { id: draft } });
  return (
    <NeedsAbility ability="registry.import">
      <PageHeader title="导入名录" note="单位、政府网站、政务新媒体；确认之前，名录不会改变。" />
      {id === undefined ? (
        <>
          <StepBar at={0} />
          <ChooseFiles onUploaded={(preview) => show(preview.id)} />
          <WaitingImports />
        </>
      ) : (
        <Draft id={id} onAgain={() => show(undefined)} />
      )}
    </NeedsAbility>
  );
}

function Draft({ id, onAgain }: { readonly id: string; readonly onAgain: () => void }) {
  const preview = useGet('/api/v1/registry/imports/{id}', { path: { id } });
  return (
    <>
      <StepBar at={preview.data?.state === 'applied' ? 2 : 1} />
      <Answer of={preview}>{(data) => <PreviewPanel preview={data} onAgain={onAgain} />}</Answer>
    </>
  );
}

function StepBar({ at }: { readonly at: number }) {
  const isNarrow = useIsNarrow();
  if (isNarrow)
    return (
      <p className="quiet import-steps">
        第 {at + 1} 步，共 {STEPS.length} 步：{STEPS[at]}
      </p>
    );
  return <Steps className="import-steps" current={at} items={STEPS.map((title) => ({ title }))} />;
}
