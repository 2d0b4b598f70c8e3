import { useEffect, useState } from 'react';
import type { RoundProgress } from '../api/types.ts';

interface LiveProgress {
  readonly progress: RoundProgress | null;
  /** False while the stream is cut; the browser comes back by itself. */
  readonly isConnected: boolean;
}

/** Live progress of one round (server-sent events), or of whichever runs when `period` is null. */
export function useProgress(period: string | null, isWanted = true): LiveProgress {
  const [live, setLive] = useState<LiveProgress>({ progress: null, isConnected: false });
  useEffect(() => {
    if (!isWanted) return;
    const events = new EventSource('/api/v1/progress');
    const onConnected = (isConnected: boolean) => setLive((last) => ({ ...last, isConnected }));
    events.addEventListener('open', () => onConnected(true));
    events.addEventListener('error', () => onConnected(false));
    events.addEventListener('progress', (event: MessageEvent<string>) => {
      const progress = JSON.parse(event.data) as RoundProgress;
      if (period === null || progress.period === period) setLive({ progress, isConnected: true });
    });
    return () => events.close();
  }, [period, isWanted]);
  return live;
}
