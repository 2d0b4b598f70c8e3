import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendFiles } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { countWords, type LexiconPreview } from './lexicon-words.ts';
import './lexicons.css';

/** What the server takes; it looks at the bytes itself. */
const ACCEPTED = '.xlsx,.csv,.json';
/** As the server has it. */
const REASON_MAX = 500;

interface Looked {
  readonly file: File;
  readonly preview: LexiconPreview;
}

/** Choose a file, see what is in it and which rows are wrong, say why, import: it counts from the next check on. */
export function ImportLexicon() {
  const id = useId();
  const mayNot = useWhyNot()('ruleset.change');
  const [looked, setLooked] = useState<Looked | null>(null);
  const look = useChange({
    change: (file: File) => sendFiles('/api/v1/lexicons/previews', [file]),
    isErrorShownByCaller: true,
    onDone: (preview, file) => setLooked({ file, preview }),
  });
  const choose = (file: File | undefined): void => {
    setLooked(null);
    if (file) look.mutate(file);
  };
  return (
    <Panel title="导入词库">
      <p className="quiet">
        Excel（.xlsx）、CSV、JSON；按表头认列：错误写法、保护名称、姓名和职务、词语。导入之前先核对。
      </p>
      {mayNot === null ? (
        <>
          <label htmlFor={id}>词库文件：</label>
          <input
            id={id}
            type="file"
            className="lexicon-file"
            accept={ACCEPTED}
            onChange={(event) => {
              choose(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </>
      ) : (
        <p className="quiet">{mayNot}</p>
      )}
      {look.isPending && <p role="status">正在核对……</p>}
      <FormProblem error={look.error} />
      {looked && <LookedFile looked={looked} onDone={() => setLooked(null)} />}
    </Panel>
  );
}

function LookedFile({ looked, onDone }: { readonly looked: Looked; readonly onDone: () => void }) {
  const { file, preview } = looked;
  const id = useId();
  const [reason, setReason] = useState('');
  const keep = useChange({
    change: () => sendFiles('/api/v1/lexicons', [file], { query: { reason: reason.trim() } }),
    doneWords: ({ id: name, version, isKnown }) =>
      isKnown
        ? `内容与“${name}”第 ${version} 版相同，已改用它`
        : `已存为“${name}”第 ${version} 版，从下一次检查起用它`,
    refreshes: ['/api/v1/lexicons'],
    isErrorShownByCaller: true,
    onDone,
  });
  const isFaulty = preview.errors.length > 0;
  const whyNot = isFaulty
    ? '有几行不对；改好文件再选一次。'
    : reason.trim() === ''
      ? '请写明理由。'
      : null;
  return (
    <div className="stack lexicon-preview">
      <p>
        {file.name}：词库“{preview.id}”，{countWords(preview)}
      </p>
      <RowFaults preview={preview} />
      <label htmlFor={id}>为什么导入（依据哪份文件、谁任免）：</label>
      <Input.TextArea
        id={id}
        rows={2}
        value={reason}
        maxLength={REASON_MAX}
        onChange={(event) => setReason(event.target.value)}
      />
      <FormProblem error={keep.error} />
      <ReasonedButton
        type="primary"
        whyNot={whyNot}
        loading={keep.isPending}
        onClick={() => keep.mutate()}
      >
        导入并启用
      </ReasonedButton>
    </div>
  );
}

function RowFaults({ preview: { errors, errorsLeftOut } }: Pick<Looked, 'preview'>) {
  if (errors.length === 0) return null;
  return (
    <ScrollBox name="不对的行">
      <table className="plain-table">
        <caption>
          不对的 {errors.length + errorsLeftOut} 处
          {errorsLeftOut > 0 && `，只列前 ${errors.length} 处`}
        </caption>
        <tbody>
          {errors.map((error) => (
            <tr key={error}>
              <td>{error}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
