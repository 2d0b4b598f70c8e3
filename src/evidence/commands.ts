import type { Command } from '../cli/command.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import { packCommand, verifyCommand } from './pack-commands.ts';
import { checkCommand, pruneCommand, statusCommand, uploadCommand } from './retention-commands.ts';
import { showCommand } from './show-command.ts';

/** Everything of the evidence feature that a terminal can ask. */
export const evidenceCommands: readonly Command<EvidenceDeps>[] = [
  showCommand,
  packCommand,
  verifyCommand as Command<EvidenceDeps>,
  statusCommand,
  pruneCommand,
  uploadCommand,
  checkCommand,
];
