/** A change that can't be made. The message is for whoever asked for it: what is wrong, what to do. */
export class RefusedChangeError extends Error {
  override name = "RefusedChangeError";
}
