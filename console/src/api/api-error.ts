import type { Problem } from './types.ts';

const WORDS_OF_STATUS: Readonly<Record<number, string>> = {
  401: '请先登录。',
  403: '您没有做这件事的权限。',
  404: '没有找到。',
  413: '内容太大。',
  429: '操作太频繁，请稍候再试。',
  502: '服务器暂时没有应答，请稍后再试。',
  503: '服务器正忙，请稍后再试。',
  504: '服务器暂时没有应答，请稍后再试。',
};

/** Any failure of a request, in words for people; `requestId` finds it in the server's log. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly string[];
  readonly field: string | null;
  readonly requestId: string | null;

  constructor(status: number, problem: Partial<Problem>, cause?: unknown) {
    super(problem.message ?? WORDS_OF_STATUS[status] ?? `请求没有成功（${status}）。`, { cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'console.unknown';
    this.details = problem.details ?? [];
    this.field = problem.field ?? null;
    this.requestId = problem.requestId ?? null;
  }

  static from(response: Response, body: unknown): ApiError {
    const problem: Partial<Problem> = isProblem(body) ? body : {};
    const requestId = problem.requestId ?? response.headers.get('x-request-id') ?? undefined;
    return new ApiError(response.status, { ...problem, ...(requestId && { requestId }) });
  }

  static offline(cause: unknown): ApiError {
    const message = '连不上服务器。请检查网络，并确认巡鉴仍在运行，然后重试。';
    return new ApiError(0, { code: 'console.offline', message }, cause);
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'message' in body && 'code' in body;
}

/** The words of any failure, for messages that have one line. */
export function wordsOfError(error: unknown): string {
  if (error instanceof ApiError)
    return error.requestId ? `${error.message}（请求编号 ${error.requestId}）` : error.message;
  return '页面出错，请刷新后重试。';
}
