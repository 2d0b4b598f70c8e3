/** Work that a process does again and again. */
export interface RepeatedWork {
  /** Resolves when nothing runs any more and nothing will. */
  stop(): Promise<void>;
}

/**
 * Does a piece of work now and then every `everyMs` until stopped, never twice at once: a run that takes longer leaves the next ones out.
 * What fails is told and tried again at the next turn; so the work must be safe to run twice, and in several processes at once.
 */
export function repeatWork(options: {
  readonly everyMs: number;
  readonly work: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}): RepeatedWork {
  const { everyMs, work, onError } = options;
  let running: Promise<void> | null = null;
  const run = (): void => {
    running ??= work()
      .then(() => undefined, onError)
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(run, everyMs);
  run();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
