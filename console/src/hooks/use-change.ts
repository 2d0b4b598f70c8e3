import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { ApiError, wordsOfError } from '../api/api-error.ts';
import type { PathOf } from '../api/types.ts';

interface ChangeOptions<Input, Answer> {
  readonly change: (input: Input) => Promise<Answer>;
  /** Said when it is done; nothing is said without it. */
  readonly doneWords?: string | ((answer: Answer) => string);
  /** Endpoints whose answers are stale now. */
  readonly refreshes?: readonly PathOf<'get'>[];
  readonly onDone?: (answer: Answer, input: Input) => void;
  /** A form shows the error itself, beside its field. */
  readonly isErrorShownByCaller?: boolean;
}

/** A change on the server: says that it is done or why not, and refreshes what it made stale. */
export function useChange<Input = void, Answer = unknown>(
  options: ChangeOptions<Input, Answer>,
): UseMutationResult<Answer, ApiError, Input> {
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation<Answer, ApiError, Input>({
    mutationFn: options.change,
    onSuccess: async (answer, input) => {
      const { doneWords } = options;
      const words = typeof doneWords === 'function' ? doneWords(answer) : doneWords;
      if (words) message.success(words);
      await Promise.all(
        (options.refreshes ?? []).map((path) => queries.invalidateQueries({ queryKey: [path] })),
      );
      options.onDone?.(answer, input);
    },
    onError: (error) => {
      if (options.isErrorShownByCaller !== true || !(error instanceof ApiError))
        message.error(wordsOfError(error), 6);
    },
  });
}
