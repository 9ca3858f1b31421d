import { MAX_PART_BYTES } from "./part-sizes.ts";

const MIB = 1024 * 1024;

/** How much of a file WhatsApp is asked for at once, in bytes. */
export interface WindowSizes {
  /** Where windows begin: a picture or a voice note comes in one. */
  first: number;
  /** After one of that size was taken whole. */
  next(size: number): number;
  /** Up to how many bytes are read and thrown away rather than asking anew. */
  skip: number;
  /** Of a file in parts, how many bytes that have been read are held in memory. */
  tail: number;
}

/** Who asks for a whole file mostly takes it. */
export const WINDOW_SIZES: WindowSizes = {
  first: MIB,
  next: (size) => Math.min(4 * size, 32 * MIB),
  skip: 2 * MIB,
  tail: 0,
};

/** A player leaves, begins elsewhere, and comes back to what it had not looked at. */
export const PLAYER_WINDOWS: WindowSizes = {
  first: 2 * MIB,
  next: (size) => Math.min(2 * size, 8 * MIB),
  skip: 2 * MIB,
  tail: MAX_PART_BYTES,
};
