import type { Connection } from 'vscode-languageserver';
import type { Host } from '../engine/workspace/host.ts';
import { log } from './guard.ts';

/** Questions to a client that has files where this process cannot reach them. Asked of clients that said they answer. */
export const readFile = 'podwright/readFile';
export const listFiles = 'podwright/listFiles';

/** Each file may cost the client a way over the network. What a repository needs is far below. */
const mostFiles = 2_000;

/** The files behind the client: `{uri}` is answered by a text or null, `{folder}` by the URIs of the files below. */
export function clientFiles(connection: Connection): Host {
  const ask = async (question: string, parameters: object): Promise<unknown> => {
    try {
      return await connection.sendRequest<unknown>(question, parameters);
    } catch (error) {
      log(connection, question, error);
      return undefined;
    }
  };
  return {
    read: async (uri) => {
      const text = await ask(readFile, { uri });
      return typeof text === 'string' ? text : undefined;
    },
    async *list(folder, wanted) {
      const answer = await ask(listFiles, { folder });
      if (!Array.isArray(answer)) return;
      const uris = answer.filter((uri): uri is string => typeof uri === 'string' && wanted(uri));
      yield* uris.sort().slice(0, mostFiles);
    },
    // Clients that keep files somewhere else tell of changes by themselves.
    watch: () => () => undefined,
  };
}

/** Each file by the host that can reach it: the disk for `file:`, the client for other schemes, where they are there. */
export function hostBySource(disk: Host | undefined, client: () => Host | undefined): Host {
  const of = (uri: string): Host | undefined => (uri.startsWith('file:') ? disk : client());
  return {
    read: async (uri) => of(uri)?.read(uri),
    async *list(folder, wanted) {
      const host = of(folder);
      if (host !== undefined) yield* host.list(folder, wanted);
    },
    watch: (folder, changed) => of(folder)?.watch(folder, changed) ?? (() => undefined),
  };
}
