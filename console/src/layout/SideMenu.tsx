import { Link } from '@tanstack/react-router';
import { useCan } from '../hooks/use-session.ts';
import { MENU } from './menu.ts';

const PATHS = MENU.flatMap(({ entries }) => entries.map(({ to }) => to));
/** Another entry lies below it: only one of them is where one is. */
const isPrefix = (to: string): boolean =>
  to === '/' || PATHS.some((path) => path.startsWith(`${to}/`));

/** The pages that the signed-in person may see. */
export function SideMenu({ onChosen }: { readonly onChosen?: () => void }) {
  const can = useCan();
  const groups = MENU.map((group) => ({
    ...group,
    entries: group.entries.filter(({ ability }) => ability === null || can(ability)),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <nav className="side-menu" aria-label="主菜单">
      {groups.map((group) => (
        <div key={group.words ?? ''}>
          {group.words && <div className="side-menu-group">{group.words}</div>}
          <ul>
            {group.entries.map(({ to, words, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeOptions={{ exact: isPrefix(to), includeSearch: false }}
                  activeProps={{ className: 'side-menu-here', 'aria-current': 'page' }}
                  {...(onChosen && { onClick: onChosen })}
                >
                  <Icon aria-hidden />
                  {words}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
