import type { DownloadBody } from "#app/whatsapp/files/download.ts";

/** Bytes that are here already, as a body. */
export function heldBody(bytes: Buffer): DownloadBody {
  let over = false;
  return {
    read(reader) {
      if (!over) reader.data(bytes);
      if (!over) reader.end();
      over = true;
    },
    pause() {},
    resume() {},
    destroy() {
      over = true;
    },
  };
}
