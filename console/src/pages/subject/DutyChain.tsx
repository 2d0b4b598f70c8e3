import { Link } from '@tanstack/react-router';
import type { SiteDetail } from '../../api/types.ts';

/** Who answers for the subject, from the supervising office down to the sponsor. */
export function DutyChain({ chain }: { readonly chain: SiteDetail['dutyChain'] }) {
  if (chain.length === 0) return null;
  return (
    <div className="duty-chain">
      <h3>责任链</h3>
      <ol>
        {[...chain]
          .sort((a, b) => a.level - b.level)
          .map((unit, at) => (
            <li key={unit.id}>
              <Link to="/sites" search={{ unitId: String(unit.id) }}>
                {unit.name}
              </Link>
              <span className="quiet">{dutyWords(at, chain.length)}</span>
            </li>
          ))}
      </ol>
    </div>
  );
}

function dutyWords(at: number, length: number): string {
  if (at === length - 1) return '主办';
  return at === 0 ? '主管' : '上级';
}
