import { Link } from '@tanstack/react-router';
import type { Overview } from '../../api/types.ts';
import { Panel } from '../../ui/Panel.tsx';
import { KIND_WORDS } from '../../util/words.ts';

interface KindNumbersProps {
  readonly kind: 'site' | 'account';
  readonly numbers: Overview['kinds']['site'];
  readonly period: string;
}

/** One kind of subject: the printed pass rate, and the numbers it comes from. */
export function KindNumbers({ kind, numbers, period }: KindNumbersProps) {
  const findings = (status: string) => ({ period, kind, status });
  const { checked, passing, failing, undetermined } = numbers;
  return (
    <Panel
      title={KIND_WORDS[kind]}
      aside={
        <Link to={kind === 'site' ? '/sites' : '/accounts'}>名录 {numbers.registered} 个</Link>
      }
    >
      <div className="kind-numbers">
        <p className="kind-rate">
          <b>{numbers.rateText}</b>
          <span>合格率</span>
        </p>
        <dl>
          <div>
            <dt>检查</dt>
            <dd>{checked}</dd>
          </div>
          <div>
            <dt>合格</dt>
            <dd>{passing}</dd>
          </div>
          <div className={failing > 0 ? 'kind-bad' : ''}>
            <dt>不合格</dt>
            <dd>
              <Link to="/findings" search={findings('breached')}>
                {failing}
              </Link>
            </dd>
          </div>
          <div className={undetermined > 0 ? 'kind-warn' : ''}>
            <dt>无法判定</dt>
            <dd>
              <Link to="/findings" search={findings('undetermined')}>
                {undetermined}
              </Link>
            </dd>
          </div>
        </dl>
      </div>
      <ShareBar {...{ checked, passing, failing, undetermined }} />
    </Panel>
  );
}

type ShareBarProps = Pick<
  KindNumbersProps['numbers'],
  'checked' | 'passing' | 'failing' | 'undetermined'
>;

/** The same numbers as lengths; hidden from readers, who have them above. */
function ShareBar({ checked, passing, failing, undetermined }: ShareBarProps) {
  if (checked === 0) return null;
  const parts = [
    ['share-good', passing],
    ['share-warn', undetermined],
    ['share-bad', failing],
  ] as const;
  return (
    <div className="share-bar" aria-hidden>
      {parts
        .filter(([, count]) => count > 0)
        .map(([name, count]) => (
          <i key={name} className={name} style={{ flexGrow: count }} />
        ))}
    </div>
  );
}
