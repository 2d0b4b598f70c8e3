/** What the register's settings decide. */
export interface RegistryPolicy {
  /** Days for which a comparison with the national system's export is kept. */
  readonly diffDays: number;
  /** From so many added and changed rows on an import needs a second person; 0 = never for its size. */
  readonly reviewChanges: number;
  /** The same for subjects that are closed or deregistered and identities that are replaced; 0 = never for them. */
  readonly reviewRemovals: number;
}

export const DEFAULT_REGISTRY_POLICY: RegistryPolicy = {
  diffDays: 30,
  reviewChanges: 50,
  reviewRemovals: 1,
};
