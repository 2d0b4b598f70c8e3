import { useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { Search } from '../../util/search.ts';
import { DraftSteps } from './DraftSteps.tsx';
import { HandInRows } from './HandInRows.tsx';
import type { AskedUnit, HandInAnswer } from './SelfCheckUnitPage.tsx';
import { UploadDraft } from './UploadDraft.tsx';
import { Versions } from './Versions.tsx';

interface HandInProps {
  readonly asked: AskedUnit;
  readonly handIn: HandInAnswer;
}

/** The file, what it was understood as, and the versions that were submitted. */
export function HandIn({ asked, handIn }: HandInProps) {
  const { version } = useSearch({ strict: false }) as Search;
  const { versions, may } = handIn;
  const shown = versions.find((each) => String(each.version) === version) ?? versions[0];
  const draft = versions.find(({ state }) => state === 'draft');
  return (
    <>
      {may.submit && <UploadDraft asked={asked} hasDraft={draft !== undefined} />}
      {draft !== undefined && may.submit && (
        <DraftSteps asked={asked} draft={draft} revision={handIn.revision} />
      )}
      {shown === undefined ? (
        <EmptyState title="还没有自查结果">
          下载模板填好后导入；导入的是草稿，核对以后再报送。
        </EmptyState>
      ) : (
        <Panel title={`第 ${shown.version} 版的内容`}>
          <HandInRows
            key={shown.version}
            asked={asked}
            version={shown.version}
            revision={handIn.revision}
            mayChoose={may.submit && shown.state === 'draft'}
          />
        </Panel>
      )}
      {versions.length > 0 && <Versions asked={asked} versions={versions} />}
    </>
  );
}
