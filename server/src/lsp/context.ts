import type { Connection } from 'vscode-languageserver';
import type { RuleSet } from '../engine/rule-kinds.ts';
import type { Session } from '../engine/session.ts';
import type { Abilities } from './abilities.ts';
import type { Documents } from './documents.ts';
import type { SettingsStore } from './settings.ts';

/** What every feature of the server works with. */
export interface Context {
  readonly connection: Connection;
  readonly rules: RuleSet;
  readonly session: Session;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  /** Known after `initialize`; a client that can do nothing before. */
  readonly abilities: () => Abilities;
}
