import { describe, expect, it } from 'vitest';
import type { Role } from '../../api/types.ts';
import { whyNotTogether } from './separate-roles.ts';

describe('whyNotTogether', () => {
  it.each([
    { name: 'no role', roles: [], ok: true },
    { name: 'one administrator', roles: ['auditor'], ok: true },
    { name: 'several business roles', roles: ['supervisor', 'inspector'], ok: true },
    { name: 'two administrators', roles: ['systemAdmin', 'auditor'], ok: false },
    { name: 'an administrator who also works', roles: ['securityAdmin', 'supervisor'], ok: false },
  ] as { name: string; roles: Role[]; ok: boolean }[])('$name', ({ roles, ok }) => {
    expect(whyNotTogether(roles) === null).toBe(ok);
  });
});
