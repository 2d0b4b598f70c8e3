import { useEffect } from 'react';

/** The browser's tab says where one is; several tabs stay apart. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 巡鉴`;
  }, [title]);
}
