import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { RouteProblem } from './layout/RouteProblem.tsx';
import { findError, inside, login, password, root, setup } from './routes/doors.tsx';
import { officePages } from './routes/office-pages.tsx';
import { paperPages } from './routes/paper-pages.tsx';
import { registerPages } from './routes/register-pages.tsx';
import { LoadingState } from './ui/LoadingState.tsx';
import { formatSearch, parseSearch } from './util/search.ts';

const pages = [...registerPages, ...paperPages, ...officePages] as const;

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([login, setup, password, findError, inside.addChildren(pages)]),
    context: { queries },
    parseSearch,
    stringifySearch: formatSearch,
    defaultErrorComponent: RouteProblem,
    defaultPendingComponent: LoadingState,
    defaultPendingMs: 300,
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
