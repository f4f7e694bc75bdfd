import type { Connection } from 'vscode-languageserver';
import type { RuleSet } from '../engine/rule-kinds.ts';
import type { Session } from '../engine/session.ts';
import type { Abilities } from './abilities.ts';
import type { Documents } from './documents.ts';
import type { SettingsStore } from './settings.ts';

/** The files that are not open, as features see them. */
export interface FilesAround {
  /** Waits, not for long, until the configuration of a document is known. */
  readonly configOf: (uri: string) => Promise<void>;
  /** The open folder that a file belongs to, by the client's URI. */
  readonly folderOf: (uri: string) => string | undefined;
  readonly read: (uri: string) => Promise<string | undefined>;
}

/** Those who check a document say when they begin, and hand over what they got when they end. */
export interface Refreshing {
  readonly begin: () => number;
  readonly checked: (uri: string, began: number) => void;
}

/** What every feature of the server works with. */
export interface Context {
  readonly connection: Connection;
  readonly rules: RuleSet;
  readonly session: Session;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  /** The files that are not open. */
  readonly files: FilesAround;
  /** Has other documents checked again where one says something new. */
  readonly refresher: Refreshing;
  /** Known after `initialize`; a client that can do nothing before. */
  readonly abilities: () => Abilities;
}
