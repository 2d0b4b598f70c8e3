import { Button } from 'antd';
import { ApiError, wordsOfError } from '../api/api-error.ts';
import { CopyText } from './CopyText.tsx';

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** A failed part of a page: what happened, what to do, and the number under which the log tells more. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const problem = error instanceof ApiError ? error : null;
  return (
    <div className="state-block" role="alert">
      <div className="state-mark state-mark-bad" aria-hidden>
        !
      </div>
      <h2>{problem?.status === 404 ? '没有找到' : '没有读到内容'}</h2>
      <p>{problem ? problem.message : wordsOfError(error)}</p>
      {problem && problem.details.length > 0 && (
        <ul>
          {problem.details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {problem?.requestId && (
        <p className="quiet">
          请求编号 <CopyText text={problem.requestId} />
        </p>
      )}
      {onRetry && problem?.status !== 404 && <Button onClick={onRetry}>重试</Button>}
    </div>
  );
}
