import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import type { TemplateContent } from './template-words.ts';

type Trial = AnswerOf<'/api/v1/notice-templates/{kind}/previews', 'post'>;

/** After the last key: a trial for every letter would ask the server for nothing. */
const TYPING_PAUSE_MS = 400;

/** Words as they would be on a real case, asked for again when somebody stops typing. */
export function useTrial(kind: string, content: TemplateContent, example: string | null) {
  const [settled, setSettled] = useState(content);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(content), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [content]);
  return useQuery<Trial, ApiError>({
    queryKey: ['/api/v1/notice-templates/{kind}/previews', kind, settled, example],
    queryFn: () =>
      sendChange('post', '/api/v1/notice-templates/{kind}/previews', {
        params: { path: { kind } },
        body: { content: settled, example },
      }),
    placeholderData: keepPreviousData,
  });
}
