import { Link } from '@tanstack/react-router';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { AskedUnit, HandInAnswer } from './SelfCheckUnitPage.tsx';

interface VersionsProps {
  readonly asked: AskedUnit;
  readonly versions: HandInAnswer['versions'];
}

/** Every version with who made it; each can be looked at. */
export function Versions({ asked, versions }: VersionsProps) {
  return (
    <Panel title="各版">
      <ul className="kept-versions running-words">
        {versions.map((each) => (
          <li key={each.version}>
            <Link
              to="/self-checks/$id/units/$unitId"
              params={{ id: String(asked.id), unitId: String(asked.unitId) }}
              search={{ version: String(each.version) }}
            >
              第 {each.version} 版
            </Link>{' '}
            {each.submittedAt === null ? (
              <>
                草稿，{each.importedBy}，<DateText at={each.importedAt} />
              </>
            ) : (
              <>
                {each.submittedBy} 报送，
                <DateText at={each.submittedAt} />
              </>
            )}
            ；{each.rows} 行，{each.bad} 处问题
            {each.reason !== '' && <span className="quiet">；更正原因：{each.reason}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
