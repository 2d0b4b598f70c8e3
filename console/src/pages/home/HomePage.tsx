import { useCan } from '../../hooks/use-session.ts';
import { OverviewPage } from '../overview/OverviewPage.tsx';
import { WelcomePage } from './WelcomePage.tsx';

/** The first page: the round as it stands for those who may see rounds, else one's own work and where it is. */
export function HomePage() {
  return useCan()('round.read') ? <OverviewPage /> : <WelcomePage />;
}
