import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import type { Issue } from './bulletin.ts';

const TextField = z.string().min(1).max(200);
const IssueFile = z.strictObject({
  documentNumber: TextField.optional(),
  issuer: TextField.optional(),
  issuedOn: z.iso.date().optional(),
  rectificationDeadline: z.iso.date().optional(),
  contact: TextField.optional(),
  praise: z.array(z.string().min(1).max(2000)).max(20).optional(),
  requirements: z.array(z.string().min(1).max(2000)).max(20).optional(),
});

/** Reads `--issue FILE.json`; throws {@link UserError} `bulletin.issue` naming each wrong field. */
export function parseIssue(text: string, fileName: string): Issue {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('bulletin.issue', `${fileName} 不是有效的 JSON。`, {
      field: 'issue',
      cause,
    });
  }
  const parsed = IssueFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `不认识的字段：${issue.keys.join('、')}`
      : `${issue.path.join('.')}：${issue.message}`,
  );
  throw new UserError(
    'bulletin.issue',
    `${fileName} 的内容不对；可写 ${Object.keys(IssueFile.shape).join('、')}，日期写成 2020-09-29。`,
    { field: 'issue', details },
  );
}
