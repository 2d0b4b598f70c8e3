import {
  type Admit,
  type FrontierEntry,
  MemoryFrontier,
  type RefusedEntry,
} from '../walk/frontier.ts';

/** A frontier that remembers why an address was not visited: the same reason is then given for its link. */
export class NotingFrontier extends MemoryFrontier {
  readonly refusals = new Map<string, string>();

  override async add(
    entries: readonly FrontierEntry[],
    admit: Admit,
  ): Promise<readonly RefusedEntry[]> {
    const refused = await super.add(entries, admit);
    for (const { entry, reason } of refused) this.refusals.set(entry.url, reason);
    return refused;
  }
}
