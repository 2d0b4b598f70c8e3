/** What zod says of one value, in the shape that Fastify passes on. */
interface Complaint {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Complaints listed in one answer. */
const LISTED_MAX = 20;
const WORDS: Readonly<Record<string, string>> = {
  invalid_type: '类型不对，或缺少',
  invalid_format: '格式不对',
  invalid_value: '不是可用的值',
  too_small: '太小、太短或太少',
  too_big: '太大、太长或太多',
  custom: '不合要求',
};

/** A request that does not fit its schema, in Chinese, by field; an unknown field has a code of its own. */
export function wordSchemaError(complaints: readonly Complaint[]): {
  status: number;
  code: string;
  message: string;
  details: string[];
  field?: string;
} {
  const unknown = complaints.flatMap(({ keyword, params }) =>
    keyword === 'unrecognized_keys' ? (params.keys as string[]) : [],
  );
  if (unknown.length > 0)
    return {
      status: 400,
      code: 'http.unknown-field',
      message: `没有这些字段：${unknown.slice(0, LISTED_MAX).join('、')}。`,
      details: unknown.slice(0, LISTED_MAX),
      field: unknown[0] ?? '',
    };
  const details = complaints
    .slice(0, LISTED_MAX)
    .map(({ keyword, instancePath }) => `${nameOf(instancePath)}：${WORDS[keyword] ?? '写法不对'}`);
  return {
    status: 400,
    code: 'http.bad-request',
    message: `请求的内容不对：${details.join('；')}。`,
    details,
    field: nameOf(complaints[0]?.instancePath ?? ''),
  };
}

const nameOf = (path: string): string =>
  path.replace(/^\//u, '').replaceAll('/', '.') || '整个请求';
