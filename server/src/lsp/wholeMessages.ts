import { Writable } from 'node:stream';

/**
 * Takes what the protocol's library writes, a header and then the content it announces, and writes both at once: the
 * other side wakes up once for each message, not twice.
 */
export function wholeMessages(output: NodeJS.WritableStream): Writable {
  let header: Buffer | undefined;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      if (header === undefined) {
        header = chunk;
        done();
      } else {
        const message = Buffer.concat([header, chunk]);
        header = undefined;
        output.write(message, done);
      }
    },
    final(done) {
      output.end(done);
    },
  });
  output.on('error', (error: Error) => stream.destroy(error));
  return stream;
}
