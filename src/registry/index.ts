/** The door of the registry. */
export {
  type AccountChange,
  changeAccount,
  enterAccount,
  findAccount,
  type RegisteredAccount,
} from './change-account.ts';
export { registryCommands } from './commands.ts';
export { sniffUpload } from './import/sniff-upload.ts';
export { importRegistry } from './import-registry.ts';
export { keepRegister } from './keep-register.ts';
export {
  type KnownSubject,
  type NamedSubject,
  SubjectMatcher,
  UNMATCHED,
  type Unmatched,
} from './match-subjects.ts';
export { portalAbove } from './portal-above.ts';
export { isPublicAddressText } from './public-url.ts';
export { quietHoursOf, setQuietHours } from './quiet-hours.ts';
export { readInput } from './read-input.ts';
export { readRegisterFiles } from './read-register-files.ts';
export { changeRecord } from './record/edit-record.ts';
export {
  addIdentities,
  allAccountKeys,
  findByIdentity,
  identitiesOf,
} from './record/identities.repository.ts';
export { recordsOf } from './record/record.repository.ts';
export {
  findSite,
  listAccounts,
  listPrintRows,
  listSites,
  listUnits,
  loadUnitTree,
  registryIsEmpty,
  type SiteName,
} from './registry.repository.ts';
export { DEFAULT_REGISTRY_POLICY, type RegistryPolicy } from './registry-policy.ts';
export { registerRegistryRoutes } from './routes.ts';
export { markChecked } from './save-accounts.ts';
export { LEVEL_OF } from './save-sources.ts';
export { type AccountSourceTable, credentialPlace, type SourceState } from './tables.ts';
export { unitsBelow } from './units-below.ts';
