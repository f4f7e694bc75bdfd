import { ErrorCodes, ResponseError } from 'vscode-languageserver';

/** What the protocol allows when: nothing but `initialize` before it, nothing but `exit` behind `shutdown`. */
export class Lifecycle {
  #phase: 'new' | 'running' | 'over' = 'new';

  get isRunning(): boolean {
    return this.#phase === 'running';
  }

  /** `initialize` came. Throws what it is answered with where it came before. */
  begin(): void {
    if (this.#phase !== 'new') throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was initialized before.');
    this.#phase = 'running';
  }

  /** `shutdown` came. */
  end(): void {
    this.demand();
    this.#phase = 'over';
  }

  /** Throws what a request is answered with that comes too early or too late. */
  demand(): void {
    if (this.#phase === 'new') throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
    if (this.#phase === 'over') throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down.');
  }
}
