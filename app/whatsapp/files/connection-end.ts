import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** Of the request that is just being written. */
let starting: ConnectionEnd | undefined;

// undici's own channel for whoever watches its requests (its documentation, Diagnostics Channel).
subscribe("undici:client:sendHeaders", (message) => {
  starting?.watch((message as { socket: Socket }).socket);
  starting = undefined;
});

/** Hears when the connection of a request ends in good order, before undici does. */
export class ConnectionEnd {
  readonly #heard: () => void;
  #socket: Socket | undefined;

  constructor(heard: () => void) {
    this.#heard = heard;
  }

  /** To be called in `onRequestStart`: undici writes the request in the same turn. */
  expect(): void {
    starting = this;
  }

  watch(socket: Socket): void {
    this.#socket = socket.prependOnceListener("end", this.#heard);
  }

  /** The connection may be used again, by another request. */
  forget(): void {
    if (starting === this) starting = undefined;
    this.#socket?.removeListener("end", this.#heard);
  }
}
