import { type Acting, assertMay, scopeOf } from '../domain/acting.ts';
import { UserError } from '../lib/pure/errors.ts';

/** One lexicon checks everybody's sites: who answers for a part of the register changes none. Throws {@link UserError} `identity.forbidden`. */
export function assertMayChange(acting: Acting): void {
  assertMay(acting, 'ruleset.change');
  if (scopeOf(acting) === 'all') return;
  throw new UserError('identity.forbidden', '词库和忽略只能由主管单位修改。', {
    details: ['ruleset.change'],
  });
}
