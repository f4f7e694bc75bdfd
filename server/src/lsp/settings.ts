import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Connection } from 'vscode-languageserver';
import type { Abilities } from './abilities.ts';

/** The settings' first name in every editor. */
export const section = 'podwright';

/** What a user may set; each may differ from folder to folder. */
export interface Settings {
  readonly enable: boolean;
}

const defaults: Settings = { enable: true };

/** Milliseconds that an answer may take. Nobody shall wait for ever because a client promises what it does not keep. */
const patience = 2_000;

/**
 * Settings from wherever this client keeps them: `initializationOptions` at the start, then what
 * `workspace/didChangeConfiguration` brings, and `workspace/configuration` for each resource only where the client has it.
 */
export class SettingsStore {
  readonly #connection: Connection;
  #ask = false;
  #given: Settings = defaults;
  #asked = new Map<string, Promise<Settings>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  initialize(abilities: Abilities, options: unknown): void {
    this.#ask = abilities.configuration;
    this.#given = read(options, defaults);
  }

  /** Tells a client that wants to know it that changed settings are of interest. */
  async register(abilities: Abilities): Promise<void> {
    if (!abilities.registerConfiguration) return;
    await this.#connection.client.register(DidChangeConfigurationNotification.type, { section });
  }

  /** Something changed: what was known is forgotten. Clients that answer questions send nothing useful along. */
  change(settings: unknown): void {
    this.#asked = new Map();
    if (!this.#ask) this.#given = read(settings, this.#given);
  }

  /** The settings of one document. Never fails: without an answer the defaults hold. */
  of(uri: string): Promise<Settings> {
    if (!this.#ask) return Promise.resolve(this.#given);
    const known = this.#asked.get(uri);
    if (known !== undefined) return known;
    const asked = inTime(this.#connection.workspace.getConfiguration({ scopeUri: uri, section }))
      .then((answer: unknown) => read(answer, this.#given))
      .catch((error: unknown) => {
        this.#connection.console.warn(`No settings for ${uri}: ${String(error)}`);
        return this.#given;
      });
    this.#asked.set(uri, asked);
    return asked;
  }

  forget(uri: string): void {
    this.#asked.delete(uri);
  }
}

/** The answer, or a failure once {@link patience} is at its end. */
async function inTime(answer: Promise<unknown>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(patience)} ms`));
    }, patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Settings are users' text: what has the wrong shape falls back. Both `{podwright: {…}}` and the inner object are read. */
function read(given: unknown, fallback: Settings): Settings {
  if (!isObject(given)) return fallback;
  const inner = given[section];
  const { enable } = isObject(inner) ? inner : given;
  return { enable: typeof enable === 'boolean' ? enable : fallback.enable };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
