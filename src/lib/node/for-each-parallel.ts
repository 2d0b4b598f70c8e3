/**
 * Runs `work` over `items` with at most `limit` under way. The first failure stops new work, waits for what is under way,
 * then is thrown; so does an aborted signal.
 */
export async function forEachParallel<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  const run = async (): Promise<void> => {
    while (next < items.length && failure === null) {
      signal.throwIfAborted();
      const item = items[next++]!;
      await work(item);
    }
  };
  const runners = Array.from({ length: Math.min(limit, items.length) }, () =>
    run().catch((error: unknown) => {
      failure ??= { error };
    }),
  );
  await Promise.all(runners);
  const failed = failure as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
}
